// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Table } from '../csv'
import type { Accounts, Bridge, Choices, Contents, ExportPart, FoundExport, Health, ItemQuery, Items, Job, Limits, Log, LogQuery, People, PeopleDecisions, Places, ProblemDocument, Shares, UndoPreview } from './types'
import axios from '@nextcloud/axios'
import { generateUrl } from '@nextcloud/router'
import { writeTable } from '../csv'

/** What a person is told when a request could not be answered. */
export class Problem extends Error {
	constructor(readonly status: number, readonly code: string, text: string, readonly advice = '') {
		super(text)
	}
}

const base = (path: string): string => generateUrl('/apps/passerelle/') + path

async function ask<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown, params?: object, headers: Record<string, string> = {}): Promise<T> {
	try {
		const answer = await axios.request<T>({ method, url: base(path), data: body, params, headers: { Accept: 'application/json', ...headers } })
		return answer.data
	} catch (failure) {
		throw problemOf(failure)
	}
}

/** Made of whatever axios threw: a problem document, or no answer at all. */
export function problemOf(failure: unknown): Problem {
	const response = (failure as { response?: { status: number, data?: Partial<ProblemDocument> } }).response
	if (response === undefined) return new Problem(0, 'app.no_answer', '')
	const data = typeof response.data === 'object' && response.data !== null ? response.data : {}
	return new Problem(response.status, data.code ?? 'app.failed', data.text ?? data.title ?? '', data.advice ?? '')
}

const job = (id: number, rest = ''): string => `api/jobs/${id}${rest}`

export type Act = 'pause' | 'resume' | 'cancel'

/** What needs the job's app password is repeated with a new one where the daemon has none any more, or one that was revoked. */
const withoutPassword = ['service.credentials_needed', 'server.unauthorized']

async function withPassword<T>(id: number, act: () => Promise<T>): Promise<T> {
	try {
		return await act()
	} catch (failure) {
		if (!(failure instanceof Problem) || !withoutPassword.includes(failure.code)) throw failure
		await ask('POST', `jobs/${id}/authorise`)
		return act()
	}
}

export const api = {
	health: () => ask<Health>('GET', 'api/health'),
	inbox: () => ask<{ exports: FoundExport[] }>('GET', 'api/inbox').then(answer => answer.exports),
	jobs: () => ask<{ jobs: Job[] }>('GET', 'api/jobs').then(answer => answer.jobs),
	allJobs: () => ask<{ jobs: Job[] }>('GET', 'api/admin/jobs').then(answer => answer.jobs),
	job: (id: number) => ask<Job>('GET', job(id)),
	create: (parts: ExportPart[], choices: Partial<Choices>, delta: boolean, user = '', workspace = '') =>
		ask<Job>('POST', 'jobs', { parts, choices, delta, user, workspace }),
	choose: (id: number, choices: Choices) => ask<Job>('PUT', job(id, '/choices'), choices),
	start: (id: number, pilot = '') => withPassword(id, () => ask<Job>('POST', job(id, '/start'), { pilot })),
	act: (id: number, act: Act) => withPassword(id, () => ask<Job>('POST', job(id, '/' + act), {})),
	retry: (id: number, items: number[]) => withPassword(id, () => ask<Job>('POST', job(id, '/retry'), { items })),
	applyShares: (id: number, notify: boolean) => withPassword(id, () => ask<Job>('POST', job(id, '/apply-shares'), { notify })),
	undo: (id: number) => withPassword(id, () => ask<Job>('POST', job(id, '/undo'), {})),
	previewUndo: (id: number) => withPassword(id, () => ask<UndoPreview>('GET', job(id, '/undo'))),
	remove: (id: number) => ask<void>('DELETE', job(id)),
	contents: (id: number) => ask<Contents>('GET', job(id, '/contents')),
	items: (id: number, query: ItemQuery) => ask<Items>('GET', job(id, '/items'), undefined, query),
	decideItems: (id: number, decisions: { item: number, wish: string }[]) => ask<void>('PATCH', job(id, '/items'), { decisions }),
	people: (id: number) => withPassword(id, () => ask<People>('GET', job(id, '/people'))),
	decidePeople: (id: number, decisions: PeopleDecisions['decisions']) =>
		withPassword(id, () => ask<People>('PUT', job(id, '/people'), { decisions })),
	shares: (id: number) => withPassword(id, () => ask<Shares>('GET', job(id, '/shares'))),
	accesses: (id: number) => ask<string>('GET', job(id, '/accesses'), undefined, undefined, { Accept: 'text/csv' }),
	/** Without a table, the export's own holds again. */
	correctAccesses: (id: number, table: Table | null) =>
		withPassword(id, () => ask<Shares>('PUT', job(id, '/accesses'), table === null ? '' : writeTable(table), undefined, { 'Content-Type': 'text/csv' })),
	places: (id: number) => withPassword(id, () => ask<Places>('GET', job(id, '/places'))),
	bridges: () => ask<{ bridges: Bridge[] }>('GET', 'api/bridges').then(answer => answer.bridges),
	allBridges: () => ask<{ bridges: Bridge[] }>('GET', 'api/admin/bridges').then(answer => answer.bridges),
	buildBridge: (id: number, automatic: boolean) => ask<Bridge>('POST', 'bridges', { job: id, automatic }),
	changeBridge: (id: number, automatic: boolean) => ask<Bridge>('PUT', `api/bridges/${id}`, { automatic }),
	authoriseBridge: (id: number) => ask<Bridge>('POST', `bridges/${id}/authorise`),
	removeBridge: (id: number) => ask<void>('DELETE', `bridges/${id}`),
	limits: () => ask<Limits>('GET', 'api/admin/limits'),
	setLimits: (limits: Limits) => ask<Limits>('PUT', 'api/admin/limits', limits),
	log: (query: LogQuery) => ask<Log>('GET', 'api/admin/log', undefined, query).then(answer => answer.lines),
	pair: (code: string) => ask<{ address: string }>('PUT', 'pairing', { code }),
	unpair: () => ask<{ address: string }>('DELETE', 'pairing'),
	accounts: (addresses: string[]) => ask<Accounts>('POST', 'accounts', { addresses }),
	allowGroups: (groups: string[]) => ask<{ groups: string[] }>('PUT', 'groups', { groups }),
	reportUrl: (id: number, format: string) => base(job(id, '/report')) + `?format=${format}&requesttoken=${encodeURIComponent(document.head.dataset.requesttoken ?? '')}`,
}
