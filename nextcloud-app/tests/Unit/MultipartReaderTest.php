<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Tests\Unit;

use OCA\Passerelle\Exceptions\MalformedBatch;
use OCA\Passerelle\Ingest\MultipartReader;
use OCA\Passerelle\Tests\Check;

final class MultipartReaderTest extends Check {
	public function testReadsPartAfterPart(): void {
		$reader = $this->reader("--B\r\nX-File-Path: /é.txt\r\nContent-Length: 5\r\n\r\nhello\r\n--B\r\nCONTENT-LENGTH:0\r\n\r\n\r\n--B--\r\n");
		$first = $reader->next();
		self::same('/é.txt', $first?->headers['x-file-path']);
		self::same('hello', $first?->read());
		self::same('', $first?->read());
		self::same(0, $reader->next()?->length);
		self::same(null, $reader->next());
	}

	public function testSkipsWhatNobodyRead(): void {
		$bytes = str_repeat("\r\n--B--\r\n", 20000);
		$reader = $this->reader("--B\r\nContent-Length: " . strlen($bytes) . "\r\n\r\n$bytes\r\n--B\r\nContent-Length: 1\r\n\r\nx\r\n--B--\r\n");
		$reader->next()?->read();
		self::same('x', $reader->next()?->read(), 'boundaries within a part are its bytes');
		self::same(null, $reader->next());
	}

	public function testRefusesWhatIsNoBody(): void {
		foreach ([
			'',
			"--C\r\n",
			"--B\r\nContent-Length: 5\r\n\r\nhel",
			"--B\r\nContent-Length: 2\r\n\r\nhello\r\n--B--\r\n",
			"--B\r\nContent-Length: -1\r\n\r\n\r\n--B--\r\n",
			"--B\r\nContent-Length: 99999999999999999999\r\n\r\n\r\n--B--\r\n",
			"--B\r\nX-File-Path: /a\r\n\r\n\r\n--B--\r\n",
			"--B\r\nno header\r\nContent-Length: 0\r\n\r\n\r\n--B--\r\n",
			"--B\nContent-Length: 0\n\n\n--B--\n",
			"--B\r\n" . str_repeat("A: b\r\n", 100) . "Content-Length: 0\r\n\r\n\r\n--B--\r\n",
			"--B\r\nA: " . str_repeat('a', 20000) . "\r\nContent-Length: 0\r\n\r\n\r\n--B--\r\n",
			"--B\r\nContent-Length: 0\r\n\r\n\r\n--B--",
		] as $body) {
			self::refuses(MalformedBatch::class, function () use ($body): void {
				$reader = $this->reader($body);
				while ($reader->next() !== null) {
				}
			});
		}
	}

	public function testBoundsTheNumberOfParts(): void {
		$reader = $this->reader(str_repeat("--B\r\nContent-Length: 0\r\n\r\n\r\n", 4) . "--B--\r\n");
		for ($i = 0; $i < 3; ++$i) {
			$reader->next();
		}
		self::refuses(MalformedBatch::class, static fn () => $reader->next());
	}

	public function testTakesTheBoundaryFromTheContentType(): void {
		foreach (['multipart/related; boundary=B', 'multipart/related;boundary="B"', 'Multipart/Related; Boundary = B'] as $type) {
			self::same(null, MultipartReader::of(self::stream("--B--\r\n"), $type, 3)->next(), $type);
		}
		foreach (['', 'multipart/form-data; boundary=B', 'multipart/related', 'multipart/related; boundary=', 'multipart/related; boundary="B'] as $type) {
			self::refuses(MalformedBatch::class, static fn () => MultipartReader::of(self::stream(''), $type, 3));
		}
	}

	public function testHoldsNoPartInMemory(): void {
		$file = tmpfile();
		assert($file !== false);
		fwrite($file, "--B\r\nContent-Length: 33554432\r\n\r\n");
		for ($i = 0; $i < 32; ++$i) {
			fwrite($file, str_repeat('x', 1048576));
		}
		fwrite($file, "\r\n--B--\r\n");
		rewind($file);
		$reader = new MultipartReader($file, 'B', 3);
		$before = memory_get_peak_usage();
		$part = $reader->next();
		$sum = 0;
		while (($bytes = (string)$part?->read()) !== '') {
			$sum += strlen($bytes);
		}
		self::same(33554432, $sum);
		self::same(null, $reader->next());
		self::same(true, memory_get_peak_usage() - $before < 1048576, 'less than a megabyte');
	}

	private function reader(string $body): MultipartReader {
		return new MultipartReader(self::stream($body), 'B', 3);
	}

	/** @return resource */
	private static function stream(string $body) {
		$stream = fopen('php://memory', 'w+b');
		assert($stream !== false);
		fwrite($stream, $body);
		rewind($stream);
		return $stream;
	}
}
