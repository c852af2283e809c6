// What was written and not saved yet, in this browser alone: a closed tab, a lost session or a crash takes nothing.

interface Unsaved<T> {
	readonly draft: T;
	/** The version that it changes; none where it is new. */
	readonly base?: number | undefined;
}

const nameOf = (place: string) => `witaj.unsaved ${place}`;

/** Nothing where the browser keeps nothing, or what it kept cannot be read. */
export function unsavedOf<T>(place: string): Unsaved<T> | undefined {
	try {
		const text = localStorage.getItem(nameOf(place));
		return text === null ? undefined : (JSON.parse(text) as Unsaved<T>);
	} catch {
		return undefined;
	}
}

export function keepUnsaved(place: string, unsaved: Unsaved<unknown>): void {
	try {
		localStorage.setItem(nameOf(place), JSON.stringify(unsaved));
	} catch {
		// Full, or forbidden: the page itself still has it, and asks before it is closed.
	}
}

export function dropUnsaved(place: string): void {
	try {
		localStorage.removeItem(nameOf(place));
	} catch {
		// Where nothing can be kept, there is nothing to drop.
	}
}
