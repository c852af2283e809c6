import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { plainHtml } from "../../worker/content/plain.ts";
import type { FrameProduct, Offer } from "../../worker/protocol/experience.ts";

/** Published payloads, where they are at hand. */
const file = new URL("../../../shared/data/hostile/xss-payloads.json", import.meta.url);
const payloads: readonly string[] = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];

function offer(text: string, product: FrameProduct): Offer {
	return {
		experience: "home",
		revision: 1,
		kind: "frame",
		chunk: "frame",
		surface: { kind: "inline", place: { slot: "home" } },
		trigger: { kind: "at-once" },
		language: "pl",
		theme: { light: { accent: "#2f7d4f" } },
		content: {
			label: text,
			blocks: [
				{ kind: "heading", text },
				{ kind: "text", text },
				{ kind: "button", text, link: text },
				{ kind: "products", layout: "grid", products: [product] },
			],
		},
	};
}

const mower: FrameProduct = {
	id: "kx",
	name: "KX-40",
	url: "https://shop.example/kx",
	price: "1 zł",
	why: "nowość",
};

/** Every tag of a page, with its attributes as they stand between quotation marks. */
const tag = /<(?<name>\/?[a-z0-9]+)(?<attributes>(?: [a-z-]+(?:="[^"<>]*")?)*)>/g;
const known = new Set(
	"html head meta title body h2 p a table tr td div img span b s"
		.split(" ")
		.flatMap((name) => [name, `/${name}`]),
);
const attributes = new Set(
	"lang charset name content style href target src alt width height role cellpadding cellspacing border".split(
		" ",
	),
);

describe("a frame without script", () => {
	it("shows each product with its price, what may be crossed out, and why it is there", () => {
		const html = plainHtml(offer("Dla Ciebie", { ...mower, before: "2 zł", soldOut: true }));
		for (const text of [
			"KX-40",
			"1 zł",
			"<s>2 zł</s>",
			"Najniższa cena z 30 dni",
			"Chwilowo niedostępny",
			"nowość",
		])
			expect(html).toContain(text);
		expect(html).toContain('href="https://shop.example/kx"');
	});

	it("leads to the web and nowhere else", () => {
		for (const url of ["javascript:alert(1)", "/kx", "data:text/html,x", "//shop.example"])
			expect(plainHtml(offer(url, { ...mower, url, image: url }))).not.toMatch(/href|src/);
	});

	it.skipIf(payloads.length === 0)(
		`lets none of ${payloads.length} payloads be more than text, in whatever a feed or a marketer says`,
		() => {
			for (const payload of payloads) {
				const hostile: FrameProduct = {
					id: payload,
					name: payload,
					url: `https://shop.example/${payload}`,
					image: `https://shop.example/${payload}`,
					price: payload,
					before: payload,
					why: payload,
				};
				const html = plainHtml(offer(payload, hostile)).replace("<!doctype html>", "");
				for (const { groups } of html.matchAll(tag)) {
					expect(known).toContain(groups?.name);
					for (const [, name = ""] of (groups?.attributes ?? "").matchAll(/ ([a-z-]+)="/g))
						expect(attributes).toContain(name);
				}
				// Nothing is left that could open a tag.
				expect(html.replace(tag, "")).not.toContain("<");
			}
		},
	);
});
