<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Ingest;

use OC\Files\Storage\Home;
use OCA\Passerelle\Exceptions\Refusal;
use OCA\Passerelle\Exceptions\Refused;
use OCP\Files\Cache\ICache;
use OCP\Files\Cache\IPropagator;
use OCP\Files\IFilenameValidator;
use OCP\IDBConnection;
use OCP\Lock\ILockingProvider;

/**
 * One batch on its way into a home storage. stage() writes a file's bytes beside its target, under a name that the
 * server ignores; commit() moves them all to their targets and enters them into the file cache, in one transaction with
 * the sizes and etags of all folders above. release() in any case.
 */
final class DirectBatch {
	private const TRIES = 3;

	/** @var array<string, Staged> by target, as the storage names it */
	private array $staged = [];
	/** @var array<string, int> what folders are to be dated, by path */
	private array $dates = [];
	private int|float|null $free = null;

	public function __construct(
		private Home $home,
		private ICache $cache,
		private IPropagator $propagator,
		private HomeFolders $folders,
		private ILockingProvider $locks,
		private IFilenameValidator $names,
		private IDBConnection $database,
		private Aftermath $aftermath,
		/** @var \Closure(): (int|float|false) the bytes that the account may still take; below 0: unknown */
		private \Closure $freeSpace,
	) {
	}

	/** @throws Refused */
	public function folder(Wanted $wanted): Outcome {
		$path = 'files/' . $wanted->target->path;
		$id = $this->folders->ensure($path);
		if ($wanted->modified !== null) {
			$this->dates[$path] = $wanted->modified;
		}
		return Outcome::folder($wanted->target->path, $id);
	}

	/**
	 * Takes the part's bytes; the answer is final only after commit(). What is there already is answered at once.
	 *
	 * @throws Refused
	 */
	public function stage(Wanted $wanted, Part $part): ?Outcome {
		$path = 'files/' . $wanted->target->path;
		$this->names->validateFilename($wanted->target->name());
		if (isset($this->staged[$path])) {
			throw new Refused(Refusal::Exists, 'the batch names it twice');
		}
		if ($this->home->is_dir($path)) {
			throw new Refused(Refusal::Exists, 'a folder stands there'); // and this very batch may hold it
		}
		$parent = $this->folders->ensure(rtrim('files/' . $wanted->target->folder(), '/'));
		$this->home->acquireLock($path, ILockingProvider::LOCK_EXCLUSIVE, $this->locks);
		try {
			if ($this->home->file_exists($path)) {
				return $this->present($wanted, $path);
			}
			$this->takeSpace($wanted->size);
			$staged = new Staged($wanted, $path, $parent);
			$staged->write($this->home, $part);
			$this->staged[$path] = $staged;
		} finally {
			if (!isset($this->staged[$path])) {
				$this->home->releaseLock($path, ILockingProvider::LOCK_EXCLUSIVE, $this->locks);
			}
		}
		return null;
	}

	/** @return array<string, Outcome> of all that was staged, by path inside the user's files */
	public function commit(): array {
		$outcomes = [];
		foreach ($this->staged as $path => $staged) {
			try {
				$staged->moveIn($this->home);
			} catch (\Throwable $cause) {
				$outcomes[$staged->wanted->target->path] = Outcome::refused($staged->wanted->target->path, Refused::because($cause));
				$this->forget($path);
			}
		}
		try {
			$this->enterAll();
		} catch (\Throwable $cause) {
			foreach ($this->staged as $staged) {
				$staged->takeAway($this->home);
			}
			throw $cause;
		}
		foreach ($this->staged as $staged) {
			$outcomes[$staged->wanted->target->path] = $staged->outcome();
		}
		$this->aftermath->of($this->staged);
		$this->dateFolders();
		return $outcomes;
	}

	public function release(): void {
		foreach ($this->staged as $path => $staged) {
			$staged->dropPart($this->home);
			$this->home->releaseLock($path, ILockingProvider::LOCK_EXCLUSIVE, $this->locks);
		}
		$this->staged = [];
		$this->folders->release();
	}

	/** The same bytes are what an earlier try of the same request brought, or as good. */
	private function present(Wanted $wanted, string $path): Outcome {
		$entry = $this->cache->get($path);
		if ($entry === false || $this->home->is_dir($path) || $entry->getSize() !== $wanted->size
			|| $this->home->hash('sha256', $path) !== $wanted->sha256) {
			throw new Refused(Refusal::Exists);
		}
		return Outcome::present($wanted->target->path, $entry->getId(), $entry->getEtag(), $wanted->sha256);
	}

	private function takeSpace(int $bytes): void {
		$this->free ??= ($this->freeSpace)() ?: 0;
		if ($this->free < 0) {
			return;
		}
		if ($bytes > $this->free) {
			throw new Refused(Refusal::QuotaExceeded);
		}
		$this->free -= $bytes;
	}

	/** Two batches may stand in each other's way at the folders above both; the database then lets one of them fail. */
	private function enterAll(): void {
		if ($this->staged === [] && $this->folders->made() === []) {
			return;
		}
		$this->propagator->beginBatch();
		$now = time();
		foreach ($this->folders->made() as $folder) {
			$this->propagator->propagateChange($folder, $now);
		}
		foreach ($this->staged as $path => $staged) {
			$this->propagator->propagateChange($path, $now, $staged->wanted->size);
		}
		for ($try = 1; ; ++$try) {
			$this->database->beginTransaction();
			try {
				foreach ($this->staged as $staged) {
					$staged->enter($this->cache, $now);
				}
				$this->aftermath->enterVersions($this->staged);
				$this->propagator->commitBatch();
				$this->database->commit();
				return;
			} catch (\Throwable $cause) {
				$this->database->rollBack();
				if ($try === self::TRIES) {
					throw $cause;
				}
				$this->propagator->beginBatch(); // it still knows what to propagate
			}
		}
	}

	/** What a folder's files did to its time on the disk is noted; then the times that were asked for are set. */
	private function dateFolders(): void {
		$touched = array_flip($this->folders->made());
		foreach ($this->staged as $path => $staged) {
			$touched[dirname($path)] = true;
		}
		foreach (array_diff_key($touched, $this->dates) as $folder => $unused) {
			$this->cache->update($this->folders->ensure($folder), ['mtime' => null, 'storage_mtime' => $this->home->filemtime($folder)]);
		}
		foreach ($this->dates as $folder => $date) {
			$this->home->touch($folder, $date);
			$this->cache->update($this->folders->ensure($folder), ['mtime' => $date, 'storage_mtime' => $date, 'etag' => uniqid()]);
		}
		if ($this->dates !== []) {
			$this->propagator->beginBatch();
			foreach ($this->dates as $folder => $date) {
				$this->propagator->propagateChange($folder, 0);
			}
			$this->propagator->commitBatch();
		}
	}

	private function forget(string $path): void {
		$this->staged[$path]->dropPart($this->home);
		unset($this->staged[$path]);
		$this->home->releaseLock($path, ILockingProvider::LOCK_EXCLUSIVE, $this->locks);
	}
}
