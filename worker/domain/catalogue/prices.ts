// The prices that a product had, and what may be shown beside a reduced one: by the Omnibus directive (EU 2019/2161, in
// Polish law the act on information about prices of goods and services, art. 4) the lowest of the 30 days before the
// reduction, and nothing else. Where that is not known, no other price is shown.

import { dayMs } from "../calendar.ts";

/** Amounts in whole hundredths, instants in epoch ms. Ordered by time, no two neighbours of one amount. */
export interface PriceHistory {
	/** When the product was first offered, where that is known: before it there was no price. */
	readonly offeredAt?: number;
	readonly changes: readonly (readonly [at: number, amount: number])[];
}

const windowMs = 30 * dayMs;
/** A price that changes by the hour is no reason to keep more. */
const mostChanges = 100;

/** With the price that it has at an instant no earlier than what is known. The same one again changes nothing. */
export function withPrice(history: PriceHistory, at: number, amount: number): PriceHistory {
	if (history.changes.at(-1)?.[1] === amount) return history;
	const changes = [...history.changes, [at, amount] as const];
	// The price that held when the window began has to stay.
	const old = changes.findLastIndex(([since]) => since <= at - 2 * windowMs);
	return { ...history, changes: changes.slice(Math.max(0, old, changes.length - mostChanges)) };
}

/** The price now, and what may be crossed out beside it. */
export interface ShownPrice {
	readonly amount: number;
	/** The lowest price of the 30 days before the reduction: only of one that is reduced, and that more than by nothing. */
	readonly before?: number;
}

/**
 * What to show of a product that costs `amount` at `now`. It is reduced since it last went down without going up again;
 * several reductions in a row are one, as the law lets them be. `lowest` is what the shop itself says.
 */
export function shownPrice(history: PriceHistory, amount: number, now: number, lowest?: number): ShownPrice {
	const before = lowest ?? lowestBefore(withPrice(history, now, amount));
	return { amount, ...(before !== undefined && before > amount && { before }) };
}

function lowestBefore({ offeredAt, changes }: PriceHistory): number | undefined {
	let first = changes.length - 1;
	while (first > 0 && (changes[first - 1]?.[1] ?? 0) > (changes[first]?.[1] ?? 0)) first--;
	const reduced = changes[first + 1];
	if (!reduced) return undefined;
	const from = reduced[0] - windowMs;
	const held = changes.findLastIndex(([at]) => at <= from);
	// What it cost when the window began is not known, unless it was not offered before.
	if (held < 0 && (offeredAt === undefined || offeredAt < (changes[0]?.[0] ?? 0))) return undefined;
	return Math.min(...changes.slice(Math.max(0, held), first + 1).map(([, amount]) => amount));
}
