<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Migration;

use Closure;
use OCA\Passerelle\Jobs\BridgePasswords;
use OCP\DB\ISchemaWrapper;
use OCP\DB\Types;
use OCP\Migration\IOutput;
use OCP\Migration\SimpleMigrationStep;

/** The table of app passwords that were made for bridges. */
final class Version000300Date20261126000000 extends SimpleMigrationStep {
	public function changeSchema(IOutput $output, Closure $schemaClosure, array $options): ?ISchemaWrapper {
		/** @var ISchemaWrapper $schema */
		$schema = $schemaClosure();
		if ($schema->hasTable(BridgePasswords::TABLE)) {
			return null;
		}
		$table = $schema->createTable(BridgePasswords::TABLE);
		$table->addColumn('id', Types::BIGINT, ['autoincrement' => true, 'notnull' => true]);
		$table->addColumn('bridge_id', Types::BIGINT, ['notnull' => true]);
		$table->addColumn('user_id', Types::STRING, ['notnull' => true, 'length' => 64]);
		$table->addColumn('token_id', Types::BIGINT, ['notnull' => true]);
		$table->addColumn('told', Types::STRING, ['notnull' => false, 'length' => 64, 'default' => '']);
		$table->setPrimaryKey(['id']);
		return $schema;
	}
}
