// SPDX-License-Identifier: AGPL-3.0-or-later
import type { VueWrapper } from '@vue/test-utils'
import type { FoundExport, Job, People, Person } from '../../src/api/types'
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import WorkspacePage from '../../src/views/WorkspacePage.vue'
import { api, Problem } from '../../src/api/client'
import { merged } from '../../src/composables/usePeople'
import { destinationOf, rowsOf } from '../../src/composables/useWorkspace'
import { sumOf } from '../../src/statement'
import { job } from './samples'

vi.mock('@nextcloud/auth', async original => ({ ...await original<object>(), getCurrentUser: () => ({ uid: 'root', displayName: 'root', isAdmin: true }) }))

const addresses = ['bureau@example.org', 'camille@example.org', 'jeanne@example.org']
const found: FoundExport = {
	name: 'Association',
	kind: 'takeout',
	parts: [],
	accounts: addresses.map(address => ({ address, part: { place: 'inbox', path: `Association/${address}` }, bytes: 1000, problems: [] })),
	bytes: 3000,
	problems: [],
}
const owners = { addresses: [{ address: addresses[0], found: [], like: ['bureau'] }, { address: addresses[1], found: ['camille'], like: [] }, { address: addresses[2], found: ['jeanne'], like: [] }], accounts: [] }
const begun = (id: number, address: string, change: Partial<Job> = {}): Job =>
	job({ id, user: address.split('@')[0], workspace: { name: 'Association', inbox_of: 'root' }, export: { ...job().export, parts: [{ place: 'inbox', path: `Association/${address}` }] }, ...change })
const person = (email: string, kind: Person['decision']['kind'] = 'undecided'): Person =>
	({ principal: { kind: 'user', email, name: '' }, shown: email, state: 'unknown', candidates: [], reason: null, decision: { kind, target: '' }, recipient: null }) as unknown as Person
const people = (...all: Person[]): People => ({ people: all, problems: [] })

describe('the rows of a Workspace export', () => {
	it('know the newest wanted job of each account, also where its export lies there no more', () => {
		const jobs = [begun(5, addresses[1], { state: 'cancelled' }), begun(4, addresses[1]), begun(3, 'gone@example.org')]
		const rows = rowsOf(found, jobs, owners)
		expect(rows.map(row => [row.address, row.job?.id ?? null])).toEqual([[addresses[0], null], [addresses[1], 4], ['gone@example.org', 3], [addresses[2], null]])
	})

	it('keep two exports of one account apart', () => {
		const [row] = rowsOf(found, [], owners)
		expect(destinationOf(row, 'jeanne', ['jeanne', 'camille', 'jeanne'], 'Drive')).toBe('Drive/bureau@example.org')
		expect(destinationOf(row, 'jeanne', ['jeanne', 'camille'], '')).toBe('')
	})

	it('add up', () => {
		const sum = sumOf([job().statement, job().statement])
		expect(sum.seen.items).toBe(20)
		expect(sum.done.items + sum.skipped.items + sum.failed.items + sum.pending.items).toBe(sum.seen.items)
	})

	it('have one table of people, each once', () => {
		expect(merged([people(person('a@b'), person('c@d')), people(person('A@b'), person('e@f'))]).people.map(one => one.shown)).toEqual(['a@b', 'c@d', 'e@f'])
	})
})

describe('the page of a Workspace export', () => {
	const create = vi.spyOn(api, 'create')
	const start = vi.spyOn(api, 'start')
	const decide = vi.spyOn(api, 'decidePeople')
	let jobs: Job[]

	beforeEach(() => {
		jobs = []
		create.mockReset().mockImplementation((parts, _choices, _delta, user) => Promise.resolve(begun(20, parts[0].path.split('/')[1], { user, state: 'planning' })))
		start.mockReset().mockImplementation(id => Promise.resolve(job({ id })))
		decide.mockReset()
		vi.spyOn(api, 'inbox').mockResolvedValue([found])
		vi.spyOn(api, 'allJobs').mockImplementation(() => Promise.resolve(jobs))
		vi.spyOn(api, 'accounts').mockResolvedValue(owners)
		vi.spyOn(api, 'people').mockImplementation(id => Promise.resolve(people(person('gone@example.org'), person(`of-${id}@example.org`))))
	})

	async function shown(): Promise<VueWrapper> {
		const wrapper = mount(WorkspacePage, { props: { name: 'Association' }, global: { stubs: { 'router-link': { template: '<a><slot /></a>' } } } })
		await flushPromises()
		return wrapper
	}
	const press = async (wrapper: VueWrapper, text: string): Promise<void> => {
		await wrapper.findAll('button').find(button => button.text().startsWith(text))!.trigger('click')
		await flushPromises()
	}

	it('begins a migration for whoever was found, and for nobody who only has a similar name', async () => {
		const wrapper = await shown()
		await press(wrapper, 'Look at what is in')
		expect(create.mock.calls.map(call => [call[0][0].path, call[2], call[3], call[4]])).toEqual([
			['Association/camille@example.org', false, 'camille', 'Association'],
			['Association/jeanne@example.org', false, 'jeanne', 'Association'],
		])
	})

	it('goes on where accounts were migrated before, each by its own choices', async () => {
		jobs = [job({ user: 'jeanne', choices: { ...job().choices, destination: 'Chez moi' }, statement: { ...job().statement, done: { items: 1, bytes: 1 } } })]
		await press(await shown(), 'Look at what is in')
		expect(create.mock.calls.map(call => [call[1].destination, call[2]])).toEqual([['', false], ['Chez moi', true]])
	})

	it('says for which account it could not be begun, and begins the others', async () => {
		create.mockRejectedValueOnce(new Problem(422, 'service.part_unknown', 'There is no such part.'))
		const wrapper = await shown()
		await press(wrapper, 'Look at what is in')
		expect(create).toHaveBeenCalledTimes(2)
		expect(wrapper.findAll('tbody tr')[1].text()).toContain('There is no such part.')
	})

	it('starts what is to be reviewed, and nothing else', async () => {
		jobs = [begun(4, addresses[1]), begun(3, addresses[2], { state: 'running', task: 'run' })]
		await press(await shown(), 'Start 1 migration')
		expect(start.mock.calls.map(call => call[0])).toEqual([4])
	})

	it('sends a decision once, for whoever names the person', async () => {
		jobs = [begun(4, addresses[1]), begun(3, addresses[2])]
		decide.mockResolvedValue(people(person('gone@example.org', 'nobody'), person('of-4@example.org')))
		const wrapper = await shown()
		const table = wrapper.findAllComponents({ name: 'NcSelect' })
		expect(table).toHaveLength(3)
		await table[0].vm.$emit('update:modelValue', { decision: { kind: 'nobody', target: '' } })
		await flushPromises()
		expect(decide.mock.calls).toHaveLength(1)
		expect(decide.mock.calls[0][1][0].decision.kind).toBe('nobody')
	})
})
