// The demo shop's recommendation frames, each in a place that its pages keep for it. A place that gets none stays empty.

import type { Pairing } from "../../worker/domain/recommend/recipe.ts";
import type { Block } from "../../worker/protocol/experience.ts";
import type { Definitions, Experience } from "../../worker/protocol/site.ts";
import { categories } from "./catalogue.ts";
import { definitions } from "./definitions.ts";

type Recipe = NonNullable<Extract<Block, { kind: "products" }>["recipe"]>;
type Layout = Extract<Block, { kind: "products" }>["layout"];

/** What belongs to a machine: what it runs on, and what is used beside it. */
const pairs: readonly Pairing[] = [
	{ category: "kosiarki-akumulatorowe", with: ["akcesoria", "podkaszarki"] },
	{ category: "kosiarki-spalinowe", with: ["akcesoria", "podkaszarki"] },
	{ category: "podkaszarki", with: ["akcesoria", "dmuchawy"] },
	{ category: "nozyce-do-zywoplotu", with: ["akcesoria", "sekatory"] },
	{ category: "pily", with: ["akcesoria", "sekatory"] },
	{ category: "sekatory", with: ["nozyce-do-zywoplotu", "pily"] },
	{ category: "dmuchawy", with: ["akcesoria"] },
	{ category: "nawadnianie", with: ["akcesoria"] },
];

function frame(
	id: string,
	name: string,
	headings: { readonly pl: string; readonly en: string },
	pages: readonly string[],
	recipe: Pick<Recipe, "sources" | "filters">,
	layout: Layout = "grid",
): Experience {
	const content = (heading: string) => ({
		label: heading,
		blocks: [
			{ kind: "heading" as const, text: heading },
			{
				kind: "products" as const,
				layout,
				why: true,
				recipe: { most: layout === "carousel" ? 8 : 4, least: 2, ...recipe },
			},
		],
	});
	return {
		id: `frame-${id}`,
		revision: 1,
		name,
		kind: "frame",
		surface: { kind: "inline", place: { slot: id } },
		priority: 1,
		pages: { only: pages.map((value) => ({ op: "wildcard", value })), except: [] },
		schedule: {},
		attention: { afterCloseMs: 0, afterSubmitMs: null },
		trigger: { kind: "at-once" },
		content: { pl: content(headings.pl), en: content(headings.en) },
	};
}

const frames: readonly Experience[] = [
	frame("home", "Strona główna: popularne", { pl: "Najchętniej oglądane", en: "Most viewed" }, ["/", "/en"], {
		sources: [{ by: "popular", among: "site" }, { by: "new" }],
		filters: { perBrand: 2 },
	}),
	frame(
		"product",
		"Produkt: oglądane razem",
		{ pl: "Inni oglądali także", en: "Others also looked at" },
		["*/p/*"],
		{ sources: [{ by: "viewed-together" }, { by: "similar" }], filters: { notInCart: true } },
		"carousel",
	),
	frame("cart", "Koszyk: do kompletu", { pl: "Przyda się do tego", en: "Goes well with it" }, ["*/koszyk"], {
		sources: [
			{ by: "complementary", pairs: [...pairs].map((one) => ({ ...one, with: [...one.with] })) },
			{ by: "bought-together" },
		],
		filters: { notInCart: true, notBoughtDays: 30 },
	}),
	frame(
		"category",
		"Kategoria: na czasie",
		{ pl: "Teraz na czasie", en: "Trending now" },
		categories.map(({ slug }) => `*/${slug}`),
		{ sources: [{ by: "trending" }, { by: "popular", among: "site" }], filters: {} },
	),
];

/** What the demo publishes. */
export const withFrames: Definitions = {
	...definitions,
	experiences: [...definitions.experiences, ...frames],
};
