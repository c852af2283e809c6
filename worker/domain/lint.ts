// A linter of conditions: what a marketer surely did not mean. It may miss something, and is never wrong: what it calls
// true of everyone, true of nobody or superfluous is so for every person, now and at any later instant.

import { type Condition, type Leaf, matchesOf } from "./condition.ts";
import { exampleFor, exampleOf } from "./lint/example.ts";
import { canHold, isDateTest, keyOf } from "./lint/literal.ts";
import { newSolver, type Solver } from "./lint/solver.ts";
import { oddTextsOf } from "./lint/text-shape.ts";
import type { Cause, Warning } from "./lint/warning.ts";
import { contactsOnlyOf, emptyWindowsOf, matchName, overOf } from "./lint/windows.ts";
import type { Place } from "./refusal.ts";

export type { Warning };

export interface LintContext {
	readonly now: number;
	/** How long details of anonymous people live; no warning of it where absent. */
	readonly retentionMs?: number;
	/** What the site's settings and consents leave unread. */
	readonly forbidden?: ReadonlySet<Leaf["field"]>;
}

interface Scope {
	readonly now: number;
	readonly solver: Solver;
	readonly warnings: Warning[];
	readonly leafWarnings: (leaf: Leaf) => readonly Warning[];
}

/** What is known of a part of the condition: that it is the same for everyone, and whether that has been said. */
interface Found {
	readonly constant?: boolean;
	/** The member that makes it so. */
	readonly member?: Place;
}

interface Member {
	readonly condition: Condition;
	readonly at: Place;
}

/**
 * Warnings of a condition that is within the limits (check.ts), with the segments that it mentions in place or not: of
 * a segment it is only known that it is the same everywhere.
 */
export function lint(condition: Condition, context: LintContext): readonly Warning[] {
	const { now, retentionMs, forbidden } = context;
	const solver = newSolver(now);
	const anonymous: Condition = { field: "identity", test: { op: "is", value: "anonymous" } };
	const reachesAnonymous = !solver.isNever(
		[condition, anonymous].map((one) => ({ condition: one, yes: true })),
	);
	const warnings: Warning[] = [];
	const leafWarnings = (leaf: Leaf): readonly Warning[] => [
		...(forbidden?.has(leaf.field)
			? [{ kind: "field-forbidden", at: ["field"], field: leaf.field } as const]
			: []),
		...emptyWindowsOf(leaf),
		...overOf(leaf, now),
		...(retentionMs !== undefined && reachesAnonymous ? contactsOnlyOf(leaf, retentionMs) : []),
		...oddTextsOf(leaf),
		...contradictionsOf(leaf, now),
	];
	const { constant, member } = walk(condition, [], { now, solver, warnings, leafWarnings });
	if (constant !== undefined && member)
		warnings.push({ kind: kindOf(constant), at: [], because: { why: "member", member } });
	return warnings;
}

function walk(condition: Condition, at: Place, scope: Scope): Found {
	if ("all" in condition)
		return walkList(condition, membersOf(condition.all, [...at, "all"]), "all", at, scope);
	if ("any" in condition)
		return walkList(condition, membersOf(condition.any, [...at, "any"]), "any", at, scope);
	if (!("not" in condition)) return walkLeaf(condition, at, scope);
	const inner = [...at, "not"];
	const { constant } = walk(condition.not, inner, scope);
	return constant === undefined ? {} : { constant: !constant, member: inner };
}

function walkLeaf(leaf: Leaf, at: Place, { now, solver, warnings, leafWarnings }: Scope): Found {
	const own = leafWarnings(leaf).map((warning): Warning => placed(warning, at));
	warnings.push(...own);
	const constant = constantOf(leaf, solver);
	if (constant === undefined) return {};
	// The window or the match says why, and better.
	const isSaid = own.some(({ kind }) => kind === "empty-window" || kind === "never-matches");
	if (!isSaid) {
		const example = constant ? exampleOf(leaf, at, now) : undefined;
		warnings.push({
			kind: kindOf(constant),
			at,
			because: { why: "itself", ...(example ? { example } : {}) },
		});
	}
	return at.length === 0 ? { constant } : { constant, member: at };
}

function walkList(
	condition: Condition,
	members: readonly Member[],
	within: "all" | "any",
	at: Place,
	scope: Scope,
): Found {
	const { solver, warnings } = scope;
	const found = members.map((member) => walk(member.condition, member.at, scope));
	// What settles the whole: a member that is never true of an `all`, or always true of an `any`.
	const settling = within === "any";
	const place = found.findIndex(({ constant }) => constant === settling);
	const settled = members[place];
	if (settled) return { constant: settling, member: settled.at };
	const open = members.filter((_, i) => found[i]?.constant === undefined);
	const first = members[0];
	if (first && open.length === 0) return { constant: !settling, member: first.at };
	const constant = constantOf(condition, solver);
	if (constant === undefined) {
		warnings.push(...needless(open, within, solver));
		return {};
	}
	warnings.push(
		constantWarning(constant, members.length === 0 ? [] : conflict(open, constant, solver), at, scope),
	);
	return at.length === 0 ? { constant } : { constant, member: at };
}

function constantOf(condition: Condition, solver: Solver): boolean | undefined {
	if (solver.isNever([{ condition, yes: true }])) return false;
	return solver.isNever([{ condition, yes: false }]) ? true : undefined;
}

/** Two members that settle the whole, where two are enough; else all. */
function conflict(members: readonly Member[], constant: boolean, solver: Solver): readonly Member[] {
	for (const [place, one] of members.entries()) {
		for (const other of members.slice(place + 1)) {
			const asked = [one, other].map(({ condition }) => ({ condition, yes: !constant }));
			if (haveInCommon(one, other, solver) && solver.isNever(asked)) return [one, other];
		}
	}
	return members;
}

function constantWarning(constant: boolean, members: readonly Member[], at: Place, { now }: Scope): Warning {
	const [one, other] = members;
	const places = members.map((member) => member.at);
	if (!one) return { kind: kindOf(constant), at, because: { why: "empty" } };
	if (!constant && members.every(({ condition }) => "test" in condition && isDateTest(condition.test)))
		return { kind: "empty-window", at, why: "ends-before-it-begins", members: places };
	const example =
		constant && other && members.length === 2
			? exampleFor(one.condition, one.at, other.condition, other.at, now)
			: undefined;
	const because: Cause = { why: "members", members: places, ...(example ? { example } : {}) };
	return { kind: kindOf(constant), at, because };
}

/** Members that change nothing beside another one. Of two that say the same the later. */
function needless(members: readonly Member[], within: "all" | "any", solver: Solver): readonly Warning[] {
	const gone = new Set<Member>();
	const keys = new Map(members.map((member) => [member, keyOf(member.condition)]));
	const warnings: Warning[] = [];
	const implies = (one: Member, other: Member): boolean =>
		haveInCommon(one, other, solver) &&
		solver.isNever([
			{ condition: one.condition, yes: true },
			{ condition: other.condition, yes: false },
		]);
	const makesNeedless = (by: Member, member: Member): boolean =>
		within === "all" ? implies(by, member) : implies(member, by);
	for (const [place, member] of members.entries()) {
		const before = members.slice(0, place).filter((one) => !gone.has(one));
		const same = before.find((one) => keys.get(one) === keys.get(member));
		const by = same ?? before.find((one) => makesNeedless(one, member));
		if (by) {
			gone.add(member);
			warnings.push(
				same
					? { kind: "duplicate", at: member.at, of: same.at }
					: { kind: "superfluous", at: member.at, by: by.at, within },
			);
			continue;
		}
		for (const one of before.filter((other) => makesNeedless(member, other))) {
			gone.add(one);
			warnings.push({ kind: "superfluous", at: one.at, by: member.at, within });
		}
	}
	return warnings;
}

function haveInCommon(one: Member, other: Member, solver: Solver): boolean {
	const subjects = solver.subjectsOf(other.condition);
	return [...solver.subjectsOf(one.condition)].some((subject) => subjects.has(subject));
}

/** Tests of one property that no event can pass together. */
function contradictionsOf(leaf: Leaf, now: number): readonly Warning[] {
	return matchesOf(leaf).flatMap((match, place) => {
		const { where = [] } = match;
		const name = matchName(leaf, place);
		const byProperty = Map.groupBy(where.entries(), ([, { property }]) => property);
		return [...byProperty.values()].flatMap((tests): readonly Warning[] =>
			canHold(
				tests.map(([, test]) => test),
				now,
			)
				? []
				: [{ kind: "never-matches", at: [name], tests: tests.map(([test]) => [name, "where", test]) }],
		);
	});
}

function membersOf(conditions: readonly Condition[], at: Place): readonly Member[] {
	return conditions.map((condition, place) => ({ condition, at: [...at, place] }));
}

function kindOf(constant: boolean): "always-true" | "never-true" {
	return constant ? "always-true" : "never-true";
}

/** A leaf's warning as one of the whole condition. */
function placed(warning: Warning, at: Place): Warning {
	const moved = { ...warning, at: [...at, ...warning.at] };
	if (moved.kind !== "never-matches") return moved;
	return { ...moved, tests: moved.tests.map((test) => [...at, ...test]) };
}
