// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Activity, Bridge, DecisionKind, Item, Job, JobState, Person, Share, Shares } from './api/types'
import { t } from './l10n'

// The words of the daemon, as a person reads them.

export const stateWord = (state: JobState): string => ({
	draft: t('passerelle', 'being prepared'),
	planning: t('passerelle', 'being examined'),
	review: t('passerelle', 'to be reviewed'),
	queued: t('passerelle', 'waiting'),
	running: t('passerelle', 'running'),
	paused: t('passerelle', 'paused'),
	stopped: t('passerelle', 'stopped'),
	finished: t('passerelle', 'finished'),
	cancelled: t('passerelle', 'cancelled'),
})[state]

export const bridgeWord = (state: Bridge['state']): string => ({
	watching: t('passerelle', 'New exports are followed; none is there.'),
	arriving: t('passerelle', 'A new export is arriving:'),
	incomplete: t('passerelle', 'A new export is not complete yet:'),
	ready: t('passerelle', 'A new export waits for you:'),
	no_inbox: t('passerelle', 'There is no inbox for new exports.'),
	no_access: t('passerelle', 'New exports cannot be brought over: the access was withdrawn.'),
})[state]

export const activityWord = (activity: Activity): string => ({
	reading: t('passerelle', 'Reading the export'),
	converting: t('passerelle', 'Converting a document'),
	uploading: t('passerelle', 'Writing files'),
	finishing: t('passerelle', 'Setting dates and favourites'),
	waiting: t('passerelle', 'Waiting'),
})[activity]

export const kindWord = (word: string): string => ({
	documents: t('passerelle', 'Text documents'),
	spreadsheets: t('passerelle', 'Spreadsheets'),
	presentations: t('passerelle', 'Presentations'),
	images: t('passerelle', 'Pictures'),
	videos: t('passerelle', 'Videos'),
	audio: t('passerelle', 'Sound'),
	archives: t('passerelle', 'Archives'),
	mail: t('passerelle', 'Mail'),
	other: t('passerelle', 'Other files'),
	files: t('passerelle', 'Files'),
	photos: t('passerelle', 'Photos'),
	contacts: t('passerelle', 'Contacts'),
	calendar: t('passerelle', 'Calendars'),
	keep: t('passerelle', 'Notes'),
	tasks: t('passerelle', 'Tasks'),
} as Record<string, string>)[word] ?? word

const exportWord = (kind: string): string => ({
	takeout: t('passerelle', 'Google Takeout'),
	drive: t('passerelle', 'Download from Google Drive'),
	dropbox: t('passerelle', 'Dropbox'),
	folder: t('passerelle', 'Folder'),
} as Record<string, string>)[kind] ?? kind

/** What a job is called before its export has told its name, and after. */
export const exportTitle = (job: Job): string =>
	job.export.name || (job.export.kind === null || job.task === 'plan' ? t('passerelle', 'Migration {number}', { number: job.id }) : exportWord(job.export.kind))

export const itemWord = (state: Item['state']): string => ({
	planned: t('passerelle', 'still to do'),
	converted: t('passerelle', 'converted'),
	uploaded: t('passerelle', 'written'),
	done: t('passerelle', 'arrived'),
	skipped: t('passerelle', 'left out'),
	failed: t('passerelle', 'failed'),
})[state]

export const verdictWord = (verdict: NonNullable<Item['verdict']>): string => ({
	faithful: t('passerelle', 'faithful'),
	check: t('passerelle', 'to be checked'),
	kept: t('passerelle', 'kept as it was'),
})[verdict]

export const matchWord = (state: Person['state']): string => ({
	found: t('passerelle', 'found'),
	suggested: t('passerelle', 'perhaps'),
	ambiguous: t('passerelle', 'several possible'),
	unknown: t('passerelle', 'not found'),
	outsider: t('passerelle', 'from outside'),
})[state]

export const decisionWord = (kind: DecisionKind): string => ({
	undecided: t('passerelle', 'Not decided'),
	account: t('passerelle', 'This account'),
	group: t('passerelle', 'This group'),
	new_group: t('passerelle', 'Create this group'),
	new_team: t('passerelle', 'Create this Team'),
	email: t('passerelle', 'Share by e-mail'),
	guest: t('passerelle', 'Invite as a guest'),
	team: t('passerelle', 'This Team'),
	nobody: t('passerelle', 'Share nothing'),
})[kind]

export const rightWord = (right: Share['right']): string => ({
	view: t('passerelle', 'read'),
	edit: t('passerelle', 'read and edit'),
	manage: t('passerelle', 'read, edit and share further'),
})[right]

export const shareWord = (state: Shares['applied'][number]['state']): string => ({
	planned: t('passerelle', 'planned'),
	made: t('passerelle', 'shared'),
	changed: t('passerelle', 'corrected'),
	left: t('passerelle', 'was there already'),
	refused: t('passerelle', 'refused'),
	gone: t('passerelle', 'taken away since'),
	undone: t('passerelle', 'undone'),
})[state]

/** What is said, and of whom or what. */
export const named = (what: string, name: string): string => t('passerelle', '{what}: {name}', { what, name })
