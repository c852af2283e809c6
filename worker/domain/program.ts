// How conditions are laid out for predicate.ts: as slots (one value read of a subject), leaves (one test of one slot) and
// trees over leaves (item.ts).

import { instantsOf, sumsOf } from "./bought.ts";
import type {
	AttributeLeaf,
	Comparison,
	Condition,
	CountLeaf,
	DateLeaf,
	Leaf,
	ListTest,
	NearLeaf,
	NumberLeaf,
	PointsLeaf,
	ScalarTest,
	TextLeaf,
} from "./condition.ts";
import { consentKey, consentOf } from "./consent.ts";
import {
	cartOf,
	coordinatesOf,
	isDateField,
	isNumberField,
	numberFields,
	programmeJoinedAt,
	textFields,
} from "./fields.ts";
import { haversine, reach } from "./geography/distance.ts";
import { type Item, isAsked, mostKnown, type Op, ops, type Slot, type Tree, trees } from "./item.ts";
import { asKey, own } from "./keyed.ts";
import { isDateTest, rangeOf } from "./match.ts";
import type { Columns } from "./reading.ts";
import { fold } from "./text.ts";
import type { TurningLeaf } from "./turning.ts";
import { lookedAtBy } from "./watch.ts";

/**
 * A tree for each condition, none of them a part of another.
 *
 * @throws where a condition still asks for another segment or a tier: `inlined` (segment.ts) puts that in place before.
 */
export function layOut(conditions: readonly Condition[]): readonly Item[] {
	const slots = new Map<string, Slot>();
	const items = new Map<string, Item>();
	const numbers = new Map<Item | Slot, number>();
	/** Conditions that share a segment share the object. */
	const walked = new Map<Condition, Item>();

	function once<T extends Item | Slot>(known: Map<string, T>, key: unknown, make: () => T): T {
		const text = JSON.stringify(key);
		const old = known.get(text);
		if (old) return old;
		const made = make();
		known.set(text, made);
		numbers.set(made, numbers.size);
		return made;
	}
	/** `kind` tells an attribute from a field that is read from where attributes are. */
	function slotOf(from: Slot["from"], kind: string, key: string, rest: Partial<Slot> = {}): Slot {
		const { read = () => undefined, instants = () => undefined, sums = () => undefined } = rest;
		return once(slots, [from, kind, key], () => ({
			from,
			key: asKey(key),
			read,
			instants,
			sums,
			literals: new Map(),
			asked: new Set(),
		}));
	}
	function itemOf(op: Op, slots: readonly Slot[], rest: Partial<Item> = {}): Item {
		const { low = 0, high = 0, windowMs = Infinity, text = "", ids = [], members = [] } = rest;
		const { tree = trees.all, leaf } = rest;
		const key = [op, slots.map((slot) => numbers.get(slot)), `${low} ${high} ${windowMs}`, text, [...ids]];
		return once(items, [...key, members.map((member) => numbers.get(member)), tree, leaf], () => ({
			op,
			slots,
			low,
			high,
			windowMs,
			text,
			ids: new Set(ids),
			members,
			tree,
			leaf,
		}));
	}
	function testOf(slot: Slot, test: ScalarTest | ListTest): Item {
		const item = itemOfTest(slot, test);
		slot.asked.add(columns[item.op] ?? "number");
		return item;
	}
	function itemOfTest(slot: Slot, test: ScalarTest | ListTest): Item {
		const idsOf = (values: readonly string[]): ReadonlySet<number> =>
			new Set(values.map((one) => literalOf(slot, one)).sort());
		switch (test.op) {
			case "exists":
				return itemOf(ops.exists, [slot]);
			case "is":
				return itemOf(ops.textIs, [slot], { low: literalOf(slot, test.value) });
			case "any-of":
				return itemOf(ops.textAnyOf, [slot], { ids: idsOf(test.values) });
			case "has-any":
				return itemOf(ops.hasAny, [slot], { ids: idsOf(test.values) });
			case "has-all":
				return itemOf(ops.hasAll, [slot], { ids: idsOf(test.values) });
			case "contains":
				return itemOf(ops.contains, [slot], { text: fold(test.value) });
			case "starts-with":
				return itemOf(ops.startsWith, [slot], { text: fold(test.value) });
			case "ends-with":
				return itemOf(ops.endsWith, [slot], { text: fold(test.value) });
			case "wildcard":
				return itemOf(ops.wildcard, [slot], { text: fold(test.value) });
			case "is-true":
				return itemOf(ops.isTrue, [slot]);
			case "is-false":
				return itemOf(ops.isFalse, [slot]);
			default:
				return itemOf(ops.inRange, [slot], rangeOf(test));
		}
	}
	function countOf(leaf: CountLeaf): Item {
		const { op, n } = leaf.count;
		return itemOf(countOps[op], watchedSlots(leaf), { low: n, windowMs: leaf.withinMs ?? Infinity });
	}
	function watchedSlots(leaf: Leaf): readonly Slot[] {
		return lookedAtBy(leaf).map(([match, watched]) => {
			const { as, key } = watched;
			if (as === "sum") return slotOf("sums", as, key, { sums: sumsOf(match, watched) });
			return slotOf("counters", as, key, { instants: instantsOf(match, watched) });
		});
	}
	function turningOf(leaf: TurningLeaf, slots: readonly Slot[] = watchedSlots(leaf)): Item {
		return itemOf(ops.turning, slots, { leaf });
	}
	function attributeSlot(name: string): Slot {
		return slotOf("attributes", "attribute", name, {
			read: ({ facts }) => own(facts.attributes, name)?.value,
		});
	}
	function attributeOf(leaf: AttributeLeaf): Item {
		const { name, test } = leaf;
		const slot = attributeSlot(name);
		if (!isDateTest(test)) return testOf(slot, test);
		slot.asked.add("number");
		return turningOf({ ...leaf, test }, [slot]);
	}
	function leafOf(leaf: Leaf): Item {
		switch (leaf.field) {
			case "events":
				return countOf(leaf);
			case "tag":
				return testOf(slotOf("tags", "", leaf.tag), leaf.count);
			case "tagged":
				return turningOf(leaf, [slotOf("tags", "", leaf.tag)]);
			case "attribute":
				return attributeOf(leaf);
			case "age": {
				const slot = attributeSlot("birthday");
				slot.asked.add("number");
				return turningOf(leaf, [slot]);
			}
			case "near": {
				const { latitude, longitude, km } = leaf;
				const key = `${latitude} ${longitude} ${km}`;
				const slot = slotOf("whereabouts", "near", key, { read: nearness(leaf) });
				return testOf(slot, { op: "is-true" });
			}
			case "points": {
				const key = JSON.stringify([leaf.of, leaf.programme]);
				return testOf(slotOf("subject", "points", key, { read: pointsOf(leaf) }), leaf.test);
			}
			case "member": {
				const { programme } = leaf;
				const read: Slot["read"] = ({ facts }) => programmeJoinedAt(facts, programme) !== undefined;
				return testOf(slotOf("subject", "member", programme, { read }), { op: "is-true" });
			}
			case "consent": {
				const { channel, purpose, state } = leaf;
				const read: Slot["read"] = ({ facts }) => consentOf(facts, channel, purpose)?.state;
				const slot = slotOf("subject", "consent", consentKey(channel, purpose), { read });
				return testOf(slot, { op: "is", value: state });
			}
			case "cartProducts": {
				const read: Slot["read"] = ({ facts }) => cartOf(facts)?.products ?? [];
				return testOf(slotOf("cart", "products", "", { read }), leaf.test);
			}
			case "sum":
			case "moment":
			case "sequence":
			case "orders":
			case "interest":
			case "list":
				return turningOf(leaf);
			case "segment":
				throw new Error(`segment ${leaf.segment} is not in its place`);
			case "tier":
				throw new Error(`tier ${leaf.tier} is not in its place`);
			default:
				return fieldOf(leaf);
		}
	}
	function fieldOf(leaf: TextLeaf | NumberLeaf | DateLeaf): Item {
		if (isDateLeaf(leaf)) return turningOf(leaf);
		const { from, read } = isNumberLeaf(leaf) ? numberFields[leaf.field] : textFields[leaf.field];
		return testOf(slotOf(from, "field", leaf.field, { read }), leaf.test);
	}
	function treeOf(members: readonly Condition[], tree: Tree): Item {
		const distinct = [...new Set(members.map(walk))].sort((a, b) => a.op - b.op);
		const [only] = distinct;
		if (only && distinct.length === 1 && tree !== trees.not) return only;
		return itemOf(ops.tree, [], { members: bundled(distinct, tree), tree });
	}
	function bundled(members: readonly Item[], tree: Tree): readonly Item[] {
		const known = members.filter((one) => !isAsked(one));
		if (known.length <= mostKnown) return members;
		const bundles = Array.from({ length: Math.ceil(known.length / mostKnown) }, (_, i) =>
			itemOf(ops.tree, [], { members: known.slice(i * mostKnown, (i + 1) * mostKnown), tree }),
		);
		return bundled([...bundles, ...members.filter(isAsked)], tree);
	}
	function walk(condition: Condition): Item {
		const item = walked.get(condition) ?? itemFor(condition);
		walked.set(condition, item);
		return item;
	}
	function itemFor(condition: Condition): Item {
		if ("all" in condition) return treeOf(condition.all, trees.all);
		if ("any" in condition) return treeOf(condition.any, trees.any);
		if ("not" in condition) return treeOf([condition.not], trees.not);
		return leafOf(condition);
	}
	/** An item of its own, even where another is like it. */
	function rootOf(condition: Condition): Item {
		const item = walk(condition);
		return item.op === ops.tree ? { ...item } : { ...itemOf(ops.tree, []), members: [item] };
	}
	return conditions.map(rootOf);
}

/** What a test looks at; a number, where it is none of these. */
const columns: Readonly<Partial<Record<Op, keyof Columns>>> = {
	[ops.textIs]: "literal",
	[ops.textAnyOf]: "literal",
	[ops.exists]: "kind",
	[ops.isTrue]: "kind",
	[ops.isFalse]: "kind",
	[ops.contains]: "text",
	[ops.startsWith]: "text",
	[ops.endsWith]: "text",
	[ops.wildcard]: "text",
	[ops.hasAny]: "list",
	[ops.hasAll]: "list",
};

const countOps: Readonly<Record<Comparison["op"], Op>> = {
	">=": ops.atLeast,
	"<=": ops.atMost,
	"=": ops.exactly,
};

function isDateLeaf(leaf: TextLeaf | NumberLeaf | DateLeaf): leaf is DateLeaf {
	return isDateField(leaf.field);
}

function isNumberLeaf(leaf: TextLeaf | NumberLeaf): leaf is NumberLeaf {
	return isNumberField(leaf.field);
}

/** Whether the person's whereabouts are within reach; none where nobody knows them. */
function nearness({ km, ...place }: NearLeaf): Slot["read"] {
	const within = reach(km);
	return ({ facts }) => {
		const whereabouts = coordinatesOf(facts);
		return whereabouts && haversine(whereabouts, place) <= within;
	};
}

/** Who never had points of a programme has none: 0. */
function pointsOf({ programme, of }: PointsLeaf): Slot["read"] {
	return ({ facts: { points = {} } }) => {
		const { earned, spent } = own(points, programme) ?? { earned: 0, spent: 0 };
		return of === "earned" ? earned : earned - spent;
	};
}

function literalOf({ literals }: Slot, value: string): number {
	const text = fold(value);
	const literal = literals.get(text) ?? literals.size;
	literals.set(text, literal);
	return literal;
}
