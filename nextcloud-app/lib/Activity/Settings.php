<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Activity;

use OCA\Passerelle\AppInfo\Application;
use OCP\Activity\ActivitySettings;
use OCP\IL10N;

/** How our entries stand among a person's settings. There is nothing to choose: mail and notifications are the notice's. */
final class Settings extends ActivitySettings {
	private const PRIORITY = 60; // after what files do

	public function __construct(
		private IL10N $l10n,
	) {
	}

	public function getIdentifier(): string {
		return Entries::TYPE;
	}

	public function getName(): string {
		return $this->l10n->t('A migration is finished');
	}

	public function getGroupIdentifier(): string {
		return Application::APP_ID;
	}

	public function getGroupName(): string {
		return $this->l10n->t('Passerelle');
	}

	public function getPriority(): int {
		return self::PRIORITY;
	}

	public function canChangeMail(): bool {
		return false;
	}

	public function canChangeNotification(): bool {
		return false;
	}
}
