// SPDX-License-Identifier: AGPL-3.0-or-later
import axios from '@nextcloud/axios'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { api, Problem, problemOf } from '../../src/api/client'
import { job } from './samples'

const refused = (status: number, code: string): object => ({ response: { status, data: { code, text: 'Pas possible.', advice: 'Attendez.' } } })

describe('the client', () => {
	const request = vi.spyOn(axios, 'request')
	beforeEach(() => { request.mockReset() })

	it('tells what the server said', async () => {
		request.mockRejectedValue(refused(404, 'job.unknown'))
		const problem = await api.job(12).catch(failure => failure)
		expect(problem).toBeInstanceOf(Problem)
		expect([problem.status, problem.code, problem.message, problem.advice]).toEqual([404, 'job.unknown', 'Pas possible.', 'Attendez.'])
	})

	it('knows no answer from a bad one', () => {
		expect(problemOf(new Error('network')).code).toBe('app.no_answer')
		expect(problemOf({ response: { status: 502, data: '<html>' } }).code).toBe('app.failed')
	})

	it('asks for a new app password once, and repeats what it wanted', async () => {
		request.mockRejectedValueOnce(refused(409, 'service.credentials_needed')).mockResolvedValueOnce({ data: {} }).mockResolvedValueOnce({ data: job() })
		await expect(api.applyShares(12, false)).resolves.toEqual(job())
		expect(request.mock.calls.map(([call]) => `${call.method} ${call.url?.replace(/.*passerelle\//, '')}`)).toEqual(['POST api/jobs/12/apply-shares', 'POST jobs/12/authorise', 'POST api/jobs/12/apply-shares'])
	})

	it('asks for one also where the daemon holds one that was revoked', async () => {
		request.mockRejectedValueOnce(refused(502, 'server.unauthorized')).mockResolvedValueOnce({ data: {} }).mockResolvedValueOnce({ data: { items: [], removed: 0, kept: 0 } })
		await expect(api.previewUndo(12)).resolves.toEqual({ items: [], removed: 0, kept: 0 })
		expect(request.mock.calls.map(([call]) => call.method)).toEqual(['GET', 'POST', 'GET'])
	})

	it('does not go on where the second try fails as well', async () => {
		request.mockRejectedValue(refused(409, 'service.credentials_needed'))
		await expect(api.applyShares(12, false)).rejects.toBeInstanceOf(Problem)
		expect(request).toHaveBeenCalledTimes(2)
	})
})
