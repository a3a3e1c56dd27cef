<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\AppInfo;

use OCA\Files\Event\LoadAdditionalScriptsEvent;
use OCA\Passerelle\Capabilities;
use OCA\Passerelle\Listener\AppDisabled;
use OCA\Passerelle\Listener\FilesAction;
use OCA\Passerelle\Middleware\NoAppPasswords;
use OCA\Passerelle\Notification\Notifier;
use OCA\Passerelle\SetupChecks\DaemonAnswers;
use OCP\App\Events\AppDisableEvent;
use OCP\AppFramework\App;
use OCP\AppFramework\Bootstrap\IBootContext;
use OCP\AppFramework\Bootstrap\IBootstrap;
use OCP\AppFramework\Bootstrap\IRegistrationContext;

final class Application extends App implements IBootstrap {
	public const APP_ID = 'passerelle';

	public function __construct() {
		parent::__construct(self::APP_ID);
	}

	public function register(IRegistrationContext $context): void {
		$context->registerMiddleware(NoAppPasswords::class);
		$context->registerCapability(Capabilities::class);
		$context->registerNotifierService(Notifier::class);
		$context->registerSetupCheck(DaemonAnswers::class);
		$context->registerEventListener(LoadAdditionalScriptsEvent::class, FilesAction::class);
		$context->registerEventListener(AppDisableEvent::class, AppDisabled::class);
	}

	public function boot(IBootContext $context): void {
	}
}
