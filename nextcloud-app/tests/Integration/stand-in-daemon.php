<?php

// SPDX-License-Identifier: AGPL-3.0-or-later
// The router of StandInDaemon, for PHP's own web server.

declare(strict_types=1);

$folder = (string)getenv('STAND_IN_FOLDER');
$target = (string)$_SERVER['REQUEST_URI'];
if ($target === '/ready') {
	echo 'ready';
	return;
}
$request = $_SERVER['REQUEST_METHOD'] . ' ' . preg_replace('#^/api/v1/#', '', (string)strtok($target, '?'));
file_put_contents("$folder/heard", json_encode([
	'request' => $request,
	'user' => $_SERVER['HTTP_X_PASSERELLE_USER'] ?? '',
	'admin' => $_SERVER['HTTP_X_PASSERELLE_ADMIN'] ?? '',
	'secret' => $_SERVER['HTTP_AUTHORIZATION'] ?? '',
	'query' => $_SERVER['QUERY_STRING'] ?? '',
	'body' => json_decode((string)file_get_contents('php://input'), true),
]) . "\n", FILE_APPEND);
$file = "$folder/answer-" . md5($request);
$told = is_file($file) ? json_decode((string)file_get_contents($file), true) : ['status' => 200, 'body' => []];
http_response_code($told['status']);
header('Content-Type: application/json');
echo json_encode($told['body']);
