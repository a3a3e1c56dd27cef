<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Middleware;

use OCA\Passerelle\Controller\Problems;
use OCA\Passerelle\Exceptions\NotAllowed;
use OCP\AppFramework\Controller;
use OCP\AppFramework\Http\Attribute\PasswordConfirmationRequired;
use OCP\AppFramework\Http\Response;
use OCP\AppFramework\Middleware;
use OCP\ISession;

/**
 * What asks for the password itself takes no app password instead. The server sees to that from 33 on; 31 and 32 let a
 * request without a session of its own through, and an app password that was lost could then pair another service.
 */
final class NoAppPasswords extends Middleware {
	/** Where the server notes that somebody logged in with an app password. */
	private const MARK = 'app_password';

	public function __construct(
		private ISession $session,
		private Problems $problems,
	) {
	}

	/** @throws NotAllowed */
	public function beforeController(Controller $controller, string $methodName): void {
		$method = new \ReflectionMethod($controller, $methodName);
		if ($method->getAttributes(PasswordConfirmationRequired::class) !== [] && $this->session->exists(self::MARK)) {
			throw new NotAllowed('an app password confirms nothing');
		}
	}

	public function afterException(Controller $controller, string $methodName, \Exception $exception): Response {
		if ($exception instanceof NotAllowed) {
			return $this->problems->for($exception);
		}
		throw $exception;
	}
}
