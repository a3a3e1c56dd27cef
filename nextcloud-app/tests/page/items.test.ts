// SPDX-License-Identifier: AGPL-3.0-or-later
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import NcSelect from '@nextcloud/vue/components/NcSelect'
import ItemTable from '../../src/components/ItemTable.vue'
import { api } from '../../src/api/client'
import { useItems } from '../../src/composables/useItems'
import { item, job } from './samples'

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

describe('the ledger by reason', () => {
	it('counts the reasons when somebody wants to choose, and asks for the lines of one', async () => {
		const ask = vi.spyOn(api, 'items').mockResolvedValue({ items: [], next: null })
		const contents = vi.spyOn(api, 'contents').mockResolvedValue({ products: [], kinds: [], folders: 0, reasons: [{ code: 'convert.encrypted', severity: 'notice', items: 3, text: 'Protected by a password.', advice: '' }] })
		const wrapper = mount(ItemTable, { props: { job: job(), filters: ['state', 'verdict', 'reason'] } })
		await flushPromises()
		expect(contents).not.toHaveBeenCalled()
		const select = wrapper.findAllComponents(NcSelect)[2]
		select.vm.$emit('open')
		await flushPromises()
		const { options: choices } = select.props() as unknown as { options: { id: string, label: string }[] }
		expect(choices.map(choice => choice.label)).toEqual(['Protected by a password. (3)'])
		select.vm.$emit('update:modelValue', choices[0])
		await flushPromises()
		expect(ask.mock.lastCall?.[1].reason).toBe('convert.encrypted')
	})
})
