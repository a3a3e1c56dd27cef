<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Daemon;

/** What the daemon answered. A value. */
final class Reply {
	public function __construct(
		public readonly int $status,
		public readonly string $contentType,
		public readonly string $body,
	) {
	}

	/** @return array<array-key, mixed> empty where the answer is no JSON */
	public function json(): array {
		$decoded = json_decode($this->body, true, 64);
		return is_array($decoded) ? $decoded : [];
	}

	public function isGood(): bool {
		return $this->status >= 200 && $this->status < 300;
	}
}
