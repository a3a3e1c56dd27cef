<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Jobs;

use OCP\IUser;
use OCP\IUserManager;

/** Which account of this Nextcloud somebody of another place is. */
final class Accounts {
	public const MOST_ADDRESSES = 1000;
	private const MOST_LISTED = 500;

	public function __construct(
		private IUserManager $users,
	) {
	}

	/**
	 * `found`: who has this very address, or is named by it; one wrong account would read another person's files, so a name that is
	 * only like it stands in `like`.
	 *
	 * @return array{address: string, found: list<string>, like: list<string>}
	 */
	public function of(string $address): array {
		$found = $address === '' ? [] : self::ids([...$this->users->getByEmail($address), ...$this->named($address)]);
		return ['address' => $address, 'found' => $found, 'like' => $found === [] ? self::ids($this->named(explode('@', $address)[0])) : []];
	}

	/** @return list<array{id: string, name: string}> the first of them, by name */
	public function all(): array {
		$users = array_filter($this->users->searchDisplayName('', self::MOST_LISTED), static fn (IUser $user): bool => $user->isEnabled());
		return array_values(array_map(static fn (IUser $user): array => ['id' => $user->getUID(), 'name' => $user->getDisplayName()], $users));
	}

	/** @return list<IUser> */
	private function named(string $id): array {
		$user = $id === '' ? null : $this->users->get($id);
		return $user === null ? [] : [$user];
	}

	/**
	 * @param list<IUser> $users
	 * @return list<string>
	 */
	private static function ids(array $users): array {
		$enabled = array_filter($users, static fn (IUser $user): bool => $user->isEnabled());
		return array_values(array_unique(array_map(static fn (IUser $user): string => $user->getUID(), $enabled)));
	}
}
