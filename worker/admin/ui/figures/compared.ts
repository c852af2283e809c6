// Figures beside those of before.

/** How much more it is, as a share; none where there was nothing to compare with. */
export function changeOf(now: number, before: number | undefined): number | undefined {
	return before === undefined || before === 0 ? undefined : (now - before) / before;
}

/** A share of a whole; none of nothing. */
export function shareOf(part: number, whole: number): number | undefined {
	return whole === 0 ? undefined : part / whole;
}

/** One for each of `count` instants: of a longer or shorter time what there is. */
export function alongside(values: readonly (number | null)[], count: number): readonly (number | null)[] {
	return Array.from({ length: count }, (_, i) => values[i] ?? null);
}
