// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Item, Job, Reason } from '../../src/api/types'

export const reason = (text: string, advice = ''): Reason => ({ code: 'test.sample', severity: 'notice', parameters: {}, text, advice })

export const job = (change: Partial<Job> = {}): Job => ({
	id: 12,
	user: 'camille',
	state: 'review',
	task: 'none',
	export: { kind: 'takeout', name: 'takeout-20260314T090000Z', parts: [{ place: 'files', path: 'takeout-001.zip' }] },
	choices: { destination: 'Ancien Drive', convert: { text: true, spreadsheets: true, presentations: true, only_faithful: false }, originals: 'folder', gone: 'keep', include: [], exclude: [], team_folders: [], teams: [], language: 'fr', workers: 2 },
	delta: false,
	workspace: null,
	authorised: true,
	problems: [],
	stopped_by: null,
	statement: { seen: { items: 10, bytes: 4000 }, done: { items: 0, bytes: 0 }, skipped: { items: 1, bytes: 500 }, failed: { items: 0, bytes: 0 }, pending: { items: 9, bytes: 3500 }, converted: 0, retryable: 0, arrived_bytes: 0 },
	space: { need_bytes: 4500, free_bytes: 5000000 },
	activity: null,
	current: '',
	wait: null,
	sent_bytes: 0,
	bytes_per_second: 0,
	seconds_left: null,
	heartbeat_at: null,
	created_at: '2026-03-14T09:00:00Z',
	updated_at: '2026-03-14T09:00:00Z',
	version: 1,
	...change,
})

export const item = (id: number, change: Partial<Item> = {}): Item => ({
	id,
	source: `Comptabilité/budget ${id}.xlsx`,
	kind: 'file',
	product: 'files',
	action: 'convert',
	state: 'planned',
	bytes: 100,
	modified: null,
	target: `Ancien Drive/Comptabilité/budget ${id}.ods`,
	original_target: '',
	kept_target: '',
	existing: '',
	arrived: [],
	verdict: null,
	attention: false,
	retryable: false,
	reasons: [],
	...change,
})
