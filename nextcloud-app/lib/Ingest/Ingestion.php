<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Ingest;

use OCA\Passerelle\Exceptions\MalformedBatch;
use OCA\Passerelle\Exceptions\Refusal;
use OCA\Passerelle\Exceptions\Refused;
use OCA\Passerelle\Jobs\Destination;
use Psr\Log\LoggerInterface;

/** Takes one batch in, each part in the way that fits it. */
final class Ingestion {
	/** @var list<Outcome|string> in the parts' order; a path where the direct batch has the word */
	private array $outcomes = [];
	private ?string $malformed = null;

	/** @param list<string> $foreignPlaces */
	public function __construct(
		private ?DirectBatch $direct,
		private OrdinaryWriter $ordinary,
		private array $foreignPlaces,
		private Destination $destination,
		private LoggerInterface $logger,
	) {
	}

	/** Reads all there is; what came before a fault in the body is taken in. */
	public function run(MultipartReader $parts): Answer {
		try {
			$this->takeAll($parts);
			$committed = $this->direct?->commit() ?? [];
		} catch (\Throwable $cause) {
			$this->logger->error('A batch could not be taken in', ['app' => 'passerelle', 'exception' => $cause]);
			$committed = null;
		} finally {
			$this->direct?->release();
		}
		$files = [];
		foreach ($this->outcomes as $outcome) {
			$files[] = $outcome instanceof Outcome ? $outcome
				: $committed[$outcome] ?? Outcome::refused($outcome, Refused::because(new \RuntimeException()));
		}
		return new Answer($files, $this->malformed);
	}

	private function takeAll(MultipartReader $parts): void {
		try {
			while (($part = $parts->next()) !== null) {
				$this->outcomes[] = $this->take($part);
			}
		} catch (MalformedBatch $malformed) {
			$this->malformed = $malformed->getMessage();
		}
	}

	private function take(Part $part): Outcome|string {
		$path = ltrim($part->headers['x-file-path'] ?? '', '/');
		try {
			$wanted = Wanted::by($part);
			$path = $wanted->target->path;
			if (!$this->destination->holds($path)) {
				throw new Refused(Refusal::Outside, Refusal::OUTSIDE);
			}
			$direct = $wanted->replaces === null && !$this->liesElsewhere($path) ? $this->direct : null;
			if ($wanted->folder) {
				return $direct?->folder($wanted) ?? $this->ordinary->folder($wanted);
			}
			return $direct === null ? $this->ordinary->write($wanted, $part) : $direct->stage($wanted, $part) ?? $path;
		} catch (MalformedBatch $malformed) {
			throw $malformed;
		} catch (\Throwable $cause) {
			$refused = Refused::because($cause);
			if ($refused->refusal === Refusal::Failed) {
				$this->logger->error('A file could not be taken in', ['app' => 'passerelle', 'exception' => $cause]);
			}
			return Outcome::refused($path, $refused);
		}
	}

	private function liesElsewhere(string $path): bool {
		foreach ($this->foreignPlaces as $place) {
			if ($path === $place || str_starts_with($path, $place . '/')) {
				return true;
			}
		}
		return false;
	}
}
