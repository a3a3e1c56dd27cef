<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Exceptions;

/** What was pasted is not what `passerelle pair` prints. */
final class NoPairingCode extends \InvalidArgumentException {
}
