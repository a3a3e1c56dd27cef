<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Sharing;

use OCA\Passerelle\Exceptions\MalformedBatch;

/** A group that is asked for, with who is to be in it. A value. */
final class WantedGroup {
	private const ID_BYTES = 64;

	/** @param list<string> $members ids of accounts */
	private function __construct(
		public readonly string $id,
		public readonly array $members,
	) {
	}

	/**
	 * @return list<self>
	 * @throws MalformedBatch
	 */
	public static function all(JsonBody $body): array {
		$groups = array_map(self::of(...), $body->list('groups', Bounds::GROUPS));
		if (array_sum(array_map(static fn (self $group): int => count($group->members), $groups)) > Bounds::MEMBERS) {
			throw new MalformedBatch('too many members');
		}
		return $groups;
	}

	private static function of(mixed $fields): self {
		$id = is_array($fields) ? ($fields['id'] ?? null) : null;
		$members = is_array($fields) ? ($fields['members'] ?? null) : null;
		if (!is_string($id) || $id === '' || strlen($id) > self::ID_BYTES || trim($id) !== $id) {
			throw new MalformedBatch('"id" must be 1 to 64 bytes without spaces around them');
		}
		if (!is_array($members) || !array_is_list($members) || array_filter($members, is_string(...)) !== $members) {
			throw new MalformedBatch('"members" must be a list of ids');
		}
		return new self($id, $members);
	}
}
