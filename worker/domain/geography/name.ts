// How names of places compare: however they are cased, accented, hyphenated or dotted.

import { fold } from "../text.ts";

/** `Bielsko-Biała`, `bielsko biala` → `bielsko biala`. Idempotent. */
export function nameKey(text: string): string {
	return fold(text)
		.replace(/[^\p{L}\p{N}]+/gu, " ")
		.trim();
}
