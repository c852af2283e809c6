// What goes together: how often two products stand in one session, be that a visit, an order, or a visit with the order
// that it came to. The item-to-item table of Linden, Smith, York ("Amazon.com Recommendations", IEEE Internet Computing
// 2003), which is not kept here but counted when asked, out of the sessions that are remembered: so it forgets as they do.

import { isForgotten, itemsOf, type Memory } from "./memory.ts";
import { rarity } from "./neighbours.ts";

export interface Companion {
	readonly product: string;
	/** How many remembered sessions have both. */
	readonly count: number;
	readonly weight: number;
}

/** Two may meet once by chance. */
export const leastTogether = 2;
/** Of a product the latest sessions. */
const latestSessions = 500;

/**
 * Products that share at least two sessions with this one, the best first. What is rare says more than what all have: a
 * count weighs by its product's inverse document frequency, as in V-SKNN (Ludewig, Jannach: "Evaluation of Session-based
 * Recommendation Algorithms", UMUAI 2018).
 */
export function together(memory: Memory, product: string): readonly Companion[] {
	const item = memory.numbers.get(product);
	if (item === undefined) return [];
	const counts = new Map<number, number>();
	const listed = memory.sessions[item] ?? [];
	for (let at = listed.length - 1; at >= 0 && at >= listed.length - latestSessions; at--) {
		const session = listed[at] ?? 0;
		if (isForgotten(memory, session)) continue;
		for (const other of itemsOf(memory, session)) counts.set(other, (counts.get(other) ?? 0) + 1);
	}
	counts.delete(item);
	const companions: (Companion & { readonly other: number })[] = [];
	for (const [other, count] of counts) {
		if (count < leastTogether) continue;
		const weight = count * rarity(memory, other);
		companions.push({ product: memory.names[other] ?? "", count, weight, other });
	}
	return companions.sort((a, b) => b.weight - a.weight || a.other - b.other);
}
