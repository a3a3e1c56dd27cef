<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Tests\Unit;

use OCA\Passerelle\Jobs\Destination;
use OCA\Passerelle\Tests\Check;

/** Which paths lie in a job's destination. */
final class DestinationTest extends Check {
	public function testHoldsItselfAndWhatLiesInIt(): void {
		$drive = self::chosen('Associations/Drive');
		foreach (['Associations/Drive', '/Associations/Drive', 'Associations/Drive/', '/Associations/Drive/a', 'Associations//Drive/./a/b.txt'] as $path) {
			self::same(true, $drive->holds($path), $path);
		}
		foreach (['', '/', '.', 'Associations', 'Associations/Drive2', 'Associations/Drive2/a', 'Associations/Driv', 'Drive/a', 'Associations/drive/a', 'x/Associations/Drive/a', 'Associations/ Drive/a'] as $path) {
			self::same(false, $drive->holds($path), $path);
		}
	}

	public function testLeavesNoWayOut(): void {
		foreach ([self::chosen('Drive'), self::chosen('..'), self::chosen('.'), self::chosen('/'), self::chosen('Drive/..')] as $destination) {
			foreach (['..', 'Drive/..', 'Drive/../a', '/Drive/../../a', 'Drive\\..\\a', 'Drive\\..', '../Drive/a', "Drive/\xff", "\xff", 'a'] as $path) {
				self::same(false, $destination->holds($path), $path);
			}
		}
		self::same(false, self::chosen("\xff")->holds('a'));
	}

	public function testComparesInNfc(): void {
		self::same(true, self::chosen("Comptabilit\u{e9}")->holds("Comptabilite\u{301}/budget.ods"));
		self::same(true, self::chosen("Comptabilite\u{301}")->holds("Comptabilit\u{e9}/budget.ods"));
		self::same(false, self::chosen("Comptabilit\u{e9}")->holds('Comptabilite/budget.ods'));
	}

	public function testAnEmptyOneIsAllOfTheFiles(): void {
		foreach (['a', 'a/b', ''] as $path) {
			self::same(true, self::chosen('')->holds($path), $path);
		}
	}

	public function testTeamFoldersAreDestinationsToo(): void {
		$destination = self::chosen('Drive', [['folder' => 'Bureau', 'name' => 'Le bureau'], ['folder' => 'Fête', 'name' => '']]);
		self::same([true, true, false, false], array_map($destination->holds(...), ['Drive/a', 'Le bureau/a', 'Bureau/a', 'a']));
	}

	public function testWhatADaemonDoesNotTellIsNowhere(): void {
		foreach ([[], ['choices' => 'x'], ['choices' => ['destination' => 7]], ['choices' => ['team_folders' => ['x', ['name' => 7]]]]] as $job) {
			self::same([false, false], array_map(Destination::ofJob($job)->holds(...), ['', 'a']));
		}
	}

	public function testIsWhatWasWrittenDown(): void {
		$kept = static fn (Destination $one): Destination => Destination::ofRow(['destination' => $one->toText()]);
		$destination = $kept(self::chosen('Été/Drive', [['folder' => 'b', 'name' => 'Bureau']]));
		self::same([true, true, false], array_map($destination->holds(...), ['Été/Drive/a', 'Bureau/a', 'a']));
		self::same(true, $kept(Destination::everything())->holds('a'));
		self::same(false, $kept(Destination::ofJob([]))->holds('a'));
		self::same(false, Destination::ofRow(['destination' => ''])->holds('a'));
		self::same(true, Destination::ofRow(['destination' => null])->holds('a'), 'from before it was kept');
	}

	public function testGrows(): void {
		$both = self::chosen('Drive')->with(self::chosen('Photos'))->with(self::chosen('Drive'));
		self::same('["Drive","Photos"]', $both->toText());
		self::same([true, true, false], array_map($both->holds(...), ['Drive/a', 'Photos/a', 'a']));
	}

	/** @param list<array<string, string>> $teamFolders */
	private static function chosen(string $destination, array $teamFolders = []): Destination {
		return Destination::ofJob(['choices' => ['destination' => $destination, 'team_folders' => $teamFolders]]);
	}
}
