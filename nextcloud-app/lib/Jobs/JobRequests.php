<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Jobs;

use OCA\Passerelle\Daemon\PairingStore;
use OCA\Passerelle\Exceptions\NotAllowed;

/** Whose request the app's own endpoints are answering: a job's, or the person's own (docs/decisions/0020). */
final class JobRequests {
	public function __construct(
		private AppPasswords $passwords,
		private IssuedPasswords $issued,
		private BridgePasswords $bridges,
		private PairingStore $pairings,
	) {
	}

	/**
	 * Where the request may act. A job's has to show the pairing's secret; any other may do what its app password can by WebDAV.
	 *
	 * @throws NotAllowed
	 */
	public function permit(#[\SensitiveParameter] string $secret): Destination {
		$tokenId = $this->passwords->inUse();
		$destination = $tokenId === null ? null : $this->issued->destinationOf($tokenId) ?? $this->bridges->destinationOf($tokenId);
		if ($destination !== null && !$this->pairings->isSecret($secret)) {
			throw new NotAllowed('a migration\'s app password counts here with the secret of the pairing alone');
		}
		return $destination ?? Destination::everything();
	}
}
