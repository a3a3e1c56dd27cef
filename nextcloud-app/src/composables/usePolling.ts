// SPDX-License-Identifier: AGPL-3.0-or-later
import { onBeforeUnmount, onMounted } from 'vue'

/**
 * Calls `ask` now and again after the milliseconds that it answered, for as long as the component lives and the page is
 * in front. One request at a time; what fails is asked again later. PHP keeps a process busy for each open request, so
 * the page asks shortly and often rather than waiting inside one.
 */
export function usePolling(ask: () => Promise<number>): { now: () => void } {
	let timer: ReturnType<typeof setTimeout> | undefined
	let busy = false
	let again = false
	let over = false

	async function turn(): Promise<void> {
		if (over || document.hidden) return
		if (busy) {
			again = true
			return
		}
		busy = true
		clearTimeout(timer)
		const pause = await ask().catch(() => 10_000)
		busy = false
		if (over) return
		timer = setTimeout(turn, again ? 0 : pause)
		again = false
	}

	onMounted(() => {
		document.addEventListener('visibilitychange', turn)
		void turn()
	})
	onBeforeUnmount(() => {
		over = true
		clearTimeout(timer)
		document.removeEventListener('visibilitychange', turn)
	})
	return { now: () => void turn() }
}
