// Where a definition mentions others. Ids are of their kind; a tag is of every rule that gives it.

import type { Condition, Leaf } from "./condition.ts";
import type { When } from "./definition.ts";
import { type Definition, keyOf, type Ref } from "./kinds.ts";
import { leavesIn } from "./references.ts";
import type { Place } from "./refusal.ts";
import { fillingOf } from "./tag.ts";

export interface Use {
	readonly of: Ref;
	/** The way to it in the body of what uses it. */
	readonly at: Place;
	/** In a programme. */
	readonly tier?: string;
}

export interface UseBy extends Use {
	readonly by: Ref;
	/** What gives a tag can go, and the tag stays with who has it; without anything else nothing can be. */
	readonly isNeeded: boolean;
}

/** The conditions in a definition, each with the way to it. */
export function conditionsOf(one: Definition): readonly (readonly [Place, Condition])[] {
	switch (one.kind) {
		case "segment":
			return [[["condition"], one.body.condition]];
		case "tag-rule":
		case "score-rule":
			return ofWhen(one.body.when, ["when"]);
		case "programme":
			return one.body.joins === "everyone" ? [] : ofWhen(one.body.joins.by, ["joins", "by"]);
		default:
			return [];
	}
}

function ofWhen(when: When, at: Place): readonly (readonly [Place, Condition])[] {
	if ("trait" in when) return [[[...at, "trait"], when.trait]];
	return when.who ? [[[...at, "who"], when.who]] : [];
}

/** Whatever a definition cannot be without. */
export function usesIn(one: Definition): readonly Use[] {
	const inConditions = conditionsOf(one).flatMap(([root, condition]) =>
		[...leavesIn(condition)].flatMap(({ leaf, at }) => useOf(leaf, [...root, ...at])),
	);
	return [...inConditions, ...ofOwn(one)];
}

function ofOwn(one: Definition): readonly Use[] {
	const own = (kind: Ref["kind"], id: string | undefined, member: string): readonly Use[] =>
		id === undefined ? [] : [{ of: { kind, id }, at: [member] }];
	switch (one.kind) {
		case "score-rule":
			return own("programme", one.body.programme, "programme");
		case "experience":
			return [...own("segment", one.body.segment, "segment"), ...own("group", one.body.group, "group")];
		default:
			return [];
	}
}

function useOf(leaf: Leaf, at: Place): readonly Use[] {
	switch (leaf.field) {
		case "segment":
			return [{ of: { kind: "segment", id: leaf.segment }, at: [...at, "segment"] }];
		case "list":
			return [{ of: { kind: "list", id: leaf.list }, at: [...at, "list"] }];
		case "points":
		case "member":
			return [{ of: { kind: "programme", id: leaf.programme }, at: [...at, "programme"] }];
		case "tier":
			return [{ of: { kind: "programme", id: leaf.programme }, at: [...at, "programme"], tier: leaf.tier }];
		default:
			return [];
	}
}

/** Every mention of one definition by another that is there; of tags each mention by each rule that gives the tag. */
export function usesAmong(definitions: readonly Definition[]): readonly UseBy[] {
	const known = new Set(definitions.map(keyOf));
	const giving = tagsGiven(definitions);
	return definitions.flatMap((one) => {
		const by = { kind: one.kind, id: one.id };
		const needed = usesIn(one)
			.filter(({ of }) => known.has(keyOf(of)))
			.map((use) => ({ ...use, by, isNeeded: true }));
		return [...needed, ...tagsAsked(one, giving).map((use) => ({ ...use, by, isNeeded: false }))];
	});
}

function tagsGiven(definitions: readonly Definition[]): readonly (Ref & { readonly tag: string })[] {
	return definitions.flatMap((one) =>
		one.kind === "tag-rule" || one.kind === "interest-tag"
			? [{ kind: one.kind, id: one.id, tag: one.body.tag }]
			: [],
	);
}

function tagsAsked(one: Definition, giving: ReturnType<typeof tagsGiven>): readonly Use[] {
	return conditionsOf(one).flatMap(([root, condition]) =>
		[...leavesIn(condition)].flatMap(({ leaf, at }) => {
			if (leaf.field !== "tag" && leaf.field !== "tagged") return [];
			return giving
				.filter(({ tag }) => tag === leaf.tag || fillingOf(tag, leaf.tag))
				.map(({ kind, id }) => ({ of: { kind, id }, at: [...root, ...at, "tag"] }));
		}),
	);
}
