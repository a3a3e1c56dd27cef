<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Controller;

use OCA\Passerelle\AppInfo\Application;
use OCA\Passerelle\Daemon\Callers;
use OCA\Passerelle\Daemon\Reply;
use OCA\Passerelle\Jobs\Bridges;
use OCP\AppFramework\Controller;
use OCP\AppFramework\Http\Attribute\FrontpageRoute;
use OCP\AppFramework\Http\Attribute\NoAdminRequired;
use OCP\AppFramework\Http\Response;
use OCP\IRequest;

/** What about bridges needs an app password to be made, or to be revoked. */
final class BridgeController extends Controller {
	public function __construct(
		IRequest $request,
		private Bridges $bridges,
		private Callers $callers,
		private Problems $problems,
		private ?string $userId,
	) {
		parent::__construct(Application::APP_ID, $request);
	}

	#[NoAdminRequired]
	#[FrontpageRoute(verb: 'POST', url: '/bridges')]
	public function create(int $job, bool $automatic = false): Response {
		return $this->problems->orReply(fn (): Reply => $this->bridges->build($this->callers->of($this->userId), $job, $automatic));
	}

	/** Gives the daemon a new app password for a bridge whose first one was revoked. */
	#[NoAdminRequired]
	#[FrontpageRoute(verb: 'POST', url: '/bridges/{id}/authorise', requirements: ['id' => '\d+'])]
	public function authorise(int $id): Response {
		return $this->problems->orReply(fn (): Reply => $this->bridges->authorise($this->callers->of($this->userId), $id));
	}

	#[NoAdminRequired]
	#[FrontpageRoute(verb: 'DELETE', url: '/bridges/{id}', requirements: ['id' => '\d+'])]
	public function destroy(int $id): Response {
		return $this->problems->orReply(fn (): Reply => $this->bridges->remove($this->callers->of($this->userId), $id));
	}
}
