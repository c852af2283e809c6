// A condition as it is edited: groups of rows. Every edit answers with a new tree; nothing here knows of a screen.

import type { Condition, Leaf } from "../../../domain/condition.ts";

/** How the members of a group come together: all of them, one of them, none of them. */
export type Join = "all" | "any" | "none";

export interface Group {
	readonly join: Join;
	readonly members: readonly Condition[];
}

/** The way from the root: the place within each group. */
export type Path = readonly number[];

export interface Row {
	readonly leaf: Leaf;
	readonly isNot: boolean;
}

/** The row that a condition is, if it is one. */
export function rowOf(condition: Condition): Row | undefined {
	if ("field" in condition) return { leaf: condition, isNot: false };
	if ("not" in condition && "field" in condition.not) return { leaf: condition.not, isNot: true };
	return undefined;
}

export const conditionOf = ({ leaf, isNot }: Row): Condition => (isNot ? { not: leaf } : leaf);

/** The group that a condition is; a row stands in a group of its own. */
export function groupOf(condition: Condition): Group {
	if ("all" in condition) return { join: "all", members: condition.all };
	if ("any" in condition) return { join: "any", members: condition.any };
	if ("not" in condition && !("field" in condition.not)) {
		const { not } = condition;
		return { join: "none", members: "any" in not ? not.any : [not] };
	}
	return { join: "all", members: [condition] };
}

export function grouped({ join, members }: Group): Condition {
	if (join === "none") return { not: { any: members } };
	return join === "all" ? { all: members } : { any: members };
}

/** What stands there, if anything does. */
export function at(root: Condition, path: Path): Condition | undefined {
	const [index, ...rest] = path;
	if (index === undefined) return root;
	const member = groupOf(root).members[index];
	return member && at(member, rest);
}

/** With something else in that place; without it where `next` is undefined. */
export function put(root: Condition, path: Path, next: Condition | undefined): Condition {
	const [index, ...rest] = path;
	if (index === undefined) return next ?? { all: [] };
	const { join, members } = groupOf(root);
	const member = members[index];
	if (!member) return root;
	const replaced = rest.length > 0 ? put(member, rest, next) : next;
	return grouped({
		join,
		members: replaced ? members.with(index, replaced) : members.filter((_, place) => place !== index),
	});
}

/** With one more in a group, before what stood at `index`. */
export function insert(root: Condition, group: Path, index: number, added: Condition): Condition {
	const there = at(root, group);
	if (!there) return root;
	const { join, members } = groupOf(there);
	return put(root, group, grouped({ join, members: members.toSpliced(index, 0, added) }));
}

/** With what stood at `from` in another group, or elsewhere in its own. A group is never put into itself. */
export function move(root: Condition, from: Path, group: Path, index: number): Condition {
	const moved = at(root, from);
	if (!moved || from.length === 0 || isWithin(group, from)) return root;
	const last = from.at(-1) ?? 0;
	const inSame = from.length === group.length + 1 && isWithin(from, group);
	// What is taken out lets those behind it move up, where the way leads through its group.
	const depth = from.length - 1;
	const shifted = group.map((place, level) =>
		level === depth && isWithin(group, from.slice(0, -1)) && place > last ? place - 1 : place,
	);
	const target = inSame && index > last ? index - 1 : index;
	return insert(put(root, from, undefined), shifted, target, moved);
}

/** Where a key takes what stands at `path`: up, down, out of its group, or into the group that comes next. */
export function moveBy(
	root: Condition,
	path: Path,
	way: "up" | "down" | "out" | "in",
): { readonly root: Condition; readonly path: Path } {
	const stays = { root, path };
	const index = path.at(-1);
	if (index === undefined) return stays;
	const group = path.slice(0, -1);
	const siblings = groupOf(at(root, group) ?? { all: [] }).members;
	switch (way) {
		case "up":
			return index === 0 ? stays : { root: move(root, path, group, index - 1), path: [...group, index - 1] };
		case "down":
			return index === siblings.length - 1
				? stays
				: { root: move(root, path, group, index + 2), path: [...group, index + 1] };
		case "out": {
			const place = group.at(-1);
			if (place === undefined) return stays;
			const outer = group.slice(0, -1);
			return { root: move(root, path, outer, place + 1), path: [...outer, place + 1] };
		}
		case "in": {
			const next = siblings[index + 1];
			if (!next || rowOf(next)) return stays;
			return { root: move(root, path, [...group, index + 1], 0), path: [...group, index, 0] };
		}
	}
}

const isWithin = (path: Path, outer: Path) => outer.every((place, level) => path[level] === place);

/** Without groups that hold nothing: what is still being built says nothing. */
export function pruned(condition: Condition): Condition {
	if (rowOf(condition)) return condition;
	const { join, members } = groupOf(condition);
	return grouped({ join, members: members.filter(holdsSomething).map(pruned) });
}

/** The way to something within a condition as the API tells it: `["all", 1, "match", "where", 0]`. */
export type Place = readonly (string | number)[];

/**
 * The row or group that a place lies in. Places lead through what was sent, which is `pruned`: groups that hold nothing
 * are not counted there.
 */
export function pathOf(root: Condition, place: Place): Path {
	return rowOf(root) ? [0] : pathWithin(root, place);
}

function pathWithin(group: Condition, place: Place): Path {
	const { join, members } = groupOf(group);
	const steps = join === "none" ? place.slice(2) : place.slice(1);
	const [index, ...rest] = steps;
	if (typeof index !== "number") return [];
	const sent = Array.from(members.entries()).filter(([, member]) => holdsSomething(member));
	const [at, member] = sent[index] ?? [];
	if (at === undefined || !member) return [];
	return [at, ...(rowOf(member) ? [] : pathWithin(member, rest))];
}

const holdsSomething = (member: Condition) => {
	const inner = pruned(member);
	return rowOf(inner) !== undefined || groupOf(inner).members.length > 0;
};
