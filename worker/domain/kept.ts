// A definition as it is kept: its draft, what of it is live, and whether it was stopped. Each act gives the next; what an
// act means for other definitions, consistency.ts and publishing.ts say.

import type { Experience } from "./definition.ts";
import { isSame } from "./difference.ts";
import type { Definition, Kind } from "./kinds.ts";

/** Who did something, and when in epoch ms. */
export interface By {
	readonly at: number;
	readonly by: string;
}

export interface Kept<Body = unknown> {
	readonly kind: Kind | "settings";
	readonly id: string;
	/** Of the draft: the latest revision, one more with each change. 0 before the first. */
	readonly version: number;
	/** None where it was deleted. */
	readonly draft: Body | null;
	readonly changed: By;
	/** The version that was brought back, where the draft is one of before. */
	readonly of: number | null;
	/** What was published last, and is until a deletion is published as well. */
	readonly live: (By & { readonly version: number; readonly body: Body }) | null;
	/** Then it is in no snapshot. What is archived is among no drafts either. */
	readonly stopped: (By & { readonly as: "paused" | "archived" }) | null;
}

/** `deleted`: it is neither live nor a draft, and can be brought back. */
export type State = "draft" | "live" | "paused" | "archived" | "deleted";

export function stateOf({ draft, live, stopped }: Kept): State {
	if (stopped) return stopped.as;
	if (live) return "live";
	return draft === null ? "deleted" : "draft";
}

/** Whether publishing it would change something. */
export function hasChanges({ version, draft, live }: Kept): boolean {
	if (!live) return draft !== null;
	return live.version !== version && !isSame(draft, live.body);
}

export function newlyKept(kind: Kept["kind"], id: string, by: By): Kept<never> {
	return { kind, id, version: 0, draft: null, changed: by, of: null, live: null, stopped: null };
}

/** With another draft, or none. As it was where that is the same. `of` is the version that it was brought back from. */
export function withDraft<Body>(
	kept: Kept<Body>,
	draft: Body | null,
	by: By,
	of: number | null = null,
): Kept<Body> {
	if (kept.version > 0 && isSame(kept.draft, draft)) return kept;
	return { ...kept, version: kept.version + 1, draft, changed: by, of };
}

/** The draft goes live, its deletion with it. Whatever is stopped stays so, unless there is nothing left to stop. */
export function published<Body>(kept: Kept<Body>, by: By): Kept<Body> {
	if (kept.draft === null) return { ...kept, live: null, stopped: null };
	return { ...kept, live: { ...by, version: kept.version, body: kept.draft } };
}

/** What the drafts are, and what they would be published with. */
export function draftsOf<E extends Experience>(all: readonly Kept[]): readonly Definition<E>[] {
	return all.flatMap((one) =>
		one.draft === null || one.stopped?.as === "archived" ? [] : definition<E>(one, one.draft),
	);
}

/** What visitors meet. */
export function liveOf<E extends Experience>(all: readonly Kept[]): readonly Definition<E>[] {
	return all.flatMap((one) => (one.live && !one.stopped ? definition<E>(one, one.live.body) : []));
}

function definition<E extends Experience>({ kind, id }: Kept, body: unknown): readonly Definition<E>[] {
	return kind === "settings" ? [] : [{ kind, id, body } as Definition<E>];
}

/**
 * The revision under which an experience is shown and counted: another than that which is live wherever it is something
 * else, and none that may have been shown before. `body` has one where it is brought back.
 */
export function revised<E extends { readonly revision: number }>(
	body: Omit<E, "revision"> & { readonly revision?: number },
	{ version, draft, live }: Pick<Kept<E>, "version" | "draft" | "live">,
): E {
	const as = (revision: number) => ({ ...body, revision }) as unknown as E;
	if (!live) return as(draft ? draft.revision : Math.max(version, body.revision ?? 0) + 1);
	const same = as(live.body.revision);
	return isSame(same, live.body) ? same : as(Math.max(draft?.revision ?? 0, live.body.revision + 1));
}
