<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Daemon;

use OCA\Passerelle\Exceptions\NotAllowed;
use OCP\IGroupManager;

/** Tells who somebody is to the daemon. */
final class Callers {
	public function __construct(
		private IGroupManager $groups,
	) {
	}

	/** @throws NotAllowed for nobody */
	public function of(?string $userId): Caller {
		if ($userId === null || $userId === '') {
			throw new NotAllowed('nobody is logged in');
		}
		return new Caller($userId, $this->groups->isAdmin($userId));
	}
}
