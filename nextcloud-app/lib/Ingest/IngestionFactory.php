<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Ingest;

use OC\Files\Storage\Home;
use OCA\Passerelle\Jobs\Destination;
use OCP\App\IAppManager;
use OCP\BackgroundJob\IJobList;
use OCP\Files\Folder;
use OCP\Files\IFilenameValidator;
use OCP\Files\IMimeTypeLoader;
use OCP\Files\IRootFolder;
use OCP\IDBConnection;
use OCP\Lock\ILockingProvider;
use Psr\Log\LoggerInterface;

/** Puts together what one batch needs. */
final class IngestionFactory {
	public function __construct(
		private Ways $ways,
		private IRootFolder $root,
		private IFilenameValidator $names,
		private ILockingProvider $locks,
		private IDBConnection $database,
		private IAppManager $apps,
		private IMimeTypeLoader $mimeTypes,
		private IJobList $jobs,
		private LoggerInterface $logger,
	) {
	}

	public function for(string $userId, Destination $destination): Ingestion {
		$userFolder = $this->root->getUserFolder($userId);
		$home = $this->ways->homeOf($userFolder);
		return new Ingestion(
			$home === null ? null : $this->direct($userId, $userFolder, $home),
			new OrdinaryWriter($userFolder, $this->names),
			$this->ways->foreignPlaces($userFolder),
			$destination->asItStandsIn($userFolder),
			$this->logger,
		);
	}

	private function direct(string $userId, Folder $userFolder, Home $home): DirectBatch {
		$storage = $userFolder->getStorage();
		return new DirectBatch(
			$home,
			$storage->getCache(),
			$storage->getPropagator(),
			new HomeFolders($home, $storage->getCache(), $this->locks, $this->names),
			$this->locks,
			$this->names,
			$this->database,
			new Aftermath($userId, $this->apps, $this->database, $this->mimeTypes, $this->jobs),
			static fn (): int|float|false => $storage->free_space('files'),
		);
	}
}
