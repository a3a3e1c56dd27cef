// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Shares } from '../../src/api/types'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import NcSelect from '@nextcloud/vue/components/NcSelect'
import { api, Problem } from '../../src/api/client'
import AccessTable from '../../src/components/AccessTable.vue'
import { parseTable, writeTable } from '../../src/csv'
import { job } from './samples'

const french = '\uFEFFdossier;qui;droits;téléchargement;expiration;note\r\n/Bureau/;Aïcha <aicha@exemple.org>;modification;oui;;\r\n'
	+ '/Bureau/Paie/;Aïcha <aicha@exemple.org>;aucun;oui;;\r\n"/Le ""local""; plans/";"groupe : Bureau";commentaire;non;2026-12-31;"deux\r\nlignes"\r\n/\'=budget.ods;tout le monde;lecture;oui;;\r\n'

describe('the table of accesses', () => {
	it('comes back as it was', () => {
		expect(parseTable(french).rows[3]).toEqual(['/Le "local"; plans/', 'groupe : Bureau', 'commentaire', 'non', '2026-12-31', 'deux\r\nlignes'])
		expect(parseTable(writeTable(parseTable(french)))).toEqual(parseTable(french))
		const english = 'folder,who,rights\r\n/a/,"b, c",read\r\n'
		expect(parseTable(english)).toEqual({ separator: ',', rows: [['folder', 'who', 'rights'], ['/a/', 'b, c', 'read']] })
		expect(writeTable(parseTable(english))).toBe('\uFEFF' + english)
		expect(parseTable('').rows).toEqual([])
	})
})

describe('correcting accesses', () => {
	const nothing: Shares = { shares: [], proposals: [], remarks: [], applied: [], problems: [] }
	const correct = vi.spyOn(api, 'correctAccesses')
	const button = (wrapper: VueWrapper, text: string) => wrapper.findAll('button').find(one => one.text() === text)
	const selects = (wrapper: VueWrapper) => wrapper.findAllComponents(NcSelect)
	const shown = (wrapper: VueWrapper) => selects(wrapper).map(one => (one.props() as unknown as { modelValue: { label: string } }).modelValue.label)

	async function opened(): Promise<VueWrapper> {
		const wrapper = mount(AccessTable, { props: { job: job() } })
		await button(wrapper, 'Correct single accesses…')?.trigger('click')
		await flushPromises()
		return wrapper
	}
	async function pick(wrapper: VueWrapper, row: number, label: string): Promise<void> {
		const { options } = selects(wrapper)[row].props() as unknown as { options: { label: string }[] }
		selects(wrapper)[row].vm.$emit('update:modelValue', options.find(choice => choice.label === label))
		await flushPromises()
	}

	beforeEach(() => {
		correct.mockReset().mockResolvedValue(nothing)
		vi.spyOn(api, 'accesses').mockResolvedValue(french)
	})

	it('asks for nothing until somebody wants it', () => {
		const asked = vi.spyOn(api, 'accesses').mockClear()
		expect(selects(mount(AccessTable, { props: { job: job() } }))).toHaveLength(0)
		expect(asked).not.toHaveBeenCalled()
	})

	it('shows the lines as a person reads them', async () => {
		const wrapper = await opened()
		expect(wrapper.findAll('tbody th').map(one => one.text())).toEqual(['Bureau', 'Bureau/Paie', 'Le "local"; plans', '\'=budget.ods'])
		expect(shown(wrapper)).toEqual(['read and edit', 'nothing', 'read', 'read'])
	})

	it('sends the whole table with one cell changed', async () => {
		const wrapper = await opened()
		await pick(wrapper, 1, 'read')
		const [, sent] = correct.mock.calls[0]
		const before = parseTable(french)
		expect(sent?.rows.map(row => row[2])).toEqual(['droits', 'modification', 'view', 'commentaire', 'lecture'])
		expect(sent?.rows.map(row => row.filter((_, column) => column !== 2))).toEqual(before.rows.map(row => row.filter((_, column) => column !== 2)))
		expect(wrapper.emitted('changed')).toEqual([[nothing]])
	})

	it('changes nothing where what was chosen is what was there', async () => {
		const wrapper = await opened()
		await pick(wrapper, 2, 'read')
		expect(correct).not.toHaveBeenCalled()
	})

	it('shows what still holds where the server did not take it', async () => {
		correct.mockRejectedValue(new Problem(409, 'job.wrong_state', 'Pas maintenant.'))
		const wrapper = await opened()
		await pick(wrapper, 0, 'nothing')
		expect(wrapper.text()).toContain('Pas maintenant.')
		expect(shown(wrapper)[0]).toBe('read and edit')
		expect(wrapper.emitted('changed')).toBeUndefined()
	})

	it('takes everything back', async () => {
		const wrapper = await opened()
		expect(button(wrapper, 'Everything as the export says')).toBeUndefined()
		await pick(wrapper, 0, 'nothing')
		await button(wrapper, 'Everything as the export says')?.trigger('click')
		await flushPromises()
		expect(correct.mock.calls[1][1]).toBeNull()
		expect(shown(wrapper)[0]).toBe('read and edit')
	})

	it('leaves a table alone that does not fit through the server', async () => {
		vi.spyOn(api, 'accesses').mockResolvedValue(french + '/x/;a@b.c;lecture;oui;;\r\n'.repeat(150_000))
		const wrapper = await opened()
		expect(selects(wrapper)).toHaveLength(0)
		expect(wrapper.text()).toContain('too long')
	})
})
