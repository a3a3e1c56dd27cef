// SPDX-License-Identifier: AGPL-3.0-or-later
// An administrator brings the export of a whole Workspace over, on a real Nextcloud: after wizard.test.mjs, which leaves alice an
// account that was migrated before. Of its three addresses one is an account's, one is only like an account's name, one is nobody's.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { faultsOf, launch, logIn, open } from './session.mjs'

const pictures = process.env.PASSERELLE_SCREENSHOTS ?? ''
const NAME = 'Association 2026'
let browser

before(async () => { browser = await launch() })
after(() => browser.close())

async function look(page, name) {
	if (pictures) await page.screenshot({ path: `${pictures}/workspace-${name}.png`, fullPage: true })
	assert.deepEqual(await faultsOf(page), [], `accessibility of ${name}`)
}

const button = (page, name) => page.getByRole('button', { name, exact: typeof name === 'string' })

test('an administrator brings a whole Workspace, account by account', async () => {
	const page = await logIn(browser, 'admin', { width: 1280, height: 1600 })
	await open(page, '/admin/jobs')
	await page.getByRole('link', { name: NAME }).click()
	await page.getByRole('heading', { name: `Export Workspace ${NAME}` }).waitFor()
	const alice = page.getByLabel('Compte pour alice@example.org')
	await alice.waitFor()
	assert.equal(await alice.inputValue(), 'alice')
	assert.equal(await page.getByLabel('Compte pour bob@example.org').inputValue(), '', 'a name that is only like it is not enough')
	assert.equal(await page.getByLabel('Compte pour partie@example.org').inputValue(), '')
	await look(page, '1-accounts')
	await button(page, /^Peut-être bob/).click()
	await page.getByText("1 adresse n'appartient à aucun compte ici", { exact: false }).waitFor()

	const again = page.getByLabel(/déjà été migré/)
	assert.ok(await again.isChecked(), 'what was migrated before goes on where it was')
	await again.uncheck({ force: true })
	await page.getByLabel(/Dossier dans Nextcloud/).fill('Workspace')
	await button(page, /^Voir ce qu'ils contiennent/).click()
	await button(page, 'Lancer 2 migrations').waitFor({ timeout: 120_000 })
	await page.getByRole('columnheader', { name: 'Votre décision' }).waitFor()
	const people = await page.locator('table:has(th:text-is("Votre décision")) tbody th').allInnerTexts()
	assert.ok(people.length > 3)
	assert.equal(new Set(people).size, people.length, 'everybody once')
	await look(page, '2-review')
	await button(page, 'Lancer 2 migrations').click()
	await button(page, /^Partager maintenant les dossiers de 2 comptes/).waitFor({ timeout: 240_000 })
	const cells = await page.locator('table:has(tfoot) tr td:nth-child(2)').allInnerTexts()
	const [done, skipped, failed, pending, seen] = cells.map(cell => Number(cell.replaceAll(/\D/g, '')))
	assert.equal(done + skipped + failed + pending, seen)
	assert.deepEqual([failed, pending], [0, 0])
	assert.ok(done > 100)
	await look(page, '3-finished')
	await button(page, /^Partager maintenant/).click()
	await button(page, /^Partager maintenant les dossiers de 2 comptes/).waitFor({ timeout: 120_000 })
	await page.context().close()
})

test('each account finds its own, and reads its own report', async () => {
	const page = await logIn(browser, 'bob')
	await open(page, '/')
	await page.getByRole('cell', { name: /fichiers et dossiers/ }).first().waitFor()
	await page.locator('tbody').getByRole('link').first().click()
	await page.getByRole('heading', { name: 'Ce que sont devenus vos fichiers' }).waitFor()
	await page.getByText('Workspace', { exact: false }).first().waitFor()
	await open(page, `/admin/workspaces/${encodeURIComponent(NAME)}`)
	await page.getByText('Seule la personne concernée', { exact: false }).first().waitFor()
	await page.context().close()
})

test('on a telephone it is as wide as the telephone', async () => {
	const page = await logIn(browser, 'admin', { width: 390, height: 844 })
	await open(page, `/admin/workspaces/${encodeURIComponent(NAME)}`)
	await page.getByRole('columnheader', { name: 'Votre décision' }).or(page.getByText('Tous ensemble')).first().waitFor()
	await look(page, '4-telephone')
	assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing is cut off at the side')
	await page.context().close()
})
