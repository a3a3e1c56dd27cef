<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Jobs;

/** An app password that was just made; the only moment at which its text is known. A value. */
final class MintedPassword {
	public function __construct(
		public readonly int $tokenId,
		public readonly string $login,
		#[\SensitiveParameter]
		public readonly string $password,
	) {
	}
}
