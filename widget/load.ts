// Loads what only some need, from beside the chunk that draws, which this is part of.

import type { Kinds } from "./ui/blocks.tsx";
import type { FieldKinds } from "./ui/fields.tsx";

/** Further kinds of blocks and fields, and their style sheet. */
interface BlocksExtra {
	readonly kinds?: Kinds;
	readonly fields?: FieldKinds;
	readonly css: string;
}

/** All but `frame` are files of their names in the folder `extra`: what the chunk that draws has, they import as usual (see build.ts). */
export interface Extra extends Record<BlocksChunk, BlocksExtra> {
	readonly frame: typeof import("./frame.ts");
	readonly inline: typeof import("./extra/inline.tsx");
	readonly preview: typeof import("./extra/preview.ts");
	readonly surface: typeof import("./extra/surface.tsx");
	readonly triggers: typeof import("./extra/triggers.ts");
}
export type BlocksChunk = "survey" | "countdown" | "wheel" | "rare" | "products";

/** The browser keeps what it has loaded; what could not be loaded is asked for again. */
export function load<Name extends keyof Extra>(name: Name): Promise<Extra[Name]> {
	return import(import.meta.url.replace(/popup(?=\.js$)/, name));
}
