// SPDX-License-Identifier: AGPL-3.0-or-later
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

export const launch = () => chromium.launch({ executablePath, args: ['--no-sandbox'] })

/** The bare page (scripts/bare-page.mjs) where there is no real server: it knows one person, and asks for no login. */
export const bare = process.env.PASSERELLE_BARE_PAGE

/** A browser window in which somebody is logged in, as tests/nextcloud/up made the account. */
export async function logIn(browser, user, size = { width: 1280, height: 900 }) {
	const { NEXTCLOUD_HOME: home, NEXTCLOUD_URL: url } = process.env
	const context = await browser.newContext({ viewport: size, locale: 'fr-FR' })
	if (bare) return patient(await context.newPage())
	// Where a release lacks the bundle that defines it, the page's texts still have to be registered somewhere, and its scripts found.
	await context.addInitScript(() => {
		const translations = window._oc_l10n_registry_translations ??= {}
		const plurals = window._oc_l10n_registry_plural_functions ??= {}
		window.OC ??= {
			L10N: {
				register(app, bundle) {
					translations[app] = { ...translations[app], ...bundle }
					plurals[app] ??= count => count > 1 ? 1 : 0
				},
			},
			// Of our own app alone, by where its script came from.
			filePath: (app, _type, file) => document.querySelector(`script[src*="/${app}/js/"]`).src.replace(/\/js\/.*/, '/') + file,
		}
	})
	const page = patient(await context.newPage())
	await page.goto(`${url}/index.php/login`)
	// The form's own script may be missing as well: the request is what counts.
	await page.evaluate(([name, password]) => {
		const form = document.createElement('form')
		form.method = 'POST'
		for (const [key, value] of Object.entries({ user: name, password, requesttoken: document.head.dataset.requesttoken })) {
			const field = document.createElement('input')
			field.name = key
			field.value = value
			form.append(field)
		}
		document.body.append(form)
		form.submit()
	}, [user, readFileSync(`${home}/${user}.login`, 'utf8').trim()])
	// The page that follows may go on asking for things for long; that it is another one says that somebody is logged in.
	await page.waitForURL(address => !address.pathname.endsWith('/login'), { waitUntil: 'commit' })
	return page
}

function patient(page) {
	// On a machine that is busy with other things a login alone may take half a minute.
	page.setDefaultTimeout(120_000)
	return page
}

/** Which fields above lists lie over each other, by their places. */
export const overlapsOf = page => page.locator('.filters').evaluateAll(boxes => boxes.flatMap(box => {
	const places = [...box.children].map(child => child.getBoundingClientRect())
	const over = (one, other) => one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 && other.top < one.bottom - 1
	return places.flatMap((one, at) => places.map((other, index) => at < index && over(one, other) ? `${at} and ${index}` : '').filter(pair => pair !== ''))
}))

export const open = (page, path) => page.goto(`${bare ?? `${process.env.NEXTCLOUD_URL}/index.php/apps/passerelle/`}#${path}`)

/** Serious accessibility faults of what our page shows, dialogs among it; the server's own header is not ours. */
export async function faultsOf(page) {
	await page.evaluate(axe)
	const { violations } = await page.evaluate(() => window.axe.run({
		include: ['#content-vue', '#passerelle-admin', '.modal-mask'].filter(part => document.querySelector(part) !== null).map(part => [part]),
	}, { resultTypes: ['violations'] }))
	return violations.filter(fault => ['serious', 'critical'].includes(fault.impact)).map(fault => `${fault.id}: ${fault.nodes.map(node => node.html.slice(0, 120)).join(' | ')}`)
}
