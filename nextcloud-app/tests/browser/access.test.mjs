// SPDX-License-Identifier: AGPL-3.0-or-later
// The page for those who have no mouse, who listen to it, or who hold a telephone. The export is the one in the inbox.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mkdirSync } from 'node:fs'
import { bare, faultsOf, launch, logIn, open, overlapsOf } from './session.mjs'

const pictures = process.env.PASSERELLE_SCREENSHOTS ?? ''
const MOST_STOPS = 120 // of the tabulator in one step; the table of people is the longest
let browser
let job

before(async () => {
	browser = await launch()
	if (pictures) mkdirSync(pictures, { recursive: true })
})
after(() => browser.close())

/** Where the keyboard is: the element that has the focus, as its role and name are read out. */
const hasFocus = locator => locator.evaluate(element => element === document.activeElement || element.contains(document.activeElement))

/** Presses the tabulator until it comes to `locator`. */
async function tabTo(page, locator) {
	for (let stop = 0; stop < MOST_STOPS; stop++) {
		await page.keyboard.press('Tab')
		if (await hasFocus(locator)) return
	}
	assert.fail(`the keyboard does not reach ${locator}`)
}

/** The next step's heading, where the keyboard goes on. */
async function heading(page, name) {
	const title = page.getByRole('heading', { level: 2, name })
	await title.waitFor()
	assert.ok(await hasFocus(title), `${name} is there, but the keyboard is elsewhere`)
}

const button = (page, name) => page.getByRole('button', { name, exact: typeof name === 'string' })

test('the keyboard alone leads from the first step to the start', async () => {
	const page = await logIn(browser, 'alice')
	await open(page, '/')
	await page.getByRole('heading', { name: 'Mes migrations' }).waitFor()
	await tabTo(page, button(page, 'Nouvelle migration'))
	await page.keyboard.press('Enter')
	await page.getByRole('heading', { name: "Où sont vos fichiers aujourd'hui ?" }).waitFor()

	await tabTo(page, page.getByRole('radio', { name: 'Google Drive' }))
	await page.keyboard.press('ArrowRight')
	await page.getByText(/dropbox\.com/).waitFor()
	await page.keyboard.press('ArrowLeft')
	await page.getByText(/takeout\.google\.com/).waitFor()
	await tabTo(page, button(page, "J'ai mon export"))
	await page.keyboard.press('Enter')

	await heading(page, 'Quels fichiers ?')
	await page.getByRole('heading', { name: 'Sur le serveur' }).waitFor()
	await tabTo(page, button(page, /^takeout-.*3 parties/))
	await page.keyboard.press('Space')
	await page.getByRole('heading', { name: 'Choisi', exact: true }).waitFor()
	await tabTo(page, button(page, "Voir ce qu'il contient"))
	await page.keyboard.press('Enter')

	await page.getByRole('heading', { name: 'Place', exact: true }).waitFor()
	await heading(page, 'Ce que contient votre export')
	await tabTo(page, button(page, 'Suivant'))
	await page.keyboard.press('Enter')

	await heading(page, 'Vos choix')
	await page.getByRole('columnheader', { name: 'Votre décision' }).waitFor()
	const destination = page.getByLabel(/Dossier dans Nextcloud/)
	await tabTo(page, destination)
	await page.keyboard.type('Par le clavier')
	const presentations = page.getByRole('checkbox', { name: /Les présentations/ })
	await tabTo(page, presentations)
	await page.keyboard.press('Space')
	assert.equal(await presentations.isChecked(), false)
	await tabTo(page, button(page, 'Suivant'))
	await page.keyboard.press('Enter')

	await heading(page, 'Avant et après')
	await page.getByText('Par le clavier').first().waitFor()
	await tabTo(page, button(page, 'Lancer la migration'))
	await page.keyboard.press('Enter')
	await page.getByRole('heading', { name: 'Ce que sont devenus vos fichiers' }).waitFor({ timeout: 180_000 })
	job = page.url().match(/\/jobs\/(\d+)/)[1]
	await page.context().close()
})

/** How far what is shown reaches over the right edge of the window, or can be scrolled sideways. */
const tooWide = page => page.evaluate(() => {
	const parts = [...document.querySelectorAll('.page, .page > *, .page section > *')]
	return Math.max(
		document.scrollingElement.scrollWidth - window.innerWidth,
		...parts.filter(part => part.classList.contains('page')).map(part => part.scrollWidth - part.clientWidth),
		...parts.map(part => part.getBoundingClientRect().right - window.innerWidth),
	)
})

/** Looks at each page, given as name → [path, heading], and holds it to axe and to the window's width. */
async function holdAll(page, pages, prefix) {
	for (const [name, [path, title]] of Object.entries(pages)) {
		await open(page, path)
		await page.reload()
		await page.getByRole('heading', { level: 2, name: title }).waitFor()
		await page.waitForLoadState('networkidle')
		assert.deepEqual(await faultsOf(page), [], `accessibility of ${name}`)
		const pixels = await tooWide(page)
		assert.ok(pixels <= 1, `${name} is ${pixels} pixels too wide`)
		assert.deepEqual(await overlapsOf(page), [], `fields of ${name}`)
		if (pictures) await page.screenshot({ path: `${pictures}/${prefix}-${name}.png` })
	}
}

const steps = () => ({
	overview: ['/', 'Mes migrations'],
	source: ['/new', "Où sont vos fichiers aujourd'hui ?"],
	files: ['/new?file=/takeout-20240712T112341Z-001.zip', 'Quels fichiers ?'],
	contents: [`/jobs/${job}/contents`, 'Ce que contient votre export'],
	choices: [`/jobs/${job}/choices`, 'Vos choix'],
	review: [`/jobs/${job}/review`, 'Avant et après'],
	running: [`/jobs/${job}/running`, 'Vos fichiers sont en route'],
	result: [`/jobs/${job}/result`, 'Ce que sont devenus vos fichiers'],
})

const phone = { width: 390, height: 800 }

for (const [name, size] of Object.entries({ phone, desk: { width: 1280, height: 900 } })) {
	test(`each step is accessible, and does not scroll sideways (${name})`, async () => {
		const page = await logIn(browser, 'alice', size)
		await holdAll(page, steps(), name)
		await page.context().close()
	})
}

test('the administrators\' pages on a telephone', { skip: bare && 'the bare page knows no administrator' }, async () => {
	const page = await logIn(browser, 'admin', phone)
	await holdAll(page, {
		jobs: ['/admin/jobs', 'Toutes les migrations'],
		log: ['/admin/log', 'Journal'],
		settings: ['/admin/settings', 'Qui peut migrer'],
	}, 'phone-admin')
	await page.context().close()
})
