// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Job } from './api/types'

type Statement = Job['statement']
const SUMS = ['seen', 'done', 'skipped', 'failed', 'pending'] as const

/** Of several migrations together; it adds up as each of them does. */
export function sumOf(statements: Statement[]): Statement {
	const none = { items: 0, bytes: 0 }
	const sum: Statement = { seen: none, done: none, skipped: none, failed: none, pending: none, converted: 0, retryable: 0, arrived_bytes: 0 }
	for (const one of statements) {
		for (const name of SUMS) sum[name] = { items: sum[name].items + one[name].items, bytes: sum[name].bytes + one[name].bytes }
		sum.converted += one.converted
		sum.retryable += one.retryable
		sum.arrived_bytes += one.arrived_bytes
	}
	return sum
}
