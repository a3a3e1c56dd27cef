<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Jobs;

use OCP\AppFramework\Services\IAppConfig;
use OCP\IGroupManager;

/** Who may migrate: everybody, or the groups that an administrator named. Administrators always may. */
final class Permission {
	private const GROUPS = 'groups';

	public function __construct(
		private IAppConfig $config,
		private IGroupManager $groups,
	) {
	}

	public function mayMigrate(string $userId): bool {
		if ($userId === '') {
			return false;
		}
		$allowed = $this->groups();
		if ($allowed === [] || $this->groups->isAdmin($userId)) {
			return true;
		}
		foreach ($allowed as $group) {
			if ($this->groups->isInGroup($userId, $group)) {
				return true;
			}
		}
		return false;
	}

	/** @return list<string> group ids; empty: everybody */
	public function groups(): array {
		return array_values(array_filter($this->config->getAppValueArray(self::GROUPS), is_string(...)));
	}

	/** @param list<string> $groups */
	public function allow(array $groups): void {
		$this->config->setAppValueArray(self::GROUPS, array_values(array_unique($groups)));
	}
}
