// What pages of a preview of the past come to together. Of a large site there are hundreds, so what is told of single
// people is kept of the first alone.

import type * as z from "zod/mini";
import type * as schema from "../../../protocol/admin.schema.ts";

type Page = z.infer<typeof schema.PastPreview>;

export interface PastTotals {
	/** Looked at so far; some of them were doing something and could not be told of. */
	readonly people: number;
	readonly busy: number;
	/** How many would change. */
	readonly changed: number;
	readonly tags: Readonly<Record<string, Total>>;
	readonly points: Total;
	readonly samples: Page["changed"];
	/** Where the next page begins; null when everybody was looked at. */
	readonly next: string | null;
}

/** So many people, and how many tags or points they would have more together, or fewer. */
export interface Total {
	readonly people: number;
	readonly more: number;
}

const samplesAtMost = 5;
const none: Total = { people: 0, more: 0 };
const nothing: PastTotals = {
	people: 0,
	busy: 0,
	changed: 0,
	tags: {},
	points: none,
	samples: [],
	next: null,
};

export function withPage(so: PastTotals = nothing, page: Page): PastTotals {
	const tags = new Map(Object.entries(so.tags));
	let { points } = so;
	for (const one of page.changed) {
		for (const { tag, before, after } of one.tags) tags.set(tag, grown(tags.get(tag), after - before));
		const more = one.points.reduce((sum, { before, after }) => sum + after - before, 0);
		if (one.points.length > 0) points = grown(points, more);
	}
	return {
		people: so.people + page.people,
		busy: so.busy + page.busy,
		changed: so.changed + page.changed.length,
		tags: Object.fromEntries(tags),
		points,
		samples: [...so.samples, ...page.changed.slice(0, samplesAtMost - so.samples.length)],
		next: page.next,
	};
}

function grown({ people, more }: Total = none, by: number): Total {
	return { people: people + 1, more: more + by };
}
