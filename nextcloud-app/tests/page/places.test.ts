// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Places } from '../../src/api/types'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent } from 'vue'
import NcSelect from '@nextcloud/vue/components/NcSelect'
import { api } from '../../src/api/client'
import ChoicesStep from '../../src/steps/ChoicesStep.vue'
import ReviewStep from '../../src/steps/ReviewStep.vue'
import { item, job, reason } from './samples'

const button = (wrapper: VueWrapper, text: string) => wrapper.findAll('button').find(one => one.text() === text)
const selects = (wrapper: VueWrapper) => wrapper.findAllComponents(NcSelect)
const shown = (wrapper: VueWrapper, row: number) => selects(wrapper)[row].props() as unknown as { options: { label: string }[], modelValue: { label: string }, disabled: boolean }
const labels = (wrapper: VueWrapper, row: number): string[] => shown(wrapper, row).options.map(choice => choice.label)

async function pick(wrapper: VueWrapper, row: number, label: string): Promise<void> {
	selects(wrapper)[row].vm.$emit('update:modelValue', shown(wrapper, row).options.find(choice => choice.label === label))
	await flushPromises()
}

async function next(wrapper: VueWrapper): Promise<void> {
	await button(wrapper, 'Next')?.trigger('click')
	await flushPromises()
}

describe('where the folders go', () => {
	const choose = vi.spyOn(api, 'choose')
	const places = vi.spyOn(api, 'places')
	const there: Places = { folders: ['Bureau', 'Fête'], team_folders: [{ name: 'Archives', free_bytes: null }, { name: 'Conseil', free_bytes: 5000000 }], teams: ['Comité'] }

	async function opened(change: Parameters<typeof job>[0] = {}): Promise<VueWrapper> {
		const wrapper = mount(ChoicesStep, { props: { job: job(change) } })
		await flushPromises()
		await button(wrapper, 'Change…')?.trigger('click')
		return wrapper
	}

	beforeEach(() => {
		choose.mockReset().mockResolvedValue(job({ state: 'planning' }))
		places.mockReset().mockResolvedValue(there)
		vi.spyOn(api, 'people').mockResolvedValue({ people: [], problems: [] })
		vi.spyOn(api, 'shares').mockResolvedValue({ shares: [], proposals: [], remarks: [], applied: [], problems: [] })
	})

	it('is one line until somebody wants it otherwise', async () => {
		const wrapper = mount(ChoicesStep, { props: { job: job() } })
		await flushPromises()
		expect(wrapper.text()).toContain('All folders go to your own files.')
		expect(selects(wrapper)).toHaveLength(0)
		await button(wrapper, 'Change…')?.trigger('click')
		expect(labels(wrapper, 0)).toEqual(['Your own files', 'Team folder Archives', 'Team folder Conseil (5 MB free)', 'Shared with the Team Comité', 'Shared with a new Team'])
		await next(wrapper)
		expect(choose).not.toHaveBeenCalled()
	})

	it('is a team folder for one folder alone', async () => {
		const wrapper = await opened()
		await pick(wrapper, 0, 'Team folder Archives')
		expect(labels(wrapper, 1)).not.toContain('Team folder Archives')
		expect(labels(wrapper, 0)).toContain('Team folder Archives')
		await next(wrapper)
		expect(choose.mock.calls[0][1]).toMatchObject({ team_folders: [{ folder: 'Bureau', name: 'Archives' }], teams: [] })
	})

	it('is a Team, or a new one with the folder\'s name or another', async () => {
		const wrapper = await opened()
		await pick(wrapper, 0, 'Shared with the Team Comité')
		await pick(wrapper, 1, 'Shared with a new Team')
		const name = wrapper.find<HTMLInputElement>('td input[maxlength]')
		expect(name.element.value).toBe('Fête')
		await name.setValue('Comité')
		expect(wrapper.text()).toContain('Another folder has this Team already.')
		await name.setValue('Fête du/village')
		expect(wrapper.text()).not.toContain('Another folder has this Team already.')
		await next(wrapper)
		expect(choose.mock.calls[0][1]).toMatchObject({ team_folders: [], teams: [{ folder: 'Bureau', name: 'Comité' }, { folder: 'Fête', name: 'Fête duvillage' }] })
	})

	it('can be taken back', async () => {
		const wrapper = await opened({ choices: { ...job().choices, team_folders: [{ folder: 'Bureau', name: 'Gone since' }] } })
		expect(shown(wrapper, 0).modelValue.label).toBe('Team folder Gone since')
		await pick(wrapper, 0, 'Your own files')
		await next(wrapper)
		expect(choose.mock.calls[0][1]).toMatchObject({ team_folders: [], teams: [] })
	})

	it('can be chosen anew where the plan failed over it', async () => {
		places.mockResolvedValue({ ...there, folders: ['Bureau'] })
		const wrapper = await opened({ state: 'stopped', task: 'plan', choices: { ...job().choices, team_folders: [{ folder: 'Bureau', name: 'Conseil' }] } })
		await pick(wrapper, 0, 'Team folder Archives')
		await next(wrapper)
		expect(choose.mock.calls[0][1].team_folders).toEqual([{ folder: 'Bureau', name: 'Archives' }])
	})

	it('is shown, and not asked for, once files have arrived', async () => {
		const statement = { ...job().statement, done: { items: 1, bytes: 1 } }
		const wrapper = await opened({ state: 'finished', statement, choices: { ...job().choices, teams: [{ folder: 'Bureau', name: 'Comité' }] } })
		expect(places).not.toHaveBeenCalled()
		expect(shown(wrapper, 0).disabled).toBe(true)
		expect(shown(wrapper, 0).modelValue.label).toBe('Shared with the Team Comité')
	})
})

describe('the review', () => {
	const choices = { ...job().choices, team_folders: [{ folder: 'Bureau', name: 'Archives' }] }
	const reviewed = (change: Parameters<typeof job>[0]) => {
		const folder = item(1, { source: 'Bureau', kind: 'folder', action: 'upload', target: 'Archives' })
		const ItemTable = defineComponent({ setup: (_, { slots }) => () => slots.line?.({ item: folder }) })
		return mount(ReviewStep, { props: { job: job(change) }, global: { stubs: { ItemTable } } }).text()
	}

	it('says that a folder goes into a team folder, which is no other name', () => {
		expect(reviewed({ choices })).toContain('team folder')
		expect(reviewed({ choices })).not.toContain('name changed')
		expect(reviewed({})).toContain('name changed')
	})

	it('says why there is no plan', () => {
		expect(reviewed({ state: 'stopped', task: 'plan', choices, stopped_by: reason('Archives is full.', 'Ask for room.') })).toContain('Archives is full. Ask for room.')
	})
})
