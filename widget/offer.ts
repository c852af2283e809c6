// An offer came over the wire, and over somebody's proxy: looked at before anything of it reaches the page.

import type { Block, Offer } from "../worker/protocol/experience.ts";

export const isText = (value: unknown): value is string => typeof value === "string";

/** The same rule as on the server: `javascript:` is no link. */
export const isLink = (link: unknown): link is string =>
	isText(link) && /^(https?:\/\/|\/(?![/\\]))/i.test(link);

/** Whether the chunk of frames draws it. */
export const isFrame = ({ chunk }: Offer): boolean => chunk === "frame";

/** All lists of blocks that an offer has. */
export function listsIn({ content: { blocks, steps = {} } }: Offer): (readonly Block[])[] {
	return [blocks, ...Object.values(steps).map((step) => step.blocks)];
}

/** False, or a throw, on what is not one. Its blocks are looked at by those who draw them. */
export function isOffer(offer: Offer): boolean {
	return (
		isText(offer.experience) &&
		isText(offer.content.label) &&
		isText(offer.surface.kind) &&
		listsIn(offer).every(({ length }) => length > 0)
	);
}
