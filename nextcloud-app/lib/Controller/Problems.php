<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Controller;

use OCA\Passerelle\AppInfo\Application;
use OCA\Passerelle\Daemon\Reply;
use OCA\Passerelle\Exceptions\DaemonUnreachable;
use OCA\Passerelle\Exceptions\NoPairingCode;
use OCA\Passerelle\Exceptions\NotAllowed;
use OCA\Passerelle\Exceptions\NotPaired;
use OCP\AppFramework\Http;
use OCP\AppFramework\Http\DataDisplayResponse;
use OCP\AppFramework\Http\JSONResponse;
use OCP\AppFramework\Http\Response;
use OCP\IL10N;
use Psr\Log\LoggerInterface;

/** The one map from what went wrong on the page's side to HTTP: problem documents (RFC 9457), as the daemon answers them. */
final class Problems {
	public function __construct(
		private IL10N $l10n,
		private LoggerInterface $logger,
	) {
	}

	/** @param callable(): Reply $act what the daemon said goes on as it is */
	public function orReply(callable $act): Response {
		try {
			$reply = $act();
			return new DataDisplayResponse($reply->body, $reply->status, ['Content-Type' => $reply->contentType]);
		} catch (\Throwable $cause) {
			return $this->for($cause);
		}
	}

	public function for(\Throwable $cause): JSONResponse {
		[$status, $code, $text] = match (true) {
			$cause instanceof NotPaired => [Http::STATUS_SERVICE_UNAVAILABLE, 'app.not_paired', $this->l10n->t('Passerelle is not set up yet. An administrator connects it in the administration settings.')],
			$cause instanceof DaemonUnreachable => [Http::STATUS_BAD_GATEWAY, 'app.daemon_unreachable', $this->l10n->t('The Passerelle service does not answer. It may be restarting; an administrator can look at its state.')],
			$cause instanceof NotAllowed => [Http::STATUS_FORBIDDEN, 'app.not_allowed', $this->l10n->t('Your account may not do this.')],
			$cause instanceof NoPairingCode => [Http::STATUS_BAD_REQUEST, 'app.no_pairing_code', $this->l10n->t('This is not a pairing code. Copy the whole line that “passerelle pair” prints on the server.')],
			default => [Http::STATUS_INTERNAL_SERVER_ERROR, 'app.failed', $this->l10n->t('Something went wrong on the server. Its log says more.')],
		};
		if ($status >= Http::STATUS_INTERNAL_SERVER_ERROR && !$cause instanceof NotPaired) {
			$this->logger->error('A request of the page failed', ['app' => Application::APP_ID, 'exception' => $cause]);
		}
		return new JSONResponse(
			['type' => 'about:blank', 'title' => $text, 'status' => $status, 'code' => $code, 'text' => $text],
			$status,
			['Content-Type' => 'application/problem+json; charset=utf-8'],
		);
	}
}
