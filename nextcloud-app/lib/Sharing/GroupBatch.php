<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Sharing;

use OCA\Passerelle\Daemon\PairingStore;
use OCA\Passerelle\Exceptions\NotAllowed;
use OCP\EventDispatcher\IEventDispatcher;
use OCP\IGroup;
use OCP\IGroupManager;
use OCP\IUserManager;
use OCP\Log\Audit\CriticalActionPerformedEvent;

/** Makes groups and fills them, for administrators who also show the pairing's secret. */
final class GroupBatch {
	private const ADMINISTRATORS = 'admin';

	public function __construct(
		private IGroupManager $groups,
		private IUserManager $users,
		private PairingStore $pairings,
		private IEventDispatcher $events,
	) {
	}

	/** @throws NotAllowed */
	public function permit(string $userId, #[\SensitiveParameter] string $secret): void {
		if (!$this->pairings->isSecret($secret) || !$this->groups->isAdmin($userId)) {
			throw new NotAllowed('groups are made by administrators, with the secret of the pairing');
		}
	}

	/**
	 * @param list<WantedGroup> $wanted
	 * @return list<array<string, mixed>> what became of each, in their order
	 */
	public function make(string $userId, array $wanted): array {
		return array_map(fn (WantedGroup $one): array => $this->outcome($userId, $one), $wanted);
	}

	/** @return array<string, mixed> */
	private function outcome(string $userId, WantedGroup $wanted): array {
		$there = $this->groups->get($wanted->id);
		$group = $there ?? $this->groups->createGroup($wanted->id);
		if ($group === null || !$group->canAddUser() || $group->getGID() === self::ADMINISTRATORS) {
			return ['id' => $wanted->id, 'status' => 'refused', 'added' => [], 'refused' => [], 'message' => 'nobody can be put into this group from here'];
		}
		if ($there === null) {
			$this->tell('Passerelle: "%s" made the group "%s"', [$userId, $wanted->id]);
		}
		return ['id' => $wanted->id, 'status' => $there === null ? 'made' : 'exists'] + $this->fill($userId, $group, $wanted->members);
	}

	/**
	 * @param list<string> $members
	 * @return array{added: list<string>, refused: list<string>}
	 */
	private function fill(string $userId, IGroup $group, array $members): array {
		$filled = ['added' => [], 'refused' => []];
		foreach ($members as $id) {
			$account = $this->users->get($id);
			if ($account === null || $account->getUID() !== $id) {
				$filled['refused'][] = $id;
			} elseif (!$group->inGroup($account)) {
				$group->addUser($account);
				$filled['added'][] = $id;
				$this->tell('Passerelle: "%s" put "%s" into the group "%s"', [$userId, $id, $group->getGID()]);
			}
		}
		return $filled;
	}

	/** @param list<string> $values */
	private function tell(string $message, array $values): void {
		$this->events->dispatchTyped(new CriticalActionPerformedEvent($message, $values));
	}
}
