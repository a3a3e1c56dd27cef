<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Exceptions;

/** Nobody has told this server yet where the daemon is. */
final class NotPaired extends \RuntimeException {
}
