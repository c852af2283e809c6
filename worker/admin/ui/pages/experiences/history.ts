// What was edited, step by step, so that each step can be taken back and done again. Pure.

export interface History<T> {
	readonly past: readonly T[];
	readonly now: T;
	readonly future: readonly T[];
	/** Of what the last edit was: the next one of the same is one step with it, as typing is. */
	readonly of: string | undefined;
}

const remembered = 100;

export const begun = <T>(now: T): History<T> => ({ past: [], now, future: [], of: undefined });

export function edited<T>({ past, now, of }: History<T>, next: T, what?: string): History<T> {
	if (what !== undefined && what === of) return { past, now: next, future: [], of };
	return { past: [...past, now].slice(-remembered), now: next, future: [], of: what };
}

export function undone<T>(history: History<T>): History<T> {
	const before = history.past.at(-1);
	if (before === undefined) return history;
	const { past, now, future } = history;
	return { past: past.slice(0, -1), now: before, future: [now, ...future], of: undefined };
}

export function redone<T>(history: History<T>): History<T> {
	const [next, ...future] = history.future;
	if (next === undefined) return history;
	return { past: [...history.past, history.now], now: next, future, of: undefined };
}
