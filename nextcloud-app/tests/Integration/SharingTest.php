<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Tests\Integration;

use OCA\Passerelle\Tests\Check;

/** Shares, people and groups in batches on a real server: what each account really sees afterwards, by its own app password. */
final class SharingTest extends Check {
	private const SECRET = 'a secret of thirty-two bytes or more';

	private Server $alice;
	private Server $bob;
	private Server $carol;
	private string $folder;

	protected function setUp(): void {
		[$this->alice, $this->bob, $this->carol] = [Server::first(), Server::second(), Server::third()];
		$this->folder = 'Partage ' . bin2hex(random_bytes(4));
		$this->alice->ingest([Server::part("$this->folder/Bureau/lettre.txt", 'bonjour'), Server::part("$this->folder/Lecture/avis.txt", 'avis')]);
	}

	public function testTheCapabilityTellsTheBounds(): void {
		$told = json_decode($this->alice->request('GET', '/ocs/v2.php/cloud/capabilities?format=json', ['OCS-APIRequest: true'])[1], true)['ocs']['data']['capabilities']['passerelle'];
		self::same(['1.0', 100, 200], [$told['sharing'] ?? null, $told['max_shares'] ?? null, $told['max_addresses'] ?? null]);
	}

	public function testStrangersAndForgedFormsAreRefused(): void {
		foreach (['shares', 'people', 'groups'] as $endpoint) {
			self::same(401, Server::stranger()->ask($endpoint, [])[0], $endpoint);
			self::same(412, $this->alice->request('POST', "/ocs/v2.php/apps/passerelle/api/v1/$endpoint?format=json", ['Content-Type: application/json'], '{}')[0], $endpoint);
			[$status, $answer] = $this->alice->ask($endpoint, [$endpoint => 'nonsense']);
			self::same($endpoint === 'groups' ? [403, 'not_allowed'] : [400, 'malformed'], [$status, $answer['error'] ?? null], $endpoint);
		}
	}

	public function testEachSeesWhatWasSharedAndNobodyElse(): void {
		[$status, $answer] = $this->share([
			self::wanted("/$this->folder/Bureau", $this->bob->user, 15, ['note' => 'à toi']),
			self::wanted("/$this->folder/Lecture", $this->bob->user, 1, ['expires' => '2099-12-31']),
			self::wanted("/$this->folder/Lecture", (string)getenv('NEXTCLOUD_GROUP'), 1, ['type' => 1]),
		]);
		self::same([200, ['made', 'made', 'made']], [$status, array_column($answer, 'status')]);
		self::same([15, 'à toi', null], [$answer[0]['share']['permissions'], $answer[0]['share']['note'], $answer[0]['share']['expiration']]);
		self::same('2099-12-31', substr((string)$answer[1]['share']['expiration'], 0, 10));
		self::same('bonjour', $this->bob->get('Bureau/lettre.txt'));
		self::same(true, in_array($this->bob->put('Bureau/réponse.txt', 'merci'), [201, 204], true));
		self::same('merci', $this->alice->get("$this->folder/Bureau/réponse.txt"));
		self::same(403, $this->bob->put('Lecture/nouveau.txt', 'non'));
		self::same(null, $this->carol->get('Bureau/lettre.txt'));
		$this->cleanUp();
		self::same(null, $this->bob->get('Bureau/lettre.txt'));
	}

	public function testASecondTimeNothingIsMade(): void {
		$wanted = [
			self::wanted("/$this->folder/Bureau", $this->bob->user, 15), self::wanted("/$this->folder/Bureau", 'someone@example.org', 1, ['type' => 4]),
			self::wanted("/$this->folder/Bureau", (string)getenv('NEXTCLOUD_GROUP'), 1, ['type' => 1]),
		];
		[, $first] = $this->share($wanted);
		$wanted[0]['permissions'] = 1; // asked for otherwise, it is left as it is
		[, $second] = $this->share($wanted);
		self::same(['exists', 'exists', 'exists'], array_column($second, 'status'));
		self::same(self::ids($first), self::ids($second));
		self::same(15, $second[0]['share']['permissions']);
		self::same(3, count($this->alice->rows('SELECT s.id FROM oc_share s JOIN oc_filecache f ON f.fileid = s.file_source WHERE f.path = ? AND s.share_type IN (0, 1, 4)', ["files/$this->folder/Bureau"])));
		$this->cleanUp();
	}

	public function testOneThatIsRefusedHoldsUpNoOther(): void {
		$wrong = [
			self::wanted("/$this->folder/absent", $this->bob->user, 1),
			self::wanted('/../bob/files/x', $this->bob->user, 1),
			self::wanted("/$this->folder/Bureau", 'nobody-at-all', 1),
			self::wanted("/$this->folder/Bureau", 'no-such-group', 1, ['type' => 1]),
			self::wanted("/$this->folder/Bureau", $this->alice->user, 1),
		];
		self::same(400, $this->share($wrong)[0], 'a path that leads out is no request');
		unset($wrong[1]);
		[$status, $answer] = $this->share([...array_values($wrong), self::wanted("/$this->folder/Bureau", $this->bob->user, 1)]);
		self::same([200, ['refused', 'refused', 'refused', 'refused', 'made']], [$status, array_column($answer, 'status')]);
		self::same(true, str_starts_with($answer[0]['message'], 'Wrong path'));
		self::same([404, 404, 404], array_slice(array_column($answer, 'code'), 0, 3));
		self::same(true, $answer[3]['message'] !== '' && $answer[3]['code'] >= 400);
		$this->cleanUp();
	}

	/** An address as an account's id would make a share that nobody gets. */
	public function testAnAddressIsNoAccount(): void {
		$this->alice->occ('user:setting', $this->bob->user, 'settings', 'email', 'bob@example.org');
		[, $answer] = $this->share([self::wanted("/$this->folder/Bureau", 'bob@example.org', 1)]);
		self::same(['refused', 404], [$answer[0]['status'], $answer[0]['code'] ?? null]);
	}

	/** Twenty in ten minutes is what the server's own interface takes. */
	public function testSixtyAtOnce(): void {
		$this->alice->ingest(array_map(fn (int $number): string => Server::part("$this->folder/$number/a.txt", 'a'), range(1, 60)));
		[$status, $answer] = $this->share(array_map(fn (int $number): array => self::wanted("/$this->folder/$number", $this->bob->user, 1), range(1, 60)));
		self::same([200, array_fill(0, 60, 'made')], [$status, array_column($answer, 'status')]);
		self::same(60, count(array_unique(self::ids($answer))));
		$this->cleanUp();
	}

	public function testWithoutDownload(): void {
		[, $answer] = $this->share([self::wanted("/$this->folder/Lecture", $this->bob->user, 1, ['download' => false])]);
		self::same(true, str_contains((string)$answer[0]['share']['attributes'], '"download"'));
		$this->cleanUp();
	}

	public function testPeopleAreFoundAsTheServerShowsThem(): void {
		$this->alice->occ('user:setting', $this->bob->user, 'settings', 'email', 'bob@example.org');
		$this->alice->occ('user:setting', $this->alice->user, 'settings', 'email', 'alice@example.org');
		self::same([[$this->bob->user], [$this->alice->user], []], $this->found($this->alice, ['BOB@example.org', 'alice@example.org', 'nobody@example.org']));
		$this->alice->occ('config:app:set', 'core', 'shareapi_only_share_with_group_members', '--value=yes');
		try {
			$found = self::onceTheSettingsAreRead(fn (): array => $this->found($this->alice, ['bob@example.org']), [[$this->bob->user]]);
			self::same([[]], $found, 'they have no group in common');
			self::same([[$this->bob->user]], $this->found(Server::administrator(), ['bob@example.org']));
		} finally {
			$this->alice->occ('config:app:delete', 'core', 'shareapi_only_share_with_group_members');
		}
	}

	public function testGroupsNeedAnAdministratorAndTheSecret(): void {
		$id = "Groupe $this->folder";
		$wanted = ['groups' => [['id' => $id, 'members' => [$this->bob->user, 'nobody-at-all']]]];
		$administrator = Server::administrator();
		$secret = ['X-Passerelle-Pairing: ' . self::SECRET];
		self::same(403, $administrator->ask('groups', $wanted, $secret)[0], 'not paired');
		$this->alice->occ('config:app:set', 'passerelle', 'daemon_address', '--value=http://127.0.0.1:8790');
		$this->alice->occ('config:app:set', 'passerelle', 'daemon_secret', '--value=' . self::SECRET);
		try {
			self::same(403, $administrator->ask('groups', $wanted)[0], 'without the secret');
			self::same(403, $administrator->ask('groups', $wanted, ['X-Passerelle-Pairing: ' . strrev(self::SECRET)])[0]);
			self::same(403, $this->alice->ask('groups', $wanted, $secret)[0], 'no administrator');
			self::same([], $this->alice->rows('SELECT gid FROM oc_groups WHERE gid = ?', [$id]));
			self::onceTheSettingsAreRead(static fn (): int => $administrator->ask('groups', ['groups' => 'nothing'], $secret)[0], 403);
			[$status, $answer] = $administrator->ask('groups', $wanted, $secret);
			self::same([200, [['id' => $id, 'status' => 'made', 'added' => [$this->bob->user], 'refused' => ['nobody-at-all']]]], [$status, $answer['groups'] ?? null]);
			[, $answer] = $administrator->ask('groups', $wanted, $secret);
			self::same(['exists', []], [$answer['groups'][0]['status'], $answer['groups'][0]['added']]);
			self::same([['uid' => $this->bob->user]], $this->alice->rows('SELECT uid FROM oc_group_user WHERE gid = ?', [$id]));
			[, $answer] = $administrator->ask('groups', ['groups' => [['id' => 'admin', 'members' => [$this->bob->user]]]], $secret);
			self::same('refused', $answer['groups'][0]['status']);
			self::same([], $this->alice->rows('SELECT uid FROM oc_group_user WHERE gid = ? AND uid = ?', ['admin', $this->bob->user]));
		} finally {
			$this->alice->occ('config:app:delete', 'passerelle', 'daemon_address');
			$this->alice->occ('config:app:delete', 'passerelle', 'daemon_secret');
			$this->alice->occ('group:delete', $id);
		}
	}

	/**
	 * @param list<array<string, mixed>> $wanted
	 * @return array{int, list<array<string, mixed>>}
	 */
	private function share(array $wanted): array {
		[$status, $answer] = $this->alice->ask('shares', ['notify' => false, 'shares' => $wanted]);
		return [$status, $answer['shares'] ?? []];
	}

	/**
	 * @param array<string, mixed> $more
	 * @return array<string, mixed>
	 */
	private static function wanted(string $path, string $with, int $permissions, array $more = []): array {
		return ['path' => $path, 'type' => 0, 'share_with' => $with, 'permissions' => $permissions, ...$more];
	}

	/**
	 * @param list<array<string, mixed>> $answer
	 * @return list<string>
	 */
	private static function ids(array $answer): array {
		return array_map(static fn (array $one): string => (string)$one['share']['id'], $answer);
	}

	/**
	 * @param list<string> $addresses
	 * @return list<list<string>> who has each of them
	 */
	private function found(Server $as, array $addresses): array {
		[$status, $answer] = $as->ask('people', ['addresses' => $addresses]);
		self::same(200, $status);
		self::same($addresses, array_column($answer['people'], 'address'));
		return array_map(static fn (array $one): array => array_values(array_unique(array_column([...$one['exact'], ...$one['suggested']], 'id'))), $answer['people']);
	}

	/**
	 * The server keeps its settings for some seconds, from 31 on.
	 *
	 * @param callable(): mixed $ask
	 * @return mixed the first answer that is another than `$before`, or the last one
	 */
	private static function onceTheSettingsAreRead(callable $ask, mixed $before): mixed {
		for ($patience = 30, $answer = $ask(); $patience > 0 && $answer === $before; --$patience) {
			usleep(500_000);
			$answer = $ask();
		}
		return $answer;
	}

	/** Shares go with what they are of. */
	private function cleanUp(): void {
		$this->alice->request('DELETE', $this->alice->file($this->folder));
	}
}
