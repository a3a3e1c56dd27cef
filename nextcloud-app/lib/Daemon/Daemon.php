<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Daemon;

use OCA\Passerelle\Exceptions\DaemonUnreachable;
use OCA\Passerelle\Exceptions\NotPaired;
use OCP\Http\Client\IClientService;

/** The daemon's API (docs/api/openapi.yaml, tag "daemon"). The only place where the pairing secret is sent. */
final class Daemon {
	private const BASE = '/api/v1/';
	private const TIMEOUT_SECONDS = 60;

	public function __construct(
		private IClientService $clients,
		private PairingStore $pairings,
	) {
	}

	/**
	 * @param string $path below /api/v1/, each part already percent-encoded
	 * @param array<string, mixed> $query
	 * @param string|null $body sent as `$contentType`
	 * @throws DaemonUnreachable
	 * @throws NotPaired
	 */
	public function ask(Caller $caller, string $method, string $path, array $query = [], ?string $body = null, string $contentType = 'application/json', string $language = 'fr'): Reply {
		$pairing = $this->pairings->get();
		$headers = $caller->headers() + ['Authorization' => 'Bearer ' . $pairing->secret, 'Accept-Language' => $language];
		$options = [
			'headers' => $body === null ? $headers : $headers + ['Content-Type' => $contentType],
			'query' => $query,
			'timeout' => self::TIMEOUT_SECONDS,
			'connect_timeout' => 3,
			'http_errors' => false,
			'allow_redirects' => false,
			'nextcloud' => ['allow_local_address' => true],
		];
		if ($body !== null) {
			$options['body'] = $body;
		}
		try {
			$response = $this->clients->newClient()->request($method, $pairing->address . self::BASE . $path, $options);
		} catch (\Exception $cause) {
			throw new DaemonUnreachable($cause->getMessage(), 0, $cause);
		}
		$answer = $response->getBody();
		return new Reply($response->getStatusCode(), $response->getHeader('Content-Type'), is_resource($answer) ? (string)stream_get_contents($answer) : (string)$answer);
	}
}
