<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Jobs;

use OCP\DB\Exception;
use OCP\DB\QueryBuilder\IQueryBuilder;
use OCP\IDBConnection;

/** Which jobs' ends have been told. The page, the server's own job and a bridge may notice the same end, even at one moment. */
final class ToldEnds {
	public const TABLE = 'passerelle_ends';

	public function __construct(
		private IDBConnection $database,
	) {
	}

	/**
	 * Whether nobody has told of it; from now on somebody has.
	 *
	 * @param string $begun when the job was made: a service that is set up anew counts its jobs from one again
	 */
	public function isNew(int $jobId, string $begun): bool {
		$query = $this->database->getQueryBuilder();
		$query->insert(self::TABLE)->values([
			'job_id' => $query->createNamedParameter($jobId, IQueryBuilder::PARAM_INT),
			'begun' => $query->createNamedParameter($begun),
		]);
		try {
			$query->executeStatement();
			return true;
		} catch (Exception $cause) {
			if ($cause->getReason() !== Exception::REASON_UNIQUE_CONSTRAINT_VIOLATION) {
				throw $cause;
			}
			return false;
		}
	}
}
