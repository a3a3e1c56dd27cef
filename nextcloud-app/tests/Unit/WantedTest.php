<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Tests\Unit;

use OCA\Passerelle\Exceptions\Refusal;
use OCA\Passerelle\Exceptions\Refused;
use OCA\Passerelle\Ingest\Part;
use OCA\Passerelle\Ingest\TargetPath;
use OCA\Passerelle\Ingest\Wanted;
use OCA\Passerelle\Tests\Check;

/** What may be asked for: paths, times, digests; and how the server's exceptions are told. */
final class WantedTest extends Check {
	public function testTakesPlainPathsInNfc(): void {
		$path = TargetPath::of("/Comptabilite\u{301}/budget 2024.ods");
		self::same("Comptabilit\u{e9}/budget 2024.ods", $path->path);
		self::same('budget 2024.ods', $path->name());
		self::same("Comptabilit\u{e9}", $path->folder());
		self::same('', TargetPath::of('/a')->folder());
	}

	public function testLeavesNoWayOut(): void {
		foreach (['/../a', '/a/../../b', '/a/..', '/.', '/a/./b', '//a', '/a//b', '/a/', '/', "/a\x00b", "/a\nb", '/a\\..\\b', "/\xff", '/' . str_repeat('a/', 2000) . 'b'] as $path) {
			$refused = self::refuses(Refused::class, static fn () => TargetPath::of($path));
			self::same(Refusal::NameRefused, $refused instanceof Refused ? $refused->refusal : null, $path);
		}
		foreach (['', 'a', 'a/b', '../a'] as $path) {
			$refused = self::refuses(Refused::class, static fn () => TargetPath::of($path));
			self::same(Refusal::BadPart, $refused instanceof Refused ? $refused->refusal : null, $path);
		}
	}

	public function testReadsTheHeaders(): void {
		$digest = str_repeat('0a', 32);
		$wanted = Wanted::by(self::part(['x-oc-mtime' => '1400000000', 'x-oc-ctime' => '1300000000', 'oc-checksum' => "SHA256:$digest", 'x-if-etag' => '"e"']));
		self::same([1400000000, 1300000000, $digest, 'e', false], [$wanted->modified, $wanted->created, $wanted->sha256, $wanted->replaces, $wanted->folder]);
		$folder = Wanted::by(self::part(['x-kind' => 'folder', 'oc-checksum' => '']));
		self::same([true, null, null], [$folder->folder, $folder->modified, $folder->replaces]);
	}

	public function testRefusesHeadersThatMakeNoSense(): void {
		foreach ([
			['oc-checksum' => ''],
			['oc-checksum' => 'md5:5d41402abc4b2a76b9719d911017c592'],
			['oc-checksum' => 'sha256:zz'],
			['x-oc-mtime' => '0'],
			['x-oc-mtime' => '-5'],
			['x-oc-mtime' => '86400'],
			['x-oc-mtime' => '1e9'],
			['x-oc-ctime' => 'yesterday'],
		] as $headers) {
			$refused = self::refuses(Refused::class, static fn () => Wanted::by(self::part($headers)));
			self::same(Refusal::BadPart, $refused instanceof Refused ? $refused->refusal : null, (string)json_encode($headers));
		}
		self::refuses(Refused::class, static fn () => Wanted::by(self::part(['x-kind' => 'folder'], 4)));
	}

	public function testTellsWhatWentWrong(): void {
		$own = new Refused(Refusal::Exists);
		self::same($own, Refused::because($own));
		$unknown = Refused::because(new \RuntimeException('SQLSTATE: a secret of the database'));
		self::same([Refusal::Failed, ''], [$unknown->refusal, $unknown->getMessage()], 'nobody learns how the server is made');
	}

	/** @param array<string, string> $headers */
	private static function part(array $headers, int $length = 0): Part {
		$stream = fopen('php://memory', 'rb');
		assert($stream !== false);
		return new Part($headers + ['x-file-path' => '/a', 'oc-checksum' => 'sha256:' . str_repeat('0', 64)], $stream, $length);
	}
}
