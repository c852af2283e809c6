// A definition while it is edited: what was written, kept in this browser until it is saved, and the version that it is of.

import { useEffect, useRef, useState } from "preact/hooks";
import { useLocation } from "preact-iso";
import type { Bodies, Kind } from "../../../domain/kinds.ts";
import type { KeptOne } from "../../../protocol/definition.ts";
import type { Experience } from "../../../protocol/site.ts";
import type { Asked } from "../api/asked.ts";
import type { Refusal } from "../api/call.ts";
import { useWords } from "../language.ts";
import { whoami } from "../session.ts";
import { say } from "../shell/toasts.tsx";
import { useSite } from "../site.ts";
import { type Kept, type One, useDefinition, useSaving } from "./kept.ts";
import { dropUnsaved, keepUnsaved, unsavedOf } from "./unsaved.ts";

export type Draft<K extends Kind> = Omit<Bodies<Experience>[K], "id">;

export interface Editing<K extends Kind> {
	readonly draft: Draft<K>;
	/** What is set to undefined is taken away. */
	readonly set: (next: { readonly [M in keyof Draft<K>]?: Draft<K>[M] | undefined }) => void;
	readonly isChanged: boolean;
	/** Nothing while it is only being made. */
	readonly kept: Kept<K> | undefined;
	readonly uses: KeptOne["uses"];
	/** Why saving was refused, for the places in the form. */
	readonly refusal: Refusal | undefined;
}

export interface EditingOf<K extends Kind> {
	readonly kind: K;
	readonly id: string | undefined;
	/** Where the pages of the kind are: by id, and `new`. */
	readonly home: string;
	readonly begun: Draft<K>;
	/** What is sent of a draft: without what is still empty. */
	readonly finished?: ((draft: Draft<K>) => Draft<K>) | undefined;
}

/** Nothing is edited until it is known what there is. */
export function useEditing<K extends Kind>(of: EditingOf<K>) {
	const { kind, id, home, begun, finished = (draft: Draft<K>) => draft } = of;
	const { definitions: words } = useWords();
	const site = useSite();
	const { route } = useLocation();
	const place = `${whoami.value?.account?.id} ${site.id}/${kind}/${id ?? "new"}`;
	const asked: Asked<One<K>> = useDefinition(kind, id);
	const kept = asked.value?.definition;
	const saving = useSaving(kind, id);
	const [state, setState] = useState<{
		readonly draft?: Draft<K>;
		/** The version over which it is saved. */
		readonly base?: number | undefined;
		/** As it was when it was taken up. */
		readonly saved?: string;
		/** Written before, and found here again. */
		readonly isFound?: boolean;
	}>({});
	const { draft, base, saved, isFound = false } = state;
	const isChanged = draft !== undefined && JSON.stringify(draft) !== saved;
	const leaving = useRef<{ isChanged: boolean }>({ isChanged });
	leaving.current.isChanged = isChanged;

	const there: Draft<K> | undefined = id === undefined ? begun : (kept?.draft ?? undefined);
	// What is being edited is not replaced under one's hands.
	if (!draft && there && (id === undefined || !asked.isLoading)) {
		const found = unsavedOf<Draft<K>>(place);
		setState({
			draft: found?.draft ?? there,
			base: found ? found.base : kept?.version,
			saved: JSON.stringify(there),
			isFound: found !== undefined,
		});
	}

	useEffect(() => {
		if (!draft) return;
		if (isChanged) keepUnsaved(place, { draft, base });
		else dropUnsaved(place);
	}, [place, draft, base, isChanged]);
	useEffect(() => {
		if (!isChanged) return;
		const stay = (event: BeforeUnloadEvent) => event.preventDefault();
		addEventListener("beforeunload", stay);
		return () => removeEventListener("beforeunload", stay);
	}, [isChanged]);
	useEffect(() => () => void (leaving.current.isChanged && say(words.keptUnsaved)), [words]);

	function set(next: object): void {
		const merged = Object.entries({ ...draft, ...next }).filter(([, value]) => value !== undefined);
		setState({ ...state, draft: Object.fromEntries(merged) as unknown as Draft<K> });
	}
	/** Takes up what is kept, in place of what was written, which can still be had back. */
	function takeTheirs(): void {
		if (isChanged) say(words.tookTheirs, () => setState((now) => ({ ...now, draft })));
		dropUnsaved(place);
		leaving.current.isChanged = false;
		setState({});
		saving.yield();
		asked.refresh();
	}
	async function save(how: "over" | "usual"): Promise<void> {
		if (!draft) return;
		const body = finished(draft);
		const now = how === "over" ? await saving.overwrite(body) : await saving.save(body, base);
		if (!now) return;
		dropUnsaved(place);
		leaving.current.isChanged = false;
		if (id === undefined) return route(`${home}/${now.id}`, true);
		const next = now.draft as Draft<K>;
		// What was written while it was being saved stays.
		setState((before) => ({
			draft: before.draft === undefined || before.draft === draft ? next : before.draft,
			base: now.version,
			saved: JSON.stringify(next),
		}));
		asked.expect({ definition: now, uses: asked.value?.uses ?? [] });
	}
	const editing: Editing<K> | undefined = draft && {
		draft,
		set,
		isChanged,
		kept,
		uses: asked.value?.uses ?? [],
		refusal: saving.theirs ? undefined : saving.refusal,
	};
	return { editing, asked, saving, save, takeTheirs, isFound: isFound && isChanged };
}
