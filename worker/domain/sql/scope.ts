// What one compilation gathers on its way: literals, and what several leaves share.

import type { NumberTest } from "../condition.ts";
import type { Scalar } from "../event.ts";
import type { Gathered } from "../fields.ts";
import type { SourceName } from "./source.ts";

export interface Scope {
	readonly literals: (Scalar | readonly string[])[];
	readonly places: Map<string, number>;
	readonly gathered: Set<Gathered>;
	readonly sources: Set<SourceName>;
	readonly looks: Looks;
	readonly now: number;
}

/** Which events of anonymous visits may matter: those of a name or on a path, or all; and whether what they carry does. */
export interface Looks {
	readonly names: Set<string>;
	readonly paths: Set<string>;
	all: boolean;
	props: boolean;
}

export function newScope(now: number): Scope {
	const looks = { names: new Set<string>(), paths: new Set<string>(), all: false, props: false };
	return { literals: [], places: new Map(), gathered: new Set(), sources: new Set(), looks, now };
}

/** A value out of the bound array, never out of the statement. */
export function literal(scope: Scope, value: Scalar): string {
	return `?1 ->> ${placeOf(scope, value)}`;
}

/** The members of a list out of the bound array, as a query of one column. */
export function literals(scope: Scope, values: readonly string[]): string {
	return `(SELECT value FROM json_each(?1, '$[${placeOf(scope, values)}]'))`;
}

/** Where the value stands in the bound array. */
export function placeOf({ literals, places }: Scope, value: Scalar | readonly string[]): number {
	const key = JSON.stringify(value);
	const place = places.get(key) ?? literals.push(value) - 1;
	places.set(key, place);
	return place;
}

/** Something that is worked out once for a person, however many leaves ask. */
export function gather(scope: Scope, name: Gathered): string {
	scope.gathered.add(name);
	return columnOf(name);
}

export function columnOf(name: Gathered): string {
	return `f."${name}"`;
}

/** Halved again and again: a plain chain of operators is a tree as deep as it is long. */
export function joined(terms: readonly string[], operator: "AND" | "OR"): string {
	const [only] = terms;
	if (only === undefined) return operator === "AND" ? "1" : "0";
	if (terms.length === 1) return `(${only})`;
	const half = terms.length >> 1;
	return `(${joined(terms.slice(0, half), operator)} ${operator} ${joined(terms.slice(half), operator)})`;
}

/** The operators as SQL spells them; never the text of a condition. */
const comparisons: Readonly<Record<Exclude<NumberTest["op"], "between">, string>> = {
	">=": ">=",
	"<=": "<=",
	"=": "=",
};

/** A comparison that is NULL where the value is. `scaled` turns what the test says into the unit of the value. */
export function compared(
	scope: Scope,
	test: NumberTest,
	value: string,
	scaled: (n: number) => number = (n) => n,
): string {
	if (test.op !== "between") return `${value} ${comparisons[test.op]} ${literal(scope, scaled(test.n))}`;
	return `${value} BETWEEN ${literal(scope, scaled(test.from))} AND ${literal(scope, scaled(test.to))}`;
}
