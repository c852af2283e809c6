import fc from "fast-check";
import { expect, test } from "vitest";
import { refuse } from "../../worker/domain/check.ts";
import type { Condition, Leaf } from "../../worker/domain/condition.ts";
import type { Definitions, Segment } from "../../worker/domain/definition.ts";
import { limits } from "../../worker/domain/limits.ts";
import { refuseReferences } from "../../worker/domain/references.ts";
import { inlined } from "../../worker/domain/segment.ts";

const leaf: Leaf = { field: "score", test: { op: ">=", n: 1 } };
const to = (segment: string): Leaf => ({ field: "segment", segment });
const segment = (id: string, condition: Condition): Segment => ({ id, name: id, condition });
const scoring = (id: string, trait: Condition) => ({ id, name: id, points: 1, when: { trait }, once: true });
const of = (segments: readonly Segment[], scoreRules: Definitions["scoreRules"] = []): Definitions => ({
	segments,
	scoreRules,
	tagRules: [],
	experiences: [],
});
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

test("segments may mention others, as often as they like", () => {
	const segments = [
		segment("a", { all: [to("b"), { not: to("c") }] }),
		segment("b", { any: [to("c"), to("c"), leaf] }),
		segment("c", leaf),
	];
	expect(refuseReferences(of(segments, [scoring("rule", { not: to("a") })]))).toEqual([]);
});

test("a segment that is not there is told with the place, in rules too", () => {
	const rule = scoring("rule", { any: [to("constructor"), to("a")] });
	const problems = refuseReferences(of([segment("a", { all: [leaf, { not: to("gone") }] })], [rule]));
	expect(problems).toEqual([
		{ reason: "segment-unknown", in: "a", at: ["all", 1, "not", "segment"], segment: "gone" },
		{ reason: "segment-unknown", in: "rule", at: ["any", 0, "segment"], segment: "constructor" },
	]);
});

test("a list that a condition mentions has to be there", () => {
	const on: Leaf = { field: "list", list: "vip" };
	const definitions = of([segment("a", { not: on })], [scoring("rule", { all: [to("a"), on] })]);
	const lists = [{ id: "vip", names: { pl: "Stali", en: "Regulars" } }];
	expect(refuseReferences({ ...definitions, lists })).toEqual([]);
	expect(refuseReferences(definitions)).toEqual([
		{ reason: "list-unknown", in: "a", at: ["not", "list"], list: "vip" },
		{ reason: "list-unknown", in: "rule", at: ["all", 1, "list"], list: "vip" },
	]);
});

test("a tier that its programme does not have is told, and so is a programme that nobody has", () => {
	const tier = (programme: string, of: string): Leaf => ({ field: "tier", programme, tier: of, op: "is" });
	const tiers = [{ id: "gold", name: "Gold", from: 1 }];
	const programmes = [{ id: "club", name: "Club", joins: "everyone", tiers, rewards: [] }] as const;
	const condition: Condition = {
		any: [tier("club", "gold"), tier("club", "tin"), { not: { field: "member", programme: "gone" } }],
	};
	expect(refuseReferences({ ...of([segment("a", condition)]), programmes })).toEqual([
		{ reason: "tier-unknown", in: "a", at: ["any", 1, "tier"] },
		{ reason: "programme-unknown", in: "a", at: ["any", 2, "not", "programme"] },
	]);
});

test("a cycle is told as the way around it, once", () => {
	const segments = [
		segment("start", to("a")),
		segment("a", { all: [to("b"), to("b")] }),
		segment("b", { not: to("c") }),
		segment("c", { any: [leaf, to("a")] }),
		segment("self", to("self")),
	];
	expect(refuseReferences(of(segments))).toEqual([
		{ reason: "segment-cycle", segments: ["a", "b", "c"] },
		{ reason: "segment-cycle", segments: ["self"] },
	]);
});

test("what is in order by itself may be too deep once all is in place", () => {
	const chain = times(limits.depth, (i) => segment(`s${i}`, i === 0 ? leaf : { not: to(`s${i - 1}`) }));
	expect(refuseReferences(of(chain))).toEqual([]);
	const top = segment("top", { not: to(`s${limits.depth - 1}`) });
	expect(refuseReferences(of([top, ...chain]))).toEqual([{ reason: "too-deep", in: "top" }]);
});

test("or too large, which is reckoned and not tried", () => {
	const doubling = times(7, (i) =>
		segment(`s${i}`, i === 0 ? { any: times(100, () => leaf) } : { all: times(100, () => to(`s${i - 1}`)) }),
	);
	expect(refuseReferences(of(doubling))).toEqual(
		times(6, (i) => ({ reason: "too-many-nodes", in: `s${i + 1}` })),
	);
});

test("a thousand segments in a chain are no deeper for the stack than one", () => {
	const chain = times(1_000, (i) => segment(`s${i}`, i === 999 ? leaf : to(`s${i + 1}`)));
	expect(refuseReferences(of(chain))).toEqual([]);
	const around = refuseReferences(of([...chain.slice(0, -1), segment("s999", to("s0"))]));
	expect(around).toMatchObject([{ reason: "segment-cycle" }]);
});

/** Each `s<i>` mentions only those before it. */
const dag = fc.integer({ min: 1, max: 6 }).chain((n) =>
	fc.tuple(
		...times(n, (i) => {
			const mention =
				i === 0 ? fc.constant(leaf) : fc.integer({ min: 0, max: i - 1 }).map((k) => to(`s${k}`));
			const { node } = fc.letrec<{ node: Condition }>((tie) => ({
				node: fc.oneof(
					{ maxDepth: 3 },
					fc.constant(leaf),
					mention,
					fc.record({ all: fc.array(tie("node"), { maxLength: 4 }) }),
					fc.record({ not: tie("node") }),
				),
			}));
			return node.map((condition) => segment(`s${i}`, condition));
		}),
	),
);

test("what is reckoned is what putting in place comes to", () => {
	fc.assert(
		fc.property(dag, (segments) => {
			const whole = inlined(of(segments));
			const refused = refuseReferences(of(segments)).flatMap((one) => ("in" in one ? [one.in] : []));
			const inPlace = whole.is === "inlined" ? whole.definitions.segments : [];
			expect(inPlace).toHaveLength(segments.length);
			const tooMuch = inPlace.filter(({ condition }) => refuse(condition) !== undefined);
			expect(refused).toEqual(tooMuch.map(({ id }) => id));
		}),
		{ numRuns: 300 },
	);
});

test("what can be put in place is what refers to nothing unknown and not to itself", () => {
	const mention = fc.constantFrom("a", "b", "c", "d").map(to);
	const condition = fc.oneof(
		fc.constant(leaf),
		mention,
		fc.record({ all: fc.array(mention, { maxLength: 2 }) }),
	);
	fc.assert(
		fc.property(fc.array(condition, { minLength: 1, maxLength: 3 }), (conditions) => {
			const segments = conditions.map((one, i) => segment("abc".charAt(i), one));
			const problems = refuseReferences(of(segments));
			expect(problems.length > 0 ? "refused" : "inlined").toBe(inlined(of(segments)).is);
		}),
		{ numRuns: 500 },
	);
});
