// Sell more: shelves of products within the page, in the brand's own look. Each source stands in for the one before it.

import { day, everywhere, looks, on, placed, productPages, stays } from "./ready.ts";
import { template } from "./template.ts";

const shelf = { kind: "frame", attention: stays, trigger: { kind: "at-once" } } as const;

export const homeFrame = template({
	...shelf,
	...placed("home"),
	id: "frame-home",
	category: "sales",
	names: { pl: "Ramka na stronie głównej: dla Ciebie", en: "Home page frame: picked for you" },
	lead: {
		pl: "Stali goście widzą produkty do swojego gustu, nowi te, które teraz idą najlepiej.",
		en: "Returning visitors see what suits their taste, new ones what sells best right now.",
	},
	priority: 2,
	pages: { only: ["/", "/pl", "/en"].map((value) => ({ op: "is", value })), except: [] },
	content: {
		pl: {
			label: "Wybrane dla ciebie",
			blocks: [
				{ kind: "heading", text: "Wybrane dla ciebie" },
				{
					kind: "products",
					layout: "grid",
					why: true,
					recipe: {
						most: 4,
						least: 3,
						sources: [{ by: "for-you" }, { by: "trending" }, { by: "popular", among: "site" }, { by: "new" }],
						filters: { notBoughtDays: 60, notInCart: true },
					},
				},
			],
		},
		en: {
			label: "Picked for you",
			blocks: [
				{ kind: "heading", text: "Picked for you" },
				{
					kind: "products",
					layout: "grid",
					why: true,
					recipe: {
						most: 4,
						least: 3,
						sources: [{ by: "for-you" }, { by: "trending" }, { by: "popular", among: "site" }, { by: "new" }],
						filters: { notBoughtDays: 60, notInCart: true },
					},
				},
			],
		},
	},
});

export const productFrame = template({
	...shelf,
	...placed("product"),
	id: "frame-product",
	category: "sales",
	names: { pl: "Ramka na karcie produktu: podobne", en: "Product page frame: similar" },
	lead: {
		pl: "Karuzela tego, co inni oglądali razem z tym produktem, a gdy tego jeszcze nie wiadomo, podobnych.",
		en: "A carousel of what others looked at along with this product; where that isn’t known yet, similar ones.",
	},
	priority: 2,
	pages: on(...productPages),
	content: {
		pl: {
			label: "Inni oglądali też",
			blocks: [
				{ kind: "heading", text: "Inni oglądali też" },
				{
					kind: "products",
					layout: "carousel",
					recipe: {
						most: 10,
						least: 3,
						sources: [
							{ by: "viewed-together" },
							{ by: "similar" },
							{ by: "popular", among: "category" },
							{ by: "new" },
						],
						filters: { notInCart: true },
					},
				},
			],
		},
		en: {
			label: "Others also looked at",
			blocks: [
				{ kind: "heading", text: "Others also looked at" },
				{
					kind: "products",
					layout: "carousel",
					recipe: {
						most: 10,
						least: 3,
						sources: [
							{ by: "viewed-together" },
							{ by: "similar" },
							{ by: "popular", among: "category" },
							{ by: "new" },
						],
						filters: { notInCart: true },
					},
				},
			],
		},
	},
});

export const promotions = template({
	...shelf,
	...placed("category"),
	id: "frame-promotions",
	category: "sales",
	names: { pl: "Ramka z okazjami", en: "Bargains frame" },
	lead: {
		pl: "To, co właśnie staniało, na listach kategorii. Skreślona cena jest zawsze najniższą z 30 dni.",
		en: "What has just become cheaper, on category pages. A crossed-out price is always the lowest of 30 days.",
	},
	priority: 1,
	pages: on("*/kategoria/*", "*/category/*", "*/collections/*", "*/katalog*", "*/promocje*", "*/sale*"),
	content: {
		pl: {
			label: "Teraz taniej",
			blocks: [
				{ kind: "heading", text: "Teraz taniej" },
				{
					kind: "products",
					layout: "grid",
					recipe: {
						most: 4,
						least: 2,
						sources: [{ by: "price-dropped" }, { by: "on-promotion" }],
						filters: { notInCart: true, perBrand: 2 },
					},
				},
			],
		},
		en: {
			label: "Now for less",
			blocks: [
				{ kind: "heading", text: "Now for less" },
				{
					kind: "products",
					layout: "grid",
					recipe: {
						most: 4,
						least: 2,
						sources: [{ by: "price-dropped" }, { by: "on-promotion" }],
						filters: { notInCart: true, perBrand: 2 },
					},
				},
			],
		},
	},
});

export const lastViewed = template({
	id: "last-viewed",
	category: "sales",
	names: { pl: "Wróć do oglądanych", en: "Pick up where you left off" },
	lead: {
		pl: "Powracającym przypomina w rogu ostatnio oglądane produkty. Zamiast szukać, kupują.",
		en: "Reminds returning visitors of what they viewed last. Less searching, more buying.",
	},
	needs: {
		pl: "Potrzebny jest katalog produktów (feed albo nauka ze stron).",
		en: "Needs a product catalogue (a feed, or learned from your pages).",
	},
	audience: {
		id: "came-back",
		names: { pl: "Co najmniej druga wizyta", en: "Second visit or later" },
		condition: { field: "visits", test: { op: ">=", n: 2 } },
	},
	surface: { kind: "corner", at: "bottom-end" },
	priority: 8,
	pages: everywhere,
	attention: { cap: { times: 1, perMs: day }, afterCloseMs: 3 * day, afterSubmitMs: null },
	trigger: { kind: "presence", seconds: 6 },
	theme: { ...looks.paper, font: "humanist", radius: 16, spacing: "compact" },
	content: {
		pl: {
			label: "Ostatnio oglądane",
			blocks: [
				{ kind: "heading", text: "Na czym stanęło?" },
				{
					kind: "products",
					layout: "compact",
					recipe: {
						most: 3,
						least: 1,
						sources: [{ by: "left-in-cart" }, { by: "recently-viewed" }],
						filters: { notBoughtDays: 30 },
					},
				},
			],
		},
		en: {
			label: "Recently viewed",
			blocks: [
				{ kind: "heading", text: "Where were we?" },
				{
					kind: "products",
					layout: "compact",
					recipe: {
						most: 3,
						least: 1,
						sources: [{ by: "left-in-cart" }, { by: "recently-viewed" }],
						filters: { notBoughtDays: 30 },
					},
				},
			],
		},
	},
});
