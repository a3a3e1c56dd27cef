<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Settings;

use OCA\Passerelle\AppInfo\Application;
use OCP\AppFramework\Http\TemplateResponse;
use OCP\Settings\ISettings;
use OCP\Util;

/** The page among the server's administration settings. */
final class AdminSettings implements ISettings {
	public function __construct(
		private AdminState $state,
	) {
	}

	public function getForm(): TemplateResponse {
		$this->state->provide();
		Util::addScript(Application::APP_ID, 'passerelle-admin');
		Util::addStyle(Application::APP_ID, 'passerelle-admin');
		return new TemplateResponse(Application::APP_ID, 'admin');
	}

	public function getSection(): string {
		return Application::APP_ID;
	}

	public function getPriority(): int {
		return 10;
	}
}
