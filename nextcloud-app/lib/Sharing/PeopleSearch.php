<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Sharing;

use OCA\Passerelle\Exceptions\MalformedBatch;
use OCP\Collaboration\Collaborators\ISearch;
use OCP\Group\ISubAdmin;
use OCP\IGroup;
use OCP\IGroupManager;
use OCP\IUser;
use OCP\IUserManager;
use OCP\Share\IShare;

/**
 * Who has an e-mail address, as far as the user who asks may see it: what the server's search for people to share with answers, and to
 * administrators what their list of accounts does.
 */
final class PeopleSearch {
	private const MOST = 50;
	private const ADDRESS_BYTES = 320;

	public function __construct(
		private ISearch $search,
		private IUserManager $users,
		private IGroupManager $groups,
		private ISubAdmin $groupAdministrators,
	) {
	}

	/**
	 * @return list<string>
	 * @throws MalformedBatch
	 */
	public static function addresses(JsonBody $body): array {
		$addresses = $body->list('addresses', Bounds::ADDRESSES);
		foreach ($addresses as $address) {
			if (!is_string($address) || trim($address) === '' || strlen($address) > self::ADDRESS_BYTES) {
				throw new MalformedBatch('an address must be 1 to 320 bytes');
			}
		}
		return $addresses;
	}

	/**
	 * @param list<string> $addresses
	 * @return list<array{address: string, exact: list<array<string, string>>, suggested: list<array<string, string>>}>
	 */
	public function find(IUser $caller, array $addresses): array {
		return array_map(fn (string $address): array => ['address' => $address] + $this->with($caller, $address), $addresses);
	}

	/** @return array{exact: list<array<string, string>>, suggested: list<array<string, string>>} */
	private function with(IUser $caller, string $address): array {
		[$found] = $this->search->search($address, [IShare::TYPE_USER], false, self::MOST, 0);
		$exact = array_map(self::sharee(...), $found['exact']['users'] ?? []);
		$administrated = array_map(self::account(...), $this->administrated($caller, $address));
		if (self::isOf($caller, $address)) { // the search leaves out who asks
			$exact[] = self::account($caller);
		}
		return ['exact' => $exact, 'suggested' => [...$administrated, ...array_map(self::sharee(...), $found['users'] ?? [])]];
	}

	/**
	 * Of those whom the user administrates.
	 *
	 * @return list<IUser>
	 */
	private function administrated(IUser $caller, string $address): array {
		$groups = $this->groupAdministrators->getSubAdminsGroups($caller);
		$everybody = $this->groups->isAdmin($caller->getUID());
		if (!$everybody && $groups === []) {
			return [];
		}
		$accounts = array_filter([...$this->users->getByEmail($address), $this->users->get($address)]);
		return array_values(array_filter($accounts, static fn (IUser $account): bool => $everybody
			|| array_filter($groups, static fn (IGroup $group): bool => $group->inGroup($account)) !== []));
	}

	private static function isOf(IUser $account, string $address): bool {
		return strcasecmp((string)$account->getEMailAddress(), $address) === 0;
	}

	/** @return array<string, string> */
	private static function account(IUser $account): array {
		return ['id' => $account->getUID(), 'display_name' => $account->getDisplayName(), 'email' => (string)$account->getEMailAddress()];
	}

	/**
	 * @param array<string, mixed> $sharee
	 * @return array<string, string>
	 */
	private static function sharee(array $sharee): array {
		$id = (string)($sharee['value']['shareWith'] ?? '');
		$unique = (string)($sharee['shareWithDisplayNameUnique'] ?? ''); // the address where there is one, else the id
		return ['id' => $id, 'display_name' => (string)($sharee['label'] ?? ''), 'email' => $unique !== $id && str_contains($unique, '@') ? $unique : ''];
	}
}
