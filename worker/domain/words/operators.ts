// The operators of the language as a condition builder shows them, and what each of them takes.

import type { DateTest, ListTest, NumberTest, PathTest, TextTest, ValueTest } from "../condition.ts";
import type { InEach } from "./language.ts";

/** What stands behind an operator. `range`: from and to. `span`: milliseconds. `instant`: epoch ms. */
export type Operand = "nothing" | "text" | "texts" | "number" | "range" | "instant" | "span" | "days";

export interface Operator {
	readonly words: InEach<string>;
	readonly takes: Operand;
}

type Op<Test extends { readonly op: string }> = Test["op"];

const text: Readonly<Record<Op<TextTest>, Operator>> = {
	is: { words: { pl: "to", en: "is" }, takes: "text" },
	"any-of": { words: { pl: "to jedno z", en: "is one of" }, takes: "texts" },
	contains: { words: { pl: "zawiera", en: "contains" }, takes: "text" },
	"starts-with": { words: { pl: "zaczyna się od", en: "starts with" }, takes: "text" },
	"ends-with": { words: { pl: "kończy się na", en: "ends with" }, takes: "text" },
	wildcard: { words: { pl: "pasuje do wzorca", en: "matches the pattern" }, takes: "text" },
	exists: { words: { pl: "ma wartość", en: "has a value" }, takes: "nothing" },
};
const number: Readonly<Record<Op<NumberTest>, Operator>> = {
	">=": { words: { pl: "co najmniej", en: "at least" }, takes: "number" },
	"<=": { words: { pl: "najwyżej", en: "at most" }, takes: "number" },
	"=": { words: { pl: "dokładnie", en: "exactly" }, takes: "number" },
	between: { words: { pl: "w przedziale", en: "between" }, takes: "range" },
};
const date: Readonly<Record<Op<DateTest>, Operator>> = {
	before: { words: { pl: "przed", en: "before" }, takes: "instant" },
	after: { words: { pl: "od dnia", en: "on or after" }, takes: "instant" },
	"in-the-last": { words: { pl: "w ciągu ostatnich", en: "in the last" }, takes: "span" },
	"longer-ago": { words: { pl: "dawniej niż", en: "longer ago than" }, takes: "span" },
	"in-the-next": { words: { pl: "w ciągu najbliższych", en: "in the next" }, takes: "span" },
	anniversary: {
		words: { pl: "rocznica dziś lub w ciągu najbliższych dni", en: "anniversary today or in the next days" },
		takes: "days",
	},
};
const list: Readonly<Record<Op<ListTest>, Operator>> = {
	"has-any": { words: { pl: "zawiera którekolwiek z", en: "contains any of" }, takes: "texts" },
	"has-all": { words: { pl: "zawiera wszystkie z", en: "contains all of" }, takes: "texts" },
};
const yesNo: Readonly<Record<"is-true" | "is-false", Operator>> = {
	"is-true": { words: { pl: "tak", en: "is yes" }, takes: "nothing" },
	"is-false": { words: { pl: "nie", en: "is no" }, takes: "nothing" },
};
const path: Readonly<Record<Op<PathTest>, true>> = {
	is: true,
	"starts-with": true,
	contains: true,
	wildcard: true,
};

export const operators: Readonly<Record<Op<ValueTest>, Operator>> = {
	...text,
	...number,
	...date,
	...list,
	...yesNo,
};

/** What may be asked of each kind of value. `scalar` is of an event's property, `value` of an attribute. */
export const tests = {
	text: Object.keys(text),
	path: Object.keys(path),
	number: Object.keys(number),
	/** How many times. */
	count: [">=", "<=", "="],
	date: Object.keys(date),
	list: Object.keys(list),
	/** A text that is one of a few words: asked whole. */
	choice: ["is", "any-of", "exists"],
	scalar: Object.keys({ ...text, ...number, ...yesNo }),
	value: Object.keys(operators),
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type TestKind = keyof typeof tests;
