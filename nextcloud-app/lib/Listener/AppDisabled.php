<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Listener;

use OCA\Passerelle\AppInfo\Application;
use OCA\Passerelle\Jobs\Bridges;
use OCA\Passerelle\Jobs\EndedJobs;
use OCP\App\Events\AppDisableEvent;
use OCP\EventDispatcher\Event;
use OCP\EventDispatcher\IEventListener;

/**
 * An app that is switched off leaves no password behind.
 *
 * @implements IEventListener<AppDisableEvent>
 */
final class AppDisabled implements IEventListener {
	public function __construct(
		private EndedJobs $jobs,
		private Bridges $bridges,
	) {
	}

	public function handle(Event $event): void {
		if ($event instanceof AppDisableEvent && $event->getAppId() === Application::APP_ID) {
			$this->jobs->revokeAll();
			$this->bridges->revokeAll();
		}
	}
}
