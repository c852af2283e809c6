// What an import does to one person, and to all of them together: the same figures beforehand and afterwards.

import type { Event, Value } from "../event.ts";
import { own, put } from "../keyed.ts";
import { joinedAt } from "../list.ts";
import { type Person, read } from "../person.ts";
import type { Standing } from "../standing.ts";
import { importLimits } from "./limits.ts";

/** Plain JSON. */
export interface Outcome {
	/** Nobody knew them, something of them is another, or nothing is. */
	readonly is: "new" | "changed" | "same";
	/** Attributes that get another value. */
	readonly attributes: readonly string[];
	/** Tags that are added, orders that nobody had told of, and rules that fire. */
	readonly tags: readonly string[];
	readonly orders: number;
	readonly rules: readonly string[];
	/** Segments entered; those left, with when they had been entered. */
	readonly entered: readonly string[];
	readonly left: Readonly<Record<string, number>>;
}

/** `from` is null where there was no value. */
export interface Change {
	readonly attribute: string;
	readonly from: Value | null;
	readonly to: Value;
}

/**
 * With each attribute that changes from what to what. `made` is what rules made of it. `before` is none where nobody
 * knew them.
 */
export function outcomeOf(
	before: Standing | undefined,
	after: Standing,
	made: readonly Event[],
): { readonly outcome: Outcome; readonly changes: readonly Change[] } {
	const was: Pick<Standing, "person" | "segments"> = before ?? { person: { parts: {} }, segments: {} };
	const changes = changesOf(was.person, after.person);
	const [then, now] = [read(was.person), read(after.person)];
	const tags = Object.entries(now.tags).flatMap(([tag, { count }]) =>
		count > (own(then.tags, tag)?.count ?? 0) ? [tag] : [],
	);
	const orders = Object.keys(now.orders ?? {}).filter((id) => !own(then.orders ?? {}, id)).length;
	const lists = Object.keys(now.lists ?? {}).filter(
		(list) => joinedAt(now, list) !== undefined && joinedAt(then, list) === undefined,
	);
	const rules = new Set(made.flatMap(({ cause }) => cause?.rule ?? []));
	const entered = Object.keys(after.segments).filter((id) => !Object.hasOwn(was.segments, id));
	const left: Record<string, number> = {};
	for (const [id, at] of Object.entries(was.segments))
		if (!Object.hasOwn(after.segments, id)) put(left, id, at);
	for (const id of [...entered, ...Object.keys(left)]) rules.delete(id);
	const isSame = changes.length + tags.length + lists.length + orders + rules.size === 0;
	const outcome: Outcome = {
		is: before === undefined ? "new" : isSame ? "same" : "changed",
		attributes: changes.map(({ attribute }) => attribute),
		tags: tags.sort(),
		orders,
		rules: [...rules].sort(),
		entered: entered.sort(),
		left,
	};
	return { outcome, changes };
}

function changesOf(before: Person, after: Person): readonly Change[] {
	const then = read(before).attributes;
	return Object.entries(read(after).attributes)
		.flatMap(([attribute, { value }]): readonly Change[] => {
			const from = own(then, attribute)?.value ?? null;
			return JSON.stringify(from) === JSON.stringify(value) ? [] : [{ attribute, from, to: value }];
		})
		.sort((a, b) => (a.attribute < b.attribute ? -1 : 1));
}

/** How many people: of each kind, and with each attribute, tag, rule and segment that it concerns, of each the first 500. */
export interface Totals {
	readonly new: number;
	readonly changed: number;
	readonly same: number;
	readonly orders: number;
	readonly attributes: Readonly<Record<string, number>>;
	readonly tags: Readonly<Record<string, number>>;
	readonly rules: Readonly<Record<string, number>>;
	readonly entered: Readonly<Record<string, number>>;
	readonly left: Readonly<Record<string, number>>;
}

export const noTotals: Totals = {
	new: 0,
	changed: 0,
	same: 0,
	orders: 0,
	attributes: {},
	tags: {},
	rules: {},
	entered: {},
	left: {},
};

export function withOutcomes(totals: Totals, outcomes: readonly Outcome[]): Totals {
	const many = (is: Outcome["is"]) => outcomes.filter((one) => one.is === is).length;
	const counted = (
		known: Readonly<Record<string, number>>,
		of: (one: Outcome) => readonly string[],
	): Readonly<Record<string, number>> => {
		const all = { ...known };
		let names = Object.keys(all).length;
		for (const name of outcomes.flatMap(of)) {
			const many = own(all, name);
			if (many === undefined && ++names > importLimits.counted) continue;
			put(all, name, (many ?? 0) + 1);
		}
		return all;
	};
	return {
		new: totals.new + many("new"),
		changed: totals.changed + many("changed"),
		same: totals.same + many("same"),
		orders: outcomes.reduce((sum, { orders }) => sum + orders, totals.orders),
		attributes: counted(totals.attributes, ({ attributes }) => attributes),
		tags: counted(totals.tags, ({ tags }) => tags),
		rules: counted(totals.rules, ({ rules }) => rules),
		entered: counted(totals.entered, ({ entered }) => entered),
		left: counted(totals.left, ({ left }) => Object.keys(left)),
	};
}
