// Calling the page back for what it asked to hear of.

import type { Host, Moment } from "./host.ts";

/** Each in a task of its own: what goes wrong there is the page's, and nothing of ours goes wrong with it. */
export function tell({ heard }: Host, moment: Moment, detail: Readonly<Record<string, unknown>>): void {
	for (const [one, task] of heard) {
		if (one === moment && typeof task === "function") setTimeout(() => task({ ...detail }));
	}
}
