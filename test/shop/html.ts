// Markup that cannot be forgotten to be escaped: what is not Html becomes text.

export type Html = { readonly markup: string };
export type Part = Html | string | number | false | undefined | readonly Part[];

const entities: Record<string, string> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};

export function escapeText(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}

function render(part: Part): string {
	if (part === undefined || part === false) return "";
	if (typeof part === "string") return escapeText(part);
	if (typeof part === "number") return String(part);
	if ("markup" in part) return part.markup;
	return part.map(render).join("");
}

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
	return { markup: strings.reduce((text, string, i) => text + render(parts[i - 1]) + string) };
}

export function renderJsonLd(value: unknown): Html {
	return { markup: `<script type="application/ld+json">${jsonOf(value)}</script>` };
}

/** For shop.js to read, by its name. */
export function renderData(name: string, value: unknown): Html {
	return { markup: `<script type="application/json" data-${name}>${jsonOf(value)}</script>` };
}

/** `<` is written as an escape, so no value can close the element. */
function jsonOf(value: unknown): string {
	return JSON.stringify(value).replace(/</g, "\\u003c");
}
