// A frame as plain HTML, for pages and messages without script. Messages are why the styles stand in it and the layout is
// made of a table: their readers know no other. Whatever a feed or a marketer says is text here, and leads to the web.

import { escapeHtml } from "../domain/letter.ts";
import type { Block, FrameProduct, Offer } from "../protocol/experience.ts";

const words = {
	pl: { before: "Najniższa cena z 30 dni przed obniżką:", soldOut: "Chwilowo niedostępny" },
	en: { before: "Lowest price in the 30 days before the reduction:", soldOut: "Sold out for now" },
} as const;
type Words = (typeof words)[keyof typeof words];

/** Pixels, of a picture's square and so of a product. */
const size = 160;

export function plainHtml({ content, language, theme }: Offer): string {
	const blocks = content.blocks.map((block) => blockHtml(block, accentOf(theme), words[language]));
	return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(content.label)}</title></head>
<body style="margin:0;font:15px/1.4 sans-serif;color:#1c1c1c;background:#ffffff">
${blocks.filter((html) => html !== "").join("\n")}
</body></html>
`;
}

/** A message knows no custom properties: of the colours it has this one. */
function accentOf({ light }: Offer["theme"]): string {
	const { accent = "" } = light;
	return /^#[0-9a-f]{6}$/i.test(accent) ? accent : "#1f6f4a";
}

/** Nothing of what needs a script, and of links that lead nowhere from a message. */
function blockHtml(block: Block, accent: string, said: Words): string {
	switch (block.kind) {
		case "heading":
			return `<h2 style="font-size:20px;line-height:1.3;margin:0 0 12px">${escapeHtml(block.text)}</h2>`;
		case "text":
			return `<p style="margin:0 0 12px">${escapeHtml(unmarked(block.text))}</p>`;
		case "button":
			if (block.link === undefined || !leadsToWeb(block.link)) return "";
			return `<p style="margin:0 0 12px"><a href="${escapeHtml(block.link)}" target="_top" style="display:inline-block;padding:10px 18px;border-radius:8px;background:${accent};color:#ffffff;text-decoration:none">${escapeHtml(block.text)}</a></p>`;
		case "products":
			return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%"><tr><td style="font-size:0">${(block.products ?? []).map((one) => productHtml(one, accent, said)).join("")}</td></tr></table>`;
		default:
			return "";
	}
}

/** Side by side where there is room, below each other where there is none. */
function productHtml(product: FrameProduct, accent: string, said: Words): string {
	const { name, url, image, price, before, soldOut, why } = product;
	if (!leadsToWeb(url)) return "";
	const picture =
		image !== undefined && leadsToWeb(image)
			? `<img src="${escapeHtml(image)}" alt="" width="${size}" height="${size}" style="display:block;width:${size}px;height:${size}px;object-fit:contain;border:0;margin:0 0 8px">`
			: "";
	const small = (text: string) =>
		`<span style="display:block;font-size:12px;color:#5c5c5c">${escapeHtml(text)}</span>`;
	const crossedOut =
		before === undefined
			? ""
			: `<span style="display:block;font-size:12px;color:#5c5c5c">${escapeHtml(said.before)} <s>${escapeHtml(before)}</s></span>`;
	return `<div style="display:inline-block;vertical-align:top;width:${size}px;margin:0 16px 16px 0;font-size:15px"><a href="${escapeHtml(url)}" target="_top" style="color:#1c1c1c;text-decoration:none">${picture}<span style="display:block">${escapeHtml(name)}</span><b style="display:block;color:${accent}">${escapeHtml(price)}</b>${crossedOut}${soldOut ? small(said.soldOut) : ""}${why === "" ? "" : small(why)}</a></div>`;
}

function leadsToWeb(url: string): boolean {
	return /^https?:\/\//i.test(url);
}

/** The simple marks of a text, without what they do. */
function unmarked(text: string): string {
	return text.replace(
		/\\([\\*_[\]])|\*\*|[*_]|\[([^\]]*)\]\([^)]*\)/g,
		(_, plain = "", label = "") => plain + label,
	);
}
