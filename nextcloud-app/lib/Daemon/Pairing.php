<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Daemon;

use OCA\Passerelle\Exceptions\NoPairingCode;

/** Where the daemon listens, and the secret by which it knows this server. A value. */
final class Pairing {
	private const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

	public function __construct(
		public readonly string $address,
		#[\SensitiveParameter]
		public readonly string $secret,
	) {
	}

	/**
	 * Reads the code that `passerelle pair` prints: base64url of `{"url": "http://127.0.0.1:8790", "secret": "…"}`.
	 *
	 * The daemon is spoken to without TLS, so it has to be on this very machine.
	 *
	 * @throws NoPairingCode
	 */
	public static function fromCode(#[\SensitiveParameter] string $code): self {
		$json = base64_decode(strtr(trim($code), '-_', '+/'), true);
		$fields = $json === false ? null : json_decode($json, true, 4);
		$address = is_array($fields) ? ($fields['url'] ?? null) : null;
		$secret = is_array($fields) ? ($fields['secret'] ?? null) : null;
		if (!is_string($address) || !is_string($secret) || strlen($secret) < 32 || !self::isLoopback($address)) {
			throw new NoPairingCode('not a pairing code');
		}
		return new self(rtrim($address, '/'), $secret);
	}

	private static function isLoopback(string $address): bool {
		$parts = parse_url($address);
		return is_array($parts)
			&& ($parts['scheme'] ?? '') === 'http'
			&& in_array($parts['host'] ?? '', self::LOOPBACK, true)
			&& in_array($parts['path'] ?? '', ['', '/'], true)
			&& array_diff(array_keys($parts), ['scheme', 'host', 'port', 'path']) === [];
	}
}
