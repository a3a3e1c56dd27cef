// SPDX-License-Identifier: AGPL-3.0-or-later

/** Does `act` for each, in order, so many at a time; ends when all have ended. */
export async function eachOf<T>(things: T[], atOnce: number, act: (thing: T) => Promise<void>): Promise<void> {
	const waiting = [...things]
	const work = async (): Promise<void> => {
		for (let thing = waiting.shift(); thing !== undefined; thing = waiting.shift()) await act(thing)
	}
	await Promise.all(Array.from({ length: Math.min(atOnce, things.length) }, work))
}
