<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Ingest;

use OC\Files\Storage\Home;
use OCA\Passerelle\Exceptions\Refusal;
use OCA\Passerelle\Exceptions\Refused;
use OCP\Files\Cache\ICache;
use OCP\Files\FileInfo;
use OCP\Files\IFilenameValidator;
use OCP\Lock\ILockingProvider;
use OCP\Lock\LockedException;

/**
 * The folders that a batch writes into: found or made, each asked for once, and kept from being moved or removed until
 * the batch is through. Paths are the storage's own ("files/a/b").
 */
final class HomeFolders {
	private const TRIES = 200;
	private const PAUSE_MICROSECONDS = 10_000;

	/** @var array<string, int> ids by path */
	private array $ids = [];
	/** @var array<string, LockedException> what was waited for in vain: once a batch is enough */
	private array $busy = [];
	/** @var list<string> */
	private array $held = [];
	/** @var list<string> */
	private array $made = [];

	public function __construct(
		private Home $home,
		private ICache $cache,
		private ILockingProvider $locks,
		private IFilenameValidator $names,
	) {
	}

	/**
	 * The id of the folder; it stands with all its parents afterwards.
	 *
	 * @throws Refused
	 * @throws LockedException
	 */
	public function ensure(string $path): int {
		if (isset($this->ids[$path])) {
			return $this->ids[$path];
		}
		$parent = $path === 'files' ? null : TargetPath::parentOf($path);
		if ($parent !== null) {
			$this->ensure($parent);
		}
		if (isset($this->busy[$path])) {
			throw $this->busy[$path];
		}
		try {
			$id = $this->find($path) ?? $this->make($path, (int)$this->ids[$parent]);
			$this->hold($path);
		} catch (LockedException $locked) {
			throw $this->busy[$path] = $locked;
		}
		return $this->ids[$path] = $id;
	}

	/** @return list<string> those that were not there before */
	public function made(): array {
		return $this->made;
	}

	/** @return array<string, int> the ids of all that were asked for, by path */
	public function all(): array {
		return $this->ids;
	}

	public function release(): void {
		foreach ($this->held as $path) {
			$this->home->releaseLock($path, ILockingProvider::LOCK_SHARED, $this->locks);
		}
		$this->held = [];
	}

	/** Whoever has just made the folder may not have let go of it yet. */
	private function hold(string $path): void {
		for ($try = 1; ; ++$try) {
			try {
				$this->home->acquireLock($path, ILockingProvider::LOCK_SHARED, $this->locks);
				$this->held[] = $path;
				return;
			} catch (LockedException $locked) {
				if ($try === self::TRIES) {
					throw $locked;
				}
				usleep(self::PAUSE_MICROSECONDS);
			}
		}
	}

	private function find(string $path): ?int {
		$entry = $this->cache->get($path);
		if ($entry === false) {
			return null;
		}
		if ($entry->getMimeType() !== FileInfo::MIMETYPE_FOLDER) {
			throw new Refused(Refusal::Exists, 'a file stands where a folder is wanted');
		}
		return $entry->getId();
	}

	/** Two batches that want the same new folder: one makes it, the other waits for that. */
	private function make(string $path, int $parentId): int {
		$this->names->validateFilename(TargetPath::nameOf($path));
		for ($try = 1; ; ++$try) {
			try {
				$this->home->acquireLock($path, ILockingProvider::LOCK_EXCLUSIVE, $this->locks);
				break;
			} catch (LockedException $locked) {
				if ($try === self::TRIES) {
					throw $locked;
				}
				usleep(self::PAUSE_MICROSECONDS);
				$id = $this->find($path);
				if ($id !== null) {
					return $id;
				}
			}
		}
		try {
			return $this->find($path) ?? $this->insert($path, $parentId);
		} finally {
			$this->home->releaseLock($path, ILockingProvider::LOCK_EXCLUSIVE, $this->locks);
		}
	}

	private function insert(string $path, int $parentId): int {
		if (!$this->home->is_dir($path) && !$this->home->mkdir($path)) {
			throw new Refused(Refusal::Failed, 'the folder could not be made');
		}
		$data = $this->home->getMetaData($path) ?? throw new Refused(Refusal::Failed, 'the folder cannot be read');
		// The storage says -1, unknown; nothing is in it yet.
		$id = $this->cache->insert($path, ['size' => 0, 'parent' => $parentId, 'checksum' => ''] + $data);
		$this->made[] = $path;
		return $id;
	}
}
