// SPDX-License-Identifier: AGPL-3.0-or-later
import type { WatchSource } from 'vue'
import { watch } from 'vue'

/**
 * Where a button has gone with its step, the keyboard and the screen reader go on at the heading of what came instead: `shown` tells
 * that something else is shown. Whoever is somewhere else stays there, and so does whoever has only just opened the page.
 */
export function useLostFocus(shown: WatchSource<unknown>): void {
	watch(shown, () => {
		if (!navigator.userActivation?.hasBeenActive || document.activeElement !== document.body) return
		const heading = document.querySelector<HTMLElement>('.page h2')
		if (heading === null) return
		heading.tabIndex = -1
		heading.focus()
	}, { flush: 'post' })
}
