// An offer came over the wire, and over somebody's proxy: looked at before anything of it reaches the page.

import type { Block, Offer } from "../worker/protocol/experience.ts";

const isText = (value: unknown) => typeof value === "string";

/** The same rule as on the server: `javascript:` is no link. */
const isLink = (link: string) => /^(https?:\/\/|\/(?![/\\]))/i.test(link);

function isBlock(block: Block): boolean {
	switch (block.kind) {
		case "heading":
		case "text":
			return isText(block.text);
		case "image":
			return isLink(block.src) && block.width > 0 && block.height > 0;
		case "button":
			return isText(block.text) && isLink(block.link as string);
		case "coupon":
			return isText(block.code) && isText(block.label);
		case "form":
			return isText(block.submit) && block.fields.length > 0 && (block.thanks ?? []).every(isBlock);
		default:
			return false;
	}
}

/** False, or a throw, on what is not one. */
export function isOffer(offer: Offer): boolean {
	return (
		isText(offer.experience) &&
		isText(offer.surface.kind) &&
		offer.content.blocks.length > 0 &&
		offer.content.blocks.every(isBlock)
	);
}
