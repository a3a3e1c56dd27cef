// SPDX-License-Identifier: AGPL-3.0-or-later
// What the daemon says, as docs/api/openapi.yaml describes it (tag "daemon").

export interface Reason {
	code: string
	parameters: Record<string, string>
	/** in the person's language */
	text: string
	/** what they can do; may be empty */
	advice: string
}

export interface Sum {
	items: number
	bytes: number
}

export interface Statement {
	seen: Sum
	done: Sum
	skipped: Sum
	failed: Sum
	pending: Sum
	converted: number
	retryable: number
	arrived_bytes: number
}

export type JobState = 'draft' | 'planning' | 'review' | 'queued' | 'running' | 'paused' | 'stopped' | 'finished' | 'cancelled'
export type Task = 'none' | 'plan' | 'run' | 'share' | 'undo'
export type Activity = 'reading' | 'converting' | 'uploading' | 'finishing' | 'waiting'
export type Originals = 'folder' | 'beside' | 'discard'

export interface ConvertChoice {
	text: boolean
	spreadsheets: boolean
	presentations: boolean
	only_faithful: boolean
}

export interface Choices {
	destination: string
	convert: ConvertChoice
	originals: Originals
	include: string[]
	exclude: string[]
	language: 'fr' | 'en'
}

export interface ExportPart {
	place: 'inbox' | 'files'
	path: string
}

export interface Job {
	id: number
	user: string
	state: JobState
	task: Task
	export_kind: string
	export_name: string
	parts: ExportPart[]
	choices: Choices
	delta: boolean
	problems: Reason[]
	stopped_by: Reason | null
	statement: Statement
	need_bytes: number
	free_bytes: number | null
	activity: Activity
	current: string
	wait: { reason: Reason, until: string | null } | null
	sent_bytes: number
	bytes_per_second: number
	time_left_seconds: number | null
	heartbeat_at: string | null
	created_at: string
	updated_at: string
	version: number
}

export interface FoundExport {
	name: string
	kind: string
	parts: ExportPart[]
	bytes: number
	problems: Reason[]
}

export interface Contents {
	products: (Sum & { word: string })[]
	kinds: (Sum & { word: string })[]
	folders: number
	reasons: { code: string, items: number, text: string, advice: string }[]
}

export interface Upload {
	role: 'main' | 'original'
	target: string
	size: number
	file_id: string
}

export interface Item {
	id: number
	source_path: string
	kind: string
	size: number
	action: 'upload' | 'convert' | 'skip'
	target: string
	original_target: string
	state: 'planned' | 'converted' | 'uploaded' | 'done' | 'skipped' | 'failed'
	verdict: 'faithful' | 'check' | 'kept' | null
	retryable: boolean
	reasons: Reason[]
	uploads: Upload[]
}

export interface ItemQuery {
	state?: string
	reason?: string
	verdict?: string
	text?: string
	below?: string
	after?: number
	limit?: number
}

export type DecisionKind = 'undecided' | 'account' | 'group' | 'new_group' | 'email' | 'guest' | 'nobody'

export interface Person {
	principal: { kind: string, id: string, name: string }
	/** found, suggested, ambiguous, unknown, outsider */
	match: string
	candidates: { kind: string, id: string, name: string }[]
	decision: { kind: DecisionKind, target: string }
}

export interface PeopleTable {
	people: Person[]
	problems: Reason[]
}

export interface Share {
	path: string
	recipient: { kind: string, id: string, name: string }
	rights: string[]
	expires: string | null
	state: string | null
	reasons: Reason[]
}

export interface SharesTable {
	shares: Share[]
	proposals: (Share & { reason: Reason })[]
	remarks: { path: string, reason: Reason }[]
	problems: Reason[]
}

export interface Health {
	version: string
	journal: boolean
	converter: boolean
	running: number
	queued: number
	free_scratch_bytes: number
	up_seconds: number
	problems: Reason[]
}

export interface Limits {
	night_window: string
	bytes_per_second: number
	jobs_at_once: number
}

export interface LogLine {
	time: string
	level: string
	room: string
	job: number | null
	message: string
}

export interface UndoneItem {
	path: string
	removed: boolean
	reason: Reason | null
}
