// Who is here, as one answer after another tells it: each says only what changed since the one before.

import type { Live, Present } from "../../../../protocol/figure.ts";

const hereMs = 5 * 60_000;

export interface Here {
	readonly now: number;
	readonly cursor: number;
	/** All who are here, also those who are not told. */
	readonly count: number;
	/** Who did something last comes first. */
	readonly visitors: readonly Present[];
}

/** Somebody with two browsers stands there once, with what they did last. */
export function withNews(known: Here | undefined, { now, cursor, here, visitors }: Live): Here {
	const all = new Map<string, Present>();
	const latest = [...(known?.visitors ?? []), ...visitors].toSorted((a, b) => a.lastAt - b.lastAt);
	for (const one of latest) if (one.lastAt > now - hereMs) all.set(one.person, one);
	return {
		now,
		cursor,
		count: here,
		visitors: [...all.values()].toSorted((a, b) => b.lastAt - a.lastAt || (a.person < b.person ? -1 : 1)),
	};
}

/** How many are at each, the most first; those without are left out. */
export function countedBy(
	visitors: readonly Present[],
	of: (one: Present) => string | null,
): readonly (readonly [string, number])[] {
	const all = new Map<string, number>();
	for (const one of visitors) {
		const name = of(one);
		if (name !== null) all.set(name, (all.get(name) ?? 0) + 1);
	}
	return [...all].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}
