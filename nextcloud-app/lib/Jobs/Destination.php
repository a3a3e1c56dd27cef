<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Jobs;

use OCP\Files\Folder;

/** Where one job may act: folders below the person's files, each with all that lies in it. A value. */
final class Destination {
	/** @param list<string> $folders an empty one: all of the person's files */
	private function __construct(
		private array $folders,
	) {
	}

	public static function everything(): self {
		return new self(['']);
	}

	/**
	 * The folder that was chosen, and the team folders into which some folders of the export go instead. A daemon that tells neither
	 * means nowhere.
	 *
	 * @param array<array-key, mixed> $job as the daemon describes it
	 */
	public static function ofJob(array $job): self {
		$choices = is_array($job['choices'] ?? null) ? $job['choices'] : [];
		$places = is_array($choices['team_folders'] ?? null) ? array_filter($choices['team_folders'], is_array(...)) : [];
		$teamFolders = array_filter(array_column($places, 'name'), static fn (mixed $name): bool => $name !== '');
		return new self(array_values(array_filter([$choices['destination'] ?? null, ...array_values($teamFolders)], is_string(...))));
	}

	/**
	 * As toText() wrote it. Rows from before there was this column tell nothing, and bind to nothing.
	 *
	 * @param array<string, mixed> $row of one of the two tables of app passwords
	 */
	public static function ofRow(array $row): self {
		if (!isset($row['destination'])) {
			return self::everything();
		}
		$folders = json_decode((string)$row['destination'], true);
		return new self(is_array($folders) ? array_values(array_filter($folders, is_string(...))) : []);
	}

	public function toText(): string {
		return json_encode($this->folders, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE);
	}

	public function with(self $other): self {
		return new self(array_values(array_unique([...$this->folders, ...$other->folders])));
	}

	/**
	 * As the daemon finds it: where no folder has the chosen spelling, one that differs by case alone is meant.
	 *
	 * @param Folder $files all of the person's
	 */
	public function asItStandsIn(Folder $files): self {
		if ($this->isEverything()) {
			return $this;
		}
		return $this->with(new self(array_map(static fn (string $folder): string => self::standing($folder, $files), $this->folders)));
	}

	/** Whether the path below the person's files is one of the folders, or lies in one. */
	public function holds(string $path): bool {
		if ($this->isEverything()) {
			return true;
		}
		$names = self::names($path);
		foreach ($this->folders as $folder) {
			$above = self::names($folder);
			if ($above !== [] && array_slice($names, 0, count($above)) === $above) {
				return true;
			}
		}
		return false;
	}

	private function isEverything(): bool {
		return in_array('', $this->folders, true);
	}

	private static function standing(string $wanted, Folder $files): string {
		if ($files->nodeExists($wanted)) {
			return $wanted;
		}
		$names = self::names($wanted);
		$above = $files;
		foreach ($names as $at => $name) {
			$names[$at] = $above->nodeExists($name) ? $name : self::alike($name, $above);
			$next = $above->nodeExists($names[$at]) ? $above->get($names[$at]) : null;
			if (!$next instanceof Folder) {
				break;
			}
			$above = $next;
		}
		return implode('/', $names);
	}

	private static function alike(string $name, Folder $above): string {
		foreach ($above->getDirectoryListing() as $node) {
			if (mb_convert_case($node->getName(), MB_CASE_FOLD, 'UTF-8') === mb_convert_case($name, MB_CASE_FOLD, 'UTF-8')) {
				return $node->getName();
			}
		}
		return $name;
	}

	/**
	 * The server takes a backslash for a slash, and what stands between two slashes for nothing.
	 *
	 * @return list<string> in NFC; none where the path is no plain one
	 */
	private static function names(string $path): array {
		$text = \Normalizer::normalize(strtr($path, '\\', '/'), \Normalizer::FORM_C);
		$names = array_values(array_filter(explode('/', (string)$text), static fn (string $name): bool => $name !== '' && $name !== '.'));
		return in_array('..', $names, true) ? [] : $names;
	}
}
