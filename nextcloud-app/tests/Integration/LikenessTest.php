<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Tests\Integration;

use OCA\Passerelle\Tests\Check;

/** A tree that came in batches beside the same tree uploaded by PUT: rows and WebDAV properties are alike. */
final class LikenessTest extends Check {
	private const FILES = [
		'budget.ods' => 5000, 'photos/été.jpg' => 70000, 'photos/2023/vide.txt' => 0, 'réunions/janvier/procès-verbal.odt' => 12000,
		'réunions/février/notes' => 1, 'film.mp4' => 300000,
	];
	private const PROPERTIES = '<?xml version="1.0"?><d:propfind xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns" xmlns:nc="http://nextcloud.org/ns"><d:prop>'
		. '<d:getcontentlength/><d:getcontenttype/><d:resourcetype/><oc:size/><oc:permissions/><oc:checksums/><nc:creation_time/><oc:owner-id/>'
		. '<nc:has-preview/><oc:favorite/><nc:is-encrypted/><nc:mount-type/><nc:contained-folder-count/><nc:contained-file-count/></d:prop></d:propfind>';

	private Server $alice;
	private string $put;
	private string $ingested;

	protected function setUp(): void {
		$this->alice = Server::first();
		$name = bin2hex(random_bytes(4));
		[$this->put, $this->ingested] = ["Comme toujours $name", "Par lot $name"];
		$this->putAll();
		$parts = [];
		foreach (self::FILES as $path => $size) {
			$parts[] = Server::part("$this->ingested/$path", self::bytes($size), ['X-OC-MTime: 1400000000', 'X-OC-CTime: 1300000000']);
		}
		[, $files] = $this->alice->ingest($parts);
		self::same(count(self::FILES), count(array_keys(array_column($files, 'way'), 'direct', true)));
	}

	public function testRowsAreAlike(): void {
		[$ordinary, $direct] = [$this->rows($this->put), $this->rows($this->ingested)];
		self::same(array_keys($ordinary), array_keys($direct));
		foreach ($ordinary as $path => $row) {
			self::same($row, $direct[$path] ?? null, $path === '' ? 'the folder' : $path);
		}
	}

	public function testEtagsAreThoseThatWereAnswered(): void {
		[, $files] = $this->alice->ingest([Server::part("$this->ingested/encore.txt", 'x')]);
		$before = $this->etag($this->ingested);
		$this->alice->ingest([Server::part("$this->ingested/photos/2023/plus.txt", 'y')]);
		self::same(false, $before === $this->etag($this->ingested), 'the folders above have new etags');
		self::same($files[0]['etag'] ?? null, $this->etag("$this->ingested/encore.txt"));
	}

	public function testPropertiesAreAlike(): void {
		$ordinary = $this->properties($this->put);
		self::same(count(self::FILES) + 6, count($ordinary));
		self::same($ordinary, $this->properties($this->ingested));
	}

	public function testEtagsAreTheServersOwnKind(): void {
		$shapes = [];
		foreach ([$this->put, $this->ingested] as $folder) {
			$answered = $this->single($folder, 'getetag', 'infinity');
			self::same(count(self::FILES) + 6, count($answered));
			foreach ($answered as $path => $etag) {
				self::same('"' . $this->etag($folder . $path) . '"', html_entity_decode($etag), $folder . $path);
			}
			$shapes[] = array_map(static fn (string $etag): string => (string)preg_replace('/[0-9a-f]/', 'x', html_entity_decode($etag)), $answered);
		}
		self::same($shapes[0], $shapes[1]);
		$files = array_intersect_key($this->single($this->ingested, 'getetag', 'infinity'), array_flip(array_map(static fn (string $path): string => "/$path", array_keys(self::FILES))));
		self::same(count(self::FILES), count(array_unique($files)), 'each file has one of its own');
	}

	public function testTheQuotaCountsWhatCameInAsWhatWasUploaded(): void {
		$sum = array_sum(self::FILES);
		// The size of this row is what the server holds against the quota.
		$used = fn (): int => (int)$this->alice->rows('SELECT f.size FROM oc_filecache f JOIN oc_storages s ON s.numeric_id = f.storage WHERE f.path = ? AND s.id = ?', ['files', "home::{$this->alice->user}"])[0]['size'];
		$with = $used();
		$gone = [];
		foreach ([$this->put, $this->ingested] as $folder) {
			self::same($sum, (int)$this->single($folder, 'size', '0')[''], $folder);
			$this->alice->request('DELETE', $this->alice->file($folder));
			$gone[] = $with - $used();
			$with = $used();
		}
		self::same([$sum, $sum], $gone);
	}

	public function testVersionsAreAlike(): void {
		$sql = 'SELECT v.timestamp, v.size, v.mimetype, v.metadata, COUNT(*) AS number FROM oc_files_versions v JOIN oc_filecache f ON f.fileid = v.file_id'
			. ' WHERE f.path LIKE ? GROUP BY f.path, v.timestamp, v.size, v.mimetype, v.metadata ORDER BY f.path';
		$ordinary = $this->alice->rows($sql, ["files/$this->put/%"]);
		self::same(count(self::FILES), count($ordinary));
		self::same($ordinary, $this->alice->rows($sql, ["files/$this->ingested/%"]));
		// The next writer makes a version of what came in.
		$this->alice->put("$this->ingested/budget.ods", 'changed');
		self::same(2, count($this->alice->rows('SELECT v.id FROM oc_files_versions v JOIN oc_filecache f ON f.fileid = v.file_id WHERE f.path = ?', ["files/$this->ingested/budget.ods"])));
	}

	public function testAScanFindsNothingToChange(): void {
		$before = $this->rows($this->ingested, true);
		$this->alice->occ('files:scan', '--path', "/{$this->alice->user}/files/$this->ingested");
		self::same($before, $this->rows($this->ingested, true));
	}

	public function testPicturesAndFilmsWaitForTheirMetadata(): void {
		$waiting = 0;
		foreach (['photos/été.jpg', 'film.mp4', 'budget.ods'] as $path) {
			$id = $this->alice->rows('SELECT fileid FROM oc_filecache WHERE path_hash = ?', [md5("files/$this->ingested/$path")])[0]['fileid'];
			$waiting += count($this->alice->rows('SELECT id FROM oc_jobs WHERE class LIKE ? AND argument LIKE ?', ['%UpdateSingleMetadata', "%,$id]"]));
		}
		self::same(2, $waiting);
	}

	private function putAll(): void {
		foreach (self::FILES as $path => $size) {
			$folder = $this->put;
			foreach (explode('/', dirname($path)) as $name) {
				$this->alice->request('MKCOL', $this->alice->file($folder));
				$folder .= $name === '.' ? '' : "/$name";
				$this->alice->request('MKCOL', $this->alice->file($folder));
			}
			$bytes = self::bytes($size);
			$status = $this->alice->put("$this->put/$path", $bytes, ['X-OC-MTime: 1400000000', 'X-OC-CTime: 1300000000', 'OC-Checksum: SHA256:' . hash('sha256', $bytes)]);
			self::same(201, $status, $path);
		}
	}

	private static function bytes(int $size): string {
		return substr(str_repeat('association ', intdiv($size, 12) + 1), 0, $size);
	}

	/**
	 * What the file cache knows, without what differs by nature: ids, paths, etags, and the folders' times of now.
	 *
	 * @return array<string, array<string, mixed>>
	 */
	private function rows(string $folder, bool $all = false): array {
		$found = [];
		foreach ($this->alice->rows('SELECT f.*, x.creation_time, x.upload_time, x.metadata_etag, m.mimetype AS type FROM oc_filecache f LEFT JOIN oc_filecache_extended x ON x.fileid = f.fileid'
			. ' JOIN oc_mimetypes m ON m.id = f.mimetype WHERE f.path = ? OR f.path LIKE ? ORDER BY f.path', ["files/$folder", "files/$folder/%"]) as $row) {
			$path = substr($row['path'], strlen("files/$folder"));
			if (!$all) {
				self::same(true, strlen($row['etag']) >= 13, "etag of $path");
				unset($row['fileid'], $row['parent'], $row['path'], $row['path_hash'], $row['etag']);
				$row['name'] = $path === '' ? '' : $row['name'];
				$row['upload_time'] = $row['upload_time'] === null ? null : abs((int)$row['upload_time'] - time()) < 300;
				if ($row['type'] === 'httpd/unix-directory') {
					self::same(true, abs((int)$row['mtime'] - time()) < 300, "time of $path");
					self::same(true, abs((int)$row['storage_mtime'] - time()) < 300, "time of $path on the disk");
					unset($row['mtime'], $row['storage_mtime']);
				}
			}
			$found[$path] = $row;
		}
		return $found;
	}

	private function etag(string $path): ?string {
		return $this->alice->rows('SELECT etag FROM oc_filecache WHERE path_hash = ?', [md5("files/$path")])[0]['etag'] ?? null;
	}

	/** @return array<string, string> one property of everything in the folder, by the path below it */
	private function single(string $folder, string $property, string $depth): array {
		$wanted = $property === 'size' ? '<oc:size/>' : "<d:$property/>";
		$body = "<?xml version=\"1.0\"?><d:propfind xmlns:d=\"DAV:\" xmlns:oc=\"http://owncloud.org/ns\"><d:prop>$wanted</d:prop></d:propfind>";
		[$status, $xml] = $this->alice->request('PROPFIND', $this->alice->file($folder), ["Depth: $depth", 'Content-Type: application/xml'], $body);
		self::same(207, $status);
		preg_match_all("~<d:href>([^<]+)</d:href>.*?<(?:d|oc):$property>([^<]*)<~s", $xml, $found);
		$below = strlen(rtrim(rawurldecode($this->alice->file($folder)), '/'));
		$values = array_combine(array_map(static fn (string $path): string => rtrim(substr(rawurldecode($path), $below), '/'), $found[1]), $found[2]);
		ksort($values);
		return $values;
	}

	/** @return list<string> one response each, without the folder's own name */
	private function properties(string $folder): array {
		[$status, $xml] = $this->alice->request('PROPFIND', $this->alice->file($folder), ['Depth: infinity', 'Content-Type: application/xml'], self::PROPERTIES);
		self::same(207, $status);
		preg_match_all('~<d:response>.*?</d:response>~s', $xml, $found);
		$responses = array_map(static fn (string $response): string => str_ireplace(rawurlencode($folder), '', $response), $found[0]);
		sort($responses);
		return $responses;
	}
}
