<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Daemon;

use OCA\Passerelle\AppInfo\Application;
use OCA\Passerelle\Exceptions\NotPaired;
use OCP\AppFramework\Services\IAppConfig;

/** Keeps the pairing; the secret is stored encrypted and left out of exports of the configuration. */
final class PairingStore {
	/** In which a request to the app's endpoints shows the secret. */
	public const HEADER = 'X-Passerelle-Pairing';
	private const ADDRESS = 'daemon_address';
	private const SECRET = 'daemon_secret';

	public function __construct(
		private IAppConfig $config,
	) {
	}

	/** @throws NotPaired */
	public function get(): Pairing {
		$address = $this->config->getAppValueString(self::ADDRESS);
		$secret = $this->config->getAppValueString(self::SECRET);
		if ($address === '' || $secret === '') {
			throw new NotPaired(Application::APP_ID . ' is not paired');
		}
		return new Pairing($address, $secret);
	}

	/** Compared in a time that tells nothing; without a pairing nothing is the secret. */
	public function isSecret(#[\SensitiveParameter] string $secret): bool {
		try {
			return hash_equals($this->get()->secret, $secret);
		} catch (NotPaired) {
			return false;
		}
	}

	public function set(Pairing $pairing): void {
		$this->config->setAppValueString(self::ADDRESS, $pairing->address);
		$this->config->setAppValueString(self::SECRET, $pairing->secret, sensitive: true);
	}

	public function forget(): void {
		$this->config->deleteAppValue(self::ADDRESS);
		$this->config->deleteAppValue(self::SECRET);
	}
}
