// What has nothing in it is not shown: no empty shelf, no frame around nothing.

import type { Offer } from "../protocol/experience.ts";

/** Without blocks of products that have none; null where a frame has no others, or nothing else is left to show. */
export function withoutEmpty(offer: Offer): Offer | null {
	const { blocks } = offer.content;
	const shown = blocks.filter((block) => block.kind !== "products" || (block.products?.length ?? 0) > 0);
	const isEmpty =
		offer.kind === "frame" ? shown.every(({ kind }) => kind !== "products") : shown.length === 0;
	if (isEmpty) return null;
	return shown.length === blocks.length ? offer : { ...offer, content: { ...offer.content, blocks: shown } };
}
