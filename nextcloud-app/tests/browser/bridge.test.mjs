// SPDX-License-Identifier: AGPL-3.0-or-later
// An account whose new exports are followed: after access.test.mjs, which leaves a finished migration of the export in the inbox.
import assert from 'node:assert/strict'
import { readdirSync, renameSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { faultsOf, launch, logIn, open } from './session.mjs'

const pictures = process.env.PASSERELLE_SCREENSHOTS ?? ''
const inbox = `${process.env.PASSERELLE_INBOX}/alice`
const NEWER = 'takeout-20240812T090000Z'
let browser

before(async () => { browser = await launch() })
after(() => browser.close())

/** The newest migration of that name that has finished, in the list beside the page. */
const inList = (page, name) => page.getByRole('listitem').filter({ hasText: name }).filter({ hasText: 'terminée' }).getByRole('link').first()

const picture = async (page, name) => {
	if (pictures) await page.screenshot({ path: `${pictures}/bridge-${name}.png`, fullPage: true })
}

test('a new export is brought over by itself, until it is followed no more', async () => {
	const page = await logIn(browser, 'alice', { width: 1280, height: 2400 })
	await open(page, '/')
	await inList(page, 'takeout-20240712').click()
	const title = page.getByRole('heading', { name: 'Nouveaux exports de ce compte' })
	await title.waitFor()
	assert.ok(await page.getByRole('checkbox', { name: 'Apporter les nouveaux exports sans me demander' }).isChecked(), 'what is usual needs no click')
	await title.scrollIntoViewIfNeeded()
	await picture(page, 'before')
	await page.getByRole('button', { name: 'Suivre les nouveaux exports' }).click()
	await page.getByText("Les nouveaux exports sont suivis").waitFor()
	assert.deepEqual(await faultsOf(page), [])
	await picture(page, 'followed')

	for (const name of readdirSync(inbox)) renameSync(`${inbox}/${name}`, `${inbox}/${name.replace(/^takeout-\w+/, NEWER)}`)
	await inList(page, NEWER).waitFor({ timeout: 120_000 })
	await page.reload()
	await page.getByRole('button', { name: 'Ouvrir le dernier' }).click()
	await page.getByText(`${NEWER} · terminée`).waitFor()
	await picture(page, 'brought')

	await page.getByRole('button', { name: 'Ne plus suivre' }).click()
	await page.getByRole('button', { name: 'Suivre les nouveaux exports' }).waitFor()
	await page.context().close()
})
