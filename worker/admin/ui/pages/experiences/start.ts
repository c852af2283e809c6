// What a new experience begins as.

import { blank } from "./begin.ts";
import type { Draft } from "./draft.ts";
import { templateOf } from "./gallery.ts";

const kinds = ["popup", "banner", "frame"] as const;

/** `from`: the name of a template, or a kind to begin with next to nothing. */
export function startOf(from: string | undefined, name: string): Draft {
	return templateOf(from)?.draft ?? blank(kinds.find((kind) => kind === from) ?? "popup", name);
}
