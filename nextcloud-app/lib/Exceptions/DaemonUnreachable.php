<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Exceptions;

/** The daemon did not answer: it does not run, or not where it did. */
final class DaemonUnreachable extends \RuntimeException {
}
