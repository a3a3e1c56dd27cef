<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Jobs;

use OCA\Passerelle\Daemon\Caller;
use OCA\Passerelle\Daemon\Daemon;

/** Keeps, beside the app passwords, where jobs were told to bring things. */
final class Destinations {
	public function __construct(
		private Daemon $daemon,
		private IssuedPasswords $issued,
		private BridgePasswords $bridges,
	) {
	}

	/**
	 * Somebody has chosen anew.
	 *
	 * @param array<array-key, mixed> $job as the daemon describes it
	 */
	public function chosen(array $job): void {
		[$jobId, $owner] = [$job['id'] ?? null, $job['user'] ?? null];
		if (!is_int($jobId) || !is_string($owner)) {
			return;
		}
		if ($this->issued->of($jobId) !== []) {
			$this->issued->confine($jobId, Destination::ofJob($job));
		} else {
			$this->chosenForBridge($jobId, $owner, Destination::ofJob($job));
		}
	}

	/** A new export comes by its bridge's app password, whose own destination stays that of the exports after it. */
	private function chosenForBridge(int $jobId, string $owner, Destination $destination): void {
		$bridges = $this->daemon->ask(new Caller($owner, false), 'GET', 'bridges')->json()['bridges'] ?? [];
		foreach (is_array($bridges) ? $bridges : [] as $bridge) {
			if (($bridge['latest_job'] ?? null) === $jobId && is_int($bridge['id'] ?? null)) {
				$this->bridges->widen($bridge['id'], $destination);
			}
		}
	}
}
