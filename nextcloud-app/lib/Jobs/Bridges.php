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
		$password = $this->passwords->mint($caller->userId, $this->l10n->t('Passerelle: new exports'));
		$reply = null;
		try {
			$reply = $this->daemon->ask($caller, 'POST', 'bridges', body: json_encode([
				'job' => $jobId,
				'login' => $password->login,
				'app_password' => $password->password,
				'automatic' => $automatic,
			], JSON_THROW_ON_ERROR));
		} finally {
			if ($reply === null || !$reply->isGood()) {
				$this->passwords->revoke($caller->userId, $password->tokenId);
			}
		}
		if ($reply->isGood()) {
			$this->issued->add((int)($reply->json()['id'] ?? 0), $caller->userId, $password->tokenId);
		}
		return $reply;
	}

	public function remove(Caller $caller, int $bridgeId): Reply {
		$reply = $this->daemon->ask($caller, 'DELETE', 'bridges/' . $bridgeId);
		if ($reply->isGood()) {
			$this->revoke(array_filter($this->issued->all(), static fn (array $row): bool => $row['bridge_id'] === $bridgeId));
		}
		return $reply;
	}

	public function revokeAll(): void {
		$this->revoke($this->issued->all());
	}

	/** Tells each person of the export that came last: that it waits, has stopped, or has been brought over. */
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
			$jobId = $bridges[$row['bridge_id']]['latest_job'] ?? null;
			if (is_int($jobId)) {
				$this->tell($caller, $row, $jobId);
			}
		}
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
			'finished' => $this->notices->finished($row['user_id'], $jobId, (int)($job->json()['statement']['failed']['items'] ?? 0)),
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
