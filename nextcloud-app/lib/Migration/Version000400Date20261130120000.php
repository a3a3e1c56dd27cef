<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Migration;

use Closure;
use OCA\Passerelle\Jobs\ToldEnds;
use OCP\DB\ISchemaWrapper;
use OCP\DB\Types;
use OCP\Migration\IOutput;
use OCP\Migration\SimpleMigrationStep;

/** The table of jobs whose end has been told. */
final class Version000400Date20261130120000 extends SimpleMigrationStep {
	public function changeSchema(IOutput $output, Closure $schemaClosure, array $options): ?ISchemaWrapper {
		/** @var ISchemaWrapper $schema */
		$schema = $schemaClosure();
		if ($schema->hasTable(ToldEnds::TABLE)) {
			return null;
		}
		$table = $schema->createTable(ToldEnds::TABLE);
		$table->addColumn('id', Types::BIGINT, ['autoincrement' => true, 'notnull' => true]);
		$table->addColumn('job_id', Types::BIGINT, ['notnull' => true]);
		$table->addColumn('begun', Types::STRING, ['notnull' => false, 'length' => 64, 'default' => '']);
		$table->setPrimaryKey(['id']);
		$table->addUniqueIndex(['job_id', 'begun'], 'passerelle_ends_job');
		return $schema;
	}
}
