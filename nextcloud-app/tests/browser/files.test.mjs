// SPDX-License-Identifier: AGPL-3.0-or-later
// "Migrate with Passerelle" in the Files app of a real Nextcloud.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, logIn } from './session.mjs'

const archive = JSON.parse(process.env.PASSERELLE_EXPORT_FILES).find(name => name.endsWith('.zip'))
const pictures = process.env.PASSERELLE_SCREENSHOTS ?? ''
let browser

before(async () => { browser = await launch() })
after(() => browser.close())

/** By the menu of the archive's line, as a person does it. */
async function byMenu(page, line) {
	await line.getByRole('button', { name: 'Actions' }).click()
	if (pictures) await page.screenshot({ path: `${pictures}/files-menu.png` })
	await page.getByRole('menuitem', { name: 'Migrer avec Passerelle' }).click()
}

/** By what our script registered with the server's page, where the page's own bundles are missing: 33 and later ask with a context, 32 with nodes. */
const byRegister = (page, path) => page.evaluate(async path => {
	const later = window._nc_files_scope?.v4_0?.fileActions?.get('passerelle')
	const earlier = window._nc_fileactions.find(action => action.id === 'passerelle')
	const node = { type: 'file', path }
	const offered = [path, '/notes.txt'].map(path => [later.enabled({ nodes: [{ type: 'file', path }] }), earlier.enabled([{ type: 'file', path }])])
	const names = [later.displayName({ nodes: [node] }), earlier.displayName([node])]
	await earlier.exec(node)
	return { offered, names }
}, path)

test('the Files app offers the migration on an archive', async context => {
	const page = await logIn(browser, 'alice')
	await page.goto(`${process.env.NEXTCLOUD_URL}/index.php/apps/files/`)
	await page.waitForFunction(() => window._nc_fileactions?.some(action => action.id === 'passerelle'))
	const line = page.locator(`[data-cy-files-list-row-name="${archive}"]`)
	const runs = await line.waitFor({ timeout: 15_000 }).then(() => true, () => false)
	if (runs) {
		await byMenu(page, line)
	} else {
		context.diagnostic('the Files page of this release does not run here: its action is taken from where it was registered')
		const { offered, names } = await byRegister(page, '/' + archive)
		assert.deepEqual(offered, [[true, true], [false, false]])
		assert.deepEqual(names, ['Migrer avec Passerelle', 'Migrer avec Passerelle'])
	}
	await page.getByRole('heading', { name: 'Quels fichiers ?' }).waitFor()
	await page.getByRole('listitem').filter({ hasText: archive }).waitFor()
	await page.context().close()
})
