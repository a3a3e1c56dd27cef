<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Controller;

use OCA\Passerelle\AppInfo\Application;
use OCA\Passerelle\Daemon\PairingStore;
use OCA\Passerelle\Exceptions\MalformedBatch;
use OCA\Passerelle\Ingest\IngestionFactory;
use OCA\Passerelle\Ingest\Limits;
use OCA\Passerelle\Ingest\MultipartReader;
use OCA\Passerelle\Jobs\JobRequests;
use OCP\AppFramework\Http;
use OCP\AppFramework\Http\Attribute\ApiRoute;
use OCP\AppFramework\Http\Attribute\NoAdminRequired;
use OCP\AppFramework\Http\DataResponse;
use OCP\AppFramework\OCSController;
use OCP\IRequest;

/** Takes files in, whole batches at once (docs/api/ingest.yaml). */
final class IngestController extends OCSController {
	public function __construct(
		IRequest $request,
		private IngestionFactory $ingestions,
		private JobRequests $requests,
		private ErrorAnswers $errors,
		private ?string $userId,
	) {
		parent::__construct(Application::APP_ID, $request);
	}

	#[NoAdminRequired]
	#[ApiRoute(verb: 'POST', url: '/api/v1/ingest')]
	public function ingest(): DataResponse {
		try {
			$body = fopen('php://input', 'rb');
			if ($body === false || $this->userId === null) {
				throw new MalformedBatch('no body');
			}
			$destination = $this->requests->permit($this->request->getHeader(PairingStore::HEADER));
			$parts = MultipartReader::of($body, $this->request->getHeader('Content-Type'), Limits::BATCH_PARTS);
			$answer = $this->ingestions->for($this->userId, $destination)->run($parts);
			return $answer->malformed === null ? new DataResponse(['files' => $answer->files]) : $this->errors->cutShort($answer);
		} catch (\Throwable $cause) {
			return $this->errors->for($cause, ['files' => []]);
		}
	}
}
