// What a new experience begins as.

import { type Template, templates } from "../../templates/index.ts";
import { blank } from "./begin.ts";
import type { Draft } from "./draft.ts";

const kinds = ["popup", "banner", "frame"] as const;

export function templateOf(id: string | undefined): Template | undefined {
	return templates.find((one) => one.id === id);
}

/** `from`: the name of a template, or a kind to begin with next to nothing. */
export function startOf(from: string | undefined, name: string): Draft {
	return templateOf(from)?.draft ?? blank(kinds.find((kind) => kind === from) ?? "popup", name);
}
