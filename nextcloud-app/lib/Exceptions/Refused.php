<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Exceptions;

/** One part cannot be taken in; the others can. */
final class Refused extends \RuntimeException {
	public function __construct(
		public readonly Refusal $refusal,
		string $message = '',
		?\Throwable $previous = null,
	) {
		parent::__construct($message, 0, $previous);
	}

	/** What an exception of the server's own says about a part. */
	public static function because(\Throwable $cause): self {
		if ($cause instanceof self) {
			return $cause;
		}
		$refusal = match (true) {
			$cause instanceof \OCP\Lock\LockedException => Refusal::Locked,
			$cause instanceof \OCP\Files\InvalidPathException => Refusal::NameRefused,
			$cause instanceof \OCP\Files\NotEnoughSpaceException => Refusal::QuotaExceeded,
			$cause instanceof \OCP\Files\NotPermittedException,
			$cause instanceof \OCP\Files\ForbiddenException => Refusal::Forbidden,
			default => Refusal::Failed,
		};
		return new self($refusal, $refusal === Refusal::Failed ? '' : $cause->getMessage(), $cause);
	}
}
