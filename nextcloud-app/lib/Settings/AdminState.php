<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Settings;

use OCA\Passerelle\Daemon\PairingStore;
use OCA\Passerelle\Exceptions\NotPaired;
use OCA\Passerelle\Jobs\Permission;
use OCP\AppFramework\Services\IInitialState;
use OCP\IGroupManager;

/** What the administrators' settings begin with, in the server's settings and in the app alike. */
final class AdminState {
	private const MOST_GROUPS = 500;

	public function __construct(
		private IInitialState $state,
		private PairingStore $pairings,
		private Permission $permission,
		private IGroupManager $groups,
	) {
	}

	public function provide(): void {
		$this->state->provideInitialState('address', $this->address());
		$this->state->provideInitialState('allowedGroups', $this->permission->groups());
		$this->state->provideInitialState('groups', array_map(
			static fn ($group): array => ['id' => $group->getGID(), 'label' => $group->getDisplayName()],
			array_values($this->groups->search('', self::MOST_GROUPS)),
		));
	}

	private function address(): string {
		try {
			return $this->pairings->get()->address;
		} catch (NotPaired) {
			return '';
		}
	}
}
