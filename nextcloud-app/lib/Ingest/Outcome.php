<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Ingest;

use OCA\Passerelle\Exceptions\Refused;

/** What became of one part. */
final class Outcome implements \JsonSerializable {
	/** @param array<string, string|int> $facts */
	private function __construct(
		private string $path,
		private string $status,
		private array $facts,
	) {
	}

	/** The file was written, and its digest agreed. $way: `direct` or `ordinary`. */
	public static function stored(string $path, string $way, int $id, string $etag, string $sha256): self {
		return new self($path, 'stored', ['way' => $way, 'fileid' => $id, 'etag' => $etag, 'sha256' => $sha256]);
	}

	/** The very same bytes stood there before. */
	public static function present(string $path, int $id, string $etag, string $sha256): self {
		return new self($path, 'present', ['fileid' => $id, 'etag' => $etag, 'sha256' => $sha256]);
	}

	public static function folder(string $path, int $id): self {
		return new self($path, 'folder', ['fileid' => $id]);
	}

	public static function refused(string $path, Refused $why): self {
		return new self($path, 'refused', ['error' => $why->refusal->value, 'message' => $why->getMessage()]);
	}

	/** @return array<string, string|int> */
	public function jsonSerialize(): array {
		return ['path' => $this->path, 'status' => $this->status] + $this->facts;
	}
}
