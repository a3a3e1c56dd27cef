// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Step } from '../components/StepBar.vue'
import type { Job } from '../api/types'
import { t } from '../l10n'

/** The steps of a migration; `null`: it has not begun. What can be looked at depends on how far the job is. */
export function stepsOf(job: Job | null): Step[] {
	const planned = job !== null && !['draft', 'planning'].includes(job.state)
	const begun = job !== null && hasBegun(job)
	return [
		{ id: 'source', name: t('passerelle', 'Where from?'), open: job === null },
		{ id: 'files', name: t('passerelle', 'Which files?'), open: job === null },
		{ id: 'contents', name: t('passerelle', 'What is in it'), open: job !== null },
		{ id: 'choices', name: t('passerelle', 'Choices'), open: planned },
		{ id: 'review', name: t('passerelle', 'Review'), open: planned },
		{ id: 'running', name: t('passerelle', 'Running'), open: begun },
		{ id: 'result', name: t('passerelle', 'Result'), open: begun },
	]
}

/** Something may have been written for it. */
export const hasBegun = (job: Job): boolean =>
	['queued', 'running', 'paused', 'finished'].includes(job.state) || job.statement.done.items > 0

/** Where somebody who opens the job wants to be. */
export function stepFor(job: Job): string {
	if (['draft', 'planning', 'review'].includes(job.state)) return 'contents'
	if (job.state === 'finished') return 'result'
	return hasBegun(job) || job.state === 'stopped' || job.state === 'cancelled' ? 'running' : 'contents'
}
