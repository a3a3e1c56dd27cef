<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Jobs;

use OCA\Passerelle\Daemon\Caller;
use OCA\Passerelle\Daemon\Daemon;
use OCA\Passerelle\Daemon\Reply;
use OCA\Passerelle\Exceptions\NotAllowed;
use OCA\Passerelle\Notification\Notices;
use OCP\EventDispatcher\IEventDispatcher;
use OCP\IL10N;
use OCP\IUserManager;
use OCP\Log\Audit\CriticalActionPerformedEvent;

/** Begins jobs: one app password a job, named after it. */
final class NewJobs {
	public function __construct(
		private Daemon $daemon,
		private AppPasswords $passwords,
		private IssuedPasswords $issued,
		private Permission $permission,
		private IUserManager $users,
		private IEventDispatcher $events,
		private Notices $notices,
		private IL10N $l10n,
	) {
	}

	/**
	 * @param list<array{place: string, path: string}> $parts
	 * @param array<string, mixed> $choices
	 * @throws NotAllowed
	 */
	public function create(Caller $caller, array $parts, array $choices, bool $delta, string $user, string $workspace = ''): Reply {
		$owner = $user === '' ? $caller->userId : $user;
		$this->check($caller, $owner);
		if ($workspace !== '' && !$caller->isAdministrator) {
			throw new NotAllowed('only administrators bring a whole Workspace');
		}
		$password = $this->passwords->mint($owner, $this->l10n->t('Passerelle: migration'));
		$reply = null;
		try {
			$reply = $this->daemon->ask($caller, 'POST', 'jobs', body: self::json([
				'user' => $owner,
				'parts' => $parts,
				'login' => $password->login,
				'app_password' => $password->password,
				'choices' => (object)$choices,
				'delta' => $delta,
			] + ($workspace === '' ? [] : ['workspace' => $workspace])));
		} finally {
			if ($reply === null || !$reply->isGood()) {
				$this->passwords->revoke($owner, $password->tokenId);
			}
		}
		if ($reply->isGood()) {
			$this->keep($reply->json(), $password, $caller);
		}
		return $reply;
	}

	/** @throws NotAllowed */
	public function authorise(Caller $caller, int $jobId): Reply {
		$job = $this->daemon->ask($caller, 'GET', 'jobs/' . $jobId);
		$owner = $job->json()['user'] ?? null;
		if (!$job->isGood() || !is_string($owner)) {
			return $job;
		}
		$this->check($caller, $owner);
		$password = $this->passwords->mint($owner, $this->name($jobId));
		$reply = $this->daemon->ask($caller, 'PUT', 'jobs/' . $jobId . '/credentials', body: self::json(['login' => $password->login, 'app_password' => $password->password]));
		if ($reply->isGood()) {
			$this->issued->add($jobId, $owner, $password->tokenId, Destination::ofJob($job->json()));
			$this->issued->told($password->tokenId, (string)($job->json()['state'] ?? ''));
		} else {
			$this->passwords->revoke($owner, $password->tokenId);
		}
		return $reply;
	}

	/** @throws NotAllowed */
	private function check(Caller $caller, string $owner): void {
		$foreign = $owner !== $caller->userId;
		if ($foreign && (!$caller->isAdministrator || !$this->users->userExists($owner))) {
			throw new NotAllowed('only administrators begin jobs for others');
		}
		if (!$this->permission->mayMigrate($caller->userId)) {
			throw new NotAllowed('not in a group that may migrate');
		}
	}

	/** @param array<array-key, mixed> $job as the daemon describes it */
	private function keep(array $job, MintedPassword $password, Caller $caller): void {
		$jobId = (int)($job['id'] ?? 0);
		$this->issued->add($jobId, $password->login, $password->tokenId, Destination::ofJob($job));
		$this->passwords->rename($password->tokenId, $this->name($jobId));
		if ($caller->userId !== $password->login) {
			$this->events->dispatchTyped(new CriticalActionPerformedEvent('Passerelle: "%s" began migration %s for the account "%s"', [$caller->userId, $jobId, $password->login]));
			$this->notices->begunForYou($password->login, $jobId, $caller->userId);
		}
	}

	private function name(int $jobId): string {
		return $this->l10n->t('Passerelle: migration %s', [(string)$jobId]);
	}

	/** @param array<string, mixed> $fields */
	private static function json(array $fields): string {
		return json_encode($fields, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
	}
}
