<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Jobs;

use OC\Authentication\Token\IProvider;
use OCP\AppFramework\Db\DoesNotExistException;
use OCP\Authentication\Exceptions\InvalidTokenException;
use OCP\Authentication\Token\IToken;
use OCP\Security\ISecureRandom;

/**
 * App passwords made by the server itself, without asking the person for theirs. The one place that uses a class of the
 * server that is not public: nothing public makes one (as of 34).
 */
final class AppPasswords {
	private const LENGTH = 72;

	public function __construct(
		private IProvider $tokens,
		private ISecureRandom $random,
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
