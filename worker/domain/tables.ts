// The layout of program.ts packed into flat tables in the order in which evaluation walks them, and what the last
// evaluation read and answered. Objects would be clearer and cost three times as much: each is a miss in the cache.

import type { Scalar } from "./event.ts";
import { type Item, ops, type Slot } from "./program.ts";
import type { Subject } from "./subject.ts";

/** Of a value that was read: what it is, so that no test crosses types. */
export const kinds = { none: 0, text: 1, number: 2, yes: 3, no: 4 } as const;
export const noInstants: readonly number[] = [];

export interface Tables {
	/** Number of the evaluation that is under way: what bears it was read or answered in it. */
	stamp: number;
	/** Place of each condition's item. */
	readonly roots: Int32Array;

	// Of each item, leaf or tree:
	readonly op: Uint8Array;
	/** A leaf's slot; a tree's first member and, in `to`, the end of its members. */
	readonly from: Int32Array;
	readonly to: Int32Array;
	/** Bounds of a range; a literal's number; a count's threshold and, in `high`, its window. */
	readonly low: Float64Array;
	readonly high: Float64Array;
	readonly wanted: readonly string[];
	/** 1 at the number of each literal that is wanted. */
	readonly ids: readonly Uint8Array[];
	readonly decisive: Uint8Array;
	readonly negated: Uint8Array;
	readonly answered: Int32Array;
	readonly is: Uint8Array;
	readonly until: Float64Array;
	/** Of a tree: where in `members` is the one that settled it last time. It is likely to do so again. */
	readonly witness: Int32Array;
	readonly members: Int32Array;

	// Of each slot:
	readonly read: readonly ((subject: Subject) => Scalar | undefined)[];
	/** Key of a counter; empty where the slot holds a value. */
	readonly counter: readonly string[];
	readonly literals: readonly ReadonlyMap<string, number>[];
	readonly loaded: Int32Array;
	readonly kind: Uint8Array;
	readonly number: Float64Array;
	readonly literal: Int32Array;
	readonly text: string[];
	readonly unfolded: (string | undefined)[];
	readonly instants: (readonly number[])[];
}

export function tablesOf(roots: readonly Item[]): Tables {
	const items = new Map<Item, number>();
	const slots = new Map<Slot, number>();
	const members: number[] = [];
	const starts = new Map<Item, number>();

	function place(item: Item): number {
		const known = items.get(item);
		if (known !== undefined) return known;
		const placed = item.members.map(place);
		if (item.op === ops.tree) starts.set(item, members.length);
		else if (!slots.has(item.slot)) slots.set(item.slot, slots.size);
		members.push(...placed);
		items.set(item, items.size);
		return items.size - 1;
	}

	const rootPlaces = Int32Array.from(roots, place);
	const all = [...items.keys()];
	const read = [...slots.keys()];
	const from = Int32Array.from(all, (item) => starts.get(item) ?? slots.get(item.slot) ?? 0);
	return {
		stamp: 0,
		roots: rootPlaces,
		op: Uint8Array.from(all, ({ op }) => op),
		from,
		to: Int32Array.from(all, (item, i) => (from[i] ?? 0) + item.members.length),
		low: Float64Array.from(all, ({ low }) => low),
		high: Float64Array.from(all, ({ op, high, windowMs }) => (op >= ops.atLeast ? windowMs : high)),
		wanted: all.map(({ text }) => text),
		ids: all.map(flagsOf),
		decisive: Uint8Array.from(all, ({ decisive }) => Number(decisive)),
		negated: Uint8Array.from(all, ({ negated }) => Number(negated)),
		answered: new Int32Array(all.length),
		is: new Uint8Array(all.length),
		until: new Float64Array(all.length).fill(Infinity),
		witness: from.slice(),
		members: Int32Array.from(members),
		read: read.map((slot) => slot.read),
		counter: read.map((slot) => slot.counter),
		literals: read.map((slot) => slot.literals),
		loaded: new Int32Array(read.length),
		kind: new Uint8Array(read.length),
		number: new Float64Array(read.length),
		literal: new Int32Array(read.length).fill(-1),
		text: read.map(() => ""),
		unfolded: read.map(() => undefined),
		instants: read.map(() => noInstants),
	};
}

function flagsOf({ ids }: Item): Uint8Array {
	const flags = new Uint8Array(Math.max(-1, ...ids) + 1);
	for (const id of ids) flags[id] = 1;
	return flags;
}
