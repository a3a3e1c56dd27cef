<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle;

use OCA\Passerelle\AppInfo\Application;
use OCA\Passerelle\Ingest\Limits;
use OCA\Passerelle\Sharing\Bounds;
use OCP\App\IAppManager;
use OCP\Capabilities\ICapability;

/** What the daemon may count on. The server tells it to logged-in users alone, as every capability that is not public. */
final class Capabilities implements ICapability {
	public function __construct(
		private IAppManager $apps,
		private Limits $limits,
	) {
	}

	/** @return array{passerelle: array{version: string, ingest: string, max_batch_bytes: int, max_batch_parts: int, sharing: string, max_shares: int, max_addresses: int}} */
	public function getCapabilities(): array {
		return [
			'passerelle' => [
				'version' => $this->apps->getAppVersion(Application::APP_ID),
				'ingest' => '1.0',
				'max_batch_bytes' => $this->limits->batchBytes(),
				'max_batch_parts' => Limits::BATCH_PARTS,
				'sharing' => '1.0',
				'max_shares' => Bounds::SHARES,
				'max_addresses' => Bounds::ADDRESSES,
			],
		];
	}
}
