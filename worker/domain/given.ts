// What a person was given with what they were shown: a code of a coupon pool, the end of a countdown, what a wheel of
// fortune came to. Each is given once and told again from then on; of two parts that were each given one, the first stays.

import { type Event, eventNames, isLater } from "./event.ts";
import type { Stamped } from "./facts.ts";
import { own, put } from "./keyed.ts";

/** Plain JSON; never changes in place. */
export interface Givens {
	/** By coupon pool. */
	readonly codes?: Readonly<Record<string, Stamped<string>>>;
	/** By experience: when its countdown ends, epoch ms. */
	readonly until?: Readonly<Record<string, Stamped<number>>>;
	/** By experience: which segment of its wheel was drawn, from 0. */
	readonly outcome?: Readonly<Record<string, Stamped<number>>>;
}

/**
 * The givens with what an event says of them; the same object where that is nothing. In any order of arrival. Only the cell
 * says such events: nobody else names a code.
 */
export function recordGiven(givens: Givens | undefined, event: Event): Givens | undefined {
	const { name, at, id, props } = event;
	if (name === eventNames.couponGiven) {
		const code = { value: String(props.coupon), at, id };
		return joinGivens(givens, { codes: only(String(props.pool), code) });
	}
	if (name !== eventNames.experienceShown) return givens;
	let all = givens;
	for (const kind of ["until", "outcome"] as const) {
		const value = props[kind];
		if (typeof value !== "number") continue;
		all = joinGivens(all, { [kind]: only(String(props.experience), { value, at, id }) });
	}
	return all;
}

/** The pools of which one of these codes was given, however it is spelt. `coupon` may be several: shops part them variously. */
export function poolsOf(givens: Givens | undefined, coupon: unknown): readonly string[] {
	const said = String(coupon)
		.toUpperCase()
		.split(/[\s,;]+/);
	return Object.entries(givens?.codes ?? {}).flatMap(([pool, { value }]) =>
		said.includes(value.toUpperCase()) ? [pool] : [],
	);
}

/** Union over parts: commutative, associative and idempotent. */
export function joinGivens(a: Givens | undefined, b: Givens | undefined): Givens | undefined {
	if (!a || !b) return a ?? b;
	const codes = joinFirst(a.codes, b.codes);
	const until = joinFirst(a.until, b.until);
	const outcome = joinFirst(a.outcome, b.outcome);
	return { ...(codes && { codes }), ...(until && { until }), ...(outcome && { outcome }) };
}

type Firsts<T> = Readonly<Record<string, Stamped<T>>> | undefined;

function joinFirst<T>(a: Firsts<T>, b: Firsts<T>): Firsts<T> {
	if (!a || !b) return a ?? b;
	const all: Record<string, Stamped<T>> = { ...a };
	for (const [key, one] of Object.entries(b)) {
		const known = own(all, key);
		put(all, key, known && isLater(one, known) ? known : one);
	}
	return all;
}

/** A record of one key, whatever the key. */
function only<T>(key: string, value: T): Readonly<Record<string, T>> {
	const one: Record<string, T> = {};
	put(one, key, value);
	return one;
}
