<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Controller;

use OCA\Passerelle\AppInfo\Application;
use OCA\Passerelle\Exceptions\MalformedBatch;
use OCA\Passerelle\Exceptions\NotAllowed;
use OCA\Passerelle\Ingest\Answer;
use OCP\AppFramework\Http;
use OCP\AppFramework\Http\DataResponse;
use OCP\Files\StorageNotAvailableException;
use Psr\Log\LoggerInterface;

/** The one map from what went wrong with a request as a whole to HTTP. */
final class ErrorAnswers {
	public function __construct(
		private LoggerInterface $logger,
	) {
	}

	/** @param array<string, mixed> $more what the endpoint's answers always hold */
	public function for(\Throwable $cause, array $more = []): DataResponse {
		[$status, $code] = match (true) {
			$cause instanceof MalformedBatch => [Http::STATUS_BAD_REQUEST, 'malformed'],
			$cause instanceof NotAllowed => [Http::STATUS_FORBIDDEN, 'not_allowed'],
			$cause instanceof StorageNotAvailableException => [Http::STATUS_SERVICE_UNAVAILABLE, 'storage_unavailable'],
			default => [Http::STATUS_INTERNAL_SERVER_ERROR, 'failed'],
		};
		if ($status === Http::STATUS_INTERNAL_SERVER_ERROR) {
			$this->logger->error('A request failed', ['app' => Application::APP_ID, 'exception' => $cause]);
		}
		return new DataResponse(['error' => $code, 'message' => $status === Http::STATUS_INTERNAL_SERVER_ERROR ? '' : $cause->getMessage()] + $more, $status);
	}

	/** The body broke off: what came before has been taken in, and is listed. */
	public function cutShort(Answer $answer): DataResponse {
		return new DataResponse(['error' => 'malformed', 'message' => $answer->malformed, 'files' => $answer->files], Http::STATUS_BAD_REQUEST);
	}
}
