<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Notification;

use OCA\Passerelle\AppInfo\Application;
use OCP\IURLGenerator;
use OCP\L10N\IFactory;
use OCP\Notification\INotification;
use OCP\Notification\INotifier;
use OCP\Notification\UnknownNotificationException;

/** Puts notices into words. */
final class Notifier implements INotifier {
	public function __construct(
		private IFactory $languages,
		private IURLGenerator $urls,
	) {
	}

	public function getID(): string {
		return Application::APP_ID;
	}

	public function getName(): string {
		return $this->languages->get(Application::APP_ID)->t('Passerelle');
	}

	public function prepare(INotification $notification, string $languageCode): INotification {
		if ($notification->getApp() !== Application::APP_ID) {
			throw new UnknownNotificationException();
		}
		$l10n = $this->languages->get(Application::APP_ID, $languageCode);
		$parameters = $notification->getSubjectParameters();
		$failed = (int)($parameters['failed'] ?? 0);
		$text = match ($notification->getSubject()) {
			Notices::FINISHED => $failed === 0
				? $l10n->t('Your migration is finished: everything has its line in the report.')
				: $l10n->n('Your migration is finished, but %n file could not be brought. The report says why.', 'Your migration is finished, but %n files could not be brought. The report says why.', $failed),
			Notices::STOPPED => $l10n->t('Your migration has stopped. Nothing is lost; open it to see why and to go on.'),
			Notices::REVIEW => $l10n->t('Your migration is ready for you to look through. Nothing has been written yet.'),
			Notices::BEGUN_FOR_YOU => $l10n->t('%s has begun a migration into your files.', [(string)($parameters['by'] ?? '')]),
			default => throw new UnknownNotificationException(),
		};
		return $notification
			->setParsedSubject($text)
			->setIcon($this->urls->getAbsoluteURL($this->urls->imagePath(Application::APP_ID, 'app-dark.svg')))
			->setLink($this->urls->linkToRouteAbsolute('passerelle.page.index') . '#/jobs/' . $notification->getObjectId());
	}
}
