<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Listener;

use OCA\Passerelle\AppInfo\Application;
use OCP\EventDispatcher\Event;
use OCP\EventDispatcher\IEventListener;
use OCP\Util;

/**
 * Offers "Migrate with Passerelle" on archives in the Files app.
 *
 * @implements IEventListener<Event>
 */
final class FilesAction implements IEventListener {
	public function handle(Event $event): void {
		Util::addInitScript(Application::APP_ID, 'passerelle-files');
	}
}
