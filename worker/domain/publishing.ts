// Publishing some definitions and not all: what else must go live with them, for what is live to stand together.

import { hasChanges, type Kept, liveOf, published } from "./kept.ts";
import { type Definition, isKind, keyOf, type Ref } from "./kinds.ts";
import { usesIn } from "./uses.ts";

/** `of` is the definition, among those that go live, for whose sake this one has to. */
export interface Going {
	readonly ref: Ref;
	readonly of: Ref | null;
}

/**
 * Those chosen that have something to publish, and those that they cannot do without: what they mention and is not live
 * yet, or no longer as they mention it; and what is live and mentions what goes.
 */
export function together(all: readonly Kept[], chosen: readonly Ref[]): readonly Going[] {
	const byKey = new Map(all.map((one) => [keyOf(one as Ref), one]));
	const going = new Map<string, Going>();
	const add = (ref: Ref, of: Ref | null): boolean => {
		const one = byKey.get(keyOf(ref));
		if (!one || going.has(keyOf(ref)) || !hasChanges(one) || one.stopped?.as === "archived") return false;
		going.set(keyOf(ref), { ref, of });
		return true;
	};
	for (const ref of chosen) add(ref, null);
	// What was missing before is not for this publication to mend.
	const known = new Set(unmet(liveOf(all)).map(nameOf));
	for (let grew = going.size > 0; grew; ) {
		const after = liveOf(afterwards(all, new Set(going.keys()), { at: 0, by: "" }));
		grew = unmet(after)
			.filter((one) => !known.has(nameOf(one)))
			.map(({ by, of }) => add(of, by) || add(by, of))
			.includes(true);
	}
	return [...going.values()];
}

/** All as they are once these are published. */
export function afterwards(
	all: readonly Kept[],
	going: ReadonlySet<string>,
	by: Parameters<typeof published>[1],
): readonly Kept[] {
	return all.map((one) => (going.has(keyOf(one as Ref)) ? published(one, by) : one));
}

/** Everything that publishing all would change. */
export function changedAmong(all: readonly Kept[]): readonly Ref[] {
	return all.flatMap((one) =>
		isKind(one.kind) && one.stopped?.as !== "archived" && hasChanges(one)
			? [{ kind: one.kind, id: one.id }]
			: [],
	);
}

interface Mention {
	readonly by: Ref;
	readonly of: Ref;
	readonly tier?: string | undefined;
}

/** Mentions of what is not there. */
function unmet(definitions: readonly Definition[]): readonly Mention[] {
	const byKey = new Map(definitions.map((one) => [keyOf(one), one]));
	return definitions.flatMap((one) => {
		const by = { kind: one.kind, id: one.id };
		return usesIn(one).flatMap(({ of, tier }) => {
			const used = byKey.get(keyOf(of));
			const isMet =
				used?.kind === "programme" && tier !== undefined
					? used.body.tiers.some(({ id }) => id === tier)
					: used !== undefined;
			return isMet ? [] : [{ by, of, tier }];
		});
	});
}

function nameOf({ by, of, tier = "" }: Mention): string {
	return `${keyOf(by)} ${keyOf(of)} ${tier}`;
}
