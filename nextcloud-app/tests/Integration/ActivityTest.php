<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Tests\Integration;

use OCA\Passerelle\Tests\Check;

/** What a person finds among their activities: one entry a migration, none a file. */
final class ActivityTest extends Check {
	private StandInDaemon $daemon;
	private Server $alice;
	private int $job;
	private string $folder;

	protected function setUp(): void {
		$this->alice = Server::first();
		$this->daemon = StandInDaemon::pairedWith($this->alice);
		$this->job = random_int(2_000_001, 100_000_000);
		$this->folder = "Ancien Drive $this->job";
	}

	public function testAJobHasOneEntryAndItsFilesHaveNone(): void {
		$this->begin($this->job);
		[$status, $files] = $this->alice->ingest([
			Server::part("$this->folder/Bureau/compte rendu.txt", 'bonjour'), Server::part("$this->folder/Bureau/budget.ods", 'x'), Server::part("$this->folder/affiche.txt", 'y'),
		]);
		self::same([200, 3], [$status, count($files)]);
		$this->ends($this->job, 1234, 3);
		for ($times = 0; $times < 3; ++$times) {
			self::same(200, $this->alice->asPage('GET', "api/jobs/$this->job")[0]);
		}
		$this->alice->followJobs();
		$entries = $this->entries($this->job);
		self::same(1, count($entries));
		$told = json_decode((string)$entries[0]['subjectparams'], true);
		self::same([$this->alice->user, 'finished', 1234, 3, $this->folder], [$entries[0]['user'], $entries[0]['subject'], $told['done'], $told['failed'], $told['folder']]);
		self::same([], $this->alice->rows('SELECT * FROM oc_activity WHERE file LIKE ?', ["%$this->folder%"]), 'none a file');
		self::same(1, count($this->notices($this->job)));
	}

	public function testItReadsWellAndLeadsToTheFolderWhereverItIsNow(): void {
		$this->begin($this->job);
		$this->alice->ingest([Server::part("$this->folder/a.txt", 'a')]);
		$this->ends($this->job, 1234, 3);
		$this->alice->asPage('GET', "api/jobs/$this->job");
		$moved = $this->alice->file("$this->folder, rangé");
		self::same(201, $this->alice->request('MOVE', $this->alice->file($this->folder), ["Destination: $moved"])[0]);

		$english = $this->read($this->job, 'en');
		self::same("Passerelle brought 1,234 files and folders into $this->folder, rangé. 3 could not be brought; the report says why.", $english['subject']);
		[$text, $objects] = $english['subject_rich'];
		self::same('Passerelle brought 1,234 files and folders into {folder}. 3 could not be brought; the report says why.', $text);
		[$row] = $this->alice->rows('SELECT fileid FROM oc_filecache WHERE path = ?', ["files/$this->folder, rangé"]);
		self::same(['file', (string)$row['fileid'], "$this->folder, rangé"], [$objects['folder']['type'], $objects['folder']['id'], $objects['folder']['path']]);
		self::same(true, str_ends_with($objects['folder']['link'], "/f/{$row['fileid']}"), $objects['folder']['link']);
		self::same(true, str_ends_with($english['link'], "/apps/passerelle/#/jobs/$this->job"), $english['link']);
		self::same(true, str_ends_with($english['icon'], '/passerelle/img/app-dark.svg'), $english['icon']);
		self::same("Passerelle a apporté 1\u{202f}234 fichiers et dossiers dans $this->folder, rangé. 3 n'ont pas pu être apportés ; le rapport dit pourquoi.", $this->read($this->job, 'fr')['subject']);

		$this->alice->request('DELETE', $moved);
		[$text, $objects] = $this->read($this->job, 'en')['subject_rich'];
		self::same(['highlight', $this->folder], [$objects['folder']['type'], $objects['folder']['name']], 'it is gone');
	}

	public function testWhatDidNotGoIntoOneFolderIsNotSaidToBeThere(): void {
		$this->begin($this->job);
		$this->ends($this->job, 1, 0, ['destination' => $this->folder, 'team_folders' => [['folder' => 'Bureau', 'name' => 'Bureau']]]);
		$this->alice->asPage('GET', "api/jobs/$this->job");
		self::same('Passerelle brought 1 file or folder into your Nextcloud.', $this->read($this->job, 'en')['subject']);
		$this->begin($this->job + 1);
		$this->ends($this->job + 1, 0, 2);
		$this->alice->asPage('GET', 'api/jobs/' . ($this->job + 1));
		self::same("Passerelle brought nothing into $this->folder. 2 could not be brought; the report says why.", $this->read($this->job + 1, 'en')['subject']);
	}

	public function testABridgesJobHasOneEntryAsWell(): void {
		$bridge = $this->job + 1;
		$this->daemon->answer("GET jobs/$this->job", ['id' => $this->job, 'user' => $this->alice->user, 'state' => 'finished']);
		$this->daemon->answer('POST bridges', ['id' => $bridge, 'user' => $this->alice->user], 201);
		self::same(201, $this->alice->asPage('POST', 'bridges', [], (string)json_encode(['job' => $this->job]))[0]);
		$brought = $this->job + 2;
		$this->daemon->answer('GET bridges', ['bridges' => [['id' => $bridge, 'user' => $this->alice->user, 'state' => 'watching', 'latest_job' => $brought]]]);
		$this->ends($brought, 12, 0);
		$this->alice->followJobs();
		$this->alice->followJobs();
		self::same(1, count($this->entries($brought)));
		// Its owner gives access again: that is no new end.
		$this->daemon->answer("PUT bridges/$bridge/credentials", ['id' => $bridge]);
		self::same(200, $this->alice->asPage('POST', "bridges/$bridge/authorise", [], '{}')[0]);
		$this->alice->followJobs();
		self::same([1, 1], [count($this->entries($brought)), count($this->notices($brought))]);
		$this->daemon->answer("DELETE bridges/$bridge", []);
		self::same(200, $this->alice->asPage('DELETE', "bridges/$bridge")[0]);
	}

	public function testTheSameNumberOfAServiceSetUpAnewIsAnotherJob(): void {
		foreach (['2026-03-14T09:00:00Z', '2026-05-02T20:00:00Z'] as $index => $begun) {
			$this->begin($this->job);
			$this->ends($this->job, 5, 0, begun: $begun);
			$this->alice->asPage('GET', "api/jobs/$this->job");
			self::same($index + 1, count($this->entries($this->job)), $begun);
		}
	}

	public function testAJobEndsAsWellWhereNobodyKeepsActivities(): void {
		$there = fn (): bool => $this->alice->request('GET', '/ocs/v2.php/apps/activity/api/v2/activity?format=json', ['OCS-APIRequest: true'])[0] !== 404;
		$until = static function (bool $wanted) use ($there): void {
			for ($patience = 60; $patience > 0 && $there() !== $wanted; --$patience) {
				usleep(500_000); // the server keeps its settings for some seconds
			}
		};
		$this->begin($this->job);
		$this->alice->occ('app:disable', 'activity');
		try {
			$until(false);
			$this->ends($this->job, 7, 0);
			self::same(200, $this->alice->asPage('GET', "api/jobs/$this->job")[0]);
		} finally {
			$this->alice->occ('app:enable', 'activity');
			$until(true);
		}
		self::same([0, 1], [count($this->entries($this->job)), count($this->notices($this->job))]);
		self::same([], $this->alice->rows('SELECT * FROM oc_passerelle_passwords WHERE job_id = ?', [$this->job]));
	}

	private function begin(int $job): void {
		$this->daemon->answer('POST jobs', ['id' => $job, 'user' => $this->alice->user, 'state' => 'planning'], 201);
		self::same(201, $this->alice->asPage('POST', 'jobs', [], '{"parts":[{"place":"inbox","path":"a.zip"}]}')[0]);
	}

	/** @param array<string, mixed> $choices */
	private function ends(int $job, int $done, int $failed, ?array $choices = null, string $begun = '2026-03-14T09:00:00Z'): void {
		$this->daemon->answer("GET jobs/$job", [
			'id' => $job, 'user' => $this->alice->user, 'state' => 'finished', 'task' => 'none', 'authorised' => false, 'created_at' => $begun,
			'choices' => $choices ?? ['destination' => $this->folder, 'team_folders' => []],
			'statement' => ['done' => ['items' => $done], 'failed' => ['items' => $failed]],
		]);
	}

	/** @return list<array<string, mixed>> */
	private function entries(int $job): array {
		return $this->alice->rows('SELECT * FROM oc_activity WHERE app = ? AND affecteduser = ? AND object_id = ?', ['passerelle', $this->alice->user, $job]);
	}

	/** @return list<array<string, mixed>> */
	private function notices(int $job): array {
		return $this->alice->rows('SELECT * FROM oc_notifications WHERE app = ? AND object_id = ? AND subject = ?', ['passerelle', (string)$job, 'finished']);
	}

	/** @return array<string, mixed> as the server gives it to whoever shows activities */
	private function read(int $job, string $language): array {
		$body = $this->alice->request('GET', "/ocs/v2.php/apps/activity/api/v2/activity?format=json&forceLanguage=$language", ['OCS-APIRequest: true'])[1];
		$found = array_filter(json_decode($body, true)['ocs']['data'] ?? [], static fn (array $one): bool => $one['app'] === 'passerelle' && (int)$one['object_id'] === $job);
		return array_values($found)[0] ?? [];
	}
}
