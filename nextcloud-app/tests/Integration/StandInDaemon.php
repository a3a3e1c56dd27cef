<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Tests\Integration;

/** Stands in for the daemon: takes down what it is asked, and answers as it is told (stand-in-daemon.php). Ends with the object. */
final class StandInDaemon {
	public const SECRET = '0123456789abcdef0123456789abcdef';

	private static ?self $paired = null;

	public readonly string $address;
	private string $folder;
	/** @var resource */
	private $process;

	public function __construct() {
		$this->folder = sys_get_temp_dir() . '/passerelle-stand-in-' . bin2hex(random_bytes(6));
		mkdir($this->folder);
		$free = stream_socket_server('tcp://127.0.0.1:0');
		assert($free !== false);
		$name = (string)stream_socket_get_name($free, false);
		fclose($free);
		$this->address = "http://$name";
		$process = proc_open([PHP_BINARY, '-S', $name, __DIR__ . '/stand-in-daemon.php'], [1 => ['file', '/dev/null', 'w'], 2 => ['file', '/dev/null', 'w']], $pipes, null, ['STAND_IN_FOLDER' => $this->folder]);
		assert(is_resource($process));
		$this->process = $process;
		for ($patience = 100; $patience > 0 && @file_get_contents("$this->address/ready") !== 'ready'; --$patience) {
			usleep(50_000);
		}
	}

	/** The one that the server is paired with, for all tests of a run. */
	public static function pairedWith(Server $server): self {
		if (self::$paired === null) {
			self::$paired = new self();
			$server->occ('passerelle:pair', self::$paired->code());
			for ($patience = 30; $patience > 0 && $server->asPage('GET', 'api/version')[0] !== 200; --$patience) {
				usleep(500_000); // the server keeps its settings for some seconds
			}
		}
		return self::$paired;
	}

	public function __destruct() {
		proc_terminate($this->process);
		proc_close($this->process);
		array_map(unlink(...), glob("$this->folder/*") ?: []);
		rmdir($this->folder);
	}

	public function code(): string {
		return strtr(base64_encode((string)json_encode(['url' => $this->address, 'secret' => self::SECRET])), '+/', '-_');
	}

	/**
	 * What it answers from now on to requests that begin so, "GET jobs/7".
	 *
	 * @param array<string, mixed> $fields
	 */
	public function answer(string $request, array $fields, int $status = 200): void {
		file_put_contents($this->folder . '/answer-' . md5($request), (string)json_encode(['request' => $request, 'status' => $status, 'body' => $fields]));
	}

	/** @return list<array{request: string, user: string, admin: string, secret: string, query: string, body: mixed}> since the last call */
	public function heard(): array {
		$file = "$this->folder/heard";
		$lines = is_file($file) ? file($file, FILE_IGNORE_NEW_LINES) : [];
		@unlink($file);
		return array_map(static fn (string $line): array => json_decode($line, true), $lines ?: []);
	}
}
