<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Ingest;

use OCA\Passerelle\Exceptions\Refusal;
use OCA\Passerelle\Exceptions\Refused;

/** A place inside the user's files: "a/b.txt", NFC, without any way out. The server's own rules for names come on top. */
final class TargetPath {
	private const MAX_BYTES = 3900; // the column of the file cache holds 4000, the storage's own folder included

	private function __construct(
		public readonly string $path,
	) {
	}

	/**
	 * @param string $sent "/a/b.txt", as X-File-Path has it
	 * @throws Refused
	 */
	public static function of(string $sent): self {
		if (!str_starts_with($sent, '/')) {
			throw new Refused(Refusal::BadPart, 'X-File-Path must begin with a slash');
		}
		$path = \Normalizer::normalize(substr($sent, 1), \Normalizer::FORM_C);
		if ($path === false) {
			throw new Refused(Refusal::NameRefused, 'the path is no UTF-8');
		}
		if (strlen($path) > self::MAX_BYTES) {
			throw new Refused(Refusal::NameRefused, 'the path is too long');
		}
		if (preg_match('/[\x00-\x1f\\\\]/', $path) === 1) {
			throw new Refused(Refusal::NameRefused, 'the path has a forbidden character');
		}
		foreach (explode('/', $path) as $name) {
			if ($name === '' || $name === '.' || $name === '..') {
				throw new Refused(Refusal::NameRefused, 'the path is not a plain one');
			}
		}
		return new self($path);
	}

	public function name(): string {
		return self::nameOf($this->path);
	}

	/** Empty: the user's own folder. */
	public function folder(): string {
		return self::parentOf($this->path);
	}

	public static function nameOf(string $path): string {
		$slash = strrpos($path, '/');
		return $slash === false ? $path : substr($path, $slash + 1);
	}

	public static function parentOf(string $path): string {
		return substr($path, 0, (int)strrpos($path, '/'));
	}
}
