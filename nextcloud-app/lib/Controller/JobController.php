<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Controller;

use OCA\Passerelle\AppInfo\Application;
use OCA\Passerelle\Daemon\Callers;
use OCA\Passerelle\Daemon\Reply;
use OCA\Passerelle\Jobs\NewJobs;
use OCP\AppFramework\Controller;
use OCP\AppFramework\Http\Attribute\FrontpageRoute;
use OCP\AppFramework\Http\Attribute\NoAdminRequired;
use OCP\AppFramework\Http\Response;
use OCP\IRequest;

/** What the daemon cannot be asked without an app password. */
final class JobController extends Controller {
	public function __construct(
		IRequest $request,
		private NewJobs $jobs,
		private Callers $callers,
		private Problems $problems,
		private ?string $userId,
	) {
		parent::__construct(Application::APP_ID, $request);
	}

	/**
	 * Begins a job, for the caller or, for an administrator, for `user`; `workspace` names the export in the administrator's inbox of
	 * which it brings one account.
	 *
	 * @param list<array{place: string, path: string}> $parts
	 * @param array<string, mixed> $choices
	 */
	#[NoAdminRequired]
	#[FrontpageRoute(verb: 'POST', url: '/jobs')]
	public function create(array $parts, array $choices = [], bool $delta = false, string $user = '', string $workspace = ''): Response {
		return $this->problems->orReply(fn (): Reply => $this->jobs->create($this->callers->of($this->userId), $parts, $choices, $delta, $user, $workspace));
	}

	/** Gives the daemon a new app password for a job whose first one is gone. */
	#[NoAdminRequired]
	#[FrontpageRoute(verb: 'POST', url: '/jobs/{id}/authorise', requirements: ['id' => '\d+'])]
	public function authorise(int $id): Response {
		return $this->problems->orReply(fn (): Reply => $this->jobs->authorise($this->callers->of($this->userId), $id));
	}
}
