<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Controller;

use OCA\Passerelle\AppInfo\Application;
use OCA\Passerelle\Daemon\Pairing;
use OCA\Passerelle\Daemon\PairingStore;
use OCA\Passerelle\Jobs\Accounts;
use OCA\Passerelle\Jobs\Permission;
use OCP\AppFramework\Controller;
use OCP\AppFramework\Http\Attribute\FrontpageRoute;
use OCP\AppFramework\Http\Attribute\PasswordConfirmationRequired;
use OCP\AppFramework\Http\JSONResponse;
use OCP\IRequest;

/** What only administrators set on the page's side. */
final class AdministrationController extends Controller {
	public function __construct(
		IRequest $request,
		private PairingStore $pairings,
		private Permission $permission,
		private Accounts $accounts,
		private Problems $problems,
	) {
		parent::__construct(Application::APP_ID, $request);
	}

	#[PasswordConfirmationRequired]
	#[FrontpageRoute(verb: 'PUT', url: '/pairing')]
	public function pair(string $code): JSONResponse {
		try {
			$pairing = Pairing::fromCode($code);
		} catch (\InvalidArgumentException $cause) {
			return $this->problems->for($cause);
		}
		$this->pairings->set($pairing);
		return new JSONResponse(['address' => $pairing->address]);
	}

	#[PasswordConfirmationRequired]
	#[FrontpageRoute(verb: 'DELETE', url: '/pairing')]
	public function unpair(): JSONResponse {
		$this->pairings->forget();
		return new JSONResponse(['address' => '']);
	}

	/**
	 * Whose the addresses of a Workspace export are here, and which accounts there are to choose from.
	 *
	 * @param list<string> $addresses
	 */
	#[FrontpageRoute(verb: 'POST', url: '/accounts')]
	public function accounts(array $addresses): JSONResponse {
		$texts = array_slice(array_values(array_filter($addresses, is_string(...))), 0, Accounts::MOST_ADDRESSES);
		return new JSONResponse(['addresses' => array_map($this->accounts->of(...), $texts), 'accounts' => $this->accounts->all()]);
	}

	/** @param list<string> $groups empty: everybody may migrate */
	#[FrontpageRoute(verb: 'PUT', url: '/groups')]
	public function allow(array $groups): JSONResponse {
		$this->permission->allow(array_values(array_filter($groups, is_string(...))));
		return new JSONResponse(['groups' => $this->permission->groups()]);
	}
}
