<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Jobs;

use OCP\DB\QueryBuilder\IQueryBuilder;
use OCP\IDBConnection;

/** Which app password belongs to which bridge, and what its person has been told of the export that came last. */
final class BridgePasswords {
	public const TABLE = 'passerelle_bridges';

	public function __construct(
		private IDBConnection $database,
	) {
	}

	public function add(int $bridgeId, string $userId, int $tokenId): void {
		$query = $this->database->getQueryBuilder();
		$query->insert(self::TABLE)->values([
			'bridge_id' => $query->createNamedParameter($bridgeId, IQueryBuilder::PARAM_INT),
			'user_id' => $query->createNamedParameter($userId),
			'token_id' => $query->createNamedParameter($tokenId, IQueryBuilder::PARAM_INT),
			'told' => $query->createNamedParameter(''),
		])->executeStatement();
	}

	/** @return list<array{bridge_id: int, user_id: string, token_id: int, told: string}> */
	public function all(): array {
		$query = $this->database->getQueryBuilder();
		$result = $query->select('bridge_id', 'user_id', 'token_id', 'told')->from(self::TABLE)->executeQuery();
		$rows = array_map(static fn (array $row): array => ['bridge_id' => (int)$row['bridge_id'], 'user_id' => (string)$row['user_id'], 'token_id' => (int)$row['token_id'], 'told' => (string)$row['told']], $result->fetchAll());
		$result->closeCursor();
		return array_values($rows);
	}

	public function told(int $tokenId, string $what): void {
		$query = $this->database->getQueryBuilder();
		$query->update(self::TABLE)
			->set('told', $query->createNamedParameter($what))
			->where($query->expr()->eq('token_id', $query->createNamedParameter($tokenId, IQueryBuilder::PARAM_INT)))
			->executeStatement();
	}

	public function remove(int $tokenId): void {
		$query = $this->database->getQueryBuilder();
		$query->delete(self::TABLE)->where($query->expr()->eq('token_id', $query->createNamedParameter($tokenId, IQueryBuilder::PARAM_INT)))->executeStatement();
	}
}
