<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Ingest;

use OCA\Passerelle\Exceptions\Refusal;
use OCA\Passerelle\Exceptions\Refused;
use OCP\Files\File;
use OCP\Files\Folder;
use OCP\Files\IFilenameValidator;
use OCP\Files\Node;
use OCP\Files\NotFoundException;

/** Writes through the server's nodes, file by file: all events, hooks and wrappers see it. */
final class OrdinaryWriter {
	private const MEMORY_BYTES = 2 * 1024 * 1024;

	public function __construct(
		private Folder $userFolder,
		private IFilenameValidator $names,
	) {
	}

	/** @throws Refused */
	public function folder(Wanted $wanted): Outcome {
		$folder = $this->ensure($wanted->target->path);
		if ($wanted->modified !== null) {
			$folder->touch($wanted->modified);
		}
		return Outcome::folder($wanted->target->path, $folder->getId());
	}

	/** @throws Refused */
	public function write(Wanted $wanted, Part $part): Outcome {
		$this->names->validateFilename($wanted->target->name());
		$there = $this->find($wanted->target->path);
		if ($wanted->replaces === null && $there !== null) {
			return self::present($wanted, $there);
		}
		if ($wanted->replaces !== null && (!$there instanceof File || $there->getEtag() !== $wanted->replaces)) {
			throw new Refused(Refusal::Changed);
		}
		// The bytes are complete and right before anything is written, or replaced.
		$bytes = self::spool($wanted, $part);
		$folder = $this->ensure($wanted->target->folder());
		$free = $folder->getFreeSpace();
		if ($free >= 0 && $wanted->size > $free) {
			throw new Refused(Refusal::QuotaExceeded);
		}
		if ($there instanceof File) {
			$there->putContent($bytes);
			$file = $there;
		} else {
			$file = $folder->newFile($wanted->target->name(), $bytes);
		}
		if ($wanted->modified !== null) {
			$file->touch($wanted->modified);
		}
		$file->getStorage()->getCache()->update($file->getId(), array_filter([
			'checksum' => 'SHA256:' . $wanted->sha256,
			'upload_time' => time(),
			'creation_time' => $wanted->created,
		]));
		$stored = $this->userFolder->get($wanted->target->path);
		return Outcome::stored($wanted->target->path, 'ordinary', $stored->getId(), $stored->getEtag(), $wanted->sha256);
	}

	private static function present(Wanted $wanted, Node $there): Outcome {
		if (!$there instanceof File || $there->getSize() !== $wanted->size || $there->hash('sha256') !== $wanted->sha256) {
			throw new Refused(Refusal::Exists);
		}
		return Outcome::present($wanted->target->path, $there->getId(), $there->getEtag(), $wanted->sha256);
	}

	private function find(string $path): ?Node {
		try {
			return $this->userFolder->get($path);
		} catch (NotFoundException) {
			return null;
		}
	}

	private function ensure(string $path): Folder {
		if ($path === '') {
			return $this->userFolder;
		}
		$there = $this->find($path);
		if ($there instanceof Folder) {
			return $there;
		}
		if ($there !== null) {
			throw new Refused(Refusal::Exists, 'a file stands where a folder is wanted');
		}
		$this->names->validateFilename(TargetPath::nameOf($path));
		$parent = $this->ensure(TargetPath::parentOf($path));
		return $parent->newFolder(TargetPath::nameOf($path));
	}

	/** @return resource at its first byte */
	private static function spool(Wanted $wanted, Part $part) {
		$bytes = fopen('php://temp/maxmemory:' . self::MEMORY_BYTES, 'w+b');
		if ($bytes === false) {
			throw new Refused(Refusal::Failed, 'no temporary file');
		}
		$hash = hash_init('sha256');
		while (($chunk = $part->read()) !== '') {
			hash_update($hash, $chunk);
			if (fwrite($bytes, $chunk) !== strlen($chunk)) {
				throw new Refused(Refusal::Failed, 'the disk took less than all');
			}
		}
		$digest = hash_final($hash);
		if ($digest !== $wanted->sha256) {
			throw new Refused(Refusal::HashMismatch, "sent $digest");
		}
		rewind($bytes);
		return $bytes;
	}
}
