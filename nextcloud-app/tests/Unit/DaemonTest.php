<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Tests\Unit;

use OCA\Passerelle\Daemon\Caller;
use OCA\Passerelle\Daemon\KnownPaths;
use OCA\Passerelle\Daemon\Pairing;
use OCA\Passerelle\Daemon\Reply;
use OCA\Passerelle\Exceptions\NoPairingCode;
use OCA\Passerelle\Tests\Check;

/** What the page's side sends to the daemon, and where. */
final class DaemonTest extends Check {
	private const SECRET = '0123456789abcdef0123456789abcdef';

	public function testReadsWhatTheDaemonPrints(): void {
		$pairing = Pairing::fromCode(self::code('http://127.0.0.1:8790', self::SECRET) . "\n");
		self::same(['http://127.0.0.1:8790', self::SECRET], [$pairing->address, $pairing->secret]);
		self::same('http://[::1]:8790', Pairing::fromCode(self::code('http://[::1]:8790/', self::SECRET))->address);
	}

	public function testSpeaksToThisMachineAlone(): void {
		foreach (['http://192.168.1.2:8790', 'http://127.0.0.1.example.org', 'https://127.0.0.1', 'http://user@127.0.0.1', 'http://127.0.0.1:8790/other', 'http://127.0.0.1?x', 'file:///etc/passwd', ''] as $address) {
			self::refuses(NoPairingCode::class, static fn () => Pairing::fromCode(self::code($address, self::SECRET)));
		}
	}

	public function testRefusesWhatIsNoCode(): void {
		foreach (['', 'hello', base64_encode('[]'), base64_encode('"text"'), self::code('http://127.0.0.1:1', 'short'), '%%%'] as $code) {
			self::refuses(NoPairingCode::class, static fn () => Pairing::fromCode($code));
		}
	}

	public function testSaysForWhomItSpeaks(): void {
		self::same(['X-Passerelle-User' => '%C3%A9lodie%20d'], (new Caller('élodie d', false))->headers());
		self::same(['X-Passerelle-User' => 'a%0D%0AX-Passerelle-Admin%3A%201'], (new Caller("a\r\nX-Passerelle-Admin: 1", false))->headers());
		self::same(['X-Passerelle-User' => 'root', 'X-Passerelle-Admin' => '1'], (new Caller('root', true))->headers());
	}

	public function testLetsKnownRequestsThroughAlone(): void {
		foreach (['GET jobs', 'GET jobs/12', 'GET jobs/12/items', 'GET jobs/12/places', 'POST jobs/12/start', 'PUT jobs/12/people', 'PATCH jobs/12/items', 'DELETE jobs/12', 'GET bridges', 'GET admin/bridges', 'PUT bridges/3', 'PUT admin/limits'] as $request) {
			self::same(true, KnownPaths::has(...explode(' ', $request)), $request);
		}
		// A job is begun, and gets an app password, by the server side alone.
		foreach (['POST jobs', 'PUT jobs/12/credentials', 'PUT jobs/12/places', 'GET metrics', 'GET jobs/12/../13', 'GET jobs/12a', 'GET /jobs', "GET jobs\n", 'GET jobs/12/items/../../health', 'DELETE jobs', 'POST bridges', 'DELETE bridges/3', 'TRACE jobs', 'GET http://other/'] as $request) {
			self::same(false, KnownPaths::has(...explode(' ', $request)), $request);
		}
	}

	public function testReadsAnswers(): void {
		self::same([], (new Reply(200, 'text/html', '<p>'))->json());
		self::same(['id' => 1], (new Reply(200, 'application/json', '{"id":1}'))->json());
		self::same([true, true, false, false], array_map(static fn (int $status): bool => (new Reply($status, '', ''))->isGood(), [200, 204, 302, 404]));
	}

	private static function code(string $address, string $secret): string {
		return strtr(base64_encode((string)json_encode(['url' => $address, 'secret' => $secret])), '+/', '-_');
	}
}
