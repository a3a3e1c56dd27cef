// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Ref } from 'vue'
import type { People, Person } from '../api/types'
import { onMounted, ref, watch } from 'vue'
import { api, Problem } from '../api/client'
import { eachOf } from './eachOf'
import { useAct } from './useAct'

const AT_ONCE = 3 // each asks the server for people

/** Who has an address is known by it: exports spell names differently. */
export const keyOf = ({ principal }: Person): string => principal.kind + ' ' + (principal.email.toLowerCase() || principal.name)

/** One table of several: everybody once, in the order in which they come. */
export function merged(tables: People[]): People {
	const people = new Map<string, Person>()
	const problems = new Map<string, People['problems'][number]>()
	for (const table of tables) {
		for (const person of table.people) if (!people.has(keyOf(person))) people.set(keyOf(person), person)
		for (const reason of table.problems) problems.set(reason.code + reason.text, reason)
	}
	return { people: [...people.values()], problems: [...problems.values()] }
}

/**
 * The people of one job or of many. A decision is kept for all jobs of the server, so it is sent once, for a job that names the person;
 * where one job's people cannot be asked for, the others' are shown, with what went wrong.
 */
export function usePeople(jobs: () => number[]): {
	table: Ref<People | null>
	busy: Ref<boolean>
	problem: Ref<Problem | null>
	decide: (person: Person, decision: Person['decision']) => Promise<void>
} {
	const table = ref<People | null>(null)
	const { busy, problem, act } = useAct()
	let tables = new Map<number, People>()

	async function load(): Promise<void> {
		const asked = jobs()
		const missing = asked.filter(job => !tables.has(job))
		await act(async () => {
			const failures: unknown[] = []
			await eachOf(missing, AT_ONCE, async job => {
				try {
					tables.set(job, await api.people(job))
				} catch (failure) {
					failures.push(failure)
				}
			})
			tables = new Map([...tables].filter(([job]) => asked.includes(job)))
			if (tables.size > 0) table.value = merged([...tables.values()])
			if (failures.length > 0) throw failures[0]
		})
	}

	async function decide(person: Person, decision: Person['decision']): Promise<void> {
		const job = [...tables].find(([, { people }]) => people.some(one => keyOf(one) === keyOf(person)))?.[0]
		if (job === undefined) return
		const answer = await act(() => api.decidePeople(job, [{ principal: person.principal, decision }]))
		const now = answer?.people.find(one => keyOf(one) === keyOf(person))
		if (answer === undefined || now === undefined) return
		for (const other of tables.values()) other.people = other.people.map(one => keyOf(one) === keyOf(person) ? now : one)
		tables.set(job, answer)
		table.value = merged([...tables.values()])
	}

	onMounted(load)
	watch(() => jobs().join(), load)
	return { table, busy, problem, decide }
}
