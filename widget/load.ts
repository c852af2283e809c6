// Loads what only some need, from beside the chunk of pop-ups that this is part of.

/** Each is a file of its name in the folder `extra`: what others lend it, it imports as usual (see build.ts). */
export interface Extra {
	readonly preview: typeof import("./extra/preview.ts");
	readonly surface: typeof import("./extra/surface.tsx");
	readonly triggers: typeof import("./extra/triggers.ts");
}

/** The browser keeps what it has loaded; what could not be loaded is asked for again. */
export function load<Name extends keyof Extra>(name: Name): Promise<Extra[Name]> {
	return import(import.meta.url.replace(/popup(?=\.js$)/, name));
}
