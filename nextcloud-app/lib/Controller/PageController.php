<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Controller;

use OCA\Passerelle\AppInfo\Application;
use OCA\Passerelle\Jobs\Permission;
use OCA\Passerelle\Settings\AdminState;
use OCP\AppFramework\Controller;
use OCP\AppFramework\Http\Attribute\FrontpageRoute;
use OCP\AppFramework\Http\Attribute\NoAdminRequired;
use OCP\AppFramework\Http\Attribute\NoCSRFRequired;
use OCP\AppFramework\Http\TemplateResponse;
use OCP\AppFramework\Services\IInitialState;
use OCP\IGroupManager;
use OCP\IRequest;
use OCP\Util;

/** The page itself; everything on it comes from DaemonController and JobController. */
final class PageController extends Controller {
	public function __construct(
		IRequest $request,
		private IInitialState $state,
		private IGroupManager $groups,
		private Permission $permission,
		private AdminState $adminState,
		private ?string $userId,
	) {
		parent::__construct(Application::APP_ID, $request);
	}

	#[NoAdminRequired]
	#[NoCSRFRequired]
	#[FrontpageRoute(verb: 'GET', url: '/')]
	public function index(): TemplateResponse {
		$userId = (string)$this->userId;
		$administrator = $this->groups->isAdmin($userId);
		$this->state->provideInitialState('administrator', $administrator);
		$this->state->provideInitialState('mayMigrate', $this->permission->mayMigrate($userId));
		if ($administrator) {
			$this->adminState->provide();
		}
		Util::addScript(Application::APP_ID, 'passerelle-main');
		Util::addStyle(Application::APP_ID, 'passerelle-main');
		return new TemplateResponse(Application::APP_ID, 'main');
	}
}
