// Ids out of names: what a marketer calls something, as the wire does.

import type { Kept } from "../domain/kept.ts";
import type { Kind } from "../domain/kinds.ts";
import { fold } from "../domain/text.ts";

const longest = 48;

/**
 * The name in small letters of ASCII and digits, with a number behind it where the id is taken: by whatever kind, and by what
 * was deleted too, for what people carry of it names it still.
 */
export function idOf(name: string, kind: Kind, all: readonly Pick<Kept, "id">[]): string {
	const words = fold(name)
		.replaceAll(/[^a-z0-9]+/g, "-")
		.slice(0, longest)
		.replaceAll(/^-+|-+$/g, "");
	const begins = words === "" ? kind : words;
	const taken = new Set(all.map(({ id }) => id));
	let id = begins;
	for (let n = 2; taken.has(id); n++) id = `${begins}-${n}`;
	return id;
}
