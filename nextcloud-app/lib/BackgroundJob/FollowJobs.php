<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\BackgroundJob;

use OCA\Passerelle\AppInfo\Application;
use OCA\Passerelle\Daemon\Caller;
use OCA\Passerelle\Daemon\Daemon;
use OCA\Passerelle\Exceptions\DaemonUnreachable;
use OCA\Passerelle\Exceptions\NotPaired;
use OCA\Passerelle\Jobs\Bridges;
use OCA\Passerelle\Jobs\EndedJobs;
use OCA\Passerelle\Jobs\IssuedPasswords;
use OCA\Passerelle\Notification\Notices;
use OCP\AppFramework\Http;
use OCP\AppFramework\Utility\ITimeFactory;
use OCP\BackgroundJob\TimedJob;
use Psr\Log\LoggerInterface;

/** Looks after the jobs and bridges that have an app password, also while no page is open. */
final class FollowJobs extends TimedJob {
	private const INTERVAL_SECONDS = 300;

	public function __construct(
		ITimeFactory $time,
		private Daemon $daemon,
		private IssuedPasswords $issued,
		private EndedJobs $ended,
		private Bridges $bridges,
		private Notices $notices,
		private LoggerInterface $logger,
	) {
		parent::__construct($time);
		$this->setInterval(self::INTERVAL_SECONDS);
	}

	protected function run($argument): void {
		try {
			foreach ($this->issued->of() as $row) {
				$this->follow($row);
			}
			$this->bridges->follow();
		} catch (NotPaired) {
			// Nothing to follow.
		} catch (DaemonUnreachable $cause) {
			$this->logger->warning('The daemon does not answer; jobs are looked after next time', ['app' => Application::APP_ID, 'exception' => $cause]);
		}
	}

	/**
	 * @param array{job_id: int, user_id: string, token_id: int, told: string} $row
	 * @throws DaemonUnreachable
	 * @throws NotPaired
	 */
	private function follow(array $row): void {
		$reply = $this->daemon->ask(new Caller($row['user_id'], false), 'GET', 'jobs/' . $row['job_id']);
		if ($reply->status === Http::STATUS_NOT_FOUND) {
			$this->ended->gone($row['job_id']);
			return;
		}
		$job = $reply->json();
		// Whoever only looked at a job that has ended needs its app password no longer; the page asks for another one where it does.
		$this->ended->noticed(['authorised' => false] + $job);
		$state = (string)($job['state'] ?? '');
		if ($state === $row['told']) {
			return;
		}
		match ($state) {
			'stopped' => $this->notices->stopped($row['user_id'], $row['job_id']),
			'review' => $this->notices->waitsForYou($row['user_id'], $row['job_id']),
			default => null,
		};
		$this->issued->told($row['token_id'], $state);
	}
}
