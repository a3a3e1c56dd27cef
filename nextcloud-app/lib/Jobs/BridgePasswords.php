<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Jobs;

use OCP\DB\QueryBuilder\IQueryBuilder;
use OCP\IDBConnection;

/** Which app password belongs to which bridge, where its jobs may act, and what its person has been told of the export that came last. */
final class BridgePasswords {
	public const TABLE = 'passerelle_bridges';

	public function __construct(
		private IDBConnection $database,
	) {
	}

	public function add(int $bridgeId, string $userId, int $tokenId, Destination $destination): void {
		$query = $this->database->getQueryBuilder();
		$query->insert(self::TABLE)->values([
			'bridge_id' => $query->createNamedParameter($bridgeId, IQueryBuilder::PARAM_INT),
			'user_id' => $query->createNamedParameter($userId),
			'token_id' => $query->createNamedParameter($tokenId, IQueryBuilder::PARAM_INT),
			'told' => $query->createNamedParameter(''),
			'destination' => $query->createNamedParameter($destination->toText()),
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

	/** Nothing: this app password was issued for no bridge. */
	public function destinationOf(int $tokenId): ?Destination {
		$row = $this->row('token_id', $tokenId);
		return $row === null ? null : Destination::ofRow($row);
	}

	/** Nothing: there is no app password for this bridge, or only one from before this was kept. */
	public function destinationAt(int $bridgeId): ?Destination {
		$row = $this->row('bridge_id', $bridgeId);
		return isset($row['destination']) ? Destination::ofRow($row) : null;
	}

	/** Its jobs may act there, too. */
	public function widen(int $bridgeId, Destination $destination): void {
		$wide = $this->destinationAt($bridgeId)?->with($destination);
		if ($wide === null) {
			return;
		}
		$query = $this->database->getQueryBuilder();
		$query->update(self::TABLE)
			->set('destination', $query->createNamedParameter($wide->toText()))
			->where($query->expr()->eq('bridge_id', $query->createNamedParameter($bridgeId, IQueryBuilder::PARAM_INT)))
			->executeStatement();
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

	/** @return array<string, mixed>|null */
	private function row(string $column, int $value): ?array {
		$query = $this->database->getQueryBuilder();
		$result = $query->select('destination')->from(self::TABLE)
			->where($query->expr()->eq($column, $query->createNamedParameter($value, IQueryBuilder::PARAM_INT)))
			->executeQuery();
		$row = $result->fetch();
		$result->closeCursor();
		return $row === false ? null : $row;
	}
}
