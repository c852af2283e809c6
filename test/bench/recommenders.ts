// What a recommender is measured against, each as its paper has it and without haste: from a list of whole sessions.

export interface Session {
	readonly visit: string;
	readonly items: readonly string[];
	/** Epoch seconds of its first and last click. */
	readonly from: number;
	readonly to: number;
}

/** The products that suit a session so far, the best first; never the one that is being looked at. */
export type Recommender = (seen: readonly string[]) => readonly string[];

export const most = 20;

/** What most sessions have. */
export function popularity(sessions: readonly Session[]): Recommender {
	const best = [...sessionsOf(sessions)]
		.sort(([, a], [, b]) => b.length - a.length)
		.slice(0, most + 1)
		.map(([item]) => item);
	return (seen) => best.filter((item) => item !== seen.at(-1)).slice(0, most);
}

/** What stood most often in the sessions that have the last product. */
export function cooccurrence(sessions: readonly Session[]): Recommender {
	const index = sessionsOf(sessions);
	return (seen) => {
		const weights = new Map<string, number>();
		for (const n of index.get(seen.at(-1) ?? "") ?? [])
			for (const item of new Set(sessions[n]?.items)) add(weights, item, 1);
		return best(weights, seen);
	};
}

/** Jannach, Ludewig 2017: nearest sessions by cosine, of the latest 500 that share a product; each product counts alike. */
export function sknn(sessions: readonly Session[]): Recommender {
	const index = sessionsOf(sessions);
	const sets = sessions.map(({ items }) => new Set(items));
	return (seen) => {
		const own = new Set(seen);
		const shared = new Set([...own].flatMap((item) => index.get(item) ?? []));
		const latest = [...shared].sort((a, b) => b - a).slice(0, 500);
		const nearest = latest
			.map((n) => {
				const set = sets[n] ?? new Set();
				const both = [...own].filter((item) => set.has(item)).length;
				return [n, both / Math.sqrt(own.size * set.size)] as const;
			})
			.sort((a, b) => b[1] - a[1])
			.slice(0, 100);
		const weights = new Map<string, number>();
		for (const [n, likeness] of nearest) for (const item of sets[n] ?? []) add(weights, item, likeness);
		return best(weights, seen);
	};
}

/** Kersbergen, Sprangers, Schelter 2022 (Serenade), with m = 500, k = 100, the last 10 products and idf. */
export function vmisKnn(sessions: readonly Session[]): Recommender {
	const index = sessionsOf(sessions);
	const sets = sessions.map(({ items }) => new Set(items));
	return (seen) => {
		const latest = [...new Set(seen.slice(-10).reverse())];
		const place = new Map(latest.map((item, i) => [item, latest.length - i]));
		const likeness = new Map<number, number>();
		for (const [item, at] of place)
			for (const n of (index.get(item) ?? []).slice(-500)) add(likeness, n, at / latest.length);
		const nearest = [...likeness]
			.sort((a, b) => b[0] - a[0])
			.slice(0, 500)
			.sort((a, b) => b[1] - a[1] || b[0] - a[0])
			.slice(0, 100);
		const weights = new Map<string, number>();
		for (const [n, alike] of nearest) {
			const items = sets[n] ?? new Set();
			const shared = Math.max(...[...items].map((item) => place.get(item) ?? 0));
			const back = latest.length - shared + 1;
			const force = back < 10 ? 1 - 0.1 * back : 0;
			for (const item of items) {
				const rarity = Math.log(sessions.length / (index.get(item)?.length ?? 1));
				add(weights, item, force * alike * rarity);
			}
		}
		return best(weights, seen);
	};
}

/** Of each item the sessions that have it, in their order. */
function sessionsOf(sessions: readonly Session[]): ReadonlyMap<string, number[]> {
	const index = new Map<string, number[]>();
	for (const [n, { items }] of sessions.entries()) {
		for (const item of new Set(items)) {
			const known = index.get(item);
			if (known) known.push(n);
			else index.set(item, [n]);
		}
	}
	return index;
}

function add<K>(weights: Map<K, number>, key: K, weight: number): void {
	weights.set(key, (weights.get(key) ?? 0) + weight);
}

function best(weights: ReadonlyMap<string, number>, seen: readonly string[]): readonly string[] {
	return [...weights]
		.filter(([item]) => item !== seen.at(-1))
		.sort(([, a], [, b]) => b - a)
		.slice(0, most)
		.map(([item]) => item);
}
