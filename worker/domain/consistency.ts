// Whether definitions can stand together: what no schema sees. Ids used twice, what is mentioned and not there, conditions
// that cost too much.

import { refuse } from "./check.ts";
import type { Condition } from "./condition.ts";
import type { Definitions, InterestTag } from "./definition.ts";
import { type Definition, eachOf, type Ref } from "./kinds.ts";
import { type ReferenceProblem, refuseReferences } from "./references.ts";
import type { Place } from "./refusal.ts";
import { conditionsOf, usesIn } from "./uses.ts";

export interface Inconsistency {
	readonly in: Ref;
	/** The way to the condition in the body, where it is in one, and from there to what is wrong. */
	readonly root: Place;
	readonly at: Place;
	readonly why: string;
	/** Those that a mention of segments is about. */
	readonly segments?: readonly string[];
}

/** A cause names either of these, so they share one space of names. */
const causes: ReadonlySet<string> = new Set([
	"tag-rule",
	"score-rule",
	"interest-tag",
	"segment",
	"programme",
]);

/** What is wrong, of definitions each of the right shape. */
export function inconsistenciesIn(definitions: Definitions): readonly Inconsistency[] {
	const each = eachOf(definitions);
	const found = [...usedTwice(each), ...each.flatMap(tooMuch)];
	// What is too much by itself is not looked at for what it mentions.
	if (found.length === 0) found.push(...inReferences(definitions, each));
	return [...found, ...each.flatMap((one) => missingOwn(one, definitions))];
}

function usedTwice(each: readonly Definition[]): Inconsistency[] {
	const seen = new Set<string>();
	return each.flatMap((one) => {
		const name = causes.has(one.kind) ? one.id : `${one.kind}/${one.id}`;
		if (seen.has(name)) return [wrong(one, [], [], "id-used-twice")];
		seen.add(name);
		return [];
	});
}

function tooMuch(one: Definition): readonly Inconsistency[] {
	const asked = one.kind === "interest-tag" ? [[[], askedBy(one.body)] as const] : conditionsOf(one);
	return asked.flatMap(([root, condition]) => {
		const refusal = refuse(condition);
		return refusal ? [wrong(one, root, refusal.at, refusal.reason)] : [];
	});
}

function askedBy({ id, of, test }: InterestTag): Condition {
	return { field: "interest", in: "category", value: id, of, test };
}

function inReferences(definitions: Definitions, each: readonly Definition[]): readonly Inconsistency[] {
	const owners = new Map(each.filter(({ kind }) => causes.has(kind)).map((one) => [one.id, one]));
	return refuseReferences(definitions).flatMap((problem) => {
		const cycle = problem.reason === "segment-cycle" ? problem.segments : undefined;
		const owner = owners.get(problem.reason === "segment-cycle" ? (cycle?.[0] ?? "") : problem.in);
		if (!owner) return [];
		const [root = []] = conditionsOf(owner).map(([at]) => at);
		const at = "at" in problem ? problem.at : [];
		return [wrong(owner, root, at, problem.reason, mentioned(problem))];
	});
}

function mentioned(problem: ReferenceProblem): readonly string[] | undefined {
	if (problem.reason === "segment-cycle") return problem.segments;
	return problem.reason === "segment-unknown" ? [problem.segment] : undefined;
}

/** What is mentioned outside of conditions. */
function missingOwn(one: Definition, definitions: Definitions): readonly Inconsistency[] {
	if (one.kind !== "experience" && one.kind !== "score-rule") return [];
	const known = {
		segment: definitions.segments,
		group: definitions.groups ?? [],
		programme: definitions.programmes ?? [],
	};
	return usesIn(one)
		.filter(({ at }) => at.length === 1)
		.flatMap(({ of: { kind, id }, at }) => {
			if (kind !== "segment" && kind !== "group" && kind !== "programme") return [];
			if (known[kind].some((other) => other.id === id)) return [];
			return [wrong(one, at, [], `${kind}-unknown`, kind === "segment" ? [id] : undefined)];
		});
}

function wrong(
	{ kind, id }: Ref,
	root: Place,
	at: Place,
	why: string,
	segments?: readonly string[],
): Inconsistency {
	return { in: { kind, id }, root, at, why, ...(segments && { segments }) };
}
