// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Ref } from 'vue'
import type { Job } from '../api/types'
import { ref } from 'vue'
import { api, Problem } from '../api/client'
import { usePolling } from './usePolling'

export const isMoving = (job: Job): boolean => job.task !== 'none' || ['planning', 'queued', 'running'].includes(job.state)

/** The latest migration that brought something (into `user`'s account), which a newer export goes on with; `jobs`: newest first. */
export const latestOf = (jobs: Job[], user?: string): Job | undefined =>
	jobs.find(job => (user === undefined || job.user === user) && job.statement.done.items > 0)

/** The person's jobs, newest first, kept up to date. */
export function useJobs(): { jobs: Ref<Job[]>, problem: Ref<Problem | null>, refresh: () => void } {
	const jobs = ref<Job[]>([])
	const problem = ref<Problem | null>(null)
	const { now } = usePolling(async () => {
		try {
			jobs.value = await api.jobs()
			problem.value = null
		} catch (failure) {
			problem.value = failure as Problem
		}
		return jobs.value.some(isMoving) ? 5_000 : 30_000
	})
	return { jobs, problem, refresh: now }
}
