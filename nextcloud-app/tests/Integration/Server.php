<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Tests\Integration;

/** A real Nextcloud as tests/nextcloud/up made it: requests as one of its users, and a look into its database. */
final class Server {
	private string $password;

	public function __construct(
		public readonly string $user,
		string $passwordFile,
		private string $url,
		private string $home,
	) {
		$this->password = trim((string)file_get_contents($passwordFile));
	}

	public static function first(): self {
		return new self((string)getenv('NEXTCLOUD_USER'), (string)getenv('NEXTCLOUD_PASSWORD_FILE'), (string)getenv('NEXTCLOUD_URL'), (string)getenv('NEXTCLOUD_HOME'));
	}

	public static function second(): self {
		return new self((string)getenv('NEXTCLOUD_SECOND_USER'), (string)getenv('NEXTCLOUD_SECOND_PASSWORD_FILE'), (string)getenv('NEXTCLOUD_URL'), (string)getenv('NEXTCLOUD_HOME'));
	}

	public static function third(): self {
		return new self((string)getenv('NEXTCLOUD_THIRD_USER'), (string)getenv('NEXTCLOUD_THIRD_PASSWORD_FILE'), (string)getenv('NEXTCLOUD_URL'), (string)getenv('NEXTCLOUD_HOME'));
	}

	public static function administrator(): self {
		return new self((string)getenv('NEXTCLOUD_ADMIN_USER'), (string)getenv('NEXTCLOUD_ADMIN_PASSWORD_FILE'), (string)getenv('NEXTCLOUD_URL'), (string)getenv('NEXTCLOUD_HOME'));
	}

	public static function stranger(): self {
		return new self('', '/dev/null', (string)getenv('NEXTCLOUD_URL'), (string)getenv('NEXTCLOUD_HOME'));
	}

	/** The same user with another app password. */
	public function with(#[\SensitiveParameter] string $password): self {
		$other = clone $this;
		$other->password = $password;
		return $other;
	}

	/**
	 * @param list<string> $headers
	 * @return array{int, string}
	 */
	public function request(string $method, string $path, array $headers = [], ?string $body = null): array {
		$request = $this->prepare($method, $path, $headers, $body);
		$answer = (string)curl_exec($request);
		return [(int)curl_getinfo($request, CURLINFO_RESPONSE_CODE), $answer];
	}

	/**
	 * @param list<string> $headers
	 */
	public function prepare(string $method, string $path, array $headers, ?string $body): \CurlHandle {
		$request = curl_init($this->url . $path);
		curl_setopt_array($request, [
			CURLOPT_CUSTOMREQUEST => $method,
			CURLOPT_RETURNTRANSFER => true,
			CURLOPT_PATH_AS_IS => true,
			CURLOPT_HTTPHEADER => [...$headers, 'Expect:'],
			CURLOPT_USERPWD => $this->user === '' ? null : "$this->user:$this->password",
		]);
		if ($body !== null) {
			curl_setopt($request, CURLOPT_POSTFIELDS, $body);
		}
		return $request;
	}

	public function file(string $path): string {
		return "/remote.php/dav/files/$this->user/" . implode('/', array_map('rawurlencode', explode('/', $path)));
	}

	/** @param list<string> $headers */
	public function put(string $path, string $bytes, array $headers = []): int {
		return $this->request('PUT', $this->file($path), $headers, $bytes)[0];
	}

	/** Nothing when there is no such file. */
	public function get(string $path): ?string {
		[$status, $bytes] = $this->request('GET', $this->file($path));
		return $status === 200 ? $bytes : null;
	}

	/**
	 * @param list<string> $parts as part() makes them
	 * @param list<string> $headers
	 * @return array{int, list<array<string, mixed>>} status and what became of each
	 */
	public function ingest(array $parts, array $headers = []): array {
		[$status, $body] = $this->request('POST', '/ocs/v2.php/apps/passerelle/api/v1/ingest?format=json', [...self::headers(), ...$headers], self::body($parts));
		return [$status, json_decode($body, true)['ocs']['data']['files'] ?? []];
	}

	/**
	 * Asks one of the app's own endpoints.
	 *
	 * @param array<string, mixed> $fields
	 * @param list<string> $headers
	 * @return array{int, array<string, mixed>} status and `data`
	 */
	public function ask(string $endpoint, array $fields, array $headers = []): array {
		$headers = ['OCS-APIRequest: true', 'Content-Type: application/json', ...$headers];
		[$status, $body] = $this->request('POST', "/ocs/v2.php/apps/passerelle/api/v1/$endpoint?format=json&forceLanguage=en", $headers, (string)json_encode($fields));
		return [$status, json_decode($body, true)['ocs']['data'] ?? []];
	}

	/**
	 * Asks what the page asks.
	 *
	 * @param list<string> $headers
	 * @return array{int, string}
	 */
	public function asPage(string $method, string $path, array $headers = [], ?string $body = null): array {
		return $this->request($method, "/index.php/apps/passerelle/$path", ['OCS-APIRequest: true', 'Content-Type: application/json', ...$headers], $body);
	}

	/** What the server does every five minutes. */
	public function followJobs(): void {
		[$job] = $this->rows('SELECT id FROM oc_jobs WHERE class = ?', ['OCA\\Passerelle\\BackgroundJob\\FollowJobs']);
		$this->occ('background-job:execute', (string)$job['id'], '--force-execute');
	}

	/** @return list<string> */
	public static function headers(): array {
		return ['OCS-APIRequest: true', 'Content-Type: multipart/related; boundary=B'];
	}

	/** @param list<string> $parts */
	public static function body(array $parts): string {
		return implode('', $parts) . "--B--\r\n";
	}

	/** @param list<string> $headers beside path, length and digest */
	public static function part(string $path, string $bytes, array $headers = [], ?string $sha256 = null): string {
		$lines = ["X-File-Path: /$path", 'Content-Length: ' . strlen($bytes), 'OC-Checksum: sha256:' . ($sha256 ?? hash('sha256', $bytes)), ...$headers];
		return "--B\r\n" . implode("\r\n", $lines) . "\r\n\r\n$bytes\r\n";
	}

	/** @return list<string> */
	public function occ(string ...$arguments): array {
		exec(dirname(__DIR__, 3) . '/tests/nextcloud/occ ' . escapeshellarg($this->home) . ' ' . implode(' ', array_map('escapeshellarg', $arguments)) . ' 2>&1', $lines);
		return $lines;
	}

	/**
	 * @param list<string|int> $values
	 * @return list<array<string, mixed>>
	 */
	public function rows(string $sql, array $values = []): array {
		$statement = $this->database()->prepare($sql);
		$statement->execute($values);
		return $statement->fetchAll(\PDO::FETCH_ASSOC);
	}

	private function database(): \PDO {
		$CONFIG = [];
		foreach (glob($this->home . '/server/config/*config.php') ?: [] as $file) {
			include $file;
			$all = ($all ?? []) + $CONFIG;
		}
		if ($all['dbtype'] === 'sqlite3') {
			return new \PDO("sqlite:{$all['datadirectory']}/{$all['dbname']}.db");
		}
		$socket = substr((string)strstr($all['dbhost'], ':'), 1);
		return new \PDO("mysql:unix_socket=$socket;dbname={$all['dbname']};charset=utf8mb4", $all['dbuser'], $all['dbpassword']);
	}
}
