// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Ref } from 'vue'
import type { Job } from '../api/types'
import { ref } from 'vue'
import { api, Problem } from '../api/client'
import { isMoving } from './useJobs'
import { usePolling } from './usePolling'

/** One job, kept up to date: every second or two while something happens. */
export function useJob(id: () => number): { job: Ref<Job | null>, problem: Ref<Problem | null>, refresh: () => void, set: (job: Job) => void } {
	const job = ref<Job | null>(null)
	const problem = ref<Problem | null>(null)
	const { now } = usePolling(async () => {
		const asked = id()
		try {
			const answer = await api.job(asked)
			if (asked === id()) job.value = answer
			problem.value = null
		} catch (failure) {
			problem.value = failure as Problem
		}
		return job.value !== null && isMoving(job.value) ? 1_500 : 15_000
	})
	return { job, problem, refresh: now, set: answer => { job.value = answer; now() } }
}
