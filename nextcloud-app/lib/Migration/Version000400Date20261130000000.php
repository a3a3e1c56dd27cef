<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Migration;

use Closure;
use OCA\Passerelle\Jobs\BridgePasswords;
use OCA\Passerelle\Jobs\IssuedPasswords;
use OCP\DB\ISchemaWrapper;
use OCP\DB\Types;
use OCP\Migration\IOutput;
use OCP\Migration\SimpleMigrationStep;

/** Where the job or bridge of an app password may act; nothing in rows from before. */
final class Version000400Date20261130000000 extends SimpleMigrationStep {
	private const COLUMN = 'destination';

	public function changeSchema(IOutput $output, Closure $schemaClosure, array $options): ?ISchemaWrapper {
		/** @var ISchemaWrapper $schema */
		$schema = $schemaClosure();
		$changed = false;
		foreach ([IssuedPasswords::TABLE, BridgePasswords::TABLE] as $name) {
			$table = $schema->getTable($name);
			if (!$table->hasColumn(self::COLUMN)) {
				$table->addColumn(self::COLUMN, Types::TEXT, ['notnull' => false]);
				$changed = true;
			}
		}
		return $changed ? $schema : null;
	}
}
