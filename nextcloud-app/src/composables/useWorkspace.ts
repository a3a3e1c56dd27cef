// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComputedRef, Ref } from 'vue'
import type { Accounts, Choices, FoundAccount, FoundExport, Job } from '../api/types'
import { getCurrentUser } from '@nextcloud/auth'
import { computed, ref } from 'vue'
import { api, Problem } from '../api/client'
import { eachOf } from './eachOf'
import { useAct } from './useAct'
import { isMoving, latestOf } from './useJobs'
import { usePolling } from './usePolling'

const AT_ONCE = 2 // migrations that are begun, started or shared at one moment

/** An account of the export, and what is to become of it or does. */
export interface Row {
	address: string
	found: FoundAccount | null // null: its export lies there no more, its job is known
	like: string[]
	job: Job | null
}

const isOf = (job: Job, name: string): boolean => job.workspace?.name === name && job.workspace.inbox_of === getCurrentUser()?.uid
const pathOf = (job: Job): string => job.export.parts[0]?.path ?? ''

/** Rows in the order of their addresses; of several jobs for one account the newest, unless nobody wants it any more. */
export function rowsOf(found: FoundExport | undefined, jobs: Job[], accounts: Accounts): Row[] {
	const wanted = jobs.filter(job => job.state !== 'cancelled')
	const rows = (found?.accounts ?? []).map((account): Row => ({
		address: account.address,
		found: account,
		like: accounts.addresses.find(one => one.address === account.address)?.like ?? [],
		job: wanted.find(job => pathOf(job) === account.part.path) ?? null,
	}))
	const known = new Set(rows.map(row => row.address))
	for (const job of wanted) {
		const address = pathOf(job).split('/').pop() ?? ''
		if (known.has(address)) continue
		known.add(address)
		rows.push({ address, found: null, like: [], job })
	}
	return rows.sort((one, other) => one.address < other.address ? -1 : 1)
}

/** Where each goes: two exports that come into one account get folders of their own there. */
export function destinationOf(row: Row, account: string, taken: string[], destination: string): string {
	if (taken.filter(one => one === account).length < 2) return destination
	return [destination, row.address].filter(part => part !== '').join('/')
}

/** A Workspace export in the administrator's inbox: one migration an account. All that lasts is kept by the service. */
export function useWorkspace(name: () => string): {
	rows: ComputedRef<Row[]>
	jobs: ComputedRef<Job[]>
	accounts: Ref<Accounts>
	chosen: Ref<Record<string, string>>
	ready: ComputedRef<Row[]>
	known: ComputedRef<boolean>
	problems: Ref<Record<string, Problem>>
	busy: Ref<boolean>
	problem: Ref<Problem | null>
	begin: (choices: Partial<Choices>, again: boolean) => Promise<void>
	forEach: (jobs: Job[], act: (job: Job) => Promise<unknown>) => Promise<void>
	before: (user: string) => Job | undefined
} {
	const all = ref<Job[]>([])
	const found = ref<FoundExport>()
	const accounts = ref<Accounts>({ addresses: [], accounts: [] })
	const chosen = ref<Record<string, string>>({}) // by address, the login name
	const problems = ref<Record<string, Problem>>({})
	const asked = ref('')
	const { busy, problem, act } = useAct()

	const jobs = computed(() => all.value.filter(job => isOf(job, name())))
	const rows = computed(() => rowsOf(found.value, jobs.value, accounts.value))
	const ready = computed(() => rows.value.filter(row => row.job === null && row.found !== null && (chosen.value[row.address] ?? '') !== ''))
	const before = (user: string): Job | undefined => latestOf(all.value.filter(job => !isOf(job, name())), user)

	/** What lies in the inbox, and whose it is: once, for it takes time. */
	async function look(): Promise<void> {
		if (asked.value === name()) return
		const there = (await api.inbox()).find(one => one.accounts.length > 0 && one.name === name())
		accounts.value = await api.accounts(there?.accounts.map(account => account.address) ?? [])
		found.value = there
		chosen.value = Object.fromEntries(accounts.value.addresses.filter(one => one.found.length === 1).map(one => [one.address, one.found[0]]))
		asked.value = name()
	}

	const { now } = usePolling(async () => {
		try {
			all.value = await api.allJobs()
			await look()
		} catch (failure) {
			problem.value = failure as Problem
		}
		return jobs.value.some(isMoving) ? 3_000 : 30_000
	})

	async function begin(choices: Partial<Choices>, again: boolean): Promise<void> {
		const taken = rows.value.map(row => row.job?.user ?? chosen.value[row.address] ?? '')
		await act(() => eachOf(ready.value, AT_ONCE, async row => {
			const user = chosen.value[row.address]
			const earlier = again ? before(user) : undefined
			const wanted = { ...choices, destination: destinationOf(row, user, taken, choices.destination ?? ''), ...earlier?.choices }
			try {
				const job = await api.create([row.found!.part], wanted, earlier !== undefined, user, name())
				all.value = [job, ...all.value]
				delete problems.value[row.address]
			} catch (failure) {
				problems.value[row.address] = failure as Problem
			}
		}))
		now()
	}

	/** The same for each; what cannot be done for one is told, and done for the others. */
	async function forEach(which: Job[], one: (job: Job) => Promise<unknown>): Promise<void> {
		await act(async () => {
			let failed: unknown
			await eachOf(which, AT_ONCE, async job => {
				await one(job).catch(failure => { failed ??= failure })
			})
			if (failed !== undefined) throw failed
		})
		now()
	}

	return { rows, jobs, accounts, chosen, ready, known: computed(() => asked.value === name()), problems, busy, problem, begin, forEach, before }
}
