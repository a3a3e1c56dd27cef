// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Ref } from 'vue'
import type { Problem } from '../api/client'
import type { Item, ItemQuery } from '../api/types'
import { ref, shallowRef, triggerRef, watch } from 'vue'
import { api } from '../api/client'

const PAGE = 500

/**
 * Lines of a ledger, page by page; a new query begins anew, with another array, and answers of an older one are dropped.
 * Within one query the array grows where it is: a hundred thousand lines are not copied for each page.
 */
export function useItems(id: () => number, query: () => ItemQuery): {
	items: Ref<Item[]>
	complete: Ref<boolean>
	loading: Ref<boolean>
	problem: Ref<Problem | null>
	more: () => Promise<void>
	reload: () => Promise<void>
} {
	const items = shallowRef<Item[]>([])
	const complete = ref(false)
	const loading = ref(false)
	const problem = ref<Problem | null>(null)
	let round = 0
	let after: number | undefined

	async function more(): Promise<void> {
		if (loading.value || complete.value) return
		const mine = round
		loading.value = true
		try {
			const page = await api.items(id(), { ...query(), after, limit: PAGE })
			if (mine !== round) return
			items.value.push(...page.items)
			triggerRef(items)
			after = page.next ?? undefined
			complete.value = page.next === null
			problem.value = null
		} catch (failure) {
			if (mine === round) problem.value = failure as Problem
		} finally {
			if (mine === round) loading.value = false
		}
	}

	function reload(): Promise<void> {
		round += 1
		items.value = []
		after = undefined
		complete.value = false
		loading.value = false
		return more()
	}

	watch([id, query], reload, { immediate: true })
	return { items, complete, loading, problem, more, reload }
}
