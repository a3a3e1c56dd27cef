// SPDX-License-Identifier: AGPL-3.0-or-later
// Three people migrate from the page alone, on a real Nextcloud with a running service; the administrator reads what happened.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { faultsOf, launch, logIn, open, overlapsOf } from './session.mjs'

const pictures = process.env.PASSERELLE_SCREENSHOTS ?? ''
const files = JSON.parse(process.env.PASSERELLE_EXPORT_FILES)
let browser

before(async () => {
	browser = await launch()
	if (pictures) mkdirSync(pictures, { recursive: true })
})
after(() => browser.close())

async function look(page, name) {
	if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` })
	assert.deepEqual(await faultsOf(page), [], `accessibility of ${name}`)
}

const button = (page, name) => page.getByRole('button', { name, exact: true })

async function migrate(page, destination, pictured) {
	const show = async name => { if (pictured) await look(page, name) }
	await open(page, '/')
	await button(page, 'Commencer').or(page.getByRole('link', { name: 'Commencer' })).click()
	await page.getByRole('heading', { name: "Où sont vos fichiers aujourd'hui ?" }).waitFor()
	await show('1-source')
	await open(page, '/new?' + files.map(file => 'file=' + encodeURIComponent('/' + file)).join('&'))
	await page.reload()
	await page.getByRole('heading', { name: 'Quels fichiers ?' }).waitFor()
	await show('2-files')
	await button(page, "Voir ce qu'il contient").click()
	await page.getByRole('heading', { name: 'Place', exact: true }).waitFor()
	await show('3-contents')
	await button(page, 'Suivant').click()
	await page.getByLabel(/Dossier dans Nextcloud/).fill(destination)
	await page.getByRole('columnheader', { name: 'Votre décision' }).waitFor()
	await show('4-choices')
	await button(page, 'Suivant').click()
	await button(page, 'Lancer la migration').waitFor()
	await page.getByText('devient OpenDocument').first().waitFor()
	await show('5-review')
	await button(page, 'Lancer la migration').click()
	await page.getByRole('heading', { name: /Vos fichiers sont en route|Ce que sont devenus vos fichiers/ }).waitFor()
	await show('6-running')
	await page.getByRole('heading', { name: 'Ce que sont devenus vos fichiers' }).waitFor({ timeout: 180_000 })
	await page.getByText('arrivé', { exact: true }).first().waitFor()
	await show('7-result')
}

/** The numbers of the statement: arrived, left out, failed, still to do, seen. */
async function statement(page) {
	const cells = await page.locator('table:has(tfoot) tr td:nth-child(2)').allInnerTexts()
	return cells.map(cell => Number(cell.replaceAll(/\D/g, '')))
}

for (const user of ['alice', 'bob', 'carol']) {
	test(`${user} migrates an export from the page`, async () => {
		const page = await logIn(browser, user)
		await migrate(page, 'Ancien Drive', user === 'alice')
		const [done, skipped, failed, pending, seen] = await statement(page)
		assert.equal(done + skipped + failed + pending, seen)
		assert.ok(done > 50)
		assert.deepEqual([failed, pending], [0, 0])
		await page.context().close()
	})
}

/** Asks the server itself, past the page. */
function ask(user, path, { method = 'GET', ...headers } = {}) {
	const { NEXTCLOUD_URL: url, NEXTCLOUD_HOME: home } = process.env
	const authorization = 'Basic ' + Buffer.from(`${user}:${readFileSync(`${home}/${user}.password`, 'utf8').trim()}`).toString('base64')
	return fetch(url + path, { method, headers: { authorization, ...headers } })
}

test('what arrived is there', async () => {
	const answer = await ask('alice', '/remote.php/dav/files/alice/Ancien%20Drive/', { method: 'PROPFIND', depth: '1' })
	assert.equal(answer.status, 207)
	assert.match(await answer.text(), /Originaux/)
})

/** Whose folders and files somebody sees beside their own. */
async function sharers(user) {
	const answer = await ask(user, '/ocs/v2.php/apps/files_sharing/api/v1/shares?shared_with_me=true&format=json', { 'OCS-APIRequest': 'true' })
	return [...new Set((await answer.json()).ocs.data.map(share => share.uid_owner))].sort()
}

test('people see what was shared with them', async () => {
	for (const [user, job] of [['alice', 1], ['carol', 3]]) {
		const page = await logIn(browser, user)
		await open(page, `/jobs/${job}/result`)
		await button(page, 'Partager maintenant').click()
		await page.getByRole('cell', { name: /^partagé/ }).first().waitFor({ timeout: 60_000 })
		await page.context().close()
	}
	// Bob is Aïcha; alice and carol are the Bureau.
	assert.deepEqual(await sharers('bob'), ['alice', 'carol'])
	assert.deepEqual(await sharers('alice'), ['carol'])
	assert.deepEqual(await sharers('carol'), ['alice'])
})

test('nobody sees the jobs of others', async () => {
	const page = await logIn(browser, 'bob')
	await open(page, '/')
	await page.getByRole('heading', { name: 'Mes migrations' }).waitFor()
	await page.locator('tbody tr').first().waitFor()
	assert.equal(await page.locator('tbody tr').count(), 1)
	await open(page, '/jobs/1')
	await page.getByText("Il n'y a pas de migration numéro 1.").waitFor()
	await page.context().close()
})

test('the result can be filtered, and a part of it found', async () => {
	const page = await logIn(browser, 'alice')
	await open(page, '/jobs/1/result')
	await page.getByLabel('Chercher dans les noms et les dossiers').fill('MEMBRES 2022')
	await page.getByText('Liste des membres 2022.csv', { exact: true }).first().waitFor()
	await page.getByText('Données sensibles.docx', { exact: true }).waitFor({ state: 'detached' })
	await page.getByLabel('Chercher dans les noms et les dossiers').fill('')
	await page.getByRole('combobox', { name: 'Raison' }).click()
	await page.getByRole('option', { name: /protégé par un mot de passe/ }).click()
	await page.getByText('Données sensibles.docx', { exact: true }).waitFor()
	await page.getByText('Liste des membres 2022.csv', { exact: true }).waitFor({ state: 'detached' })
	await page.context().close()
})

test('the administrator reads what happened', async () => {
	const page = await logIn(browser, 'admin')
	await open(page, '/admin/jobs')
	await page.getByRole('heading', { name: 'Toutes les migrations' }).waitFor()
	await page.getByRole('cell', { name: 'carol' }).waitFor()
	assert.equal(await page.locator('tbody tr').count(), 3)
	await look(page, 'admin-jobs')
	await open(page, '/admin/log')
	await page.getByText(/run begins/).first().waitFor()
	await look(page, 'admin-log')
	assert.deepEqual(await overlapsOf(page), [])
	await open(page, '/admin/settings')
	await page.getByText(/Connecté à http:\/\/127\.0\.0\.1/).waitFor()
	await page.getByLabel('Migrations en même temps').fill('3')
	await button(page, 'Enregistrer').click()
	await page.getByText('Enregistré.').waitFor()
	await look(page, 'admin-settings')
	await page.goto(`${process.env.NEXTCLOUD_URL}/index.php/settings/admin/passerelle`)
	await page.getByText(/Connecté à http:\/\/127\.0\.0\.1/).waitFor()
	await look(page, 'admin-settings-of-the-server')
	await page.context().close()
})

test('the same account again brings nothing new, and goes where it went before', async () => {
	const page = await logIn(browser, 'alice')
	await open(page, '/new?' + files.map(file => 'file=' + encodeURIComponent('/' + file)).join('&'))
	await page.reload()
	await page.getByText("C'est un export plus récent d'un compte déjà migré : n'apporter que ce qui a changé").click()
	await button(page, "Voir ce qu'il contient").click()
	await page.getByRole('heading', { name: 'Place', exact: true }).waitFor()
	await button(page, 'Suivant').click()
	await page.getByText("Ce que votre compte n'a plus").waitFor()
	assert.equal(await page.getByLabel(/Dossier dans Nextcloud/).inputValue(), 'Ancien Drive')
	await look(page, '8-again')
	await button(page, 'Suivant').click()
	await button(page, 'Lancer la migration').click()
	await page.getByRole('heading', { name: 'Ce que sont devenus vos fichiers' }).waitFor({ timeout: 180_000 })
	const [done, skipped, , , seen] = await statement(page)
	assert.equal(done, 0)
	assert.equal(skipped, seen)
	await page.context().close()
})

test('what was brought can be taken back', async () => {
	const page = await logIn(browser, 'bob')
	await open(page, '/jobs/2/result')
	await page.getByText('Annuler cette migration', { exact: true }).click()
	await button(page, 'Voir ce qui serait retiré').click()
	await page.getByText(/à la corbeille/).first().waitFor()
	await look(page, '9-undo')
	await button(page, 'Annuler la migration').click()
	await page.getByText('à la corbeille').first().waitFor({ state: 'detached' })
	await page.waitForFunction(() => [...document.querySelectorAll('table:has(tfoot) tr td:nth-child(2)')][0]?.textContent?.trim() === '0', null, { timeout: 120_000 })
	const [done, skipped, , , seen] = await statement(page)
	assert.deepEqual([done, skipped], [0, seen])
	await page.context().close()
})
