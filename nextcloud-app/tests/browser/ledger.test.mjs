// SPDX-License-Identifier: AGPL-3.0-or-later
// A hundred thousand lines in the browser: the page stays quick, draws only what is in sight, and the last line can be reached.
import assert from 'node:assert/strict'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { launch, logIn, open } from './session.mjs'

const LINES = 100_000
const MOST_MILLISECONDS = 30 // a frame, of the page's own work
const MOST_ROWS = 60 // in the document
const inbox = `${process.env.PASSERELLE_INBOX}/alice`
let browser

before(async () => { browser = await launch() })
after(() => browser.close())

/** A tar archive of empty files. */
function archive(count) {
	const blocks = Buffer.alloc((count + 2) * 512)
	for (let index = 0; index < count; index++) {
		const at = index * 512
		blocks.write(`Archives/${2000 + index % 20}/Dossier ${Math.floor(index / 400)}/Feuille de présence ${String(index).padStart(6, '0')}.txt`, at, 100, 'utf8')
		blocks.write('0000644\0', at + 100)
		blocks.write('0000000\0', at + 108)
		blocks.write('0000000\0', at + 116)
		blocks.write('00000000000\0', at + 124)
		blocks.write('14000000000\0', at + 136)
		blocks.write('        0', at + 148)
		blocks.write('ustar\x0000', at + 257)
		const sum = blocks.subarray(at, at + 512).reduce((total, byte) => total + byte, 0)
		blocks.write(sum.toString(8).padStart(6, '0') + '\0 ', at + 148)
	}
	return gzipSync(blocks, { level: 1 })
}

/** What the page asks its server, as the page does. */
const ask = (page, method, path, body) => page.evaluate(async ([method, path, body]) => {
	const answer = await fetch('/index.php/apps/passerelle/' + path, {
		method, body: body && JSON.stringify(body),
		headers: { requesttoken: document.head.dataset.requesttoken, 'content-type': 'application/json' },
	})
	return answer.json()
}, [method, path, body])

/** What the page's own thread has worked so far, in milliseconds of its own: what else the machine does is not among it. */
async function clockOf(page) {
	const devtools = await page.context().newCDPSession(page)
	await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
	return async () => {
		const { metrics } = await devtools.send('Performance.getMetrics')
		return 1000 * metrics.find(metric => metric.name === 'TaskDuration').value
	}
}

/**
 * Scrolls by so many windows a frame, for as many frames or until the line with that index is drawn. Answers the line that was last,
 * how many were drawn at once, what a frame cost the page's thread, and the longest tasks as a clock on the wall tells them.
 */
async function scroll(page, worked, { windows, frames, index }) {
	const before = await worked()
	const told = await page.evaluate(async ({ windows, frames, index }) => {
		const scroller = document.querySelector('.scroller')
		const tasks = []
		const observer = new PerformanceObserver(list => tasks.push(...list.getEntries().map(entry => entry.duration)))
		observer.observe({ type: 'longtask' })
		const drawn = () => [...scroller.querySelectorAll('[data-index]')].map(line => Number(line.dataset.index))
		let rows = 0
		let frame = 0
		for (const began = performance.now(); frame < frames && !drawn().includes(index) && performance.now() - began < 240_000; frame++) {
			scroller.scrollTop += windows * scroller.clientHeight
			await new Promise(requestAnimationFrame)
			rows = Math.max(rows, drawn().length)
		}
		observer.disconnect()
		return { last: Math.max(...drawn()), rows, frames: frame, tasks: tasks.sort((one, other) => other - one).slice(0, 5) }
	}, { windows, frames, index })
	return { ...told, cost: (await worked() - before) / told.frames }
}

test('a hundred thousand lines scroll smoothly, to the last one', { timeout: 600_000 }, async context => {
	mkdirSync(inbox, { recursive: true })
	writeFileSync(`${inbox}/.registre`, archive(LINES))
	renameSync(`${inbox}/.registre`, `${inbox}/registre.tgz`)
	const page = await logIn(browser, 'alice')
	await open(page, '/')
	const job = await ask(page, 'POST', 'jobs', { parts: [{ place: 'inbox', path: 'registre.tgz' }], choices: { destination: 'Registre' } })
	assert.ok(job.id, JSON.stringify(job))
	let now = job
	for (const begun = Date.now(); now.state === 'planning' && Date.now() - begun < 300_000;) now = await ask(page, 'GET', `api/jobs/${job.id}`)
	assert.equal(now.state, 'review', JSON.stringify(now.stopped_by))
	const count = now.statement.seen.items
	assert.ok(count >= LINES)

	await open(page, `/jobs/${job.id}/review`)
	await page.locator('.scroller').getByRole('listitem').first().waitFor()
	const worked = await clockOf(page)
	const first = await scroll(page, worked, { windows: 0.5, frames: 200 })
	// As somebody comes to the end who draws the bar down again and again.
	const whole = await scroll(page, worked, { windows: count, frames: Infinity, index: count - 1 })
	const back = await scroll(page, worked, { windows: -0.5, frames: 200 })
	for (const [what, told] of Object.entries({ first, whole, back })) context.diagnostic(`${what}: ${JSON.stringify(told)}`)
	assert.equal(whole.last, count - 1)
	for (const { rows } of [first, whole, back]) assert.ok(rows > 0 && rows <= MOST_ROWS, `${rows} lines are drawn`)
	for (const { cost } of [first, whole, back]) assert.ok(cost <= MOST_MILLISECONDS, `${cost} ms a frame`)
	await page.context().close()
})
