<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Jobs;

use OCP\DB\QueryBuilder\IQueryBuilder;
use OCP\IDBConnection;

/** Which app password belongs to which job, where that job may act, and which of the job's states its person has been told. */
final class IssuedPasswords {
	public const TABLE = 'passerelle_passwords';

	public function __construct(
		private IDBConnection $database,
	) {
	}

	public function add(int $jobId, string $userId, int $tokenId, Destination $destination): void {
		$query = $this->database->getQueryBuilder();
		$query->insert(self::TABLE)->values([
			'job_id' => $query->createNamedParameter($jobId, IQueryBuilder::PARAM_INT),
			'user_id' => $query->createNamedParameter($userId),
			'token_id' => $query->createNamedParameter($tokenId, IQueryBuilder::PARAM_INT),
			'told' => $query->createNamedParameter(''),
			'destination' => $query->createNamedParameter($destination->toText()),
		])->executeStatement();
	}

	/** @return list<array{job_id: int, user_id: string, token_id: int, told: string}> of one job, or of all */
	public function of(?int $jobId = null): array {
		$query = $this->database->getQueryBuilder();
		$query->select('job_id', 'user_id', 'token_id', 'told')->from(self::TABLE);
		if ($jobId !== null) {
			$query->where($query->expr()->eq('job_id', $query->createNamedParameter($jobId, IQueryBuilder::PARAM_INT)));
		}
		$result = $query->executeQuery();
		$rows = array_map(static fn (array $row): array => ['job_id' => (int)$row['job_id'], 'user_id' => (string)$row['user_id'], 'token_id' => (int)$row['token_id'], 'told' => (string)$row['told']], $result->fetchAll());
		$result->closeCursor();
		return array_values($rows);
	}

	/** Nothing: this app password was issued for no job. */
	public function destinationOf(int $tokenId): ?Destination {
		$query = $this->database->getQueryBuilder();
		$result = $query->select('destination')->from(self::TABLE)
			->where($query->expr()->eq('token_id', $query->createNamedParameter($tokenId, IQueryBuilder::PARAM_INT)))
			->executeQuery();
		$row = $result->fetch();
		$result->closeCursor();
		return $row === false ? null : Destination::ofRow($row);
	}

	public function confine(int $jobId, Destination $destination): void {
		$query = $this->database->getQueryBuilder();
		$query->update(self::TABLE)
			->set('destination', $query->createNamedParameter($destination->toText()))
			->where($query->expr()->eq('job_id', $query->createNamedParameter($jobId, IQueryBuilder::PARAM_INT)))
			->executeStatement();
	}

	public function told(int $tokenId, string $state): void {
		$query = $this->database->getQueryBuilder();
		$query->update(self::TABLE)
			->set('told', $query->createNamedParameter($state))
			->where($query->expr()->eq('token_id', $query->createNamedParameter($tokenId, IQueryBuilder::PARAM_INT)))
			->executeStatement();
	}

	public function remove(int $tokenId): void {
		$query = $this->database->getQueryBuilder();
		$query->delete(self::TABLE)->where($query->expr()->eq('token_id', $query->createNamedParameter($tokenId, IQueryBuilder::PARAM_INT)))->executeStatement();
	}
}
