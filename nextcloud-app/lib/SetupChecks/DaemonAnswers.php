<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\SetupChecks;

use OCA\Passerelle\Daemon\Caller;
use OCA\Passerelle\Daemon\Daemon;
use OCA\Passerelle\Exceptions\DaemonUnreachable;
use OCA\Passerelle\Exceptions\NotPaired;
use OCP\AppFramework\Http;
use OCP\IL10N;
use OCP\SetupCheck\ISetupCheck;
use OCP\SetupCheck\SetupResult;

/** Tells the administrator when the daemon does not answer, and what to do. */
final class DaemonAnswers implements ISetupCheck {
	public function __construct(
		private Daemon $daemon,
		private IL10N $l10n,
	) {
	}

	public function getCategory(): string {
		return 'passerelle';
	}

	public function getName(): string {
		return $this->l10n->t('Passerelle service');
	}

	public function run(): SetupResult {
		try {
			$reply = $this->daemon->ask(new Caller('', true), 'GET', 'health');
		} catch (NotPaired) {
			return SetupResult::info($this->l10n->t('Passerelle is installed but not connected to its service. Run “passerelle pair” on the server and paste the code in the administration settings of Passerelle.'));
		} catch (DaemonUnreachable) {
			return SetupResult::error($this->l10n->t('The Passerelle service does not answer. Look at it on the server: systemctl status passerelle'));
		}
		if ($reply->status === Http::STATUS_UNAUTHORIZED) {
			return SetupResult::error($this->l10n->t('The Passerelle service refuses this server: its pairing has changed. Run “passerelle pair” on the server and paste the new code in the administration settings of Passerelle.'));
		}
		$problems = array_column((array)($reply->json()['problems'] ?? []), 'text');
		if (!$reply->isGood() || $problems !== []) {
			return SetupResult::warning($problems === [] ? $this->l10n->t('The Passerelle service answers, but with an error. Its log says more: passerelle log') : implode(' ', array_map(strval(...), $problems)));
		}
		return SetupResult::success($this->l10n->t('The Passerelle service answers.'));
	}
}
