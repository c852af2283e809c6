// How conditions are laid out for predicate.ts: slots (one value read of a subject), leaves (one test of one slot) and
// trees over leaves, each of them once however many conditions share it.

import type { Comparison, Condition, CountLeaf, Leaf, ScalarTest } from "./condition.ts";
import type { Scalar } from "./event.ts";
import { numberFields, type TextSource, textFields } from "./fields.ts";
import { own } from "./keyed.ts";
import { matchKey } from "./match.ts";
import type { Subject } from "./subject.ts";
import { fold } from "./text.ts";

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
	atLeast: 10,
	atMost: 11,
	exactly: 12,
	tree: 13,
} as const;
export type Op = (typeof ops)[keyof typeof ops];

export const trees = { all: 0, any: 1, not: 2 } as const;
export type Tree = (typeof trees)[keyof typeof trees];

/** One value of a subject. `key` is the name of a tag or attribute, or the key of a counter. */
export interface Slot {
	readonly from: TextSource["from"] | "attributes" | "counters" | "tags";
	readonly key: string;
	readonly read: (subject: Subject) => Scalar | undefined;
	/** The texts that it is compared with by equality, numbered, so that all those tests cost one look-up. */
	readonly literals: Map<string, number>;
}

/** A leaf or a tree. */
export interface Item {
	readonly op: Op;
	readonly slot: Slot;
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
}

/** A tree for each condition, none of them a part of another. */
export function layOut(conditions: readonly Condition[]): readonly Item[] {
	const slots = new Map<string, Slot>();
	const items = new Map<string, Item>();
	const numbers = new Map<Item | Slot, number>();

	function once<T extends Item | Slot>(known: Map<string, T>, key: unknown, make: () => T): T {
		const text = JSON.stringify(key);
		const old = known.get(text);
		if (old) return old;
		const made = make();
		known.set(text, made);
		numbers.set(made, numbers.size);
		return made;
	}
	function slotOf(from: Slot["from"], key: string, read: Slot["read"] = () => undefined): Slot {
		return once(slots, [from, key], () => ({ from, key: asKey(key), read, literals: new Map() }));
	}
	function itemOf(op: Op, slot: Slot, rest: Partial<Item> = {}): Item {
		const { low = 0, high = 0, windowMs = Infinity, text = "", ids = [], members = [] } = rest;
		const { tree = trees.all } = rest;
		const key = [op, numbers.get(slot), `${low} ${high} ${windowMs}`, text, [...ids]];
		return once(items, [...key, members.map((member) => numbers.get(member)), tree], () => ({
			op,
			slot,
			low,
			high,
			windowMs,
			text,
			ids: new Set(ids),
			members,
			tree,
		}));
	}
	function testOf(slot: Slot, test: ScalarTest): Item {
		switch (test.op) {
			case "exists":
				return itemOf(ops.exists, slot);
			case "is":
				return itemOf(ops.textIs, slot, { low: literalOf(slot, test.value) });
			case "any-of":
				return itemOf(ops.textAnyOf, slot, {
					ids: new Set(test.values.map((one) => literalOf(slot, one)).sort()),
				});
			case "contains":
				return itemOf(ops.contains, slot, { text: fold(test.value) });
			case "starts-with":
				return itemOf(ops.startsWith, slot, { text: fold(test.value) });
			case "ends-with":
				return itemOf(ops.endsWith, slot, { text: fold(test.value) });
			case "is-true":
				return itemOf(ops.isTrue, slot);
			case "is-false":
				return itemOf(ops.isFalse, slot);
			case "between":
				return itemOf(ops.inRange, slot, { low: test.from, high: test.to });
			case ">=":
				return itemOf(ops.inRange, slot, { low: test.n, high: Infinity });
			case "<=":
				return itemOf(ops.inRange, slot, { low: -Infinity, high: test.n });
			case "=":
				return itemOf(ops.inRange, slot, { low: test.n, high: test.n });
		}
	}
	function countOf({ match, count: { op, n }, withinMs = Infinity }: CountLeaf): Item {
		return itemOf(countOps[op], slotOf("counters", matchKey(match)), { low: n, windowMs: withinMs });
	}
	function leafOf(leaf: Leaf): Item {
		switch (leaf.field) {
			case "events":
				return countOf(leaf);
			case "tag":
				return testOf(slotOf("tags", leaf.tag), leaf.count);
			case "attribute":
				return testOf(slotOf("attributes", leaf.name, attributeOf(leaf.name)), leaf.test);
			case "score":
			case "visits":
				return testOf(slotOf("subject", leaf.field, numberFields[leaf.field].read), leaf.test);
			default:
				return testOf(
					slotOf(textFields[leaf.field].from, leaf.field, textFields[leaf.field].read),
					leaf.test,
				);
		}
	}
	function treeOf(members: readonly Condition[], tree: Tree): Item {
		const distinct = [...new Set(members.map(walk))].sort((a, b) => a.op - b.op);
		const [only] = distinct;
		if (only && distinct.length === 1 && tree !== trees.not) return only;
		return itemOf(ops.tree, noSlot, { members: distinct, tree });
	}
	function walk(condition: Condition): Item {
		if ("all" in condition) return treeOf(condition.all, trees.all);
		if ("any" in condition) return treeOf(condition.any, trees.any);
		if ("not" in condition) return treeOf([condition.not], trees.not);
		return leafOf(condition);
	}
	/** An item of its own, even where another is like it. */
	function rootOf(condition: Condition): Item {
		const item = walk(condition);
		return item.op === ops.tree ? { ...item } : { ...itemOf(ops.tree, noSlot), members: [item] };
	}
	return conditions.map(rootOf);
}

const countOps: Readonly<Record<Comparison["op"], Op>> = {
	">=": ops.atLeast,
	"<=": ops.atMost,
	"=": ops.exactly,
};

function attributeOf(name: string): Slot["read"] {
	return ({ facts }) => own(facts.attributes, name)?.value;
}

const noSlot: Slot = { from: "subject", key: "", read: () => undefined, literals: new Map() };

function literalOf({ literals }: Slot, value: string): number {
	const text = fold(value);
	const literal = literals.get(text) ?? literals.size;
	literals.set(text, literal);
	return literal;
}

/**
 * The same text as the engine keeps for names of properties. A text that was put together is looked up in the engine's
 * table of names at every use as a key; this one only once.
 */
function asKey(text: string): string {
	return Object.keys({ [text]: true })[0] ?? text;
}
