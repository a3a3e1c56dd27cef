// SPDX-License-Identifier: AGPL-3.0-or-later
// A hundred thousand lines in the browser: the page stays quick, draws only what is in sight, and the last line can be reached.
import assert from 'node:assert/strict'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { launch, logIn, open } from './session.mjs'
import { allowed, clockOf, yardstick } from './yardstick.mjs'

const LINES = 100_000
// Of the page's own work; where the yardstick is slow, the machine is, and more is allowed.
const MOST_A_FRAME = { milliseconds: 30, yards: 2 }
const MOST_A_TASK = { milliseconds: 50, yards: 3 } // from 50 ms on people feel it
const MOST_LONG_TASKS = 2 // in 200 frames
const MOST_ROWS = 60 // in the document
const TRACED_LINES = 5_000 // the last ones, when all others are there
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

/** What the engine does to collect its garbage, when it likes and as slowly as the machine gives memory back. */
const collects = event => /^(MajorGC|MinorGC|V8\.GC|CppGC|BlinkGC)/.test(event.name)
const isOfEngine = task => JSON.stringify(task.args).includes('"src_file":"v8/')

/**
 * The longest tasks of the page's thread while something is done, in milliseconds of the thread's own clock, without what was spent
 * collecting garbage. A clock on the wall, as the browser's own long tasks have it, also counts what the machine did meanwhile for others.
 */
async function longestTasks(page, doing) {
	await browser.startTracing(page, { categories: ['toplevel', 'v8', 'cppgc'] })
	const told = await doing()
	const { traceEvents } = JSON.parse(String(await browser.stopTracing()))
	const thread = event => `${event.pid} ${event.tid}`
	const pages = new Set(traceEvents.filter(event => event.name === 'thread_name' && event.args.name === 'CrRendererMain').map(thread))
	const timed = traceEvents.filter(event => event.tdur > 0 && pages.has(thread(event)))
	const collections = timed.filter(collects).sort((one, other) => one.ts - other.ts)
	const collecting = task => {
		let until = 0 // one may be part of another
		let sum = 0
		for (const one of collections) {
			if (thread(one) !== thread(task) || one.ts < Math.max(task.ts, until) || one.ts >= task.ts + task.dur) continue
			until = one.ts + one.dur
			sum += one.tdur
		}
		return sum
	}
	const tasks = timed.filter(event => event.name.endsWith('RunTask') && !isOfEngine(event)).sort((one, other) => other.tdur - one.tdur)
	assert.ok(tasks.length > MOST_LONG_TASKS, 'no task was seen')
	const own = tasks.slice(0, 50).map(task => (task.tdur - collecting(task)) / 1000)
	return { ...told, tasks: own.sort((one, other) => other - one).slice(0, 5) }
}

/**
 * Scrolls by so many windows a frame, for as many frames or until the line with that index, or one after it, is drawn. Answers the line that was last,
 * how many were drawn at once, and what a frame cost the page's thread.
 */
async function scroll(page, worked, { windows, frames, index }) {
	const before = await worked()
	const told = await page.evaluate(async ({ windows, frames, index }) => {
		const scroller = document.querySelector('.scroller')
		const drawn = () => [...scroller.querySelectorAll('[data-index]')].map(line => Number(line.dataset.index))
		let rows = 0
		let frame = 0
		for (const began = performance.now(); frame < frames && !drawn().some(line => line >= index) && performance.now() - began < 240_000; frame++) {
			scroller.scrollTop += windows * scroller.clientHeight
			await new Promise(requestAnimationFrame)
			rows = Math.max(rows, drawn().length)
		}
		return { last: Math.max(...drawn()), rows, frames: frame }
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
	const yard = await yardstick(page, worked)
	const slowly = { windows: 0.5, frames: 200 }
	const first = await longestTasks(page, () => scroll(page, worked, slowly))
	// As somebody comes to the end who draws the bar down again and again. A trace of all of it would be too long.
	const downwards = { windows: count, frames: Infinity }
	const most = await scroll(page, worked, { ...downwards, index: count - TRACED_LINES })
	const whole = await longestTasks(page, () => scroll(page, worked, { ...downwards, index: count - 1 }))
	const back = await longestTasks(page, () => scroll(page, worked, { ...slowly, windows: -0.5 }))
	await page.locator('.scroller').evaluate(scroller => { scroller.scrollTop = 0 })
	const again = await longestTasks(page, () => scroll(page, worked, slowly))
	const all = { first, most, whole, back, again }
	for (const [what, told] of Object.entries(all)) context.diagnostic(`${what}: ${JSON.stringify(told)}`)
	context.diagnostic(`yardstick: ${yard} ms`)
	assert.equal(whole.last, count - 1)
	for (const { rows } of Object.values(all)) assert.ok(rows > 0 && rows <= MOST_ROWS, `${rows} lines are drawn`)
	for (const { cost } of Object.values(all)) assert.ok(cost <= allowed(MOST_A_FRAME, yard), `${cost} ms a frame; the yardstick took ${yard} ms`)
	for (const { tasks } of [first, whole, back, again]) {
		assert.ok(tasks[MOST_LONG_TASKS] <= allowed(MOST_A_TASK, yard), `tasks of ${tasks} ms; the yardstick took ${yard} ms`)
	}
	await page.context().close()
})
