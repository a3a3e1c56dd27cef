<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Exceptions;

/** Why a part was not taken in; the values stand in docs/api/ingest.yaml. */
enum Refusal: string {
	/** The part's headers are incomplete or make no sense. */
	case BadPart = 'bad_part';
	/** The server's rules forbid the name, or the path leaves the user's files. */
	case NameRefused = 'name_refused';
	/** Something with other bytes stands there. */
	case Exists = 'exists';
	/** What stands there is not what the part wants to replace. */
	case Changed = 'changed';
	/** The bytes are not those of which the sender told the digest. */
	case HashMismatch = 'hash_mismatch';
	case QuotaExceeded = 'quota_exceeded';
	/** Somebody is at it; later it may go. */
	case Locked = 'locked';
	/** The user may not write there. */
	case Forbidden = 'forbidden';
	/** It lies outside the destination of the job that asks. */
	case Outside = 'outside';
	/** The server could not do it; its log says why. */
	case Failed = 'failed';

	public const OUTSIDE = 'outside the destination of the migration';
}
