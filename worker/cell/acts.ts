// Acts by hand on a person of this cell: one each, in the transaction of the caller.

import { type Act, type ActRefusal, enact, handOf, poolOf } from "../domain/act.ts";
import { arrive } from "../domain/standing.ts";
import { instantOf } from "../platform/id.ts";
import type { Coupons } from "./coupons.ts";
import type { People, Published } from "./people.ts";
import { recallAct, rememberAct } from "./state.ts";

/**
 * `id`, a UUIDv7, makes it happen once, however often it is sent. `parts` are those that it stands in, one for each of the
 * people, where it is to be taken back as a whole; else it stands in the part of acts by hand.
 */
export interface ActCall {
	readonly site: string;
	readonly cell: string;
	readonly id: string;
	readonly act: Act;
	readonly people: readonly string[];
	readonly parts?: readonly string[];
}

/**
 * `coupon` is the code of a reward. `duplicate`: it was done before, and gave that code. `expired`: the id is so old that
 * it is not known any more whether it was done.
 */
export type Acted =
	| { readonly person: string; readonly is: "done" | "duplicate"; readonly coupon?: string }
	| {
			readonly person: string;
			readonly is: "refused";
			readonly why: ActRefusal | "person-unknown" | "expired";
	  };

export function act(
	person: string,
	{ id, act: wanted }: Pick<ActCall, "id" | "act">,
	{
		people,
		coupons,
		published,
	}: { readonly people: People; readonly coupons: Coupons; readonly published: Published },
	now: number,
	part = handOf(person),
): Acted {
	const { rules } = published;
	const state = people.know(person, published, now);
	if (!state) return { person, is: "refused", why: "person-unknown" };
	const before = recallAct(state, id);
	if (before) return { person, is: "duplicate", ...(before[2] && { coupon: before[2] }) };
	const madeAt = Math.min(instantOf(id), now);
	if (madeAt <= state.seenFrom) return { person, is: "refused", why: "expired" };
	const pool = poolOf(wanted, rules);
	const coupon = pool === undefined ? undefined : coupons.next(pool);
	const enacted = enact(state.standing, rules, wanted, id, now, coupon);
	// Not remembered: what is refused may be sent again when it can be done.
	if (enacted.is === "refused") return { person, ...enacted };
	rememberAct(state, id, madeAt, coupon);
	if (pool !== undefined) coupons.give(pool);
	const { event } = enacted;
	const effects = arrive(state.standing, rules, { id: part, kind: "hand" }, event, {}, now);
	people.save({ person, part, state }, [{ event, effects }], published, now);
	return { person, is: "done", ...(coupon === undefined ? {} : { coupon }) };
}
