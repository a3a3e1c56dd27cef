<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Ingest;

/** What became of a batch. */
final class Answer {
	/** @param list<Outcome> $files in the parts' order */
	public function __construct(
		public readonly array $files,
		/** why nothing behind the last of them could be read; nothing: all was */
		public readonly ?string $malformed,
	) {
	}
}
