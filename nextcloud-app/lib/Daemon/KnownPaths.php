<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Daemon;

/** Which requests of the page go through to the daemon as they are. What needs an app password is not among them. */
final class KnownPaths {
	/** Method and path below /api/v1/. Ids are numbers. */
	private const KNOWN = [
		'GET' => '(health|version|reasons|inbox|events|jobs|bridges|admin/(jobs|bridges|limits|log|log-levels)|jobs/\d+(/(undo|contents|items|people|shares|places|accesses|report))?)',
		'POST' => 'jobs/\d+/(start|pause|resume|cancel|retry|apply-shares|undo)',
		'PUT' => '(bridges/\d+|jobs/\d+/(choices|people|accesses)|admin/(limits|log-levels))',
		'PATCH' => 'jobs/\d+/items',
		'DELETE' => 'jobs/\d+',
	];

	public static function has(string $method, string $path): bool {
		return isset(self::KNOWN[$method]) && preg_match('#^' . self::KNOWN[$method] . '$#D', $path) === 1;
	}

	/** Says anew where a job brings things. */
	public static function isChoice(string $method, string $path): bool {
		return $method === 'PUT' && preg_match('#^jobs/\d+/choices$#D', $path) === 1;
	}

	/** The path of one job as it stands now. */
	public static function isJob(string $path): bool {
		return preg_match('#^jobs/\d+$#D', $path) === 1;
	}
}
