<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Sharing;

use OCA\Files_Sharing\Controller\ShareAPIController;
use OCA\Passerelle\AppInfo\Application;
use OCA\Passerelle\Exceptions\Refusal;
use OCA\Passerelle\Jobs\Destination;
use OCP\AppFramework\Http;
use OCP\AppFramework\OCS\OCSException;
use OCP\AppFramework\OCS\OCSNotFoundException;
use OCP\Files\IRootFolder;
use OCP\Files\NotFoundException;
use OCP\IUserManager;
use OCP\Share\IManager;
use OCP\Share\IShare;
use Psr\Log\LoggerInterface;

/**
 * Makes shares as the server's own interface does: it is asked itself, so that each of its checks holds whatever the release. What
 * stands before that interface, the limit of twenty in ten minutes, is not between.
 */
final class ShareBatch {
	public function __construct(
		private ShareAPIController $interface,
		private IManager $shares,
		private IRootFolder $root,
		private IUserManager $users,
		private LoggerInterface $logger,
	) {
	}

	/**
	 * @param list<WantedShare> $wanted
	 * @return list<array<string, mixed>> what became of each (docs/api/sharing.yaml, ShareOutcome)
	 */
	public function make(string $userId, array $wanted, bool $notify, Destination $destination): array {
		$places = $destination->asItStandsIn($this->root->getUserFolder($userId));
		return array_map(fn (WantedShare $one): array => $places->holds($one->path) ? $this->outcome($userId, $one, $notify) : self::outside(), $wanted);
	}

	/** @return array<string, mixed> */
	private function outcome(string $userId, WantedShare $wanted, bool $notify): array {
		try {
			$there = $this->existing($userId, $wanted);
			return $there !== null
				? ['status' => 'exists', 'share' => $this->interface->getShare($there->getId())->getData()[0] ?? null]
				: ['status' => 'made', 'share' => $this->made($wanted, $notify)];
		} catch (OCSException $refused) {
			return ['status' => 'refused', 'code' => $refused->getCode(), 'message' => $refused->getMessage()];
		} catch (\Throwable $cause) {
			$this->logger->error('A share could not be made', ['app' => Application::APP_ID, 'exception' => $cause]);
			return ['status' => 'refused', 'code' => Http::STATUS_FORBIDDEN, 'message' => 'The server could not make this share; its log says why.'];
		} finally {
			$this->interface->cleanup();
		}
	}

	/** @return array<string, mixed> */
	private static function outside(): array {
		return ['status' => 'refused', 'code' => Http::STATUS_FORBIDDEN, 'error' => Refusal::Outside->value, 'message' => Refusal::OUTSIDE];
	}

	/** @return array<string, mixed> */
	private function made(WantedShare $wanted, bool $notify): array {
		if ($wanted->type === WantedShare::USER && !$this->isAccount($wanted->shareWith)) {
			throw new OCSNotFoundException('Please specify a valid account to share with');
		}
		return $this->interface->createShare(
			path: $wanted->path,
			permissions: $wanted->permissions,
			shareType: $wanted->type,
			shareWith: $wanted->shareWith,
			expireDate: $wanted->expires ?? '', // no default date either
			note: $wanted->note,
			attributes: $wanted->attributes(),
			sendMail: $notify ? 'true' : 'false',
		)->getData();
	}

	/** An account is found by its address, too, and then gets nothing of what is shared with it. */
	private function isAccount(string $id): bool {
		return $this->users->get($id)?->getUID() === $id;
	}

	private function existing(string $userId, WantedShare $wanted): ?IShare {
		try {
			$node = $this->root->getUserFolder($userId)->get($wanted->path);
		} catch (NotFoundException) {
			return null; // the interface says so
		}
		foreach ($this->shares->getSharesBy($userId, $wanted->type, $node, false, -1) as $share) {
			if ($share->getSharedWith() === $wanted->shareWith) {
				return $share;
			}
		}
		return null;
	}
}
