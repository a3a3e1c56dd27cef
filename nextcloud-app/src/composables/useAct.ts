// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Ref } from 'vue'
import { ref } from 'vue'
import { Problem } from '../api/client'

/** Runs what a button asks for: once at a time, with the problem kept for showing. */
export function useAct(): { busy: Ref<boolean>, problem: Ref<Problem | null>, act: <T>(what: () => Promise<T>) => Promise<T | undefined> } {
	const busy = ref(false)
	const problem = ref<Problem | null>(null)
	async function act<T>(what: () => Promise<T>): Promise<T | undefined> {
		if (busy.value) return undefined
		busy.value = true
		problem.value = null
		try {
			return await what()
		} catch (failure) {
			problem.value = failure instanceof Problem ? failure : new Problem(0, 'app.failed', String(failure))
			return undefined
		} finally {
			busy.value = false
		}
	}
	return { busy, problem, act }
}
