<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Tests\Integration;

use OCA\Passerelle\Tests\Check;

/** What the endpoint does on a real server, and what it never does. */
final class IngestTest extends Check {
	private Server $alice;
	private string $folder;

	protected function setUp(): void {
		$this->alice = Server::first();
		$this->folder = 'Essai ' . bin2hex(random_bytes(4));
	}

	public function testTheCapabilityIsForThoseWhoAreLoggedIn(): void {
		$path = '/ocs/v2.php/cloud/capabilities?format=json';
		$told = json_decode($this->alice->request('GET', $path, ['OCS-APIRequest: true'])[1], true)['ocs']['data']['capabilities'];
		self::same('1.0', $told['passerelle']['ingest'] ?? null);
		self::same(true, ($told['passerelle']['max_batch_bytes'] ?? 0) >= 1024 * 1024);
		$stranger = Server::stranger();
		$told = json_decode($stranger->request('GET', $path, ['OCS-APIRequest: true'])[1], true)['ocs']['data']['capabilities'];
		self::same(false, isset($told['passerelle']));
	}

	public function testStrangersAndForgedFormsAreRefused(): void {
		$path = '/ocs/v2.php/apps/passerelle/api/v1/ingest?format=json';
		$body = Server::body([Server::part("$this->folder/a.txt", 'x')]);
		$stranger = Server::stranger();
		self::same(401, $stranger->request('POST', $path, Server::headers(), $body)[0]);
		self::same(412, $this->alice->request('POST', $path, [Server::headers()[1]], $body)[0], 'without OCS-APIRequest');
		self::same(null, $this->alice->get("$this->folder/a.txt"));
	}

	public function testBringsFilesWithTimesAndParents(): void {
		$nfd = "$this->folder/re\u{301}union/e\u{301}te\u{301}.txt";
		[$status, $files] = $this->alice->ingest([
			Server::part("$this->folder/a/b/c.txt", 'bonjour', ['X-OC-MTime: 1400000000', 'X-OC-CTime: 1300000000']),
			Server::part("$this->folder/vide", ''),
			Server::part($nfd, 'chaud'),
			Server::part("$this->folder/tout neuf", '', ['X-Kind: folder', 'X-OC-MTime: 1200000000']),
		]);
		self::same([200, ['stored', 'stored', 'stored', 'folder']], [$status, array_column($files, 'status')]);
		self::same('direct', $files[0]['way']);
		self::same(hash('sha256', 'bonjour'), $files[0]['sha256']);
		self::same('bonjour', $this->alice->get("$this->folder/a/b/c.txt"));
		self::same('', $this->alice->get("$this->folder/vide"));
		self::same('chaud', $this->alice->get("$this->folder/r\u{e9}union/\u{e9}t\u{e9}.txt"));
		$row = $this->row("$this->folder/tout neuf");
		self::same([1200000000, 1200000000], [(int)$row['mtime'], (int)$row['storage_mtime']]);
	}

	public function testNeverOverwrites(): void {
		$this->alice->ingest([Server::part("$this->folder/a", 'celui-ci')]);
		[$status, $files] = $this->alice->ingest([
			Server::part("$this->folder/a", 'un autre'),
			Server::part("$this->folder/a", 'celui-ci'),
			Server::part("$this->folder/b", 'x'),
			Server::part("$this->folder/b", 'y'),
			Server::part("$this->folder/a/dessous", 'z'),
			Server::part($this->folder, 'z'),
		]);
		self::same(200, $status);
		self::same(['refused', 'present', 'stored', 'refused', 'refused', 'refused'], array_column($files, 'status'));
		self::same(['exists', 'exists', 'exists', 'exists'], array_column($files, 'error'));
		self::same('celui-ci', $this->alice->get("$this->folder/a"));
		self::same('x', $this->alice->get("$this->folder/b"));
	}

	public function testReplacesWhatTheSenderHasSeen(): void {
		[, $files] = $this->alice->ingest([Server::part("$this->folder/a", 'avant')]);
		[, $again] = $this->alice->ingest([
			Server::part("$this->folder/a", 'trop tard', ['X-If-Etag: 00ff']),
			Server::part("$this->folder/a", 'après', ['X-If-Etag: ' . $files[0]['etag'], 'X-OC-MTime: 1500000000']),
			Server::part("$this->folder/absent", 'x', ['X-If-Etag: 00ff']),
		]);
		self::same(['changed', 'changed'], array_column($again, 'error'));
		self::same(['stored', 'ordinary'], [$again[1]['status'], $again[1]['way']]);
		self::same($files[0]['fileid'], $again[1]['fileid']);
		self::same('après', $this->alice->get("$this->folder/a"));
		self::same(1500000000, (int)$this->row("$this->folder/a")['mtime']);
	}

	public function testADamagedPartLeavesNothing(): void {
		[, $files] = $this->alice->ingest([
			Server::part("$this->folder/bon", 'bon'),
			Server::part("$this->folder/abime", 'abd', [], hash('sha256', 'abc')),
			Server::part("$this->folder/suite", 'suite'),
		]);
		self::same(['stored', 'refused', 'stored'], array_column($files, 'status'));
		self::same('hash_mismatch', $files[1]['error']);
		self::same(null, $this->alice->get("$this->folder/abime"));
		self::same(8, (int)$this->row($this->folder)['size']);
	}

	public function testABrokenBodyKeepsWhatCameBefore(): void {
		$body = Server::part("$this->folder/bon", 'bon') . "--B\r\nX-File-Path: /x\r\nContent-Length: 99\r\n\r\nzu kurz";
		[$status, $answer] = $this->alice->request('POST', '/ocs/v2.php/apps/passerelle/api/v1/ingest?format=json', Server::headers(), $body);
		self::same(400, $status);
		self::same('stored', json_decode($answer, true)['ocs']['data']['files'][0]['status'] ?? null);
		self::same('bon', $this->alice->get("$this->folder/bon"));
	}

	public function testLeavesNoWayOut(): void {
		$bob = Server::second();
		$bob->put('bob.txt', 'de Bob');
		$evil = ['../bob/files/x', "$this->folder/../../x", '../../config/x', "$this->folder/./x", "$this->folder//x", "a\\..\\x", '/etc/x', ''];
		[$status, $files] = $this->alice->ingest(array_map(static fn (string $path): string => Server::part($path, 'x'), $evil));
		self::same(200, $status);
		self::same(array_fill(0, count($evil), 'name_refused'), array_column($files, 'error'));
		[, $files] = $this->alice->ingest(["--B\r\nX-File-Path: $this->folder/x\r\nContent-Length: 1\r\nOC-Checksum: sha256:" . hash('sha256', 'x') . "\r\n\r\nx\r\n"]);
		self::same('bad_part', $files[0]['error'] ?? null, 'no slash in front');
		[, $files] = $this->alice->ingest([Server::part('bob/files/x', 'x')]);
		self::same('stored', $files[0]['status'], "a folder of Alice's own that looks like Bob's");
		self::same(null, $bob->get('x'));
		$this->alice->request('DELETE', $this->alice->file('bob'));
	}

	public function testFollowsTheRulesForNames(): void {
		$names = ['.htaccess', 'film.part', str_repeat('n', 251), "a\x07b", 'dossier.part/a'];
		[, $files] = $this->alice->ingest([
			...array_map(fn (string $name): string => Server::part("$this->folder/$name", 'x'), $names),
			Server::part("$this->folder/" . str_repeat('n', 250), 'x'),
		]);
		self::same(array_fill(0, count($names), 'name_refused'), array_column($files, 'error'));
		self::same('stored', end($files)['status'] ?? null);
	}

	public function testStaysWithinTheQuota(): void {
		$used = (int)$this->alice->rows('SELECT size FROM oc_filecache WHERE path = ? AND storage = ?', ['files', $this->storage()])[0]['size'];
		$this->alice->occ('user:setting', $this->alice->user, 'files', 'quota', (string)($used + 100000));
		try {
			[, $files] = $this->alice->ingest([
				Server::part("$this->folder/a", str_repeat('a', 60000)),
				Server::part("$this->folder/b", str_repeat('b', 60000)),
				Server::part("$this->folder/c", str_repeat('c', 30000)),
			]);
			self::same(['stored', 'refused', 'stored'], array_column($files, 'status'));
			self::same('quota_exceeded', $files[1]['error'] ?? null);
		} finally {
			$this->alice->occ('user:setting', $this->alice->user, 'files', 'quota', 'none');
		}
	}

	public function testSeveralBatchesIntoOneFolderAtATime(): void {
		$all = curl_multi_init();
		$requests = [];
		for ($batch = 0; $batch < 3; ++$batch) {
			$parts = [];
			for ($i = 0; $i < 40; ++$i) {
				$parts[] = Server::part("$this->folder/ensemble/" . ($i % 4) . "/$batch-$i", str_repeat('x', 1000));
			}
			$requests[] = $request = $this->alice->prepare('POST', '/ocs/v2.php/apps/passerelle/api/v1/ingest?format=json', Server::headers(), Server::body($parts));
			curl_multi_add_handle($all, $request);
		}
		do {
			curl_multi_exec($all, $running);
			curl_multi_select($all, 1.0);
		} while ($running > 0);
		foreach ($requests as $request) {
			$files = json_decode((string)curl_multi_getcontent($request), true)['ocs']['data']['files'];
			self::same(['stored' => 40], array_count_values(array_column($files, 'status')));
		}
		self::same(120000, (int)$this->row($this->folder)['size']);
		self::same(30000, (int)$this->row("$this->folder/ensemble/3")['size']);
	}

	public function testReceivedSharesGoTheOrdinaryWay(): void {
		$bob = Server::second();
		$shared = "De Bob $this->folder";
		$bob->request('MKCOL', $bob->file($shared));
		[$status] = $bob->request('POST', '/ocs/v2.php/apps/files_sharing/api/v1/shares', ['OCS-APIRequest: true', 'Content-Type: application/json'],
			(string)json_encode(['path' => $shared, 'shareType' => 0, 'shareWith' => $this->alice->user, 'permissions' => 31, 'sendMail' => 'false']));
		self::same(200, $status);
		[, $files] = $this->alice->ingest([Server::part("$shared/a/b.txt", 'pour Bob', ['X-OC-MTime: 1400000000'])]);
		self::same(['stored', 'ordinary'], [$files[0]['status'] ?? null, $files[0]['way'] ?? null]);
		self::same('pour Bob', $bob->get("$shared/a/b.txt"));
	}

	public function testWhoMustSeeEachFileSeesIt(): void {
		$this->alice->occ('app:enable', 'admin_audit');
		try {
			// The server's processes remember for some seconds which apps there are.
			for ($i = 0; $i < 300 && $this->wayOf("attente $i") !== 'ordinary'; ++$i) {
			}
			[$status, $files] = $this->alice->ingest([
				Server::part("$this->folder/a/b.txt", 'bonjour', ['X-OC-MTime: 1400000000', 'X-OC-CTime: 1300000000']),
				Server::part("$this->folder/a/b.txt", 'bonsoir'),
				Server::part("$this->folder/a/b.txt", 'bonjour'),
				Server::part("$this->folder/abime", 'abd', [], hash('sha256', 'abc')),
				Server::part("$this->folder/film.part", 'x'),
				Server::part("$this->folder/a/../../x", 'x'),
				Server::part("$this->folder/vide", '', ['X-Kind: folder', 'X-OC-MTime: 1200000000']),
			]);
			self::same([200, 'ordinary'], [$status, $files[0]['way'] ?? null]);
			self::same(['stored', 'refused', 'present', 'refused', 'refused', 'refused', 'folder'], array_column($files, 'status'));
			self::same(['exists', 'hash_mismatch', 'name_refused', 'name_refused'], array_column($files, 'error'));
			self::same('bonjour', $this->alice->get("$this->folder/a/b.txt"));
			self::same(null, $this->alice->get("$this->folder/abime"));
			$row = $this->row("$this->folder/a/b.txt");
			self::same([1400000000, 'SHA256:' . hash('sha256', 'bonjour')], [(int)$row['mtime'], $row['checksum']]);
			$extended = $this->alice->rows('SELECT creation_time, upload_time FROM oc_filecache_extended WHERE fileid = ?', [$row['fileid']])[0];
			self::same([1300000000, true], [(int)$extended['creation_time'], (int)$extended['upload_time'] > 1400000000]);
			self::same($row['etag'], $files[0]['etag'] ?? null);
			self::same(1200000000, (int)$this->row("$this->folder/vide")['mtime']);
		} finally {
			$this->alice->occ('app:disable', 'admin_audit');
			for ($i = 300; $i < 600 && $this->wayOf("attente $i") !== 'direct'; ++$i) {
			}
		}
	}

	private function wayOf(string $name): ?string {
		return $this->alice->ingest([Server::part("$this->folder/$name", 'x')])[1][0]['way'] ?? null;
	}

	private function storage(): int {
		return (int)$this->alice->rows('SELECT numeric_id FROM oc_storages WHERE id = ?', ["home::{$this->alice->user}"])[0]['numeric_id'];
	}

	/** @return array<string, mixed> */
	private function row(string $path): array {
		return $this->alice->rows('SELECT * FROM oc_filecache WHERE storage = ? AND path_hash = ?', [$this->storage(), md5("files/$path")])[0] ?? [];
	}
}
