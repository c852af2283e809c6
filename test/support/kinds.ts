// All that a condition can be asked in: every field, every operator of every type, every way in which a leaf may vary.
// What the language adds does not compile until it is here, and is then missed wherever it has no example.

import {
	type Comparison,
	type Condition,
	type DateTest,
	type EventMatch,
	type InterestLeaf,
	type Leaf,
	type ListTest,
	leavesOf,
	matchesOf,
	type NumberTest,
	type OrdersLeaf,
	type PathTest,
	type ScalarTest,
	type TextTest,
	type TierLeaf,
	type ValueTest,
} from "../../worker/domain/condition.ts";
import {
	type DateField,
	dateFields,
	type NumberField,
	numberFields,
	type TextField,
	textFields,
} from "../../worker/domain/fields.ts";

type Op<Test extends { readonly op: string }> = Readonly<Record<Test["op"], true>>;

const comparisons: Op<Comparison> = { ">=": true, "<=": true, "=": true };
const numbers: Op<NumberTest> = { ...comparisons, between: true };
const paths: Op<PathTest> = { is: true, "starts-with": true, contains: true, wildcard: true };
const texts: Op<TextTest> = { ...paths, "ends-with": true, "any-of": true, exists: true };
const scalars: Op<ScalarTest> = { ...texts, ...numbers, "is-true": true, "is-false": true };
const lists: Op<ListTest> = { "has-any": true, "has-all": true };
const dates: Op<DateTest> = {
	before: true,
	after: true,
	"in-the-last": true,
	"longer-ago": true,
	"in-the-next": true,
	anniversary: true,
};
const values: Op<ValueTest> = { ...scalars, ...lists, ...dates };
const which: Readonly<Record<"first" | "last", true>> = { first: true, last: true };
const ofOrders: Readonly<Record<OrdersLeaf["of"], true>> = { count: true, revenue: true, average: true };
const ofInterest: Readonly<Record<InterestLeaf["of"], true>> = { strength: true, share: true, rank: true };
const inInterest: Readonly<Record<InterestLeaf["in"], true>> = { category: true, brand: true };
const tiers: Readonly<Record<TierLeaf["op"], true>> = { is: true, "at-least": true };

type Ways = Readonly<Record<string, true>>;
/** Beside the plain fields of one type. */
const leaves: Readonly<Record<Exclude<Leaf["field"], TextField | NumberField | DateField>, Ways>> = {
	attribute: values,
	age: {},
	near: {},
	tag: comparisons,
	tagged: which,
	points: { balance: true, earned: true },
	member: {},
	tier: tiers,
	events: { ...comparisons, visit: true, property: true, withinMs: true },
	sum: { days: true },
	moment: which,
	sequence: { withinMs: true },
	orders: { ...ofOrders, days: true },
	cartProducts: lists,
	interest: { ...ofInterest, ...inInterest },
	list: { test: true },
	consent: { given: true, pending: true, withdrawn: true },
	segment: {},
};
const typed = { text: texts, number: numbers, date: dates, path: paths, where: scalars } as const;

/** Each kind by its name, such as `text wildcard` or `events visit`. */
export const kinds: readonly string[] = [
	"all",
	"any",
	"not",
	"during",
	...Object.keys({ ...textFields, ...numberFields, ...dateFields, ...leaves }),
	...Object.entries({ ...typed, ...leaves }).flatMap(([name, ways]) =>
		Object.keys(ways).map((way) => `${name} ${way}`),
	),
];

/** The kinds that a condition is made of. */
export function kindsOf(condition: Condition): ReadonlySet<string> {
	return new Set([...treesOf(condition), ...Array.from(leavesOf(condition), waysOf).flat()]);
}

function treesOf(condition: Condition): readonly string[] {
	if ("not" in condition) return ["not", ...treesOf(condition.not)];
	if ("all" in condition) return ["all", ...condition.all.flatMap(treesOf)];
	return "any" in condition ? ["any", ...condition.any.flatMap(treesOf)] : [];
}

function waysOf(leaf: Leaf): readonly string[] {
	const name = nameOf(leaf.field);
	const by = "by" in leaf && leaf.by !== undefined ? [leaf.by === "visit" ? "visit" : "property"] : [];
	const said = Object.entries(leaf).flatMap(([member, value]) => {
		if (member === "test" || member === "count") return [value.op, member];
		return [member, typeof value === "string" ? value : ""];
	});
	const ways = [...said, ...by].map((way) => `${name} ${way}`);
	return [leaf.field, ...ways, ...matchesOf(leaf).flatMap(waysOfMatch)];
}

function waysOfMatch({ path, where = [], during }: EventMatch): readonly string[] {
	return [
		...(path ? [`path ${path.op}`] : []),
		...where.map(({ test }) => `where ${test.op}`),
		...(during ? ["during"] : []),
	];
}

function nameOf(field: Leaf["field"]): string {
	if (Object.hasOwn(textFields, field)) return "text";
	if (Object.hasOwn(numberFields, field)) return "number";
	return Object.hasOwn(dateFields, field) ? "date" : field;
}
