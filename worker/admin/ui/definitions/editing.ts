// A definition while it is edited.

import { useLocation } from "preact-iso";
import type { Bodies, Kind } from "../../../domain/kinds.ts";
import type { KeptOne } from "../../../protocol/definition.ts";
import type { Experience } from "../../../protocol/site.ts";
import type { Asked } from "../api/asked.ts";
import type { Refusal } from "../api/call.ts";
import { useDraft } from "./draft.ts";
import { type Kept, type One, useDefinition, useSaving } from "./kept.ts";

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
	/** Where the pages of the kind are, of which a new one gets its own: by id, and `new`. */
	readonly home?: string;
	readonly begun: Draft<K>;
	/** There is one of its kind at most, so it begins where there is none. */
	readonly isOnly?: boolean;
	/** What is sent of a draft: without what is still empty. */
	readonly finished?: ((draft: Draft<K>) => Draft<K>) | undefined;
}

/** Nothing is edited until it is known what there is. */
export function useEditing<K extends Kind>(of: EditingOf<K>) {
	const { kind, id, home, begun, isOnly, finished = (draft: Draft<K>) => draft } = of;
	const { route } = useLocation();
	const asked: Asked<One<K>> = useDefinition(kind, id);
	const kept = asked.value?.definition;
	const saving = useSaving(kind, id);
	const begins = id === undefined || (isOnly && asked.refusal?.status === 404);
	const edited = useDraft<Draft<K>>({
		what: `${kind}/${id ?? "new"}`,
		there: begins ? begun : asked.isLoading ? undefined : (kept?.draft ?? undefined),
		version: kept?.version,
	});
	const { draft, base, isChanged, isFound } = edited;

	function set(next: object): void {
		const merged = Object.entries({ ...draft, ...next }).filter(([, value]) => value !== undefined);
		edited.put(Object.fromEntries(merged) as unknown as Draft<K>);
	}
	function takeTheirs(): void {
		edited.forsake();
		saving.yield();
		asked.refresh();
	}
	async function save(how: "over" | "usual"): Promise<void> {
		if (!draft) return;
		const body = finished(draft);
		const now = how === "over" ? await saving.overwrite(body) : await saving.save(body, base);
		if (!now) return;
		if (id === undefined) {
			edited.moveTo(`${kind}/${now.id}`, draft, now.version);
			return route(`${home}/${now.id}`, true);
		}
		edited.saved(draft, now.draft as Draft<K>, now.version);
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
	return { editing, asked, saving, save, takeTheirs, isFound };
}
