<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Tests\Integration;

use OCA\Passerelle\Tests\Check;

/** What the page may ask of the daemon, as whom, and with which app passwords: on a real server, over a daemon that only listens. */
final class ControllersTest extends Check {
	private StandInDaemon $heardBy;
	private Server $alice;
	private Server $bob;
	private Server $administrator;

	protected function setUp(): void {
		[$this->alice, $this->bob, $this->administrator] = [Server::first(), Server::second(), Server::administrator()];
		$this->heardBy = StandInDaemon::pairedWith($this->alice);
		$this->heardBy->heard();
	}

	public function testTheSessionAloneSaysWhoAsks(): void {
		$forged = ['X-Passerelle-User: admin', 'X-Passerelle-Admin: 1', 'Authorization-Secret: x'];
		self::same(200, $this->ask($this->alice, 'GET', 'api/jobs?X-Passerelle-User=admin&everybody=1', $forged)[0]);
		self::same(200, $this->ask($this->administrator, 'GET', 'api/admin/jobs')[0]);
		[$alices, $admins] = $this->heardBy->heard();
		self::same(['GET jobs', $this->alice->user, '', 'Bearer ' . StandInDaemon::SECRET], [$alices['request'], $alices['user'], $alices['admin'], $alices['secret']]);
		self::same(['GET admin/jobs', $this->administrator->user, '1'], [$admins['request'], $admins['user'], $admins['admin']]);
	}

	public function testStrangersAndForgedFormsDoNotGetThrough(): void {
		self::same(401, $this->ask(Server::stranger(), 'GET', 'api/jobs')[0]);
		foreach (['api/jobs/1/start', 'jobs', 'bridges'] as $path) {
			self::same(412, $this->alice->request('POST', "/index.php/apps/passerelle/$path", ['Content-Type: application/json'], '{}')[0], $path);
		}
		self::same([], $this->heardBy->heard());
	}

	public function testPathsLeadNowhereElse(): void {
		foreach ([
			'GET api/jobs/../admin/log', 'GET api/jobs/1/../../metrics', 'GET api/metrics', 'GET api/jobs/1%2f..%2f..%2fmetrics', 'GET api/%2e%2e/metrics', 'GET api/jobs%0a',
			'GET api/jobs/1%00', 'GET api/http://127.0.0.1:1/', 'GET api/@127.0.0.1:1/', 'PUT api/jobs/1/credentials', 'POST api/jobs', 'POST api/bridges', 'DELETE api/bridges/1',
			'PUT api/bridges/1/credentials', 'DELETE api/bridges/1/credentials',
			'POST api/jobs/1/start/../../../admin/limits', 'PUT api/jobs/1a/choices',
		] as $request) {
			[$method, $path] = explode(' ', $request, 2);
			$status = $this->ask($this->alice, $method, $path, ['Expect:'], '{}')[0];
			self::same(true, $status >= 400 && $status < 500, "$request: $status");
		}
		self::same([], $this->heardBy->heard());
	}

	public function testAJobGetsAPasswordOfItsOwnUntilItEnds(): void {
		$this->heardBy->answer('POST jobs', ['id' => 7, 'user' => $this->alice->user, 'state' => 'planning'], 201);
		self::same(201, $this->ask($this->alice, 'POST', 'jobs', [], '{"parts":[{"place":"inbox","path":"a.zip"}],"user":""}')[0]);
		$order = $this->heardBy->heard()[0]['body'];
		self::same([$this->alice->user, $this->alice->user], [$order['user'], $order['login']]);
		$job = $this->alice->with($order['app_password']);
		self::same(207, $job->request('PROPFIND', $job->file(''), ['Depth: 0'])[0]);

		$this->heardBy->answer('GET jobs/7', ['id' => 7, 'user' => $this->alice->user, 'state' => 'finished', 'task' => 'none', 'authorised' => false, 'statement' => ['failed' => ['items' => 0]]]);
		self::same(200, $this->ask($this->alice, 'GET', 'api/jobs/7')[0]);
		self::same(401, $job->request('PROPFIND', $job->file(''), ['Depth: 0'])[0], 'it cannot be used again');
	}

	public function testAPasswordThatItsOwnerRevokedIsInNobodysWay(): void {
		$id = random_int(1_000_001, 2_000_000);
		$this->heardBy->answer('POST jobs', ['id' => $id, 'user' => $this->alice->user, 'state' => 'planning'], 201);
		self::same(201, $this->ask($this->alice, 'POST', 'jobs', [], '{"parts":[{"place":"inbox","path":"a.zip"}]}')[0]);
		$token = static fn (Server $server): array => $server->rows('SELECT token_id FROM oc_passerelle_passwords WHERE job_id = ?', [$id]);
		$this->alice->occ('user:auth-tokens:delete', $this->alice->user, (string)$token($this->alice)[0]['token_id']);
		$this->heardBy->answer("GET jobs/$id", ['id' => $id, 'user' => $this->alice->user, 'state' => 'finished', 'task' => 'none', 'authorised' => false, 'statement' => ['failed' => ['items' => 0]]]);
		self::same(200, $this->ask($this->alice, 'GET', "api/jobs/$id")[0]);
		self::same([], $token($this->alice), 'it is kept in mind no longer');
	}

	public function testARefusedJobLeavesNoPassword(): void {
		$this->heardBy->answer('POST jobs', ['code' => 'service.part_unknown'], 422);
		self::same(422, $this->ask($this->alice, 'POST', 'jobs', [], '{"parts":[{"place":"inbox","path":"b.zip"}]}')[0]);
		$job = $this->alice->with($this->heardBy->heard()[0]['body']['app_password']);
		self::same(401, $job->request('PROPFIND', $job->file(''), ['Depth: 0'])[0]);
	}

	public function testNobodyBeginsForOthersButAnAdministrator(): void {
		$body = (string)json_encode(['parts' => [['place' => 'inbox', 'path' => 'a.zip']], 'user' => $this->bob->user]);
		self::same(403, $this->ask($this->alice, 'POST', 'jobs', [], $body)[0]);
		self::same([], $this->heardBy->heard());
		$id = random_int(100, 1_000_000);
		$this->heardBy->answer('POST jobs', ['id' => $id, 'user' => $this->bob->user, 'state' => 'planning'], 201);
		self::same(201, $this->ask($this->administrator, 'POST', 'jobs', [], $body)[0]);
		$order = $this->heardBy->heard()[0]['body'];
		self::same([$this->bob->user, $this->bob->user], [$order['user'], $order['login']]);
		$notices = $this->bob->rows('SELECT * FROM oc_notifications WHERE app = ? AND object_id = ?', ['passerelle', (string)$id]);
		self::same([[$this->bob->user, 'begun_for_you']], array_map(static fn (array $row): array => [$row['user'], $row['subject']], $notices));
	}

	public function testAWorkspaceIsForAdministrators(): void {
		$body = (string)json_encode(['parts' => [['place' => 'inbox', 'path' => 'W/b@example.org']], 'user' => '', 'workspace' => 'W']);
		self::same(403, $this->ask($this->alice, 'POST', 'jobs', [], $body)[0]);
		self::same(403, $this->ask($this->alice, 'POST', 'accounts', [], '{"addresses":["bob@example.org"]}')[0]);
		self::same([], $this->heardBy->heard());
		$this->heardBy->answer('POST jobs', ['id' => random_int(100, 1_000_000), 'user' => $this->administrator->user, 'state' => 'planning'], 201);
		self::same(201, $this->ask($this->administrator, 'POST', 'jobs', [], $body)[0]);
		self::same('W', $this->heardBy->heard()[0]['body']['workspace']);
	}

	public function testAnAddressIsTheAccountThatHasIt(): void {
		$addresses = ["{$this->bob->user}@example.org", strtoupper("{$this->bob->user}@example.org"), "{$this->bob->user}@elsewhere.example", 'nobody@example.org', '', '@'];
		[$status, $text] = $this->ask($this->administrator, 'POST', 'accounts', [], (string)json_encode(['addresses' => $addresses]));
		self::same(200, $status);
		$answer = json_decode($text, true);
		$bob = [$this->bob->user];
		self::same([[$bob, []], [$bob, []], [[], $bob], [[], []], [[], []], [[], []]], array_map(static fn (array $one): array => [$one['found'], $one['like']], $answer['addresses']));
		self::same(true, in_array($this->bob->user, array_column($answer['accounts'], 'id'), true));
	}

	public function testAnotherPersonsJobGetsNoPassword(): void {
		$this->heardBy->answer('GET jobs/9', ['id' => 9, 'user' => $this->bob->user, 'state' => 'stopped']);
		self::same(403, $this->ask($this->alice, 'POST', 'jobs/9/authorise', [], '{}')[0]);
		$this->heardBy->answer('GET jobs/10', ['code' => 'job.unknown'], 404);
		self::same(404, $this->ask($this->alice, 'POST', 'jobs/10/authorise', [], '{}')[0]);
		self::same(['GET jobs/9', 'GET jobs/10'], array_column($this->heardBy->heard(), 'request'), 'none was handed over');
	}

	public function testABridgeHasAPasswordAsLongAsItStands(): void {
		$this->heardBy->answer('GET jobs/11', ['id' => 11, 'user' => $this->bob->user, 'state' => 'finished']);
		self::same(403, $this->ask($this->alice, 'POST', 'bridges', [], '{"job":11}')[0]);
		$this->heardBy->answer('GET jobs/12', ['id' => 12, 'user' => $this->alice->user, 'state' => 'finished']);
		$this->heardBy->answer('POST bridges', ['id' => 3, 'user' => $this->alice->user], 201);
		$this->heardBy->heard();
		self::same(201, $this->ask($this->alice, 'POST', 'bridges', [], '{"job":12,"automatic":true}')[0]);
		$order = array_values(array_filter($this->heardBy->heard(), static fn (array $heard): bool => $heard['request'] === 'POST bridges'))[0]['body'];
		self::same([12, $this->alice->user, true], [$order['job'], $order['login'], $order['automatic']]);
		$bridge = $this->alice->with($order['app_password']);
		self::same(207, $bridge->request('PROPFIND', $bridge->file(''), ['Depth: 0'])[0]);

		$this->heardBy->answer('DELETE bridges/3', ['code' => 'bridge.unknown'], 404);
		self::same(404, $this->ask($this->bob, 'DELETE', 'bridges/3')[0]);
		self::same(207, $bridge->request('PROPFIND', $bridge->file(''), ['Depth: 0'])[0], 'bob cannot end it');
		$this->heardBy->answer('DELETE bridges/3', [], 200);
		self::same(200, $this->ask($this->alice, 'DELETE', 'bridges/3')[0]);
		self::same(401, $bridge->request('PROPFIND', $bridge->file(''), ['Depth: 0'])[0]);
	}

	public function testABridgeWhosePasswordWasRevokedGetsANewOne(): void {
		$this->heardBy->answer('GET jobs/13', ['id' => 13, 'user' => $this->alice->user, 'state' => 'finished']);
		$this->heardBy->answer('POST bridges', ['id' => 4, 'user' => $this->alice->user], 201);
		self::same(201, $this->ask($this->alice, 'POST', 'bridges', [], '{"job":13}')[0]);
		$first = $this->alice->with($this->credentialsIn('POST bridges'));
		$this->heardBy->answer('GET bridges', ['bridges' => []]);
		self::same(403, $this->ask($this->bob, 'POST', 'bridges/4/authorise', [], '{}')[0]);
		self::same(412, $this->alice->request('POST', '/index.php/apps/passerelle/bridges/4/authorise', ['Content-Type: application/json'], '{}')[0]);
		self::same(['GET bridges'], array_column($this->heardBy->heard(), 'request'), 'none was handed over');

		$this->heardBy->answer('GET bridges', ['bridges' => [['id' => 4, 'user' => $this->alice->user, 'state' => 'no_access', 'latest_job' => null]]]);
		$this->heardBy->answer('PUT bridges/4/credentials', ['code' => 'service.busy'], 503);
		self::same(503, $this->ask($this->alice, 'POST', 'bridges/4/authorise', [], '{}')[0]);
		$refused = $this->alice->with($this->credentialsIn('PUT bridges/4/credentials'));
		self::same(401, $refused->request('PROPFIND', $refused->file(''), ['Depth: 0'])[0]);
		self::same(207, $first->request('PROPFIND', $first->file(''), ['Depth: 0'])[0], 'the first one is kept until there is another');

		$this->heardBy->answer('PUT bridges/4/credentials', ['id' => 4, 'user' => $this->alice->user]);
		self::same(200, $this->ask($this->alice, 'POST', 'bridges/4/authorise', [], '{}')[0]);
		$second = $this->alice->with($this->credentialsIn('PUT bridges/4/credentials'));
		self::same(207, $second->request('PROPFIND', $second->file(''), ['Depth: 0'])[0]);
		self::same(401, $first->request('PROPFIND', $first->file(''), ['Depth: 0'])[0]);

		$this->heardBy->answer('DELETE bridges/4', [], 200);
		self::same(200, $this->ask($this->alice, 'DELETE', 'bridges/4')[0]);
		self::same(401, $second->request('PROPFIND', $second->file(''), ['Depth: 0'])[0]);
	}

	public function testTheDaemonIsToldOfABridgesPasswordThatWasRevoked(): void {
		$this->heardBy->answer('GET jobs/14', ['id' => 14, 'user' => $this->alice->user, 'state' => 'finished']);
		$this->heardBy->answer('POST bridges', ['id' => 5, 'user' => $this->alice->user], 201);
		self::same(201, $this->ask($this->alice, 'POST', 'bridges', [], '{"job":14}')[0]);
		$this->heardBy->answer('GET bridges', ['bridges' => [['id' => 5, 'user' => $this->alice->user, 'state' => 'watching', 'latest_job' => null]]]);
		$told = function (): bool {
			$this->heardBy->heard();
			$this->alice->followJobs();
			return in_array('DELETE bridges/5/credentials', array_column($this->heardBy->heard(), 'request'), true);
		};
		self::same(false, $told(), 'it works');
		[$row] = $this->alice->rows('SELECT token_id FROM oc_passerelle_bridges WHERE bridge_id = ?', [5]);
		$this->alice->occ('user:auth-tokens:delete', $this->alice->user, (string)$row['token_id']);
		self::same(true, $told());
		$this->heardBy->answer('GET bridges', ['bridges' => [['id' => 5, 'user' => $this->alice->user, 'state' => 'no_access', 'latest_job' => null]]]);
		self::same(false, $told(), 'once');
		$this->heardBy->answer('DELETE bridges/5', [], 200);
		self::same(200, $this->ask($this->alice, 'DELETE', 'bridges/5')[0]);
	}

	public function testAdministrationIsForAdministrators(): void {
		foreach (['PUT pairing' => ['code' => $this->heardBy->code()], 'DELETE pairing' => [], 'PUT groups' => ['groups' => ['admin']]] as $request => $fields) {
			[$method, $path] = explode(' ', $request);
			self::same(403, $this->ask($this->alice, $method, $path, [], (string)json_encode($fields))[0], $request);
		}
		// The settings are changed with the password itself, so no app password will do.
		self::same(403, $this->ask($this->administrator, 'DELETE', 'pairing')[0]);
		self::same(200, $this->ask($this->alice, 'GET', 'api/version')[0], 'still paired');
	}

	public function testOnlyGroupsThatMayMigrate(): void {
		self::same(200, $this->ask($this->administrator, 'PUT', 'groups', [], '{"groups":["admin"]}')[0]);
		try {
			self::same(403, $this->ask($this->alice, 'POST', 'jobs', [], '{"parts":[{"place":"inbox","path":"a.zip"}]}')[0]);
			self::same([], $this->heardBy->heard());
		} finally {
			self::same(200, $this->ask($this->administrator, 'PUT', 'groups', [], '{"groups":[]}')[0]);
		}
	}

	/** The app password that went to the daemon with the last such request. */
	private function credentialsIn(string $request): string {
		$heard = array_filter($this->heardBy->heard(), static fn (array $one): bool => $one['request'] === $request);
		return (string)(end($heard)['body']['app_password'] ?? '');
	}

	/**
	 * @param list<string> $headers
	 * @return array{int, string}
	 */
	private function ask(Server $as, string $method, string $path, array $headers = [], ?string $body = null): array {
		return $as->asPage($method, $path, $headers, $body);
	}
}
