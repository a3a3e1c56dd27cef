// SPDX-License-Identifier: AGPL-3.0-or-later
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import FilesStep from '../../src/steps/FilesStep.vue'
import NewJob from '../../src/views/NewJob.vue'
import { api } from '../../src/api/client'
import { job } from './samples'

vi.mock('vue-router', () => ({
	useRoute: () => ({ query: { file: '/Exports/takeout-2.zip' } }),
	useRouter: () => ({ push: vi.fn() }),
}))

describe('a new migration', () => {
	const create = vi.spyOn(api, 'create')
	beforeEach(() => {
		create.mockReset().mockResolvedValue(job())
		vi.spyOn(api, 'inbox').mockResolvedValue([])
		vi.spyOn(api, 'jobs').mockResolvedValue([
			job({ choices: { ...job().choices, destination: 'Cancelled' } }),
			job({ choices: { ...job().choices, destination: 'Before' }, statement: { ...job().statement, done: { items: 3, bytes: 3 } } }),
		])
	})

	it('begins with nothing chosen but the language', async () => {
		const wrapper = mount(NewJob, { global: { stubs: { 'router-link': true } } })
		wrapper.findComponent(FilesStep).vm.$emit('next')
		await flushPromises()
		expect(create.mock.calls[0].slice(0, 3)).toEqual([[{ place: 'files', path: 'Exports/takeout-2.zip' }], { language: 'en' }, false])
	})

	it('of an account that comes again goes where the one before went', async () => {
		const wrapper = mount(NewJob, { global: { stubs: { 'router-link': true } } })
		await wrapper.find('input[type=checkbox]').setValue(true)
		wrapper.findComponent(FilesStep).vm.$emit('next')
		await flushPromises()
		expect(create.mock.calls[0][1].destination).toBe('Before')
		expect(create.mock.calls[0][2]).toBe(true)
	})
})
