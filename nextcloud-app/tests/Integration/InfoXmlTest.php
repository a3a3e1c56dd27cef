<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Tests\Integration;

use OCA\Passerelle\Tests\Check;

/** The app's description of itself, by the schema of the very server that it is installed on. */
final class InfoXmlTest extends Check {
	private const OURS = __DIR__ . '/../../appinfo/info.xml';

	public function testItIsValid(): void {
		self::same([], self::faults((string)file_get_contents(self::OURS)));
	}

	public function testTheSchemaRefusesWhatIsWrong(): void {
		$ours = (string)file_get_contents(self::OURS);
		foreach (['<category>files</category>' => '<category>migrations</category>', '<licence>AGPL-3.0-or-later</licence>' => '', '<id>passerelle</id>' => '<id>Passerelle!</id>'] as $part => $wrong) {
			self::same(true, str_contains($ours, $part), $part);
			self::same(false, self::faults(str_replace($part, $wrong, $ours)) === [], $part);
		}
	}

	public function testTheServerIsOneOfThoseThatItNames(): void {
		$info = simplexml_load_file(self::OURS);
		$wanted = $info->dependencies->nextcloud;
		$major = (int)getenv('NEXTCLOUD_VERSION');
		self::same(true, (int)$wanted['min-version'] <= $major && $major <= (int)$wanted['max-version'], "$major");
	}

	public function testWhatItNamesIsThere(): void {
		$info = simplexml_load_file(self::OURS);
		foreach ([...$info->xpath('background-jobs/job') ?: [], ...$info->xpath('commands/command') ?: [], ...$info->xpath('settings/*') ?: [], ...$info->xpath('activity/*/*') ?: []] as $class) {
			self::same(true, is_file(__DIR__ . '/../../lib/' . str_replace(['OCA\\Passerelle\\', '\\'], ['', '/'], (string)$class) . '.php'), (string)$class);
		}
		self::same(true, is_file(__DIR__ . '/../../img/' . $info->navigations->navigation->icon));
	}

	/** @return list<string> what the schema says against it */
	private static function faults(string $xml): array {
		$before = libxml_use_internal_errors(true);
		$document = new \DOMDocument();
		$document->loadXML($xml);
		$document->schemaValidate(getenv('NEXTCLOUD_HOME') . '/server/resources/app-info.xsd');
		$faults = array_map(static fn (\LibXMLError $fault): string => trim($fault->message), libxml_get_errors());
		libxml_clear_errors();
		libxml_use_internal_errors($before);
		return $faults;
	}
}
