// Loads what only some need, from beside the chunk that draws, which this is part of.

import type { Kinds } from "./ui/blocks.tsx";
import type { FieldKinds } from "./ui/fields.tsx";

/** Further kinds of blocks and fields, and their style sheet. */
interface BlocksExtra {
	readonly kinds?: Kinds;
	readonly fields?: FieldKinds;
	readonly css: string;
}

/** Each is a file of its name in the folder `extra`: what the chunk that draws has, it imports as usual (see build.ts). */
export interface Extra extends Record<BlocksChunk, BlocksExtra> {
	readonly inline: typeof import("./extra/inline.tsx");
	readonly surface: typeof import("./extra/surface.tsx");
}
export type BlocksChunk = "survey" | "countdown" | "wheel" | "rare";

/** The browser keeps what it has loaded; what could not be loaded is asked for again. */
export function load<Name extends keyof Extra>(name: Name): Promise<Extra[Name]> {
	return import(import.meta.url.replace(/popup(?=\.js$)/, name));
}
