<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Jobs;

use OC\Authentication\Token\IProvider;
use OCA\Passerelle\Exceptions\NotAllowed;
use OCP\AppFramework\Db\DoesNotExistException;
use OCP\Authentication\Exceptions\InvalidTokenException;
use OCP\Authentication\Token\IToken;
use OCP\ISession;
use OCP\Security\ISecureRandom;

/**
 * App passwords made by the server itself, without asking the person for theirs, and which of them is in use. The one place
 * that uses a class of the server that is not public: nothing public makes one, or tells its id (as of 34).
 */
final class AppPasswords {
	private const LENGTH = 72;
	/** Where the server notes the app password that somebody logged in with, by Basic or Bearer, and also for the cookies that follow. */
	private const MARK = 'app_password';

	public function __construct(
		private IProvider $tokens,
		private ISecureRandom $random,
		private ISession $session,
	) {
	}

	/** The name is what the person reads among their devices and sessions. */
	public function mint(string $userId, string $name): MintedPassword {
		$password = $this->random->generate(self::LENGTH, ISecureRandom::CHAR_HUMAN_READABLE);
		$token = $this->tokens->generateToken($password, $userId, $userId, null, $name, IToken::PERMANENT_TOKEN);
		return new MintedPassword($token->getId(), $userId, $password);
	}

	public function rename(int $tokenId, string $name): void {
		try {
			$token = $this->tokens->getTokenById($tokenId);
			$token->setName($name);
			$this->tokens->updateToken($token);
		} catch (InvalidTokenException) {
			// Revoked meanwhile: there is nothing to name.
		}
	}

	/**
	 * The one with which the request came that is being answered; nothing: it came by another way.
	 *
	 * @throws NotAllowed it was revoked at this moment
	 */
	public function inUse(): ?int {
		$password = $this->session->get(self::MARK);
		if ($password === null) {
			return null;
		}
		try {
			return $this->tokens->getToken((string)$password)->getId();
		} catch (InvalidTokenException) {
			throw new NotAllowed('the app password is no more');
		}
	}

	/** Whether nobody has revoked it. */
	public function isThere(int $tokenId): bool {
		try {
			$this->tokens->getTokenById($tokenId);
			return true;
		} catch (InvalidTokenException) {
			return false;
		}
	}

	public function revoke(string $userId, int $tokenId): void {
		try {
			$this->tokens->invalidateTokenById($userId, $tokenId);
		} catch (DoesNotExistException|InvalidTokenException) {
			// Its owner was faster.
		}
	}
}
