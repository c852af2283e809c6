// An offer came over the wire, and over somebody's proxy: looked at before anything of it reaches the page.

import type { Block, Offer } from "../worker/protocol/experience.ts";

const isText = (value: unknown): value is string => typeof value === "string";

/** The same rule as on the server: `javascript:` is no link. */
export function isLink(value: unknown): value is string {
	return isText(value) && /^(https?:\/\/|\/(?![/\\]))/i.test(value);
}

const blockChecks: { [Kind in Block["kind"]]: (block: Extract<Block, { kind: Kind }>) => boolean } = {
	heading: (block) => isText(block.text),
	text: (block) => isText(block.text),
	image: (block) => isLink(block.src) && block.width > 0 && block.height > 0,
	button: (block) => isText(block.text) && isLink(block.link),
	coupon: (block) => isText(block.code) && isText(block.label),
	form: (block) => isText(block.submit) && block.fields.includes("email") && block.thanks.every(isBlock),
};

function isBlock(block: Block): boolean {
	const check: ((block: never) => boolean) | undefined = blockChecks[block.kind];
	return !!check?.(block as never);
}

/** Throws or tells false on what is not one. */
export function isOffer(offer: Offer): boolean {
	return (
		isText(offer.experience) &&
		/^#[0-9a-f]{6}$/i.test(offer.theme.accent) &&
		offer.theme.radius >= 0 &&
		offer.popup.blocks.length > 0 &&
		offer.popup.blocks.every(isBlock)
	);
}
