// How much a test tries: much each time, and much more in the long version, `npm run test:long`. What is generated is
// generated anew each time, so usual runs try over the days what the long one tries at once.

export const isLong = process.env.WITAJ_LONG === "1";

/** So many cases; `long` of them in the long version. */
export function runs(usual: number, long: number): number {
	return isLong ? long : usual;
}
