<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Command;

use OCA\Passerelle\Daemon\Caller;
use OCA\Passerelle\Daemon\Daemon;
use OCA\Passerelle\Exceptions\DaemonUnreachable;
use OCA\Passerelle\Exceptions\NotPaired;
use Symfony\Component\Console\Command\Command;
use Symfony\Component\Console\Input\InputInterface;
use Symfony\Component\Console\Output\OutputInterface;

/** `occ passerelle:status` */
final class Status extends Command {
	public function __construct(
		private Daemon $daemon,
	) {
		parent::__construct();
	}

	protected function configure(): void {
		$this->setName('passerelle:status')->setDescription('Tells whether the Passerelle service answers, and what it does');
	}

	protected function execute(InputInterface $input, OutputInterface $output): int {
		try {
			$reply = $this->daemon->ask(new Caller('', true), 'GET', 'health', language: 'en');
		} catch (NotPaired) {
			$output->writeln('<error>Not paired: run "passerelle pair" on the server, then "occ passerelle:pair".</error>');
			return self::FAILURE;
		} catch (DaemonUnreachable $cause) {
			$output->writeln('<error>The service does not answer: ' . $cause->getMessage() . '</error>');
			return self::FAILURE;
		}
		if (!$reply->isGood()) {
			$output->writeln('<error>The service answered with status ' . $reply->status . '</error>');
			return self::FAILURE;
		}
		$output->writeln(json_encode($reply->json(), JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR));
		return self::SUCCESS;
	}
}
