// SPDX-License-Identifier: AGPL-3.0-or-later
// Holds the texts of the page and of the server side against l10n/fr.json: each has its French, and none is left over.
// English is what stands in the sources. Afterwards writes l10n/fr.js, the form that Nextcloud's pages load.
//   node scripts/l10n.mjs           checks and writes; ends with 1 where something is missing
//   node scripts/l10n.mjs --missing prints what is missing, as JSON to be filled in
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

const files = (folder, endings) => readdirSync(join(root, folder), { recursive: true })
	.filter(name => endings.some(ending => name.endsWith(ending)) && !name.includes('schema.d.ts'))
	.map(name => join(root, folder, name))

const string = String.raw`'((?:[^'\\]|\\.)*)'`
const plain = text => text.replaceAll(/\\(.)/g, '$1')
const singular = { page: new RegExp(String.raw`\bt\(\s*'passerelle',\s*${string}`, 'g'), server: new RegExp(String.raw`->t\(\s*${string}`, 'g') }
const plural = { page: new RegExp(String.raw`\bn\(\s*'passerelle',\s*${string},\s*${string}`, 'g'), server: new RegExp(String.raw`->n\(\s*${string},\s*${string}`, 'g') }

function textsOf(paths, kind) {
	const found = new Set()
	for (const path of paths) {
		const source = readFileSync(path, 'utf8')
		for (const match of source.matchAll(singular[kind])) found.add(plain(match[1]))
		// Nextcloud's key of a text with a plural.
		for (const match of source.matchAll(plural[kind])) found.add(`_${plain(match[1])}_::_${plain(match[2])}_`)
	}
	return found
}

/** No line begins with a colon or ends with an opening quotation mark; keys are English, which knows no such spaces. */
const bound = json => json.replaceAll(/ (?=[:;?!»])|(?<=«) /g, '\u00a0')

const used = new Set([...textsOf(files('src', ['.vue', '.ts']), 'page'), ...textsOf(files('lib', ['.php']), 'server')])
const french = JSON.parse(readFileSync(join(root, 'l10n', 'fr.json'), 'utf8'))
const parameters = text => [...text.matchAll(/\{\w+\}|%[ns]/g)].map(match => match[0]).sort().join()

const faults = []
for (const text of used) {
	const translated = french.translations[text]
	if (translated === undefined) faults.push(`no French: ${text}`)
	else if (text.startsWith('_') !== Array.isArray(translated)) faults.push(`plural and singular mixed: ${text}`)
	else if (!Array.isArray(translated) && parameters(text) !== parameters(translated)) faults.push(`other parameters: ${text}`)
}
for (const text of Object.keys(french.translations)) if (!used.has(text)) faults.push(`not used any more: ${text}`)

if (process.argv.includes('--missing')) {
	const missing = [...used].filter(text => french.translations[text] === undefined)
	console.log(JSON.stringify(Object.fromEntries(missing.map(text => [text, text.startsWith('_') ? ['', ''] : ''])), null, '\t'))
} else if (faults.length > 0) {
	console.error(faults.join('\n'))
	process.exit(1)
} else {
	writeFileSync(join(root, 'l10n', 'fr.js'), `OC.L10N.register("passerelle", ${bound(JSON.stringify(french.translations, null, '\t'))}, ${JSON.stringify(french.pluralForm)});\n`)
	console.log(`${used.size} texts, all in French and English`)
}
