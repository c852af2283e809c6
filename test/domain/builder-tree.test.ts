import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	at,
	grouped,
	groupOf,
	insert,
	type Join,
	move,
	moveBy,
	type Path,
	pathOf,
	pruned,
	put,
	rowOf,
} from "../../worker/admin/ui/builder/tree.ts";
import type { Condition } from "../../worker/domain/condition.ts";

const row = fc.string({ minLength: 1, maxLength: 3 }).chain((tag) =>
	fc.boolean().map((isNot): Condition => {
		const leaf = { field: "tag", tag, count: { op: ">=", n: 1 } } as const;
		return isNot ? { not: leaf } : leaf;
	}),
);
const { tree } = fc.letrec<{ tree: Condition; member: Condition }>((tie) => ({
	member: fc.oneof({ maxDepth: 3 }, row, tie("tree")),
	tree: fc
		.record({
			join: fc.constantFrom<Join>("all", "any", "none"),
			members: fc.array(tie("member"), { maxLength: 4 }),
		})
		.map(grouped),
}));

function* pathsIn(condition: Condition, path: Path = []): Generator<Path> {
	yield path;
	if (rowOf(condition)) return;
	for (const [index, member] of groupOf(condition).members.entries())
		yield* pathsIn(member, [...path, index]);
}
const rowsIn = (root: Condition) =>
	Array.from(pathsIn(root), (path) => at(root, path)).flatMap((one) =>
		one && rowOf(one) ? [JSON.stringify(one)] : [],
	);
const groupsIn = (root: Condition) =>
	[...pathsIn(root)].filter((path) => {
		const there = at(root, path);
		return there !== undefined && !rowOf(there);
	});

describe("a condition that is edited", () => {
	it("is the same group once it was read and written", () => {
		fc.assert(
			fc.property(tree, (root) => {
				expect(grouped(groupOf(root))).toEqual(root);
			}),
		);
	});

	it("loses and doubles no row when one is moved to any place", () => {
		fc.assert(
			fc.property(tree, fc.nat(), fc.nat(), fc.nat(4), (root, first, second, index) => {
				const paths = [...pathsIn(root)];
				const groups = groupsIn(root);
				const from = paths[first % paths.length] ?? [];
				const to = groups[second % groups.length] ?? [];
				const members = groupOf(at(root, to) ?? root).members.length;
				const moved = move(root, from, to, Math.min(index, members));
				expect(rowsIn(moved).sort()).toEqual(rowsIn(root).sort());
			}),
		);
	});

	it("says where a key has taken what was moved", () => {
		fc.assert(
			fc.property(tree, fc.nat(), fc.constantFrom("up", "down", "out", "in" as const), (root, place, way) => {
				const paths = [...pathsIn(root)];
				const from = paths[place % paths.length] ?? [];
				const moved = moveBy(root, from, way);
				expect(at(moved.root, moved.path)).toEqual(at(root, from));
			}),
		);
	});

	it("gets what is put in, and is as before when that is taken out again", () => {
		fc.assert(
			fc.property(tree, row, fc.nat(), fc.nat(4), (root, added, place, index) => {
				const groups = groupsIn(root);
				const group = groups[place % groups.length] ?? [];
				const there = Math.min(index, groupOf(at(root, group) ?? root).members.length);
				const more = insert(root, group, there, added);
				expect(at(more, [...group, there])).toEqual(added);
				expect(put(more, [...group, there], undefined)).toEqual(root);
			}),
		);
	});

	it("says nothing by a group that holds nothing yet", () => {
		expect(pruned({ all: [{ any: [] }, { all: [{ not: { any: [] } }] }] })).toEqual({ all: [] });
	});

	it("finds the row that the API speaks of, past groups that were not sent because they hold nothing", () => {
		const empty = fc.constantFrom<Condition>({ any: [] }, { all: [{ not: { any: [] } }] });
		fc.assert(
			fc.property(tree, fc.array(empty, { maxLength: 2 }), row, (rest, empties, sought) => {
				const root = { all: [...empties, rest, { any: [...empties, sought] }] };
				const sent = pruned(root);
				const last = groupOf(sent).members.length - 1;
				const leaf = "not" in sought ? ["not", "tag"] : ["tag"];
				const path = pathOf(root, ["all", last, "any", 0, ...leaf]);
				expect(at(root, path)).toEqual(sought);
			}),
		);
		const none = { not: { any: [{ any: [] }, { field: "visits", test: { op: ">=", n: 1 } }] } } as const;
		expect(pathOf({ all: [none] }, ["all", 0, "not", "any", 0, "test", "n"])).toEqual([0, 1]);
		expect(pathOf({ field: "visits", test: { op: ">=", n: 1 } }, ["test", "n"])).toEqual([0]);
	});
});
