// Static lists: people put on and taken off by hand or through the API. What was said last counts, in any order of arrival.

import { type Event, eventNames, isLater } from "./event.ts";
import type { Facts, Stamped } from "./facts.ts";
import { own, put } from "./keyed.ts";

/** Of each list whether the person is on it, as the latest act has it. Never changes in place. */
export type Lists = Readonly<Record<string, Stamped<boolean>>>;

export const listEvents: ReadonlySet<string> = new Set([eventNames.listJoined, eventNames.listLeft]);

/** The lists with what "List Joined" or "List Left" says. */
export function recordList(lists: Lists, { name, at, id, props }: Event): Lists {
	return joinLists(lists, { [String(props.list)]: { value: name === eventNames.listJoined, at, id } });
}

/** Union over parts: commutative, associative and idempotent. */
export function joinLists(a: Lists, b: Lists): Lists {
	const all: Record<string, Stamped<boolean>> = { ...a };
	for (const [list, said] of Object.entries(b)) {
		const known = own(all, list);
		if (!known || isLater(said, known)) put(all, list, said);
	}
	return all;
}

/** Since when the person is on a list, epoch ms; none where they are not. */
export function joinedAt({ lists = {} }: Pick<Facts, "lists">, list: string): number | undefined {
	const said = own(lists, list);
	return said?.value ? said.at : undefined;
}
