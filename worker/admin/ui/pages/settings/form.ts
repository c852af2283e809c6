// The settings as they are edited: one draft for all their pages, saved over the version that was seen.

import { useEffect, useState } from "preact/hooks";
import type { KeptSettings } from "../../../../protocol/definition.ts";
import type { WrittenSettings } from "../../../../protocol/site.ts";
import { type Asked, forget, useAsked } from "../../api/asked.ts";
import { call, Refusal } from "../../api/call.ts";
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
	readonly isSaving: boolean;
	readonly refusal: Refusal | undefined;
	/** Somebody else's, which came in between. */
	readonly theirs: KeptSettings | undefined;
	save(): Promise<void>;
	overwrite(): Promise<void>;
	take(): void;
	yield(): void;
}

export function useSettingsForm(): SettingsForm {
	const site = useSite();
	const { shell } = useWords();
	const address = `${site.api}/settings`;
	const asked = useAsked<KeptSettings>(address);
	const kept = asked.value;
	const [draft, setDraft] = useState<Settings>();
	const [version, setVersion] = useState(0);
	const [isChanged, setChanged] = useState(false);
	const [state, setState] = useState<{ isSaving: boolean; refusal?: Refusal; theirs?: KeptSettings }>({
		isSaving: false,
	});

	// What is being edited is not replaced under one's hands.
	useEffect(() => {
		if (isChanged || !kept) return;
		setDraft(kept.settings as Settings);
		setVersion(kept.version);
	}, [kept, isChanged]);
	useEffect(() => {
		if (!isChanged) return;
		const stay = (event: BeforeUnloadEvent) => event.preventDefault();
		addEventListener("beforeunload", stay);
		return () => removeEventListener("beforeunload", stay);
	}, [isChanged]);

	async function save(over: number): Promise<void> {
		setState({ isSaving: true });
		try {
			const saved = await call<KeptSettings>("PUT", `${address}?version=${over}`, draft);
			forget(`${site.api}/publication`);
			asked.expect(saved);
			setChanged(false);
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
		isSaving,
		refusal,
		theirs,
		edit: (member, value) => {
			if (!draft) return;
			const { [member]: _, ...others } = draft;
			setDraft((value === undefined ? others : { ...others, [member]: value }) as Settings);
			setChanged(true);
		},
		save: () => save(version),
		overwrite: () => save(theirs?.version ?? version),
		take: () => {
			if (theirs) asked.expect(theirs);
			setChanged(false);
			setState({ isSaving: false });
		},
		yield: () => setState({ isSaving: false }),
	};
}
