// SPDX-License-Identifier: AGPL-3.0-or-later
import { createAppConfig } from '@nextcloud/vite-config'
import { resolve } from 'node:path'

const source = (name: string): string => resolve(import.meta.dirname, 'src', name)

// Three bundles: the page, the administration settings, and the action in the Files app.
export default createAppConfig({
	main: source('main.ts'),
	admin: source('admin.ts'),
	files: source('files.ts'),
}, {
	config: {
		build: {
			sourcemap: false,
			cssCodeSplit: true,
			// Nothing imports a bundle: Nextcloud asks for it with its version behind it, so that it would run a second time.
			rollupOptions: { preserveEntrySignatures: 'strict' },
		},
	},
})
