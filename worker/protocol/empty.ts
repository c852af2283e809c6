// What has nothing in it is not shown: no empty shelf, no frame around nothing, no pop-up of a heading alone.

import type { Block, Offer } from "./experience.ts";

const isFull = (block: Block) => block.kind !== "products" || (block.products?.length ?? 0) > 0;
const isTelling = ({ kind }: Block) => kind !== "heading" && kind !== "image";

/**
 * Without blocks of products that have none, in all steps; null where a frame has no others, or where of a list of blocks
 * that lost some nothing is left that says more than a heading or a picture.
 */
export function withoutEmpty(offer: Offer): Offer | null {
	const { blocks, steps = {} } = offer.content;
	const lists = [blocks, ...Object.values(steps).map((step) => step.blocks)];
	if (offer.kind === "frame" && !lists.flat().some((block) => block.kind === "products" && isFull(block)))
		return null;
	if (lists.every((list) => list.every(isFull))) return offer;
	const isLost = (list: readonly Block[]) =>
		!list.every(isFull) && !list.some((one) => isFull(one) && isTelling(one));
	if (lists.some(isLost)) return null;
	const left = Object.entries(steps).map(([id, step]) => [
		id,
		{ ...step, blocks: step.blocks.filter(isFull) },
	]);
	return {
		...offer,
		content: {
			...offer.content,
			blocks: blocks.filter(isFull),
			...(offer.content.steps && { steps: Object.fromEntries(left) }),
		},
	};
}
