// What conditions are made of once they are laid out (program.ts): slots, leaves and trees, each of them once however many
// conditions share it.

import type { DaySums } from "./counters.ts";
import type { Value } from "./event.ts";
import type { Facts } from "./facts.ts";
import type { Holder } from "./fields.ts";
import type { Columns } from "./reading.ts";
import type { Subject } from "./subject.ts";
import type { TurningLeaf } from "./turning.ts";

/** In ascending cost: members of a tree are tried in this order. */
export const ops = {
	textIs: 1,
	textAnyOf: 2,
	exists: 3,
	isTrue: 4,
	isFalse: 5,
	inRange: 6,
	contains: 7,
	startsWith: 8,
	endsWith: 9,
	wildcard: 10,
	hasAny: 11,
	hasAll: 12,
	atLeast: 13,
	atMost: 14,
	exactly: 15,
	/** Whatever else time may turn: see turning.ts. */
	turning: 16,
	tree: 17,
} as const;
export type Op = (typeof ops)[keyof typeof ops];

export const trees = { all: 0, any: 1, not: 2 } as const;
export type Tree = (typeof trees)[keyof typeof trees];

/** One value of a subject. `key` is the name of a tag, or the key of what is watched. */
export interface Slot {
	readonly from: Holder | "counters" | "sums" | "tags";
	readonly key: string;
	readonly read: (subject: Subject) => Value | undefined;
	/** Of a counter: where its instants are. */
	readonly instants: (facts: Facts) => readonly number[] | undefined;
	/** Of a sum: where it is. */
	readonly sums: (facts: Facts) => DaySums | undefined;
	/** The texts that it is compared with by equality, numbered, so that all those tests cost one look-up. */
	readonly literals: Map<string, number>;
	/** What tests look at of its value. */
	readonly asked: Set<keyof Columns>;
}

/** A leaf or a tree. */
export interface Item {
	readonly op: Op;
	/** What it reads: one slot, of a sequence two, of what turning.ts reads by itself none. */
	readonly slots: readonly Slot[];
	/** Bounds of a range; a literal's number and a count's threshold are `low`. */
	readonly low: number;
	readonly high: number;
	/** Infinity where a count looks at everything. */
	readonly windowMs: number;
	readonly text: string;
	readonly ids: ReadonlySet<number>;
	readonly members: readonly Item[];
	/** Which, where it is a tree. */
	readonly tree: Tree;
	/** Where it is one for turning.ts. */
	readonly leaf: TurningLeaf | undefined;
}

/** How many members of a tree may be known before it asks: larger ones are trees of trees. */
export const mostKnown = 4;

/** Tests of values are made all at once; counts, and what turning.ts knows, only where a tree asks for them. */
export function isAsked({ op }: Item): boolean {
	return op >= ops.atLeast && op <= ops.turning;
}
