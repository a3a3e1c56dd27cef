<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Ingest;

use OCA\Passerelle\Exceptions\MalformedBatch;

/**
 * Reads a multipart/related body part by part, as Nextcloud's bulk upload sends it: a boundary, header lines, an empty
 * line, as many bytes as Content-Length says, a line end. Holds one line or one chunk in memory.
 */
final class MultipartReader {
	private const LINE_BYTES = 8192;
	private const HEADER_LINES = 32;

	private ?Part $current = null;
	private int $parts = 0;

	/**
	 * @param resource $stream
	 */
	public function __construct(
		private $stream,
		private string $boundary,
		private int $maxParts,
	) {
	}

	/**
	 * @param resource $stream the request's body
	 * @throws MalformedBatch when the header is not `multipart/related; boundary=…`
	 */
	public static function of($stream, string $contentType, int $maxParts): self {
		$fits = preg_match('~^\s*multipart/related\s*;\s*boundary\s*=\s*("?)([^"\s;]{1,70})\1\s*$~i', $contentType, $found);
		if ($fits !== 1) {
			throw new MalformedBatch('Content-Type must be multipart/related with a boundary');
		}
		return new self($stream, $found[2], $maxParts);
	}

	/**
	 * The next part, or nothing behind the last. What nobody read of the part before is skipped.
	 *
	 * @throws MalformedBatch
	 */
	public function next(): ?Part {
		if ($this->current !== null) {
			$this->current->skip();
			if ($this->line() !== '') {
				throw new MalformedBatch('a part is longer than its Content-Length');
			}
			$this->current = null;
		}
		$line = $this->line();
		if ($line === '--' . $this->boundary . '--') {
			return null;
		}
		if ($line !== '--' . $this->boundary) {
			throw new MalformedBatch('no boundary where there should be one');
		}
		if (++$this->parts > $this->maxParts) {
			throw new MalformedBatch("more than $this->maxParts parts");
		}
		$headers = $this->headers();
		$this->current = new Part($headers, $this->stream, self::lengthOf($headers));
		return $this->current;
	}

	/** @return array<string, string> by name in lower case */
	private function headers(): array {
		$headers = [];
		for ($lines = 0; ($line = $this->line()) !== ''; ++$lines) {
			$colon = strpos($line, ':');
			if ($colon === false || $lines >= self::HEADER_LINES) {
				throw new MalformedBatch('a part has no proper headers');
			}
			$headers[strtolower(trim(substr($line, 0, $colon)))] = trim(substr($line, $colon + 1));
		}
		return $headers;
	}

	/** @param array<string, string> $headers */
	private static function lengthOf(array $headers): int {
		$length = $headers['content-length'] ?? '';
		// 15 digits stay below what PHP counts exactly.
		if (preg_match('/^[0-9]{1,15}$/', $length) !== 1) {
			throw new MalformedBatch('a part has no Content-Length');
		}
		return (int)$length;
	}

	/** A line without its end. */
	private function line(): string {
		$line = fgets($this->stream, self::LINE_BYTES);
		if ($line === false || !str_ends_with($line, "\n")) {
			throw new MalformedBatch('the body ends too early, or a line is too long');
		}
		return str_ends_with($line, "\r\n") ? substr($line, 0, -2) : throw new MalformedBatch('a line without its end');
	}
}
