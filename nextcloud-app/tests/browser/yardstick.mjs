// SPDX-License-Identifier: AGPL-3.0-or-later
// How fast this machine is now: what is promised of a quiet one is held to it, and a slow or busy one is allowed more.

/** What the page's own thread has worked so far, in milliseconds of its own: what else the machine does is not among it. */
export async function clockOf(page) {
	const devtools = await page.context().newCDPSession(page)
	await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
	return async () => {
		const { metrics } = await devtools.send('Performance.getMetrics')
		return 1000 * metrics.find(metric => metric.name === 'TaskDuration').value
	}
}

/** What a known piece of work costs in the page, in milliseconds of that clock: it grows as the page's own work does. */
export async function yardstick(page, clock) {
	const costs = []
	for (let number = 0; number < 5; number++) {
		const before = await clock()
		await page.evaluate(() => {
			const lines = JSON.parse(JSON.stringify(Array.from({ length: 20_000 }, (_, id) => ({ id, name: `Feuille ${id}` }))))
			return new Map(lines.map(line => [line.name, line])).size
		})
		costs.push(await clock() - before)
	}
	return costs.sort((one, other) => one - other)[2]
}

/** What is promised, or so many yardsticks where this one is long. */
export const allowed = ({ milliseconds, yards }, yard) => Math.max(milliseconds, yards * yard)
