// SPDX-License-Identifier: AGPL-3.0-or-later
// Whoever looks through a migration corrects who will see what, and where the folders go. Leaves no migration behind.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { faultsOf, launch, logIn, open } from './session.mjs'

const pictures = process.env.PASSERELLE_SCREENSHOTS ?? ''
const phone = { width: 390, height: 800 }
let browser

before(async () => {
	browser = await launch()
	if (pictures) mkdirSync(pictures, { recursive: true })
})
after(() => browser.close())

const button = (page, name) => page.getByRole('button', { name, exact: typeof name === 'string' })

async function look(page, name) {
	assert.deepEqual(await faultsOf(page), [], `accessibility of ${name}`)
	if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` })
}

/** The lines of the table of shares: where, who, what. */
const shares = page => page.getByRole('region', { name: 'Qui voit quel dossier' }).locator('tbody tr').allInnerTexts()

/** Chooses by the keyboard in one of the page's lists. */
async function choose(page, name, choice) {
	const list = page.getByRole('combobox', { name, exact: true })
	await list.focus()
	await page.keyboard.press('ArrowDown')
	await page.keyboard.type(choice)
	const option = page.getByRole('option', { name: choice, exact: true })
	await option.waitFor()
	await page.keyboard.press('Enter')
	await option.waitFor({ state: 'detached' })
}

test('an access is corrected, and the correction taken back', async () => {
	const page = await logIn(browser, 'alice', { width: 1280, height: 900 })
	await open(page, '/new')
	await button(page, "J'ai mon export").click()
	await button(page, /^takeout-.*3 parties/).click()
	await button(page, "Voir ce qu'il contient").click()
	await page.getByRole('heading', { name: 'Place', exact: true }).waitFor()
	await button(page, 'Suivant').click()
	await page.getByRole('columnheader', { name: 'Votre décision' }).waitFor()
	await page.getByRole('region', { name: 'Qui voit quel dossier' }).waitFor()
	const before = await shares(page)
	assert.ok(before.length > 0)
	// Where there are Teams, the folders' places can be chosen; nothing is.
	if (await button(page, 'Modifier…').isVisible()) {
		await button(page, 'Modifier…').click()
		const places = page.getByRole('columnheader', { name: 'Où il va' })
		await places.waitFor()
		await places.evaluate(title => title.scrollIntoView({ block: 'center' }))
		await look(page, 'places')
	}

	await button(page, 'Corriger des accès…').click()
	const table = page.getByRole('region', { name: "Qui avait accès, d'après l'export" })
	await table.waitFor()
	await page.getByRole('heading', { name: "Qui avait accès, d'après l'export" }).evaluate(title => title.scrollIntoView())
	await look(page, 'accesses')
	// The group Bureau is here, too, and has a folder that it is not to see.
	const name = 'Ce que groupe : Bureau <bureau@jardins.example> peut faire de Budget'
	const isOfBudget = line => /Budget\/Budget .*Bureau/.test(line)
	assert.ok(before.some(isOfBudget), before.join('\n'))
	await choose(page, name, 'rien')
	await page.getByText('La correction est prise en compte.').waitFor({ state: 'attached' })
	assert.deepEqual((await shares(page)).filter(isOfBudget), [])
	await choose(page, name, 'lire')
	await page.waitForFunction(() => [...document.querySelectorAll('tbody tr')].some(line => /Budget\/Budget .*Bureau\s+lire\s+prévu/.test(line.innerText)))
	await button(page, "Tout comme le dit l'export").click()
	await page.getByText("Tout est de nouveau comme le dit l'export.").waitFor({ state: 'attached' })
	assert.deepEqual(await shares(page), before)

	await page.setViewportSize(phone)
	await table.scrollIntoViewIfNeeded()
	assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= window.innerWidth), 'it scrolls sideways')
	await look(page, 'phone-accesses')

	await button(page, 'Retour').click()
	await button(page, 'Oublier cette migration').click()
	await page.getByRole('heading', { name: 'Mes migrations' }).waitFor()
	await page.context().close()
})
