// What differs between two revisions, field by field.

import fc from "fast-check";
import { expect, test } from "vitest";
import { difference, isSame, type Step } from "../../worker/domain/difference.ts";

const text = (words: string) => ({ kind: "text", text: words });

test.each([
	["nothing", { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
	["the order of members", { a: 1, b: 2 }, { b: 2, a: 1 }, []],
	[
		"members",
		{ name: "a", old: 1 },
		{ name: "b", fresh: 2 },
		[
			{ at: ["name"], before: "a", after: "b" },
			{ at: ["old"], before: 1 },
			{ at: ["fresh"], after: 2 },
		],
	],
	[
		"a list of plain values, as one",
		{ on: ["a"] },
		{ on: ["b", "a"] },
		[{ at: ["on"], before: ["a"], after: ["b", "a"] }],
	],
	[
		"a block taken out of the middle",
		[text("a"), text("b"), text("c")],
		[text("a"), text("c")],
		[{ at: [1], before: text("b") }],
	],
	[
		"a block put in at the front, and one changed",
		[text("a"), text("b")],
		[text("new"), text("a"), text("B")],
		[
			{ at: [0], after: text("new") },
			{ at: [2, "text"], before: "b", after: "B" },
		],
	],
	[
		"members with ids, by their ids",
		[
			{ id: "silver", from: 0 },
			{ id: "gold", from: 10 },
		],
		[
			{ id: "gold", from: 20 },
			{ id: "platinum", from: 30 },
		],
		[
			{ at: [{ id: "gold" }, "from"], before: 10, after: 20 },
			{ at: [{ id: "silver" }], before: { id: "silver", from: 0 } },
			{ at: [{ id: "platinum" }], after: { id: "platinum", from: 30 } },
		],
	],
	[
		"the order of members with ids",
		[{ id: "a" }, { id: "b" }],
		[{ id: "b" }, { id: "a" }],
		[
			{ at: [{ id: "a" }], moved: { from: 0, to: 1 } },
			{ at: [{ id: "b" }], moved: { from: 1, to: 0 } },
		],
	],
	["all of it", null, { a: 1 }, [{ at: [], before: null, after: { a: 1 } }]],
])("is of %s", (_what, before, after, changes) => {
	expect(difference(before, after)).toEqual(changes);
});

const json = fc.jsonValue({ maxDepth: 4 });

test("there is none where two say the same, and some wherever they do not", () => {
	fc.assert(
		fc.property(json, json, (one, other) => {
			expect(difference(one, one)).toEqual([]);
			expect(difference(one, other).length === 0).toBe(isSame(one, other));
		}),
	);
});

test("each names what is there, before and after", () => {
	const reach = (value: unknown, at: readonly Step[]): unknown =>
		at.reduce<unknown>((within, step) => {
			if (typeof step === "object") return (within as { id?: string }[]).find(({ id }) => id === step.id);
			return Object(within)[step];
		}, value);
	const blocks = fc.array(fc.record({ kind: fc.constantFrom("a", "b"), text: fc.constantFrom("x", "y") }), {
		maxLength: 6,
	});
	fc.assert(
		fc.property(
			fc.record({ blocks, name: fc.string() }),
			fc.record({ blocks, name: fc.string() }),
			(one, other) => {
				for (const change of difference(one, other)) {
					if ("after" in change) expect(reach(other, change.at)).toEqual(change.after);
					else if (change.at.length === 2) expect(reach(one, change.at)).toEqual(change.before);
				}
			},
		),
	);
});
