<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Exceptions;

/** The account may not do this; the message is for the person. */
final class NotAllowed extends \RuntimeException {
}
