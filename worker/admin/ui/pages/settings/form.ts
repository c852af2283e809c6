// The settings as they are edited: one draft for all their pages, saved over the version that was seen.

import { useState } from "preact/hooks";
import type { KeptSettings } from "../../../../protocol/definition.ts";
import type { WrittenSettings } from "../../../../protocol/site.ts";
import { type Asked, forget, useAsked } from "../../api/asked.ts";
import { call, Refusal } from "../../api/call.ts";
import { useDraft } from "../../definitions/draft.ts";
import { useWords } from "../../language.ts";
import { findSession } from "../../session.ts";
import { say } from "../../shell/toasts.tsx";
import { useSite } from "../../site.ts";

type Login = NonNullable<WrittenSettings["login"]>;
/** The key of the login is told to nobody: without one, that which there is stays. */
export type Settings = Omit<WrittenSettings, "login"> & {
	readonly login?: Omit<Login, "key"> & { readonly key?: string };
};

export interface Editing {
	readonly settings: Settings;
	/** Puts one member in place of what it was; undefined takes it out. */
	readonly edit: <K extends keyof Settings>(member: K, value: Settings[K] | undefined) => void;
}

export interface SettingsForm {
	readonly asked: Asked<KeptSettings>;
	readonly draft: Settings | undefined;
	readonly edit: Editing["edit"];
	readonly isChanged: boolean;
	/** Written here before, and not saved. */
	readonly isFound: boolean;
	readonly isSaving: boolean;
	readonly refusal: Refusal | undefined;
	/** Somebody else's, which came in between. */
	readonly theirs: KeptSettings | undefined;
	save(): Promise<void>;
	overwrite(): Promise<void>;
	take(): void;
	yield(): void;
}

/** A key of the shop's login is a secret: it is not kept where other scripts of this machine's browser might read it. */
function storable(settings: Settings): Settings {
	const { login } = settings;
	if (!login) return settings;
	const { key: _, ...others } = login;
	return { ...settings, login: others };
}

export function useSettingsForm(): SettingsForm {
	const site = useSite();
	const { shell } = useWords();
	const address = `${site.api}/settings`;
	const asked = useAsked<KeptSettings>(address);
	const kept = asked.value;
	const edited = useDraft<Settings>({
		what: "settings",
		there: asked.isLoading ? undefined : (kept?.settings as Settings | undefined),
		version: kept?.version,
		storable,
	});
	const { draft, base, isChanged, isFound } = edited;
	const [state, setState] = useState<{ isSaving: boolean; refusal?: Refusal; theirs?: KeptSettings }>({
		isSaving: false,
	});

	async function save(over: number): Promise<void> {
		if (!draft) return;
		setState({ isSaving: true });
		try {
			const saved = await call<KeptSettings>("PUT", `${address}?version=${over}`, draft);
			forget(`${site.api}/publication`);
			asked.expect(saved);
			edited.saved(draft, saved.settings as Settings, saved.version);
			setState({ isSaving: false });
			say(shell.saved);
			// The site may be called otherwise now.
			await findSession();
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			const theirs = (error.body as { readonly current?: KeptSettings }).current;
			setState({ isSaving: false, refusal: error, ...(theirs && { theirs }) });
		}
	}
	const { isSaving, refusal, theirs } = state;
	return {
		asked,
		draft,
		isChanged,
		isFound,
		isSaving,
		refusal,
		theirs,
		edit: (member, value) => {
			if (!draft) return;
			const { [member]: _, ...others } = draft;
			edited.put((value === undefined ? others : { ...draft, [member]: value }) as Settings);
		},
		save: () => save(base ?? 0),
		overwrite: () => save(theirs?.version ?? base ?? 0),
		take: () => {
			edited.forsake();
			setState({ isSaving: false });
			asked.refresh();
		},
		yield: () => setState({ isSaving: false }),
	};
}
