<?php

// SPDX-License-Identifier: AGPL-3.0-or-later

declare(strict_types=1);

namespace OCA\Passerelle\Tests;

/** A runner for tests that needs nothing but PHP: a class's public methods that begin with "test", each on a new object. */
abstract class Check {
	private static int $failures = 0;
	private static int $checks = 0;
	private static string $running = '';

	protected function setUp(): void {
	}

	/** @param class-string<Check> ...$classes */
	public static function run(string ...$classes): int {
		foreach ($classes as $class) {
			foreach (get_class_methods($class) as $method) {
				if (!str_starts_with($method, 'test')) {
					continue;
				}
				self::$running = substr((string)strrchr($class, '\\'), 1) . '::' . $method;
				try {
					$test = new $class();
					$test->setUp();
					$test->$method();
				} catch (\Throwable $cause) {
					self::fail(get_class($cause) . ': ' . $cause->getMessage() . ' at ' . $cause->getFile() . ':' . $cause->getLine());
				}
			}
		}
		fprintf(STDERR, "%d checks, %d failures\n", self::$checks, self::$failures);
		return self::$failures === 0 && self::$checks > 0 ? 0 : 1;
	}

	protected static function same(mixed $expected, mixed $actual, string $what = ''): void {
		++self::$checks;
		if ($expected !== $actual) {
			self::fail(trim("$what: expected " . var_export($expected, true) . ', got ' . var_export($actual, true), ': '));
		}
	}

	/** @param callable(): mixed $act */
	protected static function refuses(string $class, callable $act): \Throwable {
		++self::$checks;
		try {
			$act();
		} catch (\Throwable $thrown) {
			if (!$thrown instanceof $class) {
				self::fail("expected $class, got " . get_class($thrown) . ': ' . $thrown->getMessage());
			}
			return $thrown;
		}
		self::fail("expected $class");
		return new \RuntimeException();
	}

	private static function fail(string $message): void {
		++self::$failures;
		fprintf(STDERR, "%s: %s\n", self::$running, $message);
	}
}
