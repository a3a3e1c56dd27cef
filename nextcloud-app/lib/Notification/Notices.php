<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Notification;

use OCA\Passerelle\Activity\Entries;
use OCA\Passerelle\AppInfo\Application;
use OCA\Passerelle\Jobs\ToldEnds;
use OCP\AppFramework\Utility\ITimeFactory;
use OCP\Notification\IManager;

/** Tells a person what became of their job, in Nextcloud's notifications; of its end, among their activities as well. */
final class Notices {
	public const FINISHED = 'finished';
	public const STOPPED = 'stopped';
	public const REVIEW = 'review';
	public const BEGUN_FOR_YOU = 'begun_for_you';

	public function __construct(
		private IManager $notifications,
		private ToldEnds $ends,
		private Entries $entries,
		private ITimeFactory $time,
	) {
	}

	/**
	 * Once a job, whoever notices.
	 *
	 * @param array<array-key, mixed> $job as the daemon describes it
	 */
	public function finished(string $userId, int $jobId, array $job): void {
		if (!$this->ends->isNew($jobId, (string)($job['created_at'] ?? ''))) {
			return;
		}
		$this->tell($userId, $jobId, self::FINISHED, ['failed' => (string)(int)($job['statement']['failed']['items'] ?? 0)]);
		$this->entries->finished($userId, $jobId, $job);
	}

	public function stopped(string $userId, int $jobId): void {
		$this->tell($userId, $jobId, self::STOPPED, []);
	}

	public function waitsForYou(string $userId, int $jobId): void {
		$this->tell($userId, $jobId, self::REVIEW, []);
	}

	public function begunForYou(string $userId, int $jobId, string $by): void {
		$this->tell($userId, $jobId, self::BEGUN_FOR_YOU, ['by' => $by]);
	}

	/** @param array<string, string> $parameters */
	private function tell(string $userId, int $jobId, string $subject, array $parameters): void {
		$notification = $this->notifications->createNotification();
		$notification->setApp(Application::APP_ID)->setUser($userId)->setObject('job', (string)$jobId)->setSubject($subject, $parameters + ['job' => (string)$jobId]);
		$notification->setDateTime($this->time->getDateTime());
		$this->notifications->notify($notification);
	}
}
