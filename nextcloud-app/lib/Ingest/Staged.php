<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Ingest;

use OC\Files\Storage\Home;
use OCA\Passerelle\Exceptions\Refusal;
use OCA\Passerelle\Exceptions\Refused;
use OCP\Files\Cache\ICache;

/** A file whose bytes are on the disk, or about to be. */
final class Staged {
	/** The ending makes the server ignore it, the middle lets its own clean-up know what it is. */
	private string $partPath;
	private bool $written = false;
	private int $id = -1;
	/** @var array<string, mixed> as the storage tells it of the file at its target */
	private array $data = [];

	public function __construct(
		public readonly Wanted $wanted,
		public readonly string $path,
		private int $parentId,
	) {
		$this->partPath = dirname($path) . '/' . md5($path) . '.ocTransferId' . random_int(1, PHP_INT_MAX) . '.part';
	}

	/** @throws Refused when they are not the bytes that were announced */
	public function write(Home $home, Part $part): void {
		$this->written = true;
		try {
			$digest = $this->copy($home, $part);
			if ($digest !== $this->wanted->sha256) {
				throw new Refused(Refusal::HashMismatch, "sent $digest");
			}
			if ($this->wanted->modified !== null && !$home->touch($this->partPath, $this->wanted->modified)) {
				throw new Refused(Refusal::Failed, 'the time could not be set');
			}
		} catch (\Throwable $cause) {
			$this->dropPart($home);
			throw $cause;
		}
	}

	private function copy(Home $home, Part $part): string {
		$file = $home->fopen($this->partPath, 'wb');
		if ($file === false) {
			throw new Refused(Refusal::Failed, 'the file could not be opened');
		}
		$hash = hash_init('sha256');
		try {
			while (($bytes = $part->read()) !== '') {
				hash_update($hash, $bytes);
				if (fwrite($file, $bytes) !== strlen($bytes)) {
					throw new Refused(Refusal::Failed, 'the disk took less than all');
				}
			}
			if (!fflush($file)) {
				throw new Refused(Refusal::Failed, 'the disk took less than all');
			}
		} finally {
			fclose($file);
		}
		return hash_final($hash);
	}

	public function moveIn(Home $home): void {
		if (!$home->rename($this->partPath, $this->path)) {
			throw new Refused(Refusal::Failed, 'the file could not be put in its place');
		}
		$this->written = false;
		$data = $home->getMetaData($this->path);
		if ($data === null) {
			$this->takeAway($home);
			throw new Refused(Refusal::Failed, 'the file cannot be read');
		}
		$this->data = $data;
	}

	/** What an ordinary upload with a checksum and times leaves there. */
	public function enter(ICache $cache, int $now): void {
		$this->id = $cache->insert($this->path, array_filter([
			'parent' => $this->parentId,
			'checksum' => 'SHA256:' . $this->wanted->sha256,
			'upload_time' => $now,
			'creation_time' => $this->wanted->created,
		], static fn (mixed $value): bool => $value !== null) + $this->data);
	}

	/** Its row could not be entered: it must not stand there as a file that nobody knows. */
	public function takeAway(Home $home): void {
		$this->written = $home->rename($this->path, $this->partPath);
		$this->dropPart($home);
	}

	public function dropPart(Home $home): void {
		if ($this->written) {
			$home->unlink($this->partPath);
			$this->written = false;
		}
	}

	public function id(): int {
		return $this->id;
	}

	public function modified(): int {
		return (int)$this->data['mtime'];
	}

	public function mimeType(): string {
		return (string)$this->data['mimetype'];
	}

	public function outcome(): Outcome {
		return Outcome::stored($this->wanted->target->path, 'direct', $this->id, (string)$this->data['etag'], $this->wanted->sha256);
	}
}
