<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Controller;

use OCA\Passerelle\AppInfo\Application;
use OCA\Passerelle\Daemon\Callers;
use OCA\Passerelle\Daemon\Daemon;
use OCA\Passerelle\Daemon\KnownPaths;
use OCA\Passerelle\Daemon\Reply;
use OCA\Passerelle\Exceptions\NotAllowed;
use OCA\Passerelle\Jobs\Destinations;
use OCA\Passerelle\Jobs\EndedJobs;
use OCP\AppFramework\Controller;
use OCP\AppFramework\Http\Attribute\FrontpageRoute;
use OCP\AppFramework\Http\Attribute\NoAdminRequired;
use OCP\AppFramework\Http\DataDownloadResponse;
use OCP\AppFramework\Http\DataDisplayResponse;
use OCP\AppFramework\Http\Response;
use OCP\IRequest;
use OCP\L10N\IFactory;

/**
 * Hands the page's requests on to the daemon, which decides who may see which job. Who asks comes from the session.
 *
 * Only what is known goes through: KnownPaths, and the query's plain values. What needs more than handing on (an
 * app password) is JobController's.
 */
final class DaemonController extends Controller {
	private const MOST_BODY_BYTES = 4 * 1024 * 1024;

	public function __construct(
		IRequest $request,
		private Daemon $daemon,
		private Callers $callers,
		private EndedJobs $ended,
		private Destinations $destinations,
		private Problems $problems,
		private IFactory $languages,
		private ?string $userId,
	) {
		parent::__construct(Application::APP_ID, $request);
	}

	#[NoAdminRequired]
	#[FrontpageRoute(verb: 'GET', url: '/api/{path}', requirements: ['path' => '.+'])]
	public function get(string $path): Response {
		return $this->handOn('GET', $path, false);
	}

	#[NoAdminRequired]
	#[FrontpageRoute(verb: 'POST', url: '/api/{path}', requirements: ['path' => '.+'])]
	public function post(string $path): Response {
		return $this->handOn('POST', $path, true);
	}

	#[NoAdminRequired]
	#[FrontpageRoute(verb: 'PUT', url: '/api/{path}', requirements: ['path' => '.+'])]
	public function put(string $path): Response {
		return $this->handOn('PUT', $path, true);
	}

	#[NoAdminRequired]
	#[FrontpageRoute(verb: 'PATCH', url: '/api/{path}', requirements: ['path' => '.+'])]
	public function patch(string $path): Response {
		return $this->handOn('PATCH', $path, true);
	}

	#[NoAdminRequired]
	#[FrontpageRoute(verb: 'DELETE', url: '/api/{path}', requirements: ['path' => '.+'])]
	public function delete(string $path): Response {
		return $this->handOn('DELETE', $path, false);
	}

	private function handOn(string $method, string $path, bool $withBody): Response {
		try {
			$caller = $this->callers->of($this->userId);
			if (!KnownPaths::has($method, $path)) {
				throw new NotAllowed('no such path of the daemon');
			}
			$body = $withBody ? (string)file_get_contents('php://input', length: self::MOST_BODY_BYTES) : null;
			$type = $this->request->getHeader('Content-Type') ?: 'application/json';
			$reply = $this->daemon->ask($caller, $method, $path, $this->query(), $body, $type, $this->languages->findLanguage(Application::APP_ID));
			if ($method === 'GET' && KnownPaths::isJob($path) && $reply->isGood()) {
				$this->ended->noticed($reply->json());
			}
			if (KnownPaths::isChoice($method, $path) && $reply->isGood()) {
				$this->destinations->chosen($reply->json());
			}
			return $this->answer($reply);
		} catch (\Throwable $cause) {
			return $this->problems->for($cause);
		}
	}

	/** @return array<string, string> */
	private function query(): array {
		parse_str((string)($this->request->server['QUERY_STRING'] ?? ''), $query);
		unset($query['requesttoken'], $query['path'], $query['_route']);
		return array_filter($query, is_string(...));
	}

	private function answer(Reply $reply): Response {
		if (str_starts_with($reply->contentType, 'text/html') || str_starts_with($reply->contentType, 'text/csv') || str_contains($reply->contentType, 'opendocument')) {
			// Never shown by this server as a page of its own: always a file that is saved.
			$ending = match (true) {
				str_starts_with($reply->contentType, 'text/csv') => 'csv',
				str_contains($reply->contentType, 'opendocument') => 'ods',
				default => 'html',
			};
			return new DataDownloadResponse($reply->body, 'passerelle.' . $ending, $reply->contentType);
		}
		return new DataDisplayResponse($reply->body, $reply->status, ['Content-Type' => $reply->contentType]);
	}
}
