<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Ingest;

/** How much one request may carry. */
final class Limits {
	public const BATCH_PARTS = 500;
	private const BATCH_BYTES = 32 * 1024 * 1024;
	/** What the parts' headers may take beside the files: 500 parts with paths of a kilobyte and more. */
	private const HEADER_BYTES = 1024 * 1024;

	/** The files' bytes in a request. PHP throws away a body that is larger than its own limit. */
	public function batchBytes(): int {
		$php = ini_parse_quantity((string)ini_get('post_max_size'));
		return $php <= 0 ? self::BATCH_BYTES : max(0, min(self::BATCH_BYTES, $php - self::HEADER_BYTES));
	}
}
