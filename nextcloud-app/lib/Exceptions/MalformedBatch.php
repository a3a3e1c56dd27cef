<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Exceptions;

/** The request's body is not what it says it is, so nothing of it, or nothing behind this place, can be read. */
final class MalformedBatch extends \RuntimeException {
}
