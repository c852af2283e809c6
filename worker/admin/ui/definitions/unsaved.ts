// What was written and not saved yet, in this browser alone: a closed tab, a lost session or a crash takes nothing.

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { useWords } from "../language.ts";
import { whoami } from "../session.ts";
import { say } from "../shell/toasts.tsx";
import { useSite } from "../site.ts";

interface Unsaved<T> {
	readonly draft: T;
	/** The version that it changes; none where it is new. */
	readonly base: number | undefined;
}

/** Where what this person writes at this site is kept. */
export function usePlaces(): (what: string) => string {
	const site = useSite();
	return (what) => `witaj.unsaved ${whoami.value?.account?.id} ${site.id}/${what}`;
}

/** Nothing where the browser keeps nothing, or what it kept cannot be read. */
export function unsavedOf<T>(place: string): Unsaved<T> | undefined {
	try {
		const text = localStorage.getItem(place);
		return text === null ? undefined : (JSON.parse(text) as Unsaved<T>);
	} catch {
		return undefined;
	}
}

function keepUnsaved(place: string, unsaved: Unsaved<unknown>): void {
	try {
		localStorage.setItem(place, JSON.stringify(unsaved));
	} catch {
		// Full, or forbidden: the page itself still has it, and asks before it is closed.
	}
}

function dropUnsaved(place: string): void {
	try {
		localStorage.removeItem(place);
	} catch {
		// Where nothing can be kept, there is nothing to drop.
	}
}

export interface Keeping {
	/** Nobody goes on here with what is written now. */
	leave(): void;
	/** What was `sent` is at another place from now on; what was written since goes there too. */
	moveTo(place: string, sent: unknown, base: number): void;
}

/**
 * Keeps a draft for as long as it says something else than what is saved: asks before the page with it is closed, and tells
 * whoever goes elsewhere.
 */
export function useUnsaved<T>(
	place: string,
	draft: T | undefined,
	base: number | undefined,
	isChanged: boolean,
): Keeping {
	const { definitions: words } = useWords();
	const left = useRef<T | undefined>(undefined);
	const isOurs = isChanged && draft !== left.current;
	const now = useRef({ draft, isOurs, said: words.keptUnsaved });
	now.current = { draft, isOurs, said: words.keptUnsaved };
	// At once, and not when there is time: the page may be closed with the very letter.
	useLayoutEffect(() => {
		if (draft === undefined) left.current = undefined;
		else if (isOurs) keepUnsaved(place, { draft, base });
		else dropUnsaved(place);
	}, [place, draft, base, isOurs]);
	useEffect(() => {
		if (!isOurs) return;
		const stay = (event: BeforeUnloadEvent) => event.preventDefault();
		addEventListener("beforeunload", stay);
		return () => removeEventListener("beforeunload", stay);
	}, [isOurs]);
	useEffect(() => () => void (now.current.isOurs && say(now.current.said)), []);
	function leave(): void {
		dropUnsaved(place);
		left.current = now.current.draft;
		now.current.isOurs = false;
	}
	return {
		leave,
		moveTo(to, sent, version) {
			const { draft: latest } = now.current;
			if (latest !== sent) keepUnsaved(to, { draft: latest, base: version });
			leave();
		},
	};
}
