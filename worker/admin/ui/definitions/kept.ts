// Definitions as the API keeps them: a draft with its version, and what of it is live.

import { useState } from "preact/hooks";
import type { Bodies, Kind } from "../../../domain/kinds.ts";
import type { Conflict, KeptOne, Kept as KeptView } from "../../../protocol/definition.ts";
import type { Experience } from "../../../protocol/site.ts";
import { type Asked, forget, useAsked } from "../api/asked.ts";
import { call, Refusal } from "../api/call.ts";
import { useWords } from "../language.ts";
import { say, sayRefused } from "../shell/toasts.tsx";
import { type OpenSite, useSite } from "../site.ts";

type Body<K extends Kind> = Bodies<Experience>[K];

/** A definition of a kind, with the body that its kind has. */
export interface Kept<K extends Kind = Kind> extends Omit<KeptView, "kind" | "draft" | "live"> {
	readonly kind: K;
	readonly draft: Body<K> | null;
	readonly live:
		| (Omit<NonNullable<KeptView["live"]>, "definition"> & { readonly definition: Body<K> | null })
		| null;
}
export interface One<K extends Kind> {
	readonly definition: Kept<K>;
	readonly uses: KeptOne["uses"];
}

const listOf = (site: OpenSite, kind: Kind) => `${site.api}/definitions/${kind}`;
export const addressOf = (site: OpenSite, kind: Kind, id: string) =>
	`${listOf(site, kind)}/${encodeURIComponent(id)}`;

export function useDefinitions<K extends Kind>(kind: K): Asked<{ readonly definitions: readonly Kept<K>[] }> {
	return useAsked(listOf(useSite(), kind));
}

/** Nothing is asked for one that is only being made. */
export function useDefinition<K extends Kind>(kind: K, id: string | undefined): Asked<One<K>> {
	const site = useSite();
	return useAsked(id === undefined ? undefined : addressOf(site, kind, id));
}

/** What one list says another may have changed: ask for both anew. */
function changed(site: OpenSite): void {
	forget(`${site.api}/definitions`);
	forget(`${site.api}/publication`);
}

export interface Saving<K extends Kind> {
	readonly isSaving: boolean;
	/** Why the last attempt was refused: for the places in the form. */
	readonly refusal: Refusal | undefined;
	/** Somebody else's, which came in between. */
	readonly theirs: Kept<K> | undefined;
	/** Saves it over `version`, or makes it where there is none; answers with what is kept then. */
	save(body: unknown, version: number | undefined): Promise<Kept<K> | undefined>;
	/** Mine in place of theirs. */
	overwrite(body: unknown): Promise<Kept<K> | undefined>;
	/** Theirs stays. */
	yield(): void;
}

export function useSaving<K extends Kind>(kind: K, id: string | undefined): Saving<K> {
	const site = useSite();
	const { shell } = useWords();
	const [state, setState] = useState<{ isSaving: boolean; refusal?: Refusal; theirs?: Kept<K> }>({
		isSaving: false,
	});
	async function save(body: unknown, version: number | undefined): Promise<Kept<K> | undefined> {
		setState({ isSaving: true });
		try {
			const { definition } =
				id === undefined
					? await call<One<K>>("POST", listOf(site, kind), body)
					: await call<One<K>>("PUT", `${addressOf(site, kind, id)}?version=${version ?? 0}`, body);
			changed(site);
			setState({ isSaving: false });
			say(shell.saved);
			return definition;
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			const { error: why, current } = error.body as Partial<Conflict>;
			const theirs = why === "changed-meanwhile" ? (current as Kept<K> | undefined) : undefined;
			setState({ isSaving: false, refusal: error, ...(theirs && { theirs }) });
			return undefined;
		}
	}
	const { theirs, refusal, isSaving } = state;
	return {
		isSaving,
		refusal,
		theirs,
		save,
		overwrite: (body) => save(body, theirs?.version),
		yield: () => setState({ isSaving: false }),
	};
}

export interface Acts {
	/** Whether it is gone. */
	remove(one: Kept): Promise<boolean>;
	publish(
		ones: readonly { readonly kind: Kind | "settings"; readonly id: string; readonly version: number }[],
	): Promise<boolean>;
	act(
		experience: Pick<Kept, "id" | "state">,
		act: "pause" | "resume" | "archive" | "restore",
	): Promise<boolean>;
}

/** What is done to definitions, each with what takes it back where something can. */
export function useActs(onDone: () => void): Acts {
	const site = useSite();
	const { shell, definitions } = useWords();
	async function done<T>(doing: Promise<T>): Promise<T | undefined> {
		try {
			const answer = await doing;
			changed(site);
			onDone();
			return answer;
		} catch (error) {
			sayRefused(error);
			return undefined;
		}
	}
	return {
		async remove(one) {
			const address = addressOf(site, one.kind, one.id);
			const gone = await done(call<One<Kind>>("DELETE", `${address}?version=${one.version}`));
			if (!gone) return false;
			say(
				definitions.removed,
				() =>
					void done(
						call("POST", `${address}/rollback`, { version: gone.definition.version, to: one.version }),
					).then((back) => back && say(shell.undone)),
			);
			return true;
		},
		async publish(ones) {
			const chosen = ones.map(({ kind, id, version }) => ({ kind, id, version }));
			const answer = await done(call("POST", `${site.api}/publish`, { definitions: chosen }));
			if (answer) say(definitions.published);
			return answer !== undefined;
		},
		async act({ id, state }, act) {
			const to = (what: string) => call("POST", `${site.api}/experiences/${id}/${what}`);
			const answer = await done(to(act));
			const back = { pause: "resume", resume: "pause", archive: "restore", restore: "archive" } as const;
			async function takeBack(): Promise<void> {
				await to(back[act]);
				// What comes out of the archive is paused, and this was live.
				if (act === "archive" && state === "live") await to("resume");
			}
			if (answer) say(definitions.acted[act], () => void done(takeBack()));
			return answer !== undefined;
		},
	};
}
