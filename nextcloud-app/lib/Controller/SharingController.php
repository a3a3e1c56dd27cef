<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Controller;

use OCA\Passerelle\AppInfo\Application;
use OCA\Passerelle\Daemon\PairingStore;
use OCA\Passerelle\Exceptions\MalformedBatch;
use OCA\Passerelle\Exceptions\NotAllowed;
use OCA\Passerelle\Jobs\Destination;
use OCA\Passerelle\Jobs\JobRequests;
use OCA\Passerelle\Sharing\Bounds;
use OCA\Passerelle\Sharing\GroupBatch;
use OCA\Passerelle\Sharing\JsonBody;
use OCA\Passerelle\Sharing\PeopleSearch;
use OCA\Passerelle\Sharing\ShareBatch;
use OCA\Passerelle\Sharing\WantedGroup;
use OCA\Passerelle\Sharing\WantedShare;
use OCP\AppFramework\Http\Attribute\ApiRoute;
use OCP\AppFramework\Http\Attribute\NoAdminRequired;
use OCP\AppFramework\Http\DataResponse;
use OCP\AppFramework\OCSController;
use OCP\App\IAppManager;
use OCP\IRequest;
use OCP\IUser;
use OCP\IUserSession;
use OCP\Server;

/** Shares, people and groups, many at once (docs/api/sharing.yaml). */
final class SharingController extends OCSController {
	public function __construct(
		IRequest $request,
		private IAppManager $apps,
		private PeopleSearch $people,
		private GroupBatch $groups,
		private JobRequests $requests,
		private ErrorAnswers $errors,
		private IUserSession $session,
	) {
		parent::__construct(Application::APP_ID, $request);
	}

	#[NoAdminRequired]
	#[ApiRoute(verb: 'POST', url: '/api/v1/shares')]
	public function shares(): DataResponse {
		return $this->answer(function (IUser $caller, JsonBody $body, Destination $destination): array {
			$wanted = array_map(WantedShare::of(...), $body->list('shares', Bounds::SHARES));
			if (!$this->apps->isEnabledForUser('files_sharing', $caller)) {
				throw new NotAllowed('sharing is disabled');
			}
			return ['shares' => Server::get(ShareBatch::class)->make($caller->getUID(), $wanted, $body->truth('notify'), $destination)];
		});
	}

	#[NoAdminRequired]
	#[ApiRoute(verb: 'POST', url: '/api/v1/people')]
	public function people(): DataResponse {
		return $this->answer(fn (IUser $caller, JsonBody $body): array => ['people' => $this->people->find($caller, PeopleSearch::addresses($body))]);
	}

	#[NoAdminRequired]
	#[ApiRoute(verb: 'POST', url: '/api/v1/groups')]
	public function groups(): DataResponse {
		return $this->answer(function (IUser $caller, JsonBody $body): array {
			$this->groups->permit($caller->getUID(), $this->request->getHeader(PairingStore::HEADER));
			return ['groups' => $this->groups->make($caller->getUID(), WantedGroup::all($body))];
		});
	}

	/** @param callable(IUser, JsonBody, Destination): array<string, mixed> $act */
	private function answer(callable $act): DataResponse {
		try {
			$body = fopen('php://input', 'rb');
			$caller = $this->session->getUser();
			if ($body === false || $caller === null) {
				throw new MalformedBatch('no body');
			}
			$destination = $this->requests->permit($this->request->getHeader(PairingStore::HEADER));
			return new DataResponse($act($caller, JsonBody::of($body), $destination));
		} catch (\Throwable $cause) {
			return $this->errors->for($cause);
		}
	}
}
