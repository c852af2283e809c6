// Whether conditions can hold together. A search over their literals: those of one key are looked at together, each
// `any` is tried member by member, and what cannot be goes no further. It gives up after so many steps, and then says
// that they can: a linter may miss something, but is never wrong.

import type { Condition, NumberTest } from "../condition.ts";
import { isWithin, type Literal, literalOf } from "./literal.ts";
import { type Asked, rangeOf } from "./numbers.ts";
import { isPossible, type Test } from "./values.ts";

export interface Solver {
	/** That no person whatever answers all as asked, now or later. */
	isNever(asked: readonly AskedCondition[]): boolean;
	/** What a condition asks about, so that two that share nothing need not be compared. */
	subjectsOf(condition: Condition): ReadonlySet<string>;
}
export interface AskedCondition {
	readonly condition: Condition;
	readonly yes: boolean;
}

type Formula =
	| { readonly is: "literal"; readonly literal: Literal; readonly yes: boolean }
	| { readonly is: "all"; readonly members: readonly Formula[] }
	| { readonly is: "any"; readonly members: readonly Formula[] };

/** What has been asked of one key so far. */
interface Entry {
	readonly literal: Literal;
	readonly asked: Asked<Test>[];
}

const stepsEach = 3_000;
const stepsInAll = 300_000;

/** A solver for one condition and its parts: it remembers what they ask, and how much it has thought already. */
export function newSolver(now: number): Solver {
	const formulas = { yes: new Map<Condition, Formula>(), no: new Map<Condition, Formula>() };
	const subjects = new Map<Condition, ReadonlySet<string>>();
	let left = stepsInAll;

	function formulaOf(condition: Condition, yes: boolean): Formula {
		const known = formulas[yes ? "yes" : "no"];
		const formula = known.get(condition) ?? newFormula(condition, yes);
		known.set(condition, formula);
		return formula;
	}
	function newFormula(condition: Condition, yes: boolean): Formula {
		const each = (members: readonly Condition[]) => members.map((member) => formulaOf(member, yes));
		if ("all" in condition) return { is: yes ? "all" : "any", members: each(condition.all) };
		if ("any" in condition) return { is: yes ? "any" : "all", members: each(condition.any) };
		if ("not" in condition) return formulaOf(condition.not, !yes);
		return { is: "literal", literal: literalOf(condition, now), yes };
	}
	function isNever(asked: readonly AskedCondition[]): boolean {
		const budget = { steps: Math.min(stepsEach, left) };
		const before = budget.steps;
		const wanted = asked.map(({ condition, yes }) => formulaOf(condition, yes));
		const answer = !canBe(wanted, new Map(), budget, now);
		left -= before - Math.max(budget.steps, 0);
		return answer;
	}
	function subjectsOf(condition: Condition): ReadonlySet<string> {
		const known = subjects.get(condition) ?? new Set(keysIn(formulaOf(condition, true)));
		subjects.set(condition, known);
		return known;
	}
	return { isNever, subjectsOf };
}

function* keysIn(formula: Formula): Generator<string> {
	if (formula.is === "literal") yield formula.literal.counted?.group ?? formula.literal.key;
	else for (const member of formula.members) yield* keysIn(member);
}

function canBe(
	wanted: readonly Formula[],
	entries: Map<string, Entry>,
	budget: { steps: number },
	now: number,
): boolean {
	const pending = [...wanted];
	const choices: (readonly Formula[])[] = [];
	const added: Entry[] = [];
	let can = true;
	for (let one = pending.pop(); one && can; one = pending.pop()) {
		if (budget.steps-- <= 0) break;
		if (one.is === "all") pending.push(...one.members);
		else if (one.is === "literal") {
			added.push(ask(entries, one.literal, one.yes));
			can = isStillPossible(entries, one.literal, now);
		} else {
			choices.push(one.members);
			can = one.members.length > 0;
		}
	}
	if (can && budget.steps > 0) {
		const [first, ...rest] = choices.sort((a, b) => a.length - b.length);
		const others = rest.map((members): Formula => ({ is: "any", members }));
		can = !first || first.some((member) => canBe([member, ...others], entries, budget, now));
	}
	for (const { literal, asked } of added) {
		asked.pop();
		if (asked.length === 0) entries.delete(literal.key);
	}
	return can;
}

function ask(entries: Map<string, Entry>, literal: Literal, yes: boolean): Entry {
	const entry = entries.get(literal.key) ?? { literal, asked: [] };
	entries.set(literal.key, entry);
	entry.asked.push({ test: literal.test, yes });
	return entry;
}

/** Whether the tests of a key can hold together, and with what is asked of wider and narrower counts. */
function isStillPossible(entries: ReadonlyMap<string, Entry>, literal: Literal, now: number): boolean {
	const entry = entries.get(literal.key);
	if (!entry) return true;
	if (!isPossible(literal.domain, entry.asked, now)) return false;
	const { counted } = literal;
	if (!counted) return true;
	const range = countsOf(entry, now);
	for (const other of entries.values()) {
		if (other === entry || other.literal.counted?.group !== counted.group) continue;
		const { low, high } = countsOf(other, now);
		if (isWithin(counted, other.literal.counted) && range.low > high) return false;
		if (isWithin(other.literal.counted, counted) && low > range.high) return false;
	}
	return true;
}

function countsOf({ literal: { domain }, asked }: Entry, now: number): { low: number; high: number } {
	const known = domain.is === "number" ? domain : {};
	const tests = asked.flatMap(({ test, yes }) => (isNumberTest(test) ? [{ test, yes }] : []));
	return rangeOf(tests, known, now) ?? { low: 0, high: Infinity };
}

function isNumberTest(test: Test): test is NumberTest {
	return test.op === ">=" || test.op === "<=" || test.op === "=" || test.op === "between";
}
