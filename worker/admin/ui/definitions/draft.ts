// What is being edited: begun with what is kept, never replaced under one's hands, and not lost before it is saved.

import { useMemo, useState } from "preact/hooks";
import { useWords } from "../language.ts";
import { say } from "../shell/toasts.tsx";
import { unsavedOf, usePlaces, useUnsaved } from "./unsaved.ts";

export interface DraftOf<T> {
	/** Under which it is kept in this browser, within the site. */
	readonly what: string;
	/** What is kept, or what a new one begins with; nothing until that is known. */
	readonly there: T | undefined;
	/** Of what is kept; none where it is new. */
	readonly version: number | undefined;
	/** Takes out what is not for a browser's storage. */
	readonly storable?: (draft: T) => T;
}

export interface Drafted<T> {
	readonly draft: T | undefined;
	/** The version over which it is saved. */
	readonly base: number | undefined;
	readonly isChanged: boolean;
	/** Was written here before, and not saved. */
	readonly isFound: boolean;
	put(draft: T): void;
	/** What was `sent` is now kept as `kept`. What was written while it was on its way stays. */
	saved(sent: T, kept: T, version: number): void;
	/** Begins anew with what there is; what was written can still be had back. */
	forsake(): void;
	/** The new one that was `sent` has a place of its own now. */
	moveTo(what: string, sent: T, version: number): void;
}

const asIs = <T>(draft: T) => draft;

export function useDraft<T>({ what, there, version, storable = asIs }: DraftOf<T>): Drafted<T> {
	const { definitions: words } = useWords();
	const placeOf = usePlaces();
	const place = placeOf(what);
	const [state, setState] = useState<{
		readonly draft?: T;
		readonly base?: number | undefined;
		/** As it was when it was taken up. */
		readonly saved?: string;
		readonly isFound?: boolean;
	}>({});
	const { draft, base, saved, isFound = false } = state;
	const isChanged = draft !== undefined && JSON.stringify(draft) !== saved;

	if (draft === undefined && there !== undefined) {
		const found = unsavedOf<T>(place);
		setState({
			draft: found?.draft ?? there,
			base: found ? found.base : version,
			saved: JSON.stringify(there),
			isFound: found !== undefined,
		});
	}
	const stored = useMemo(() => (draft === undefined ? undefined : storable(draft)), [draft, storable]);
	const keeping = useUnsaved(place, stored, base, isChanged);
	return {
		draft,
		base,
		isChanged,
		isFound: isFound && isChanged,
		put: (next) => setState((before) => ({ ...before, draft: next })),
		saved: (sent, kept, version) =>
			setState((before) => ({
				draft: before.draft === undefined || before.draft === sent ? kept : before.draft,
				base: version,
				saved: JSON.stringify(kept),
			})),
		moveTo: (what, sent, version) => keeping.moveTo(placeOf(what), sent, version),
		forsake() {
			if (isChanged && draft !== undefined)
				say(words.tookTheirs, () => setState((now) => ({ ...now, draft })));
			keeping.leave();
			setState({});
		},
	};
}
