<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Sharing;

/** How much one request may ask for. */
final class Bounds {
	public const SHARES = 100;
	public const ADDRESSES = 200;
	public const GROUPS = 100;
	/** in all groups of a request together */
	public const MEMBERS = 1000;
}
