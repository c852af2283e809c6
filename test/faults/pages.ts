// The pages that browsers visit here, and what the demo's rules make of each.

export interface VisitedPage {
	readonly path: string;
	readonly tag?: string;
	readonly points?: number;
	readonly pointsOnce?: number;
}

export const pages: readonly VisitedPage[] = [
	{ path: "/cennik", tag: "CENNIK", points: 10 },
	{ path: "/p/kosiarka-akumulatorowa-1", points: 3 },
	{ path: "/kosiarki-akumulatorowe", tag: "KOSIARKA_AKUMULATOROWA" },
	{ path: "/kontakt", pointsOnce: 5 },
	{ path: "/blog/wiosna" },
];

export interface Sum {
	readonly visits: number;
	readonly score: number;
	readonly tags: Readonly<Record<string, number>>;
}

/** What these page views add up to, by the demo's rules. */
export function sumOf(paths: readonly string[]): Omit<Sum, "visits"> {
	const tags: Record<string, number> = {};
	let score = 0;
	for (const { path, tag, points = 0, pointsOnce = 0 } of pages) {
		const times = paths.filter((one) => one === path).length;
		if (times === 0) continue;
		if (tag) tags[tag] = times;
		score += times * points + pointsOnce;
	}
	if (paths.length > 0) tags.CHROME = 1;
	return { score, tags };
}
