<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Jobs;

use OCA\Passerelle\Notification\Notices;

/** What is to be done when a job has ended: its app password goes, its person is told. */
final class EndedJobs {
	private const ENDED = ['finished', 'cancelled'];

	public function __construct(
		private IssuedPasswords $issued,
		private AppPasswords $passwords,
		private Notices $notices,
	) {
	}

	/**
	 * Called with every state of a job that passes by; does each thing once. While the daemon holds an app password, it may be in use: somebody
	 * looks at the shares of a job that has ended, or undoes it.
	 *
	 * @param array<array-key, mixed> $job as the daemon describes it
	 */
	public function noticed(array $job): void {
		$id = $job['id'] ?? null;
		$state = $job['state'] ?? null;
		if (($job['authorised'] ?? false) === true) {
			return;
		}
		if (!is_int($id) || !is_string($state) || ($job['task'] ?? 'none') !== 'none' || !in_array($state, self::ENDED, true)) {
			return;
		}
		$issued = $this->issued->of($id);
		$this->revoke($issued);
		if ($issued !== [] && $state === 'finished' && $issued[0]['told'] !== 'finished') {
			$this->notices->finished($issued[0]['user_id'], $id, $job);
		}
	}

	/** The job is not known any more. */
	public function gone(int $jobId): void {
		$this->revoke($this->issued->of($jobId));
	}

	public function revokeAll(): void {
		$this->revoke($this->issued->of());
	}

	/** @param list<array{job_id: int, user_id: string, token_id: int, told: string}> $issued */
	private function revoke(array $issued): void {
		foreach ($issued as $row) {
			$this->passwords->revoke($row['user_id'], $row['token_id']);
			$this->issued->remove($row['token_id']);
		}
	}
}
