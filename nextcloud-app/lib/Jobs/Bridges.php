<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Jobs;

use OCA\Passerelle\Daemon\Caller;
use OCA\Passerelle\Daemon\Daemon;
use OCA\Passerelle\Daemon\Reply;
use OCA\Passerelle\Exceptions\NotAllowed;
use OCA\Passerelle\Notification\Notices;
use OCP\AppFramework\Http;
use OCP\IL10N;

/** Follows the new exports of an account: one app password a bridge, named after it. */
final class Bridges {
	private const NO_ACCESS = 'no_access';

	public function __construct(
		private Daemon $daemon,
		private AppPasswords $passwords,
		private BridgePasswords $issued,
		private Permission $permission,
		private Notices $notices,
		private IL10N $l10n,
	) {
	}

	/**
	 * Goes on with a job of the caller's own.
	 *
	 * @throws NotAllowed
	 */
	public function build(Caller $caller, int $jobId, bool $automatic): Reply {
		$job = $this->daemon->ask($caller, 'GET', 'jobs/' . $jobId);
		if (!$job->isGood()) {
			return $job;
		}
		if (($job->json()['user'] ?? null) !== $caller->userId || !$this->permission->mayMigrate($caller->userId)) {
			throw new NotAllowed('a bridge is its owner\'s');
		}
		return $this->hand($caller, 'POST', 'bridges', ['job' => $jobId, 'automatic' => $automatic], Destination::ofJob($job->json()));
	}

	/**
	 * A new app password for a bridge of the caller's own, in the place of one that was revoked.
	 *
	 * @throws NotAllowed
	 */
	public function authorise(Caller $caller, int $bridgeId): Reply {
		$bridges = $this->daemon->ask($caller, 'GET', 'bridges');
		if (!$bridges->isGood()) {
			return $bridges;
		}
		$bridge = array_column($bridges->json()['bridges'] ?? [], null, 'id')[$bridgeId] ?? null;
		if ($bridge === null || !$this->permission->mayMigrate($caller->userId)) {
			throw new NotAllowed('a bridge is its owner\'s');
		}
		$before = $this->of($bridgeId);
		// The daemon tells no team folders of a bridge; what its first app password was told of stays.
		$destination = $this->issued->destinationAt($bridgeId) ?? Destination::ofJob(['choices' => $bridge]);
		$reply = $this->hand($caller, 'PUT', "bridges/$bridgeId/credentials", [], $destination);
		if ($reply->isGood()) {
			$this->revoke($before);
		}
		return $reply;
	}

	public function remove(Caller $caller, int $bridgeId): Reply {
		$reply = $this->daemon->ask($caller, 'DELETE', 'bridges/' . $bridgeId);
		if ($reply->isGood()) {
			$this->revoke($this->of($bridgeId));
		}
		return $reply;
	}

	public function revokeAll(): void {
		$this->revoke($this->issued->all());
	}

	/**
	 * Tells each person of the export that came last: that it waits, has stopped, or has been brought over. Tells the daemon of an app
	 * password that its owner revoked, before the next export comes and is refused.
	 */
	public function follow(): void {
		foreach ($this->issued->all() as $row) {
			$caller = new Caller($row['user_id'], false);
			$reply = $this->daemon->ask($caller, 'GET', 'bridges');
			if (!$reply->isGood()) {
				continue;
			}
			$bridges = array_column($reply->json()['bridges'] ?? [], null, 'id');
			if (!isset($bridges[$row['bridge_id']])) {
				$this->revoke([$row]);
				continue;
			}
			if (($bridges[$row['bridge_id']]['state'] ?? '') !== self::NO_ACCESS && !$this->passwords->isThere($row['token_id'])) {
				$this->daemon->ask($caller, 'DELETE', "bridges/{$row['bridge_id']}/credentials");
			}
			$jobId = $bridges[$row['bridge_id']]['latest_job'] ?? null;
			if (is_int($jobId)) {
				$this->tell($caller, $row, $jobId);
			}
		}
	}

	/**
	 * Hands a new app password to the daemon, and keeps it in mind; it goes again where the daemon does not take it.
	 *
	 * @param array<string, mixed> $fields
	 */
	private function hand(Caller $caller, string $method, string $path, array $fields, Destination $destination): Reply {
		$password = $this->passwords->mint($caller->userId, $this->l10n->t('Passerelle: new exports'));
		$reply = null;
		try {
			$reply = $this->daemon->ask($caller, $method, $path, body: json_encode($fields + ['login' => $password->login, 'app_password' => $password->password], JSON_THROW_ON_ERROR));
		} finally {
			if ($reply === null || !$reply->isGood()) {
				$this->passwords->revoke($caller->userId, $password->tokenId);
			}
		}
		if ($reply->isGood()) {
			$this->issued->add((int)($reply->json()['id'] ?? 0), $caller->userId, $password->tokenId, $destination);
		}
		return $reply;
	}

	/** @return array<array-key, array{bridge_id: int, user_id: string, token_id: int, told: string}> */
	private function of(int $bridgeId): array {
		return array_filter($this->issued->all(), static fn (array $row): bool => $row['bridge_id'] === $bridgeId);
	}

	/** @param array{bridge_id: int, user_id: string, token_id: int, told: string} $row */
	private function tell(Caller $caller, array $row, int $jobId): void {
		$job = $this->daemon->ask($caller, 'GET', 'jobs/' . $jobId);
		$state = $job->status === Http::STATUS_OK ? (string)($job->json()['state'] ?? '') : '';
		$what = "$jobId $state";
		if ($what === $row['told'] || !in_array($state, ['review', 'stopped', 'finished'], true)) {
			return;
		}
		match ($state) {
			'review' => $this->notices->waitsForYou($row['user_id'], $jobId),
			'stopped' => $this->notices->stopped($row['user_id'], $jobId),
			'finished' => $this->notices->finished($row['user_id'], $jobId, $job->json()),
		};
		$this->issued->told($row['token_id'], $what);
	}

	/** @param array<array-key, array{bridge_id: int, user_id: string, token_id: int, told: string}> $rows */
	private function revoke(array $rows): void {
		foreach ($rows as $row) {
			$this->passwords->revoke($row['user_id'], $row['token_id']);
			$this->issued->remove($row['token_id']);
		}
	}
}
