<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Activity;

use OCA\Passerelle\AppInfo\Application;
use OCP\Activity\Exceptions\UnknownActivityException;
use OCP\Activity\IEvent;
use OCP\Activity\IProvider;
use OCP\Files\IRootFolder;
use OCP\IL10N;
use OCP\IURLGenerator;
use OCP\L10N\IFactory;

/** Puts entries into words. */
final class Provider implements IProvider {
	public function __construct(
		private IFactory $languages,
		private IURLGenerator $urls,
		private IRootFolder $root,
	) {
	}

	/** @param string $language */
	public function parse($language, IEvent $event, ?IEvent $previousEvent = null): IEvent {
		if ($event->getApp() !== Application::APP_ID || $event->getSubject() !== Entries::FINISHED) {
			throw new UnknownActivityException();
		}
		$l10n = $this->languages->get(Application::APP_ID, $language);
		$told = $event->getSubjectParameters();
		$folder = (string)($told['folder'] ?? '');
		$sentences = [self::brought($l10n, (int)($told['done'] ?? 0), $folder !== ''), self::failed($l10n, (int)($told['failed'] ?? 0))];
		$event->setRichSubject(trim(implode(' ', $sentences)), $folder === '' ? [] : ['folder' => $this->folder($event->getAffectedUser(), $folder, (int)($told['folder_id'] ?? 0))]);
		$event->setIcon($this->urls->getAbsoluteURL($this->urls->imagePath(Application::APP_ID, 'app-dark.svg')));
		return $event->setLink($this->urls->linkToRouteAbsolute('passerelle.page.index') . '#/jobs/' . $event->getObjectId());
	}

	private static function brought(IL10N $l10n, int $done, bool $intoOneFolder): string {
		return match (true) {
			$done === 0 && $intoOneFolder => $l10n->t('Passerelle brought nothing into {folder}.'),
			$done === 0 => $l10n->t('Passerelle brought nothing into your Nextcloud.'),
			$intoOneFolder => self::grouped($l10n, $done, $l10n->n('Passerelle brought %n file or folder into {folder}.', 'Passerelle brought %n files and folders into {folder}.', $done)),
			default => self::grouped($l10n, $done, $l10n->n('Passerelle brought %n file or folder into your Nextcloud.', 'Passerelle brought %n files and folders into your Nextcloud.', $done)),
		};
	}

	private static function failed(IL10N $l10n, int $failed): string {
		return $failed === 0 ? '' : self::grouped($l10n, $failed, $l10n->n('%n could not be brought; the report says why.', '%n could not be brought; the report says why.', $failed));
	}

	/** The text with its one number as people write it; the server fills it in without groups of digits. */
	private static function grouped(IL10N $l10n, int $number, string $text): string {
		// PHP's intl is recommended by Nextcloud, not required.
		$formatted = class_exists(\NumberFormatter::class) ? (new \NumberFormatter($l10n->getLanguageCode(), \NumberFormatter::DECIMAL))->format($number) : false;
		return $formatted === false ? $text : str_replace((string)$number, $formatted, $text);
	}

	/** @return array<string, string> where it is now; the name alone where the person no longer has it */
	private function folder(string $userId, string $path, int $id): array {
		$home = $this->root->getUserFolder($userId);
		$node = $id === 0 ? null : $home->getFirstNodeById($id);
		if ($node === null) {
			return ['type' => 'highlight', 'id' => $path, 'name' => basename($path)];
		}
		return [
			'type' => 'file',
			'id' => (string)$id,
			'name' => $node->getName(),
			'path' => ltrim((string)$home->getRelativePath($node->getPath()), '/'),
			'link' => $this->urls->linkToRouteAbsolute('files.viewcontroller.showFile', ['fileid' => $id]),
		];
	}
}
