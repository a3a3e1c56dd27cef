<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Ingest;

use OCP\App\IAppManager;
use OCP\BackgroundJob\IJobList;
use OCP\Files\IMimeTypeLoader;
use OCP\IDBConnection;

/**
 * What an ordinary upload leaves beside the file itself, as far as a person would miss it: the row of the current
 * version, and for pictures and films the job that reads when and where they were taken. No activities: the job has
 * one when it has ended, and one a file would bury everything else.
 */
final class Aftermath {
	private const METADATA_JOB = 'OC\FilesMetadata\Job\UpdateSingleMetadata';

	public function __construct(
		private string $userId,
		private IAppManager $apps,
		private IDBConnection $database,
		private IMimeTypeLoader $mimeTypes,
		private IJobList $jobs,
	) {
	}

	/** @param array<string, Staged> $files that have their ids */
	public function enterVersions(array $files): void {
		if ($files === [] || !$this->apps->isEnabledForUser('files_versions')) {
			return;
		}
		$metadata = json_encode(['author' => $this->userId], JSON_THROW_ON_ERROR);
		$query = $this->database->getQueryBuilder();
		$query->insert('files_versions')->values([
			'file_id' => $query->createParameter('file'),
			'timestamp' => $query->createParameter('time'),
			'size' => $query->createParameter('size'),
			'mimetype' => $query->createParameter('type'),
			'metadata' => $query->createNamedParameter($metadata),
		]);
		foreach ($files as $file) {
			$query->setParameter('file', $file->id());
			$query->setParameter('time', $file->modified());
			$query->setParameter('size', $file->wanted->size);
			$query->setParameter('type', $this->mimeTypes->getId($file->mimeType()));
			$query->executeStatement();
		}
	}

	/** @param array<string, Staged> $files that stand */
	public function of(array $files): void {
		foreach ($files as $file) {
			if (preg_match('~^(image|video)/~', $file->mimeType()) === 1 && class_exists(self::METADATA_JOB)) {
				$this->jobs->add(self::METADATA_JOB, [$this->userId, $file->id()]);
			}
		}
	}
}
