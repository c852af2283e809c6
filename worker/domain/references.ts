// Segments within segments, and tiers of programmes: whether what definitions refer to is there, refers back to nothing, and
// stays within the limits once it is put in place. Reckoned, never expanded: a few segments that mention each other twice are millions.

import type { Condition, Leaf } from "./condition.ts";
import type { Definitions } from "./definition.ts";
import { limits } from "./limits.ts";
import type { Place } from "./refusal.ts";
import { meantBy } from "./tier.ts";
import { weightOf } from "./weight.ts";

/** `in` is the id of the definition whose condition it is. */
export type ReferenceProblem =
	| {
			readonly reason: "segment-unknown";
			readonly in: string;
			readonly at: Place;
			readonly segment: string;
	  }
	| { readonly reason: "list-unknown"; readonly in: string; readonly at: Place; readonly list: string }
	/** The programme, or the tier in it. */
	| { readonly reason: "programme-unknown" | "tier-unknown"; readonly in: string; readonly at: Place }
	/** Each refers to the next, and the last to the first. */
	| { readonly reason: "segment-cycle"; readonly segments: readonly string[] }
	/** With what it refers to put in place. */
	| { readonly reason: "too-deep" | "too-many-nodes"; readonly in: string };

/** What a condition comes to when every segment that it mentions is put in its place. */
interface Size {
	readonly depth: number;
	readonly nodes: number;
}

/**
 * What is wrong with the segments that definitions refer to. Where there is a cycle sizes are not known, so they are
 * only told once there is none.
 */
export function refuseReferences(
	definitions: Pick<Definitions, "segments" | "tagRules" | "scoreRules" | "programmes" | "lists">,
): readonly ReferenceProblem[] {
	const { segments, programmes = [], lists = [] } = definitions;
	const owned = [...conditionsIn(definitions)];
	const known = new Map(
		segments.map(({ id, condition }) => [id, { condition, to: [...segmentsIn(condition)] }]),
	);
	const knownLists = new Set(lists.map(({ id }) => id));
	const unknown = owned.flatMap(([id, condition]) =>
		[...leavesIn(condition)].flatMap(({ leaf, at }): readonly ReferenceProblem[] => {
			switch (leaf.field) {
				case "segment": {
					const { segment } = leaf;
					if (known.has(segment)) return [];
					return [{ reason: "segment-unknown", in: id, at: [...at, "segment"], segment }];
				}
				case "list": {
					const { list } = leaf;
					if (knownLists.has(list)) return [];
					return [{ reason: "list-unknown", in: id, at: [...at, "list"], list }];
				}
				case "member":
				case "tier": {
					const programme = programmes.find((one) => one.id === leaf.programme);
					if (!programme) return [{ reason: "programme-unknown", in: id, at: [...at, "programme"] }];
					return meantBy(leaf, programme) ? [] : [{ reason: "tier-unknown", in: id, at: [...at, "tier"] }];
				}
				default:
					return [];
			}
		}),
	);
	const { order, cycles } = inOrder(known);
	if (cycles.length > 0) return [...unknown, ...cycles];
	const sizes = new Map<string, Size>();
	for (const id of order) {
		const segment = known.get(id);
		if (segment) sizes.set(id, sizeOf(segment.condition, sizes));
	}
	const tooLarge = owned.flatMap(([id, condition]): readonly ReferenceProblem[] => {
		const { depth, nodes } = sizeOf(condition, sizes);
		if (depth > limits.depth) return [{ reason: "too-deep", in: id }];
		return nodes > limits.nodes ? [{ reason: "too-many-nodes", in: id }] : [];
	});
	return [...unknown, ...tooLarge];
}

/** Nothing refers to the conditions of rules and programmes. */
function* conditionsIn({
	segments,
	tagRules,
	scoreRules,
	programmes = [],
}: Pick<Definitions, "segments" | "tagRules" | "scoreRules" | "programmes">): Generator<
	readonly [string, Condition]
> {
	for (const { id, condition } of segments) yield [id, condition];
	const joining = programmes.flatMap(({ id, joins }) =>
		joins === "everyone" ? [] : [{ id, when: joins.by }],
	);
	for (const { id, when } of [...tagRules, ...scoreRules, ...joining]) {
		if ("trait" in when) yield [id, when.trait];
		else if (when.who) yield [id, when.who];
	}
}

function* segmentsIn(condition: Condition): Generator<string> {
	for (const { leaf } of leavesIn(condition)) if (leaf.field === "segment") yield leaf.segment;
}

interface Placed {
	readonly at: Place;
	readonly leaf: Leaf;
}

/** Each leaf with the way to it. Deeper than `limits.depth` nothing is looked at. */
export function* leavesIn(condition: Condition, at: Place = [], depth = 1): Generator<Placed> {
	if (depth > limits.depth) return;
	if ("all" in condition) yield* leavesInEach(condition.all, [...at, "all"], depth + 1);
	else if ("any" in condition) yield* leavesInEach(condition.any, [...at, "any"], depth + 1);
	else if ("not" in condition) yield* leavesIn(condition.not, [...at, "not"], depth + 1);
	else yield { at, leaf: condition };
}

function* leavesInEach(members: readonly Condition[], at: Place, depth: number): Generator<Placed> {
	for (const [place, member] of members.entries()) yield* leavesIn(member, [...at, place], depth);
}

/**
 * Segments so that each comes after those that it mentions, and the cycles where there is no such order. With a stack of
 * its own: a thousand segments may be one chain.
 */
function inOrder(known: ReadonlyMap<string, { readonly to: readonly string[] }>): {
	readonly order: readonly string[];
	readonly cycles: readonly ReferenceProblem[];
} {
	const order: string[] = [];
	const cycles: ReferenceProblem[] = [];
	const done = new Set<string>();
	for (const start of known.keys()) {
		const way: { readonly id: string; next: number }[] = [{ id: start, next: 0 }];
		const onTheWay = new Set([start]);
		for (let step = way.at(-1); step && !done.has(start); step = way.at(-1)) {
			const to = known.get(step.id)?.to[step.next++];
			if (to === undefined) {
				way.pop();
				onTheWay.delete(step.id);
				done.add(step.id);
				order.push(step.id);
			} else if (onTheWay.has(to)) {
				const from = way.findIndex(({ id }) => id === to);
				cycles.push({ reason: "segment-cycle", segments: way.slice(from).map(({ id }) => id) });
			} else if (known.has(to) && !done.has(to)) {
				way.push({ id: to, next: 0 });
				onTheWay.add(to);
			}
		}
	}
	return { order, cycles: withoutRepeats(cycles) };
}

/** The same cycle is met once for each time that one of its segments mentions the next. */
function withoutRepeats(cycles: readonly ReferenceProblem[]): readonly ReferenceProblem[] {
	return [...new Map(cycles.map((cycle) => [JSON.stringify(cycle), cycle])).values()];
}

function sizeOf(condition: Condition, sizes: ReadonlyMap<string, Size>, depth = 1): Size {
	// Too deep as it stands; how much too deep does not matter.
	if (depth > limits.depth) return { depth: 1, nodes: 1 };
	if ("all" in condition) return sizeOfEach(condition.all, sizes, depth + 1);
	if ("any" in condition) return sizeOfEach(condition.any, sizes, depth + 1);
	if ("not" in condition) return sizeOfEach([condition.not], sizes, depth + 1);
	// Its points, and that they are not more than the next tier's.
	if (condition.field === "tier") return { depth: 3, nodes: weightOf(condition) };
	const segment = condition.field === "segment" ? sizes.get(condition.segment) : undefined;
	return segment ?? { depth: 1, nodes: weightOf(condition) };
}

function sizeOfEach(members: readonly Condition[], sizes: ReadonlyMap<string, Size>, depth: number): Size {
	let deepest = 0;
	let nodes = 1;
	for (const member of members) {
		const size = sizeOf(member, sizes, depth);
		deepest = Math.max(deepest, size.depth);
		// Doubling from segment to segment soon leaves the numbers; beyond the limit all are alike.
		nodes = Math.min(nodes + size.nodes, limits.nodes + 1);
	}
	return { depth: Math.min(deepest + 1, limits.depth + 1), nodes };
}
