// Experiences to be shown in tests: made of the blocks that a test is about, to everyone, on every page.

import type { Block, Content } from "../../worker/protocol/experience.ts";
import type { Experience } from "../../worker/protocol/site.ts";

const always = { afterCloseMs: 0, afterSubmitMs: 0 };

/** Opens at once, as often as it is asked for. */
export function showing(
	id: string,
	blocks: readonly Block[],
	more: Partial<Experience> & { readonly steps?: Content["steps"]; readonly label?: string } = {},
): Experience {
	const { steps, label = "Oferta", ...own } = more;
	return {
		id,
		revision: 1,
		name: id,
		kind: "banner",
		// Within the page, where nothing keeps it from being shown again at once.
		surface: { kind: "inline", place: { slot: id } },
		priority: 0,
		pages: { only: [], except: [] },
		schedule: {},
		attention: always,
		trigger: { kind: "at-once" },
		theme: { accent: "#2f7d4f", radius: 16 },
		content: { pl: { label, blocks: [...blocks], ...(steps && { steps }) } },
		...own,
	};
}

export const coupon = (pool: string, more: { withCountdown?: boolean } = {}): Block => ({
	kind: "coupon",
	pool,
	label: "Twój kod",
	...more,
});

/** Waits for the page to be scrolled, and so has to be claimed. */
export const scrolled = { kind: "scroll", depth: 50 } as const;
