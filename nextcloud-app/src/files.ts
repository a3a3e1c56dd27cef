// SPDX-License-Identifier: AGPL-3.0-or-later
import { mdiSwapHorizontal } from '@mdi/js'
import { registerFileAction } from '@nextcloud/files'
import { t } from './l10n'
import { generateUrl } from '@nextcloud/router'

/** What both ways of registering an action give: enough of a node. */
interface Archive {
	type: string
	path: string
	mime?: string
}

const ARCHIVES = /\.(zip|tgz|tar\.gz|tar)$/i
const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="${mdiSwapHorizontal}"/></svg>`
const name = (): string => t('passerelle', 'Migrate with Passerelle')
const fits = (nodes: readonly Archive[]): boolean => nodes.length > 0 && nodes.every(node => node.type === 'file' && ARCHIVES.test(node.path))

function open(nodes: readonly Archive[]): void {
	const query = nodes.map(node => 'file=' + encodeURIComponent(node.path)).join('&')
	window.location.assign(generateUrl('/apps/passerelle/') + '#/new?' + query)
}

// Nextcloud 33 and later.
registerFileAction({
	id: 'passerelle',
	displayName: name,
	iconSvgInline: () => icon,
	enabled: ({ nodes }) => fits(nodes),
	order: 60,
	exec: async ({ nodes }) => {
		open(nodes)
		return null
	},
	execBatch: async ({ nodes }) => {
		open(nodes)
		return nodes.map(() => null)
	},
})

// Nextcloud 31 and 32: a list on the window; the nodes come one by one, not in a context.
declare global {
	interface Window {
		_nc_fileactions?: object[]
	}
}
window._nc_fileactions ??= []
window._nc_fileactions.push({
	id: 'passerelle',
	displayName: name,
	iconSvgInline: () => icon,
	enabled: (nodes: Archive[]) => fits(nodes),
	order: 60,
	exec: async (node: Archive) => {
		open([node])
		return null
	},
	execBatch: async (nodes: Archive[]) => {
		open(nodes)
		return nodes.map(() => null)
	},
})
