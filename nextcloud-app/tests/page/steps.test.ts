// SPDX-License-Identifier: AGPL-3.0-or-later
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { api, Problem } from '../../src/api/client'
import BridgeCard from '../../src/components/BridgeCard.vue'
import ChoicesStep from '../../src/steps/ChoicesStep.vue'
import RunningStep from '../../src/steps/RunningStep.vue'
import UndoDialog from '../../src/components/UndoDialog.vue'
import StatementTable from '../../src/components/StatementTable.vue'
import { stepFor, stepsOf } from '../../src/steps/steps'
import { exportTitle } from '../../src/words'
import { job, reason } from './samples'

const button = (wrapper: ReturnType<typeof mount>, text: string) => wrapper.findAll('button').find(one => one.text() === text)

describe('the steps', () => {
	it('open as the job goes on', () => {
		const open = (change: Parameters<typeof job>[0]) => stepsOf(job(change)).filter(step => step.open).map(step => step.id)
		expect(open({ state: 'planning' })).toEqual(['contents'])
		expect(open({ state: 'review' })).toEqual(['contents', 'choices', 'review'])
		expect(open({ state: 'running' })).toEqual(['contents', 'choices', 'review', 'running', 'result'])
		expect(stepsOf(null).filter(step => step.open).map(step => step.id)).toEqual(['source', 'files'])
	})

	it('bear the number where the export could not be opened, since its kind is not known', () => {
		const unread = job({ state: 'stopped', task: 'plan', export: { kind: 'folder', name: '', parts: [] } })
		expect(exportTitle(unread)).toBe('Migration 12')
		expect(exportTitle({ ...unread, task: 'run' })).toBe('Folder')
	})

	it('lead to where the job is', () => {
		expect(stepFor(job({ state: 'review' }))).toBe('contents')
		expect(stepFor(job({ state: 'running' }))).toBe('running')
		expect(stepFor(job({ state: 'stopped' }))).toBe('running')
		expect(stepFor(job({ state: 'finished' }))).toBe('result')
	})
})

describe('the running job', () => {
	const half = { ...job().statement, done: { items: 10, bytes: 3999 }, skipped: { items: 0, bytes: 0 }, pending: { items: 1, bytes: 1 }, seen: { items: 11, bytes: 4000 } }

	it('is never done before nothing is left', () => {
		expect(mount(RunningStep, { props: { job: job({ state: 'running', statement: half }) } }).text()).toContain('99 %')
		const all = { ...half, done: { items: 11, bytes: 4000 }, pending: { items: 0, bytes: 0 } }
		expect(mount(RunningStep, { props: { job: job({ state: 'finished', statement: all }) } }).text()).toContain('100 %')
	})

	it('says what it waits for', () => {
		const text = mount(RunningStep, { props: { job: job({ state: 'running', statement: half, wait: { reason: reason('Nextcloud est en maintenance.'), until: null } }) } }).text()
		expect(text).toContain('Nextcloud est en maintenance.')
	})

	it('says why it stopped, and goes on at a click', async () => {
		const resume = vi.spyOn(api, 'act').mockResolvedValue(job({ state: 'queued' }))
		const wrapper = mount(RunningStep, { props: { job: job({ state: 'stopped', stopped_by: reason('Il manque 120 Mo.', 'Demandez de la place.') }) } })
		expect(wrapper.text()).toContain('Il manque 120 Mo. Demandez de la place.')
		await button(wrapper, 'Go on')?.trigger('click')
		await flushPromises()
		expect(resume).toHaveBeenCalledWith(12, 'resume')
		expect(wrapper.emitted('changed')?.[0]).toEqual([job({ state: 'queued' })])
	})
})

describe('the choices', () => {
	const choose = vi.spyOn(api, 'choose')
	beforeEach(() => {
		choose.mockReset()
		vi.spyOn(api, 'places').mockResolvedValue({ folders: ['Bureau'], team_folders: null, teams: null })
		vi.spyOn(api, 'people').mockResolvedValue({ people: [], problems: [] })
		vi.spyOn(api, 'shares').mockResolvedValue({ shares: [], proposals: [], remarks: [], applied: [], problems: [] })
	})

	it('need no change: "Next" goes on without planning anew', async () => {
		const wrapper = mount(ChoicesStep, { props: { job: job() } })
		await flushPromises()
		await button(wrapper, 'Next')?.trigger('click')
		await flushPromises()
		expect(choose).not.toHaveBeenCalled()
		expect(wrapper.emitted('go')?.[0]).toEqual(['review'])
	})

	it('plan anew where something changed', async () => {
		choose.mockResolvedValue(job({ state: 'planning' }))
		const wrapper = mount(ChoicesStep, { props: { job: job() } })
		await flushPromises()
		await wrapper.findAll('input[type=checkbox]')[1].setValue(false)
		await button(wrapper, 'Next')?.trigger('click')
		await flushPromises()
		expect(choose.mock.calls[0][1].convert).toEqual({ text: true, spreadsheets: false, presentations: true, only_faithful: false })
	})

	it('ask about what is gone only where an account comes again', async () => {
		choose.mockResolvedValue(job({ state: 'planning' }))
		expect(mount(ChoicesStep, { props: { job: job() } }).find('input[name=gone]').exists()).toBe(false)
		const wrapper = mount(ChoicesStep, { props: { job: job({ delta: true }) } })
		await flushPromises()
		await wrapper.find('input[name=gone][value=trash]').setValue(true)
		await button(wrapper, 'Next')?.trigger('click')
		await flushPromises()
		expect(choose.mock.calls[0][1].gone).toBe('trash')
	})

	it('say nothing about folders where there is nothing to choose', async () => {
		const wrapper = mount(ChoicesStep, { props: { job: job() } })
		await flushPromises()
		expect(wrapper.text()).not.toContain('own files')
	})

	it('are closed once files have arrived', async () => {
		const statement = { ...job().statement, done: { items: 1, bytes: 1 } }
		const wrapper = mount(ChoicesStep, { props: { job: job({ state: 'stopped', statement }) } })
		await flushPromises()
		expect(wrapper.findAll('input').every(input => input.attributes('disabled') !== undefined)).toBe(true)
	})
})

describe('the statement', () => {
	it('adds up on the screen', () => {
		const cells = mount(StatementTable, { props: { statement: job().statement } }).findAll('tr').map(row => row.findAll('td')[0]?.text())
		const [, done, skipped, failed, pending, seen] = cells.map(Number)
		expect(done + skipped + failed + pending).toBe(seen)
	})
})

describe('the new exports of an account', () => {
	const followed = { id: 3, user: 'alice', job: 7, kind: 'takeout', destination: 'Ancien Drive', automatic: true, state: 'watching', reason: null, export_name: '', latest_job: null, created_at: '2026-03-14T09:00:00Z' } as const
	const finished = job({ id: 7, user: 'alice', state: 'finished', export: { kind: 'takeout', name: 't', parts: [] }, choices: { ...job().choices, destination: 'Ancien Drive' } })

	beforeEach(() => vi.restoreAllMocks())

	it('are followed from a finished job on', async () => {
		const list = vi.spyOn(api, 'bridges').mockResolvedValueOnce([{ ...followed, destination: 'Elsewhere' }]).mockResolvedValue([followed])
		const build = vi.spyOn(api, 'buildBridge').mockResolvedValue(followed)
		const wrapper = mount(BridgeCard, { props: { job: finished } })
		await flushPromises()
		await button(wrapper, 'Follow new exports')?.trigger('click')
		await flushPromises()
		expect(build).toHaveBeenCalledWith(7, true)
		expect(list).toHaveBeenCalledTimes(2)
		expect(wrapper.text()).toContain('New exports are followed')
		expect(button(wrapper, 'Follow new exports')).toBeUndefined()
	})

	it('are followed again at a click where the access was withdrawn', async () => {
		const without = { ...followed, state: 'no_access', export_name: 'takeout-2' } as const
		const list = vi.spyOn(api, 'bridges').mockResolvedValueOnce([without]).mockResolvedValueOnce([without]).mockResolvedValue([followed])
		const give = vi.spyOn(api, 'authoriseBridge').mockRejectedValueOnce(new Problem(502, 'app.daemon_unreachable', 'Le service ne répond pas.')).mockResolvedValue(followed)
		const announce = vi.fn()
		const wrapper = mount(BridgeCard, { props: { job: finished }, global: { provide: { announce } } })
		await flushPromises()
		expect(wrapper.text()).toContain('the access was withdrawn')
		expect(wrapper.text()).toContain('takeout-2')
		await button(wrapper, 'Give access again')?.trigger('click')
		await flushPromises()
		expect(wrapper.text()).toContain('Le service ne répond pas.')
		expect([announce.mock.calls.length, list.mock.calls.length]).toEqual([0, 1])
		list.mockReset().mockResolvedValue([followed])
		await button(wrapper, 'Give access again')?.trigger('click')
		await flushPromises()
		expect(give).toHaveBeenCalledWith(3)
		expect(wrapper.text()).toContain('New exports are followed')
		expect(button(wrapper, 'Give access again')).toBeUndefined()
		expect(announce).toHaveBeenCalledWith('New exports are followed again.')
	})

	it('say what they wait for, and can be followed no more', async () => {
		vi.spyOn(api, 'bridges').mockResolvedValueOnce([{ ...followed, automatic: false, state: 'ready', export_name: 'takeout-2', reason: reason('Il attend votre accord.'), latest_job: 9 }]).mockResolvedValue([])
		const remove = vi.spyOn(api, 'removeBridge').mockResolvedValue()
		const wrapper = mount(BridgeCard, { props: { job: finished } })
		await flushPromises()
		expect(wrapper.text()).toContain('takeout-2')
		expect(wrapper.text()).toContain('Il attend votre accord.')
		await button(wrapper, 'Follow no more')?.trigger('click')
		await flushPromises()
		expect(remove).toHaveBeenCalledWith(3)
		expect(button(wrapper, 'Follow new exports')).toBeDefined()
	})
})

describe('undoing', () => {
	it('counts apart what goes to the trash bin and what is taken back, and tells first what stays', async () => {
		const stays = reason('L\'équipe « Bureau » est restée.')
		const preview = {
			removed: 3, kept: 1, items: [
				{ kind: 'share' as const, path: 'Ancien Drive', removed: true, reason: null },
				{ kind: 'file' as const, path: 'Ancien Drive/a.ods', removed: true, reason: null },
				{ kind: 'folder' as const, path: 'Ancien Drive', removed: true, reason: null },
				{ kind: 'team' as const, path: 'Bureau', removed: false, reason: stays },
			],
		}
		const wrapper = mount(UndoDialog, { props: { preview }, global: { stubs: { NcDialog: { template: '<div><slot /><slot name="actions" /></div>' } } } })
		expect(wrapper.find('p').text()).toBe('2 files and folders go to the trash bin. 1 share is taken back. 1 stays; the list says why.')
		const lines = wrapper.findAll('li').map(line => line.text().replace(/\s+/g, ' '))
		expect(lines).toEqual([
			'Team Bureau → L\'équipe « Bureau » est restée.',
			'Share of Ancien Drive → taken back', 'Ancien Drive → to the trash bin', 'Ancien Drive/a.ods → to the trash bin',
		])
		await button(wrapper, 'Undo')?.trigger('click')
		expect(wrapper.emitted('undo')).toHaveLength(1)
	})
})
