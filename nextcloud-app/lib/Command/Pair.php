<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Command;

use OCA\Passerelle\Daemon\Pairing;
use OCA\Passerelle\Daemon\PairingStore;
use OCA\Passerelle\Exceptions\NoPairingCode;
use Symfony\Component\Console\Command\Command;
use Symfony\Component\Console\Input\InputArgument;
use Symfony\Component\Console\Input\InputInterface;
use Symfony\Component\Console\Output\OutputInterface;

/** `occ passerelle:pair CODE` */
final class Pair extends Command {
	public function __construct(
		private PairingStore $pairings,
	) {
		parent::__construct();
	}

	protected function configure(): void {
		$this->setName('passerelle:pair')
			->setDescription('Connects this server to the Passerelle service')
			->addArgument('code', InputArgument::OPTIONAL, 'What "passerelle pair" printed; without it, it is read from standard input, so that it stays out of the shell\'s history');
	}

	protected function execute(InputInterface $input, OutputInterface $output): int {
		$code = $input->getArgument('code') ?? fgets(STDIN);
		try {
			$this->pairings->set(Pairing::fromCode(is_string($code) ? $code : ''));
		} catch (NoPairingCode) {
			$output->writeln('<error>This is not a pairing code. Copy the whole line that "passerelle pair" prints.</error>');
			return self::FAILURE;
		}
		$output->writeln('Paired. "occ passerelle:status" shows whether the service answers.');
		return self::SUCCESS;
	}
}
