<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Ingest;

use OCA\Passerelle\Exceptions\Refusal;
use OCA\Passerelle\Exceptions\Refused;

/** What a part's headers ask for. */
final class Wanted {
	/** The server refuses what lies in 1970's first day. */
	private const MIN_TIME = 86401;

	private function __construct(
		public readonly TargetPath $target,
		public readonly bool $folder,
		public readonly ?int $modified,
		public readonly ?int $created,
		public readonly string $sha256,
		public readonly ?string $replaces,
		public readonly int $size,
	) {
	}

	/** @throws Refused */
	public static function by(Part $part): self {
		$headers = $part->headers;
		$folder = ($headers['x-kind'] ?? 'file') === 'folder';
		$sha256 = self::digest($headers['oc-checksum'] ?? '');
		if (!$folder && $sha256 === '') {
			throw new Refused(Refusal::BadPart, 'OC-Checksum must be sha256:<64 hexadecimal digits>');
		}
		if ($folder && $part->length > 0) {
			throw new Refused(Refusal::BadPart, 'a folder has no content');
		}
		$replaces = trim($headers['x-if-etag'] ?? '', '"');
		return new self(
			TargetPath::of($headers['x-file-path'] ?? ''),
			$folder,
			self::time($headers, 'x-oc-mtime'),
			self::time($headers, 'x-oc-ctime'),
			$sha256,
			$replaces === '' ? null : $replaces,
			$part->length,
		);
	}

	private static function digest(string $checksum): string {
		return preg_match('/^sha256:([0-9a-f]{64})$/i', $checksum, $found) === 1 ? strtolower($found[1]) : '';
	}

	/** @param array<string, string> $headers */
	private static function time(array $headers, string $name): ?int {
		$value = $headers[$name] ?? '';
		if ($value === '') {
			return null;
		}
		if (preg_match('/^[0-9]{1,12}$/', $value) !== 1 || (int)$value < self::MIN_TIME) {
			throw new Refused(Refusal::BadPart, "$name is no time of use");
		}
		return (int)$value;
	}
}
