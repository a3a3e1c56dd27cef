// SPDX-License-Identifier: AGPL-3.0-or-later
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import { api } from '../../src/api/client'
import { useItems } from '../../src/composables/useItems'
import { item } from './samples'

describe('the ledger, page by page', () => {
	const ask = vi.spyOn(api, 'items')
	beforeEach(() => { ask.mockReset() })

	it('asks on from the last line until there is none', async () => {
		ask.mockResolvedValueOnce({ items: [item(1), item(2)], next: 2 }).mockResolvedValueOnce({ items: [item(3)], next: null })
		const { items, complete, more } = effectScope().run(() => useItems(() => 12, () => ({})))!
		await flushPromises()
		expect([items.value.map(one => one.id), complete.value]).toEqual([[1, 2], false])
		await more()
		expect([items.value.map(one => one.id), complete.value]).toEqual([[1, 2, 3], true])
		await more()
		expect(ask.mock.calls.map(([, query]) => query.after)).toEqual([undefined, 2])
	})

	it('drops the answer to a question that is no longer asked', async () => {
		let answerLate = (_page: Awaited<ReturnType<typeof api.items>>): void => undefined
		ask.mockReturnValueOnce(new Promise(resolve => { answerLate = resolve })).mockResolvedValueOnce({ items: [item(7)], next: null })
		const text = ref('')
		const { items } = effectScope().run(() => useItems(() => 12, () => ({ text: text.value })))!
		text.value = 'budget'
		await flushPromises()
		answerLate({ items: [item(1)], next: 1 })
		await flushPromises()
		expect(items.value.map(one => one.id)).toEqual([7])
	})
})
