<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Tests\Unit;

use OCA\Passerelle\Exceptions\MalformedBatch;
use OCA\Passerelle\Sharing\Bounds;
use OCA\Passerelle\Sharing\JsonBody;
use OCA\Passerelle\Sharing\PeopleSearch;
use OCA\Passerelle\Sharing\WantedGroup;
use OCA\Passerelle\Sharing\WantedShare;
use OCA\Passerelle\Tests\Check;

/** What may be asked of the endpoints for sharing (docs/api/sharing.yaml), and within which bounds. */
final class SharingRequestsTest extends Check {
	private const SHARE = ['path' => '/Bureau', 'type' => 0, 'share_with' => 'alice', 'permissions' => 15];

	public function testReadsAShare(): void {
		$share = WantedShare::of(self::SHARE);
		self::same(['/Bureau', 0, 'alice', 15, true, null, ''], [$share->path, $share->type, $share->shareWith, $share->permissions, $share->download, $share->expires, $share->note]);
		self::same(null, $share->attributes());
		$more = WantedShare::of(['download' => false, 'expires' => '2028-02-29', 'note' => 'à rendre'] + self::SHARE);
		self::same(['2028-02-29', 'à rendre'], [$more->expires, $more->note]);
		self::same('[{"scope":"permissions","key":"download","value":false}]', $more->attributes());
	}

	public function testRefusesSharesThatMakeNoSense(): void {
		foreach ([
			['path' => 'Bureau'], ['path' => '/'], ['path' => '/../bob/files/x'], ['path' => '/a/./b'], ['path' => "/a\0"], ['path' => 7], ['path' => null],
			['type' => 3], ['type' => '0'], ['type' => 6], ['share_with' => ''], ['share_with' => ['alice']],
			['permissions' => 0], ['permissions' => 32], ['permissions' => '15'], ['permissions' => -1],
			['download' => 'no'], ['expires' => '2027-02-29'], ['expires' => 'tomorrow'], ['expires' => "2027-01-01\n"], ['note' => str_repeat('n', 4001)], ['note' => 5],
		] as $wrong) {
			self::refuses(MalformedBatch::class, static fn () => WantedShare::of($wrong + self::SHARE));
		}
		self::refuses(MalformedBatch::class, static fn () => WantedShare::of('a share'));
	}

	public function testReadsGroups(): void {
		$groups = WantedGroup::all(self::body(['groups' => [['id' => 'Bureau (écriture)', 'members' => ['alice', 'bob']], ['id' => '0', 'members' => []]]]));
		self::same(['Bureau (écriture)', '0'], array_column($groups, 'id'));
		self::same(['alice', 'bob'], $groups[0]->members);
	}

	public function testRefusesGroupsThatMakeNoSense(): void {
		foreach ([
			['id' => '', 'members' => []], ['id' => ' Bureau', 'members' => []], ['id' => str_repeat('g', 65), 'members' => []],
			['id' => 'a'], ['id' => 'a', 'members' => 'bob'], ['id' => 'a', 'members' => ['x' => 'bob']], ['id' => 'a', 'members' => [7]], 'a',
			['id' => 'a', 'members' => array_fill(0, Bounds::MEMBERS + 1, 'bob')],
		] as $wrong) {
			self::refuses(MalformedBatch::class, static fn () => WantedGroup::all(self::body(['groups' => [$wrong]])));
		}
	}

	public function testReadsAddresses(): void {
		self::same(['a@b.org'], PeopleSearch::addresses(self::body(['addresses' => ['a@b.org']])));
		foreach ([[''], [' '], [str_repeat('a', 321)], [5], 'a@b.org', [], null] as $wrong) {
			self::refuses(MalformedBatch::class, static fn () => PeopleSearch::addresses(self::body(['addresses' => $wrong])));
		}
	}

	public function testABodyHasBounds(): void {
		self::same(true, self::body(['notify' => true])->truth('notify'));
		self::same(false, self::body(['a' => 1])->truth('notify'));
		self::refuses(MalformedBatch::class, static fn () => self::body(['notify' => 'yes'])->truth('notify'));
		self::refuses(MalformedBatch::class, static fn () => self::body(['list' => array_fill(0, 4, 1)])->list('list', 3));
		self::same([1, 1, 1], self::body(['list' => array_fill(0, 3, 1)])->list('list', 3));
		foreach (['', 'no JSON', '"text"', '{"a":' . str_repeat('[', 20) . str_repeat(']', 20) . '}', '["' . str_repeat('a', 1024 * 1024) . '"]'] as $text) {
			self::refuses(MalformedBatch::class, static fn () => self::bodyOf($text));
		}
	}

	/** @param array<string, mixed> $fields */
	private static function body(array $fields): JsonBody {
		return self::bodyOf((string)json_encode($fields));
	}

	private static function bodyOf(string $text): JsonBody {
		$stream = fopen('php://memory', 'r+b');
		assert($stream !== false);
		fwrite($stream, $text);
		rewind($stream);
		return JsonBody::of($stream);
	}
}
