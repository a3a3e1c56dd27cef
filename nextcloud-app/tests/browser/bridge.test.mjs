// SPDX-License-Identifier: AGPL-3.0-or-later
// An account whose new exports are followed: after access.test.mjs, which leaves a finished migration of the export in the inbox.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, renameSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { bare, faultsOf, launch, logIn, open } from './session.mjs'

const pictures = process.env.PASSERELLE_SCREENSHOTS ?? ''
const inbox = `${process.env.PASSERELLE_INBOX}/alice`
const tall = { width: 1280, height: 2400 }
const [NEWER, NEWEST] = ['takeout-20240812T090000Z', 'takeout-20240912T090000Z']
let browser

before(async () => {
	browser = await launch()
	if (pictures) mkdirSync(pictures, { recursive: true })
})
after(() => browser.close())

/** The newest migration of that name that has finished, in the list beside the page. */
const inList = (page, name) => page.getByRole('listitem').filter({ hasText: name }).filter({ hasText: 'terminée' }).getByRole('link').first()

/** Of the card, which stands far below. */
const picture = async (page, name) => {
	if (!pictures) return
	await page.setViewportSize({ width: 1280, height: 700 })
	await page.getByRole('heading', { name: 'Nouveaux exports de ce compte' }).evaluate(title => title.scrollIntoView({ block: 'center' }))
	await page.screenshot({ path: `${pictures}/bridge-${name}.png` })
	await page.setViewportSize(tall)
}

/** The same export comes as one of another day. */
const arrive = name => {
	for (const file of readdirSync(inbox)) renameSync(`${inbox}/${file}`, `${inbox}/${file.replace(/^takeout-\w+/, name)}`)
}

/** As its owner does in the security settings. */
function revokePasswords(user) {
	const occ = (...words) => execFileSync('../tests/nextcloud/occ', [process.env.NEXTCLOUD_HOME, ...words], { encoding: 'utf8' })
	const issued = JSON.parse(occ('user:auth-tokens:list', user, '--output=json')).filter(token => token.name.endsWith('nouveaux exports'))
	assert.equal(issued.length, 1)
	occ('user:auth-tokens:delete', user, String(issued[0].id))
}

test('a new export is brought over by itself', async () => {
	const page = await logIn(browser, 'alice', tall)
	await open(page, '/')
	await inList(page, 'takeout-20240712').click()
	const title = page.getByRole('heading', { name: 'Nouveaux exports de ce compte' })
	await title.waitFor()
	assert.ok(await page.getByRole('checkbox', { name: 'Apporter les nouveaux exports sans me demander' }).isChecked(), 'what is usual needs no click')
	await picture(page, 'before')
	await page.getByRole('button', { name: 'Suivre les nouveaux exports' }).click()
	await page.getByText("Les nouveaux exports sont suivis").waitFor()
	assert.deepEqual(await faultsOf(page), [])
	await picture(page, 'followed')

	arrive(NEWER)
	await inList(page, NEWER).waitFor({ timeout: 120_000 })
	await page.reload()
	await page.getByRole('button', { name: 'Ouvrir le dernier' }).click()
	await page.getByText(`${NEWER} · terminée`).waitFor()
	await page.getByText('Les nouveaux exports sont suivis').waitFor()
	await picture(page, 'brought')

	await page.context().close()
})

test('where the access was withdrawn, one button gives it again', { skip: bare && 'there are no app passwords on the bare page' }, async () => {
	const page = await logIn(browser, 'alice', tall)
	revokePasswords('alice')
	await open(page, '/')
	arrive(NEWEST)
	// Without access the export cannot be opened, so its name is not known.
	await page.getByRole('listitem').filter({ hasText: 'arrêtée' }).waitFor({ timeout: 120_000 })
	await inList(page, NEWER).click()
	const give = page.getByRole('button', { name: "Redonner l'accès" })
	// The service tells it once it has looked after the job that stopped; the page asks when it is opened.
	for (const begun = Date.now(); !await give.isVisible() && Date.now() - begun < 60_000;) {
		await page.reload()
		await page.getByRole('heading', { name: 'Nouveaux exports de ce compte' }).waitFor()
		await give.waitFor({ timeout: 3_000 }).catch(() => undefined)
	}
	await page.getByText("l'accès a été retiré").waitFor()
	assert.deepEqual(await faultsOf(page), [])
	await picture(page, 'withdrawn')
	await give.focus()
	await page.keyboard.press('Enter')
	await give.waitFor({ state: 'detached' })
	await inList(page, NEWEST).waitFor({ timeout: 120_000 })
	await page.context().close()
})

test('an account is followed until somebody wants it no more', async () => {
	const page = await logIn(browser, 'alice', tall)
	await open(page, '/')
	await inList(page, NEWER).click()
	await page.getByRole('button', { name: 'Ne plus suivre' }).click()
	await page.getByRole('button', { name: 'Suivre les nouveaux exports' }).waitFor()
	await page.context().close()
})
