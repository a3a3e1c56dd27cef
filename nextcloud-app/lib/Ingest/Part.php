<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Ingest;

use OCA\Passerelle\Exceptions\MalformedBatch;

/** One part of the body: its headers, and its bytes, which can be read once. */
final class Part {
	private const CHUNK_BYTES = 65536;

	private int $left;

	/**
	 * @param array<string, string> $headers by name in lower case
	 * @param resource $stream stands at the part's first byte
	 */
	public function __construct(
		public readonly array $headers,
		private $stream,
		public readonly int $length,
	) {
		$this->left = $length;
	}

	/**
	 * The next bytes; empty at the end.
	 *
	 * @throws MalformedBatch when the body ends before the part does
	 */
	public function read(): string {
		if ($this->left === 0) {
			return '';
		}
		$bytes = fread($this->stream, min($this->left, self::CHUNK_BYTES));
		if ($bytes === false || $bytes === '') {
			throw new MalformedBatch('the body ends within a part');
		}
		$this->left -= strlen($bytes);
		return $bytes;
	}

	/** @throws MalformedBatch */
	public function skip(): void {
		while ($this->left > 0) {
			$this->read();
		}
	}
}
