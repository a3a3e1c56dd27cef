<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Tests\Integration;

use OCA\Passerelle\Tests\Check;

/** What a job's app password opens at the app's own endpoints: with the pairing's secret alone, inside the job's destination alone. */
final class JobRequestsTest extends Check {
	private const SHOWN = ['X-Passerelle-Pairing: ' . StandInDaemon::SECRET];

	private static ?StandInDaemon $daemon = null;

	private Server $alice;
	private Server $bob;
	private string $folder;
	private int $id;
	private string $password = '';

	protected function setUp(): void {
		[$this->alice, $this->bob] = [Server::first(), Server::second()];
		$this->folder = 'Enclos ' . bin2hex(random_bytes(4));
		$this->id = random_int(2_000_001, 1_000_000_000);
		if (self::$daemon === null) {
			self::$daemon = new StandInDaemon();
			$this->alice->occ('passerelle:pair', self::$daemon->code());
			for ($patience = 30; $patience > 0 && self::$daemon->heard() === []; --$patience) {
				usleep(500_000); // the server keeps its settings for some seconds
				$this->page('GET', 'api/version');
			}
		}
		self::$daemon->heard();
	}

	public function testItShowsTheSecret(): void {
		$job = $this->begin("$this->folder/Drive");
		$asked = [
			'shares' => ['shares' => [self::wanted("/$this->folder/Drive", $this->bob->user)]], 'people' => ['addresses' => ['bob@example.org']],
			'groups' => ['groups' => [['id' => 'x', 'members' => []]]],
		];
		$wrong = [[], ['X-Passerelle-Pairing:'], ['X-Passerelle-Pairing: ' . strrev(StandInDaemon::SECRET)], ['X-Passerelle-Pairing: ' . StandInDaemon::SECRET . 'x']];
		foreach ($wrong as $headers) {
			foreach ($asked as $endpoint => $fields) {
				[$status, $answer] = $job->ask($endpoint, $fields, $headers);
				self::same([403, 'not_allowed'], [$status, $answer['error'] ?? null], $endpoint);
			}
			self::same([403, []], $job->ingest([Server::part("$this->folder/Drive/a", 'x')], $headers));
		}
		self::same(null, $this->alice->get("$this->folder/Drive/a"));
		self::same(['stored'], $this->statuses($job, ['Drive/a']));
		self::same(200, $job->ask('people', $asked['people'], self::SHOWN)[0]);
		self::same(200, $job->ask('shares', $asked['shares'], self::SHOWN)[0]);
		self::same(403, $job->ask('groups', $asked['groups'], self::SHOWN)[0], 'no administrator');
		$this->cleanUp();
	}

	/** However the password comes, and for what a browser would keep of it. */
	public function testAsBearerAndByCookie(): void {
		[$path, $body] = ['/ocs/v2.php/apps/passerelle/api/v1/ingest?format=json', Server::body([Server::part("$this->folder/Drive/a", 'x')])];
		$job = $this->begin("$this->folder/Drive");
		$bearer = ["Authorization: Bearer $this->password", ...Server::headers()];
		self::same(403, Server::stranger()->request('POST', $path, $bearer, $body)[0]);
		self::same(200, Server::stranger()->request('POST', $path, [...$bearer, ...self::SHOWN], $body)[0]);
		$login = $job->prepare('PROPFIND', $job->file(''), ['Depth: 0'], null);
		curl_setopt($login, CURLOPT_HEADER, true);
		preg_match_all('/^Set-Cookie: ([^;=]+=[^;]+)/mi', (string)curl_exec($login), $cookies);
		$cookie = ['Cookie: ' . implode('; ', $cookies[1]), ...Server::headers()];
		foreach ([401 => Server::stranger(), 403 => $job] as $status => $as) {
			self::same($status, $as->request('POST', $path, $status === 401 ? Server::headers() : $cookie, $body)[0]);
		}
		self::same(403, Server::stranger()->request('POST', $path, $cookie, $body)[0], 'the session is the job\'s');
	}

	public function testItBringsFilesIntoItsDestinationAlone(): void {
		$job = $this->begin("$this->folder/Dr\u{ef}ve");
		$this->begin("$this->folder/Autre"); // another job's
		$parts = [
			"Dr\u{ef}ve/a" => 'stored', "Dri\u{308}ve/b/c" => 'stored', "Dr\u{ef}ve2/a" => 'outside', "Dr\u{ef}ve 2" => 'outside', 'a' => 'outside', 'Autre/a' => 'outside', "dr\u{ef}ve/a" => 'outside',
			"Dr\u{ef}ve/../a" => 'name_refused', "Dr\u{ef}ve/../../../{$this->bob->user}/files/a" => 'name_refused', "Dr\u{ef}ve\\..\\a" => 'name_refused', "Dr\u{ef}ve/d" => 'stored',
		];
		self::same(array_values($parts), $this->statuses($job, array_keys($parts)));
		self::same(array_values(array_replace($parts, ["Dr\u{ef}ve/a" => 'present', "Dri\u{308}ve/b/c" => 'present', "Dr\u{ef}ve/d" => 'present'])), $this->statuses($job, array_keys($parts)), 'the same request again');
		$folder = ['X-Kind: folder', 'X-OC-MTime: 1200000000'];
		[, $files] = $job->ingest([
			Server::part("$this->folder/Dr\u{ef}ve", '', $folder), Server::part("$this->folder/Dr\u{ef}ve/e", '', $folder), Server::part("$this->folder/Ailleurs", '', $folder), Server::part($this->folder, '', $folder),
		], self::SHOWN);
		self::same(['folder', 'folder', 'refused', 'refused'], array_column($files, 'status'));
		foreach (["Dr\u{ef}ve2/a", 'a', 'Autre/a', 'Ailleurs'] as $path) {
			self::same(null, $this->alice->get("$this->folder/$path"), $path);
		}
		self::same('x', $this->alice->get("$this->folder/Dr\u{ef}ve/b/c"));
	}

	public function testItReplacesNothingOutside(): void {
		[, $files] = $this->alice->ingest([Server::part("$this->folder/Drive/a", 'avant'), Server::part("$this->folder/b", 'avant')]);
		$replace = static fn (string $path, array $file): string => Server::part($path, 'après', ['X-If-Etag: ' . $file['etag']]);
		[, $again] = $this->begin("$this->folder/Drive")->ingest([$replace("$this->folder/Drive/a", $files[0]), $replace("$this->folder/b", $files[1])], self::SHOWN);
		self::same(['stored', 'refused'], array_column($again, 'status'));
		self::same(['après', 'avant'], [$this->alice->get("$this->folder/Drive/a"), $this->alice->get("$this->folder/b")]);
	}

	public function testWhatLiesAboveTheDestinationIsMade(): void {
		self::same(['stored', 'outside'], $this->statuses($this->begin("$this->folder/A/B/C"), ['A/B/C/a', 'A/B/a']));
		self::same('x', $this->alice->get("$this->folder/A/B/C/a"));
	}

	public function testAnotherCaseIsMeantWhereItAloneStands(): void {
		$this->alice->ingest([Server::part("$this->folder/ancien drive", '', ['X-Kind: folder'])]);
		$job = $this->begin("$this->folder/Ancien Drive");
		self::same(['stored', 'outside'], $this->statuses($job, ['ancien drive/a', 'ANCIEN DRIVE/a']));
		[$shared] = $this->share($job, ["/$this->folder/ancien drive"]);
		self::same('made', $shared['status'] ?? null);
		$this->alice->ingest([Server::part("$this->folder/Ancien Drive", '', ['X-Kind: folder'])]);
		self::same(['stored', 'outside'], $this->statuses($job, ['Ancien Drive/a', 'ancien drive/b']));
		$this->cleanUp();
	}

	public function testTeamFoldersAreDestinationsToo(): void {
		$job = $this->begin("$this->folder/Drive", [['folder' => 'Bureau', 'name' => "Équipe $this->folder"]]);
		[, $files] = $job->ingest([Server::part("Équipe $this->folder/a", 'x'), Server::part('Bureau/a', 'x')], self::SHOWN);
		self::same(['stored', 'refused'], array_column($files, 'status'));
	}

	public function testAnEmptyDestinationIsAllOfTheFiles(): void {
		self::same(['stored', 'stored'], $this->statuses($this->begin(''), ['a', 'Drive/a']));
	}

	public function testItSharesWhatLiesInItsDestinationAlone(): void {
		$paths = ['Drive/Dossier/a', 'Drive2/a', "Re\u{301}union/a", 'a'];
		$this->alice->ingest(array_map(fn (string $path): string => Server::part("$this->folder/$path", 'x'), $paths));
		$shared = $this->share($this->begin("$this->folder/Drive"), [
			"/$this->folder/Drive2", "/$this->folder/Drive/Dossier", "/$this->folder", "/$this->folder/a", "/$this->folder//Drive/Dossier/a", "/$this->folder/Drive\\..\\a", "/$this->folder/Drive/absent",
		]);
		self::same(['refused', 'made', 'refused', 'refused', 'made', 'refused', 'refused'], array_column($shared, 'status'));
		self::same([403, 403, 403, 403, 404], array_column($shared, 'code'));
		self::same(array_fill(0, 4, 'outside'), array_column($shared, 'error'), 'the last one is the server\'s word');
		self::same('made', $this->share($this->begin("$this->folder/R\u{e9}union"), ["/$this->folder/Re\u{301}union"])[0]['status'] ?? null);
		$ofBob = $this->alice->rows('SELECT f.path FROM oc_share s JOIN oc_filecache f ON f.fileid = s.file_source WHERE f.path LIKE ? ORDER BY f.path', ["files/$this->folder%"]);
		self::same(["files/$this->folder/Drive/Dossier", "files/$this->folder/Drive/Dossier/a", "files/$this->folder/R\u{e9}union"], array_column($ofBob, 'path'));
		$this->cleanUp();
	}

	public function testTheDestinationFollowsTheChoice(): void {
		$job = $this->begin("$this->folder/Drive");
		self::same(['stored', 'outside'], $this->statuses($job, ['Drive/a', 'Photos/a']));
		self::$daemon?->answer("PUT jobs/$this->id/choices", ['code' => 'job.wrong_state'], 409);
		self::same(409, $this->page('PUT', "api/jobs/$this->id/choices", ['destination' => "$this->folder/Photos"])[0]);
		self::same(['stored', 'outside'], $this->statuses($job, ['Drive/b', 'Photos/a']), 'the daemon did not take it');
		self::$daemon?->answer("PUT jobs/$this->id/choices", $this->job("$this->folder/Photos"));
		self::same(200, $this->page('PUT', "api/jobs/$this->id/choices", ['destination' => "$this->folder/Photos"])[0]);
		self::same(['outside', 'stored'], $this->statuses($job, ['Drive/c', 'Photos/a']));

		self::$daemon?->answer("GET jobs/$this->id", $this->job("$this->folder/Photos", 'stopped'));
		self::same(200, $this->page('POST', "jobs/$this->id/authorise")[0]);
		$second = $this->alice->with($this->handedOver("PUT jobs/$this->id/credentials"));
		self::same(['outside', 'stored'], $this->statuses($second, ['Drive/d', 'Photos/b']));
	}

	public function testWhatWasRevokedOpensNothing(): void {
		$job = $this->begin("$this->folder/Drive");
		[$row] = $this->alice->rows('SELECT token_id FROM oc_passerelle_passwords WHERE job_id = ?', [$this->id]);
		$this->alice->occ('user:auth-tokens:delete', $this->alice->user, (string)$row['token_id']);
		for ($patience = 60; $patience > 0 && $job->request('PROPFIND', $job->file(''), ['Depth: 0'])[0] !== 401; --$patience) {
			usleep(500_000); // the server keeps app passwords in mind for some seconds
		}
		self::same([401, []], $job->ingest([Server::part("$this->folder/Drive/a", 'x')], self::SHOWN));
		self::same(null, $this->alice->get("$this->folder/Drive/a"));
	}

	public function testAnotherAccountsFilesStayOutOfReach(): void {
		self::$daemon?->answer('POST jobs', $this->job("$this->folder/Drive", user: $this->bob->user), 201);
		self::same(201, $this->page('POST', 'jobs', ['parts' => [], 'user' => $this->bob->user], Server::administrator())[0]);
		$job = $this->bob->with($this->handedOver('POST jobs'));
		self::same(['stored'], $this->statuses($job, ['Drive/a']));
		self::same([null, 'x'], [$this->alice->get("$this->folder/Drive/a"), $this->bob->get("$this->folder/Drive/a")]);
	}

	public function testABridgesJobsStayInTheDestinationOfTheBridge(): void {
		$teams = [['folder' => 'Bureau', 'name' => "Équipe $this->folder"]];
		self::$daemon?->answer("GET jobs/$this->id", $this->job("$this->folder/Drive", 'finished', $teams));
		self::$daemon?->answer('POST bridges', ['id' => $this->id, 'user' => $this->alice->user], 201);
		self::same(201, $this->page('POST', 'bridges', ['job' => $this->id])[0]);
		$bridge = $this->alice->with($this->handedOver('POST bridges'));
		self::same([403, []], $bridge->ingest([Server::part("$this->folder/Drive/a", 'x')]));
		self::same(['stored', 'outside'], $this->statuses($bridge, ['Drive/a', 'Photos/a']));

		// A later job of it gets another destination on the page.
		$later = $this->id + 1;
		self::$daemon?->answer('GET bridges', ['bridges' => [['id' => $this->id, 'job' => $this->id, 'user' => $this->alice->user, 'destination' => "$this->folder/Drive", 'state' => 'ready', 'latest_job' => $later]]]);
		self::$daemon?->answer("PUT jobs/$later/choices", ['id' => $later] + $this->job("$this->folder/Photos"));
		self::same(200, $this->page('PUT', "api/jobs/$later/choices", ['destination' => "$this->folder/Photos"])[0]);
		self::same(['stored', 'stored', 'outside'], $this->statuses($bridge, ['Drive/b', 'Photos/a', 'a']));

		self::$daemon?->answer("PUT bridges/$this->id/credentials", ['id' => $this->id, 'user' => $this->alice->user]);
		self::same(200, $this->page('POST', "bridges/$this->id/authorise")[0]);
		$second = $this->alice->with($this->handedOver("PUT bridges/$this->id/credentials"));
		self::same(['stored', 'stored', 'outside'], $this->statuses($second, ['Drive/c', 'Photos/b', 'b']));
		[, $files] = $second->ingest([Server::part("Équipe $this->folder/a", 'x')], self::SHOWN);
		self::same('stored', $files[0]['status'] ?? null, 'team folders, too');
	}

	public function testAPersonsOwnPasswordDoesWhatItDid(): void {
		$this->begin("$this->folder/Drive");
		foreach ([[], ['X-Passerelle-Pairing: wrong'], self::SHOWN] as $at => $headers) {
			[$status, $files] = $this->alice->ingest([Server::part("$this->folder/partout/$at", 'x')], $headers);
			self::same([200, ['stored']], [$status, array_column($files, 'status')]);
			[$status, $answer] = $this->alice->ask('shares', ['shares' => [self::wanted("/$this->folder/partout/$at", $this->bob->user)]], $headers);
			self::same([200, ['made']], [$status, array_column($answer['shares'] ?? [], 'status')]);
		}
		$this->cleanUp();
	}

	/**
	 * Begins a job on the page; answers who has its app password.
	 *
	 * @param list<array<string, string>> $teamFolders
	 */
	private function begin(string $destination, array $teamFolders = []): Server {
		$this->id = random_int(2_000_001, 1_000_000_000);
		self::$daemon?->heard();
		self::$daemon?->answer('POST jobs', $this->job($destination, 'planning', $teamFolders), 201);
		self::same(201, $this->page('POST', 'jobs', ['parts' => [['place' => 'inbox', 'path' => 'a.zip']]])[0]);
		return $this->alice->with($this->password = $this->handedOver('POST jobs'));
	}

	/**
	 * @param list<array<string, string>> $teamFolders
	 * @return array<string, mixed> as the daemon describes it
	 */
	private function job(string $destination, string $state = 'review', array $teamFolders = [], ?string $user = null): array {
		return [
			'id' => $this->id, 'user' => $user ?? $this->alice->user, 'state' => $state, 'task' => 'none', 'authorised' => true,
			'choices' => ['destination' => $destination, 'team_folders' => $teamFolders],
		];
	}

	/** The app password that went to the daemon with the last such request. */
	private function handedOver(string $request): string {
		$heard = array_filter(self::$daemon?->heard() ?? [], static fn (array $one): bool => $one['request'] === $request);
		return (string)(end($heard)['body']['app_password'] ?? '');
	}

	/**
	 * Brings files below this test's folder.
	 *
	 * @param list<string> $paths
	 * @return list<string> what became of each, in one word
	 */
	private function statuses(Server $as, array $paths): array {
		[$status, $files] = $as->ingest(array_map(fn (string $path): string => Server::part("$this->folder/$path", 'x'), $paths), self::SHOWN);
		self::same(200, $status);
		return array_map(static fn (array $file): string => $file['error'] ?? $file['status'], $files);
	}

	/**
	 * @param list<string> $paths
	 * @return list<array<string, mixed>>
	 */
	private function share(Server $as, array $paths): array {
		[$status, $answer] = $as->ask('shares', ['shares' => array_map(fn (string $path): array => self::wanted($path, $this->bob->user), $paths)], self::SHOWN);
		self::same(200, $status);
		return $answer['shares'] ?? [];
	}

	/** @return array<string, mixed> */
	private static function wanted(string $path, string $with): array {
		return ['path' => $path, 'type' => 0, 'share_with' => $with, 'permissions' => 1];
	}

	/** Shares go with what they are of. */
	private function cleanUp(): void {
		$this->alice->request('DELETE', $this->alice->file($this->folder));
	}

	/**
	 * @param array<string, mixed> $fields
	 * @return array{int, string}
	 */
	private function page(string $method, string $path, array $fields = [], ?Server $as = null): array {
		$body = $method === 'GET' ? null : (string)json_encode((object)$fields);
		return ($as ?? $this->alice)->request($method, "/index.php/apps/passerelle/$path", ['OCS-APIRequest: true', 'Content-Type: application/json'], $body);
	}
}
