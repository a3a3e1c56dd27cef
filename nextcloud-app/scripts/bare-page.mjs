// SPDX-License-Identifier: AGPL-3.0-or-later
// The built page without a Nextcloud around it, for demonstrations and tests: one person's page on 127.0.0.1. It hands requests on
// to the service as lib/Controller/DaemonController.php and JobController.php do, and to the Nextcloud double what the page asks of
// Nextcloud itself (the picker of files).
//
//   node bare-page.mjs NEXTCLOUD ACCOUNT PASSWORD_FILE LANGUAGE <PAIRING_CODE      prints its address
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import { dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [nextcloud, account, passwordFile, language] = process.argv.slice(2)
const password = readFileSync(passwordFile, 'utf8').trim()
const pairing = JSON.parse(Buffer.from(readFileSync(0, 'utf8').trim(), 'base64url'))
const token = randomBytes(24).toString('base64url')

const APP = '/index.php/apps/passerelle/'
const TYPES = { '.css': 'text/css', '.js': 'text/javascript', '.mjs': 'text/javascript', '.svg': 'image/svg+xml' }

// What may be asked of the service stands in one place: lib/Daemon/KnownPaths.php.
const known = new Map([...readFileSync(join(root, 'lib/Daemon/KnownPaths.php'), 'utf8').matchAll(/'([A-Z]+)' => '(.+)',/g)]
	.map(([, method, path]) => [method, new RegExp(`^${path}$`)]))
if (known.size === 0) throw new Error('no known paths')

/** As Nextcloud's pages give it to the app: the person, the token against foreign pages, the initial state, and some globals. */
const page = () => `<!DOCTYPE html>
<html lang="${language}" data-locale="${language}">
<head data-user="${account}" data-user-displayname="${account}" data-requesttoken="${token}">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Passerelle</title>
<link rel="icon" href="/apps/passerelle/img/app.svg">
<link rel="stylesheet" href="/apps/passerelle/scripts/bare-page.css">
<link rel="stylesheet" href="/apps/passerelle/css/passerelle-main.css">
<script>
window._oc_webroot = ''
window._oc_appswebroots = { passerelle: '/apps/passerelle' }
window._oc_capabilities = {}
window._oc_config = { version: '34.0.0', loglevel: 2 }
window._oc_l10n_registry_translations = {}
window._oc_l10n_registry_plural_functions = {}
window.OC = {
	filePath: (app, type, file) => '/apps/' + [app, type, file].filter(part => part !== '').join('/'),
	L10N: {
		register(app, texts) {
			window._oc_l10n_registry_translations[app] = texts
			window._oc_l10n_registry_plural_functions[app] = count => count > 1 ? 1 : 0
		},
	},
}
</script>
${language === 'fr' ? '<script src="/apps/passerelle/l10n/fr.js"></script>' : ''}
<script type="module" src="/apps/passerelle/js/passerelle-main.mjs"></script>
</head>
<body id="body-user">
${Object.entries({ administrator: false, mayMigrate: true }).map(([key, value]) => `<input type="hidden" id="initial-state-passerelle-${key}" value="${btoa(JSON.stringify(value))}">`).join('\n')}
<div id="skip-actions"></div>
<header id="header">Passerelle</header>
<div id="content"><div id="passerelle"></div></div>
</body>
</html>
`

function problem(response, status, text) {
	response.writeHead(status, { 'content-type': 'application/problem+json; charset=utf-8' })
	response.end(JSON.stringify({ type: 'about:blank', title: text, status, code: 'app.failed', text }))
}

/** Reports are saved, never shown as a page of this address. */
function withoutPages(headers) {
	const ending = [[/^text\/html/, 'html'], [/^text\/csv/, 'csv'], [/opendocument/, 'ods']].find(([type]) => type.test(headers['content-type'] ?? ''))?.[1]
	return ending === undefined ? headers : { ...headers, 'content-disposition': `attachment; filename="passerelle.${ending}"` }
}

function handOn(method, url, headers, body, response) {
	const onward = request(url, { method, headers }, answer => {
		response.writeHead(answer.statusCode, withoutPages(answer.headers))
		answer.pipe(response)
	})
	onward.on('error', () => response.headersSent ? response.destroy() : problem(response, 502, 'The Passerelle service does not answer.'))
	if (typeof body === 'string') onward.end(body)
	else body.pipe(onward)
}

const carried = (headers, names) => Object.fromEntries(names.filter(name => headers[name] !== undefined).map(name => [name, headers[name]]))

function askService(incoming, response, method, path, query, body = incoming) {
	const headers = {
		...carried(incoming.headers, typeof body === 'string' ? [] : ['content-type', 'content-length']),
		...(typeof body === 'string' ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {}),
		authorization: 'Bearer ' + pairing.secret,
		'accept-language': language,
		'x-passerelle-user': encodeURIComponent(account),
	}
	handOn(method, `${pairing.url}/api/v1/${path}?${query}`, headers, body, response)
}

function askNextcloud(incoming, response, address) {
	const headers = {
		...carried(incoming.headers, ['content-type', 'content-length', 'depth', 'if-match', 'if-none-match', 'overwrite', 'destination', 'ocs-apirequest', 'accept']),
		authorization: 'Basic ' + Buffer.from(`${account}:${password}`).toString('base64'),
	}
	handOn(incoming.method, nextcloud + address.pathname + address.search, headers, incoming, response)
}

async function textOf(incoming) {
	const pieces = []
	for await (const piece of incoming) pieces.push(piece)
	return Buffer.concat(pieces).toString()
}

/** The app's own routes; the app password of the double's account goes in where the app mints one. */
async function app(incoming, response, address) {
	const path = address.pathname.slice(APP.length)
	const query = new URLSearchParams(address.searchParams)
	query.delete('requesttoken')
	const authorise = path.match(/^jobs\/(\d+)\/authorise$/)
	if (incoming.method === 'POST' && path === 'jobs') {
		const { parts, choices = {}, delta = false } = JSON.parse(await textOf(incoming))
		return askService(incoming, response, 'POST', 'jobs', query, JSON.stringify({ user: account, parts, login: account, app_password: password, choices, delta }))
	}
	if (incoming.method === 'POST' && authorise) {
		return askService(incoming, response, 'PUT', `jobs/${authorise[1]}/credentials`, query, JSON.stringify({ login: account, app_password: password }))
	}
	if (incoming.method === 'POST' && path === 'bridges') {
		const { job, automatic = false } = JSON.parse(await textOf(incoming))
		return askService(incoming, response, 'POST', 'bridges', query, JSON.stringify({ job, automatic, login: account, app_password: password }))
	}
	const bridge = path.match(/^bridges\/(\d+)\/authorise$/)
	if (incoming.method === 'POST' && bridge) {
		return askService(incoming, response, 'PUT', `bridges/${bridge[1]}/credentials`, query, JSON.stringify({ login: account, app_password: password }))
	}
	if (incoming.method === 'DELETE' && /^bridges\/\d+$/.test(path)) return askService(incoming, response, 'DELETE', path, query)
	if (path.startsWith('api/') && known.get(incoming.method)?.test(path.slice(4))) {
		return askService(incoming, response, incoming.method, path.slice(4), query)
	}
	return problem(response, 404, 'There is nothing at this address.')
}

async function file(response, path) {
	const name = normalize(decodeURIComponent(path))
	if (!/^\/(css|img|js|l10n|scripts)\/[^/]+$/.test(name) || TYPES[extname(name)] === undefined) return problem(response, 404, 'There is no such file.')
	const bytes = await readFile(join(root, name)).catch(() => undefined)
	if (bytes === undefined) return problem(response, 404, 'There is no such file.')
	response.writeHead(200, { 'content-type': TYPES[extname(name)] })
	response.end(bytes)
}

async function answer(incoming, response) {
	const address = new URL(incoming.url, `http://127.0.0.1:${server.address().port}`)
	// Another name for this address is another site's page that wants to speak here.
	if (incoming.headers.host !== address.host) return problem(response, 421, 'This is not the address of this page.')
	if (incoming.method === 'GET' && ['/', APP].includes(address.pathname)) {
		if (address.pathname === '/') response.writeHead(302, { location: APP }).end()
		else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page())
		return
	}
	if (incoming.method === 'GET' && address.pathname.startsWith('/apps/passerelle/')) return file(response, address.pathname.slice('/apps/passerelle'.length))
	if ((incoming.headers.requesttoken ?? address.searchParams.get('requesttoken')) !== token) return problem(response, 412, 'The request token is missing.')
	if (address.pathname.startsWith(APP)) return app(incoming, response, address)
	// The picker's own settings; without them it takes its defaults.
	if (address.pathname.startsWith('/index.php/apps/files/api/v1/')) return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{}}')
	if (/^\/(remote\.php|ocs)\//.test(address.pathname)) return askNextcloud(incoming, response, address)
	return problem(response, 404, 'There is nothing at this address.')
}

const server = createServer((incoming, response) => {
	answer(incoming, response).catch(failure => {
		console.error(failure)
		if (!response.headersSent) problem(response, 500, 'Something went wrong on the page\'s server.')
	})
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}${APP}`))
