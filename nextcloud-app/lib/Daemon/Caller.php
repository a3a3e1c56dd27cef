<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Daemon;

/** For whom the daemon is asked. Made from the session alone; nothing that a browser sends gets in here. A value. */
final class Caller {
	public function __construct(
		public readonly string $userId,
		public readonly bool $isAdministrator,
	) {
	}

	/** @return array<string, string> */
	public function headers(): array {
		$headers = ['X-Passerelle-User' => rawurlencode($this->userId)];
		return $this->isAdministrator ? $headers + ['X-Passerelle-Admin' => '1'] : $headers;
	}
}
