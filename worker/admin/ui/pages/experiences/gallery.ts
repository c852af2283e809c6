// The templates that there are to begin with.

import type { Draft } from "./draft.ts";

export interface Template {
	readonly id: string;
	readonly category: string;
	readonly names: { readonly pl: string; readonly en: string };
	readonly lead: { readonly pl: string; readonly en: string };
	readonly draft: Draft;
}

export const templates: readonly Template[] = [];

export function templateOf(id: string | undefined): Template | undefined {
	return templates.find((one) => one.id === id);
}
