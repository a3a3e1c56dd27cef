<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Settings;

use OCA\Passerelle\AppInfo\Application;
use OCA\Passerelle\Daemon\PairingStore;
use OCA\Passerelle\Exceptions\NotPaired;
use OCA\Passerelle\Jobs\Permission;
use OCP\AppFramework\Http\TemplateResponse;
use OCP\AppFramework\Services\IInitialState;
use OCP\IGroupManager;
use OCP\Settings\ISettings;
use OCP\Util;

/** The settings page; it shares its parts with the page itself. */
final class AdminSettings implements ISettings {
	public function __construct(
		private IInitialState $state,
		private PairingStore $pairings,
		private Permission $permission,
		private IGroupManager $groups,
	) {
	}

	public function getForm(): TemplateResponse {
		$this->state->provideInitialState('address', $this->address());
		$this->state->provideInitialState('allowedGroups', $this->permission->groups());
		$this->state->provideInitialState('groups', array_map(
			static fn ($group): array => ['id' => $group->getGID(), 'label' => $group->getDisplayName()],
			array_values($this->groups->search('', 500)),
		));
		Util::addScript(Application::APP_ID, 'passerelle-admin');
		Util::addStyle(Application::APP_ID, 'passerelle-admin');
		return new TemplateResponse(Application::APP_ID, 'admin', [], TemplateResponse::RENDER_AS_BLANK);
	}

	public function getSection(): string {
		return Application::APP_ID;
	}

	public function getPriority(): int {
		return 10;
	}

	private function address(): string {
		try {
			return $this->pairings->get()->address;
		} catch (NotPaired) {
			return '';
		}
	}
}
