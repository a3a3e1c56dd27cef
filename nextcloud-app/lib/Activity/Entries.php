<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Activity;

use OCA\Passerelle\AppInfo\Application;
use OCP\Activity\IManager;
use OCP\Files\IRootFolder;
use OCP\Files\NotFoundException;
use Psr\Log\LoggerInterface;

/** What a person finds of a migration among their activities: one entry a job, whatever the number of its files. */
final class Entries {
	public const TYPE = Application::APP_ID;
	public const FINISHED = 'finished';

	public function __construct(
		private IManager $activities,
		private IRootFolder $root,
		private LoggerInterface $logger,
	) {
	}

	/**
	 * Nobody hears of it where the app Activity is off, and nothing that goes wrong here is in the way of a job's end.
	 *
	 * @param array<array-key, mixed> $job as the daemon describes it
	 */
	public function finished(string $userId, int $jobId, array $job): void {
		try {
			$folder = self::folder($job['choices'] ?? []);
			$event = $this->activities->generateEvent();
			$event->setApp(Application::APP_ID)->setType(self::TYPE)->setObject('job', $jobId);
			// Their own doing, as far as mail and notifications go: the notice has told them.
			$event->setAffectedUser($userId)->setAuthor($userId)->setGenerateNotification(false);
			$event->setSubject(self::FINISHED, [
				'done' => (int)($job['statement']['done']['items'] ?? 0),
				'failed' => (int)($job['statement']['failed']['items'] ?? 0),
				'folder' => $folder,
				'folder_id' => $folder === '' ? 0 : $this->idOf($userId, $folder),
			]);
			$this->activities->publish($event);
		} catch (\Throwable $cause) {
			$this->logger->warning('A migration has no entry among the activities', ['app' => Application::APP_ID, 'exception' => $cause]);
		}
	}

	/**
	 * The one folder into which a job brought everything; empty where it is not one.
	 *
	 * @param array<array-key, mixed> $choices
	 */
	private static function folder(array $choices): string {
		return ($choices['team_folders'] ?? []) === [] ? (string)($choices['destination'] ?? '') : '';
	}

	/** By its id it is found after it was moved or renamed. */
	private function idOf(string $userId, string $path): int {
		try {
			return $this->root->getUserFolder($userId)->get($path)->getId();
		} catch (NotFoundException) {
			return 0; // nothing was brought
		}
	}
}
