// What is written and not saved outlives the page: kept in this browser until it is saved or thrown away.

import type { Draft } from "./draft.ts";

interface Unsaved {
	readonly draft: Draft;
	/** Of the draft that it was made from; none where it is new. */
	readonly base: number | undefined;
}

const nameOf = (site: string, id: string) => `witaj.unsaved.${site}.${id}`;

export function keepUnsaved(site: string, id: string, unsaved: Unsaved | undefined): void {
	try {
		if (unsaved) localStorage.setItem(nameOf(site, id), JSON.stringify(unsaved));
		else localStorage.removeItem(nameOf(site, id));
	} catch {
		// A browser that keeps nothing, or has no room: the page itself still warns before it is left.
		return;
	}
}

export function unsavedOf(site: string, id: string): Unsaved | undefined {
	try {
		const kept = localStorage.getItem(nameOf(site, id));
		return kept === null ? undefined : (JSON.parse(kept) as Unsaved);
	} catch {
		return undefined;
	}
}
