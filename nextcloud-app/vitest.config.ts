// SPDX-License-Identifier: AGPL-3.0-or-later
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
	plugins: [vue()],
	test: { environment: 'jsdom', include: ['tests/page/**/*.test.ts'], server: { deps: { inline: [/@nextcloud/] } }, css: false },
})
