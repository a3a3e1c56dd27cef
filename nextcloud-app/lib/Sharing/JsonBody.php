<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Sharing;

use OCA\Passerelle\Exceptions\MalformedBatch;

/** The list that a request's JSON body holds under one name, with bounds. */
final class JsonBody {
	private const MAX_BYTES = 1024 * 1024;
	private const DEPTH = 6;

	/** @param array<array-key, mixed> $fields */
	private function __construct(
		private array $fields,
	) {
	}

	/**
	 * @param resource $stream
	 * @throws MalformedBatch
	 */
	public static function of($stream): self {
		$text = (string)stream_get_contents($stream, self::MAX_BYTES + 1);
		if (strlen($text) > self::MAX_BYTES) {
			throw new MalformedBatch('more than 1 MiB');
		}
		$fields = json_decode($text, true, self::DEPTH);
		if (!is_array($fields)) {
			throw new MalformedBatch('no JSON object');
		}
		return new self($fields);
	}

	/**
	 * @return list<mixed>
	 * @throws MalformedBatch
	 */
	public function list(string $name, int $most): array {
		$list = $this->fields[$name] ?? null;
		if (!is_array($list) || !array_is_list($list) || $list === [] || count($list) > $most) {
			throw new MalformedBatch("\"$name\" must be a list of 1 to $most");
		}
		return $list;
	}

	/** @throws MalformedBatch */
	public function truth(string $name): bool {
		$value = $this->fields[$name] ?? false;
		if (!is_bool($value)) {
			throw new MalformedBatch("\"$name\" must be true or false");
		}
		return $value;
	}
}
