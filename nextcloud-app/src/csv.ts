// SPDX-License-Identifier: AGPL-3.0-or-later
// Tables with cells between quotes (RFC 4180), as the daemon writes them: UTF-8, its first character a byte order mark.

export interface Table {
	separator: string
	rows: string[][] // the first one holds the titles
}

export function parseTable(text: string): Table {
	const bare = text.replace(/^\uFEFF/, '')
	const separator = bare.slice(0, bare.search(/[\r\n]|$/)).includes(';') ? ';' : ','
	const rows: string[][] = []
	const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^${separator}\\r\\n]*))(${separator}|\\r\\n|\\n|$)`, 'y')
	let row: string[] = []
	while (cell.lastIndex < bare.length) {
		const match = cell.exec(bare)
		if (match === null) break // nothing the daemon writes
		row.push(match[1] === undefined ? match[2] : match[1].replaceAll('""', '"'))
		if (match[3] === separator) continue
		rows.push(row)
		row = []
	}
	return { separator, rows }
}

export function writeTable({ separator, rows }: Table): string {
	const quoted = (cell: string): string => /["\r\n;,\t]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
	return '\uFEFF' + rows.map(row => row.map(quoted).join(separator) + '\r\n').join('')
}
