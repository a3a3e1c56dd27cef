<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Sharing;

use OCA\Passerelle\Exceptions\MalformedBatch;

/** A share that is asked for (docs/api/sharing.yaml, WantedShare). A value. */
final class WantedShare {
	public const USER = 0;
	public const GROUP = 1;
	public const EMAIL = 4;
	public const TEAM = 7;
	private const ALL_PERMISSIONS = 31;
	private const NOTE_BYTES = 4000;

	private function __construct(
		public readonly string $path,
		public readonly int $type,
		public readonly string $shareWith,
		public readonly int $permissions,
		public readonly bool $download,
		/** the last day, as 2027-01-31; nothing: no end */
		public readonly ?string $expires,
		public readonly string $note,
	) {
	}

	/** @throws MalformedBatch */
	public static function of(mixed $fields): self {
		if (!is_array($fields)) {
			throw new MalformedBatch('a share must be an object');
		}
		$wanted = [$fields['path'] ?? null, $fields['type'] ?? null, $fields['share_with'] ?? null, $fields['permissions'] ?? null];
		$more = [$fields['download'] ?? true, $fields['expires'] ?? null, $fields['note'] ?? ''];
		[$path, $type, $shareWith, $permissions] = $wanted;
		[$download, $expires, $note] = $more;
		if (!is_string($path) || !self::isPath($path)) {
			throw new MalformedBatch('"path" must be a slash and a path');
		}
		if (!in_array($type, [self::USER, self::GROUP, self::EMAIL, self::TEAM], true) || !is_string($shareWith) || $shareWith === '') {
			throw new MalformedBatch('a share is with an account, a group, an e-mail address or a Team');
		}
		if (!is_int($permissions) || $permissions < 1 || $permissions > self::ALL_PERMISSIONS) {
			throw new MalformedBatch('"permissions" must be 1 to 31');
		}
		if (!is_bool($download) || !is_string($note) || strlen($note) > self::NOTE_BYTES || ($expires !== null && !self::isDay($expires))) {
			throw new MalformedBatch('"download", "expires" or "note" make no sense');
		}
		return new self($path, $type, $shareWith, $permissions, $download, $expires, $note);
	}

	/** As the server's own interface takes it: JSON within a string, nothing where all is allowed. */
	public function attributes(): ?string {
		return $this->download ? null : (string)json_encode([['scope' => 'permissions', 'key' => 'download', 'value' => false]]);
	}

	private static function isPath(string $path): bool {
		return str_starts_with($path, '/') && $path !== '/' && !str_contains($path, "\0")
			&& array_intersect(['.', '..'], explode('/', $path)) === [];
	}

	private static function isDay(mixed $day): bool {
		return is_string($day) && preg_match('/^(\d{4})-(\d\d)-(\d\d)$/D', $day, $parts) === 1
			&& checkdate((int)$parts[2], (int)$parts[3], (int)$parts[1]);
	}
}
