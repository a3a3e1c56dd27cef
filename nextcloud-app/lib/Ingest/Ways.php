<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Ingest;

use OC\Files\Storage\Home;
use OCP\App\IAppManager;
use OCP\Encryption\IManager as IEncryption;
use OCP\Files\Folder;
use OCP\Files\Mount\IMountManager;
use OCP\Files\Storage\IStorage;
use OCP\IDBConnection;

/**
 * Decides how files go in. Directly: into the user's plain home storage, where nobody else has to see each file.
 * Otherwise in the ordinary way, through the server's nodes and all their events.
 */
final class Ways {
	/** What lies around the home storage of a plain account, and neither changes bytes nor looks at new files. */
	private const HARMLESS_WRAPPERS = [
		'OC\Files\Storage\Wrapper\Quota',
		'OCA\Files_Trashbin\Storage',
		'OCA\FilesLock\Storage\LockWrapper',
	];

	/** Apps that are there to see each file when it comes. */
	private const WATCHING_APPS = ['admin_audit', 'files_antivirus', 'files_fulltextsearch', 'files_accesscontrol', 'files_automatedtagging'];

	public function __construct(
		private IAppManager $apps,
		private IEncryption $encryption,
		private IMountManager $mounts,
		private IDBConnection $database,
	) {
	}

	/** The bare storage to write to, or nothing where only the ordinary way will do. */
	public function homeOf(Folder $userFolder): ?Home {
		if ($this->encryption->isEnabled() || $this->somebodyWatches()) {
			return null;
		}
		return self::unwrapped($userFolder->getStorage());
	}

	/**
	 * Places inside the user's files that lie on another storage: received shares, team folders, external storage.
	 *
	 * @return list<string> relative to the user's files
	 */
	public function foreignPlaces(Folder $userFolder): array {
		$root = $userFolder->getPath() . '/';
		$places = [];
		foreach ($this->mounts->findIn($userFolder->getPath()) as $mount) {
			if (str_starts_with($mount->getMountPoint(), $root)) {
				$places[] = rtrim(substr($mount->getMountPoint(), strlen($root)), '/');
			}
		}
		return $places;
	}

	/** A wrapper that is not known to be harmless may be an app's way to see each file. */
	private static function unwrapped(IStorage $storage): ?Home {
		while ($storage instanceof \OC\Files\Storage\Wrapper\Wrapper) {
			if (!in_array(get_class($storage), self::HARMLESS_WRAPPERS, true)) {
				return null;
			}
			$storage = $storage->getWrapperStorage();
		}
		return $storage instanceof Home ? $storage : null;
	}

	private function somebodyWatches(): bool {
		foreach (self::WATCHING_APPS as $app) {
			if ($this->apps->isEnabledForUser($app)) {
				return true;
			}
		}
		return $this->apps->isEnabledForUser('workflowengine') && $this->hasFlows();
	}

	private function hasFlows(): bool {
		$query = $this->database->getQueryBuilder();
		$rows = $query->select('id')->from('flow_operations')->setMaxResults(1)->executeQuery();
		$found = $rows->fetchOne() !== false;
		$rows->closeCursor();
		return $found;
	}
}
