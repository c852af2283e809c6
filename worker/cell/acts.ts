// Acts by hand on a person of this cell: one each, in the transaction of the caller.

import { type Act, type ActRefusal, enact, handOf, poolOf } from "../domain/act.ts";
import { arrive } from "../domain/standing.ts";
import type { Coupons } from "./coupons.ts";
import type { People, Published } from "./people.ts";
import { isFirst, isKnown } from "./state.ts";

/** `id`, a UUID, makes it happen once, however often it is sent. */
export interface ActCall {
	readonly site: string;
	readonly cell: string;
	readonly id: string;
	readonly act: Act;
	readonly people: readonly string[];
}

/** `coupon` is the code of a reward. `duplicate`: it was done before. */
export type Acted =
	| { readonly person: string; readonly is: "done"; readonly coupon?: string }
	| { readonly person: string; readonly is: "duplicate" }
	| { readonly person: string; readonly is: "refused"; readonly why: ActRefusal | "person-unknown" };

export function act(
	person: string,
	{ id, act: wanted }: Pick<ActCall, "id" | "act">,
	{
		people,
		coupons,
		published,
	}: { readonly people: People; readonly coupons: Coupons; readonly published: Published },
	now: number,
): Acted {
	const { rules } = published;
	const state = people.know(person, published, now);
	if (!state) return { person, is: "refused", why: "person-unknown" };
	if (isKnown(state, id)) return { person, is: "duplicate" };
	const pool = poolOf(wanted, rules);
	const coupon = pool === undefined ? undefined : coupons.next(pool);
	const enacted = enact(state.standing, rules, wanted, id, now, coupon);
	// Not remembered: what is refused may be sent again when it can be done.
	if (enacted.is === "refused") return { person, ...enacted };
	isFirst(state, id, now);
	if (pool !== undefined) coupons.give(pool);
	const part = handOf(person);
	const { event } = enacted;
	const effects = arrive(state.standing, rules, { id: part, kind: "hand" }, event, {}, now);
	people.save({ person, part, state }, [{ event, effects }], published, now);
	return { person, is: "done", ...(coupon === undefined ? {} : { coupon }) };
}
