// What an experience is offered as, filled with what a visitor might be given: for the preview alone. Pure.

import { type Tokens, themeOf } from "../../../../domain/theme.ts";
import type { Block, FrameProduct, Given, Offer } from "../../../../protocol/experience.ts";
import { type Draft, type Language, type Path, valueAt } from "./draft.ts";

export interface Sample {
	/** The site's look. */
	readonly theme: Tokens | undefined;
	readonly products: readonly FrameProduct[];
	/** The list of blocks that is looked at: a step's, or what thanks for a form. */
	readonly list: Path;
}

const sampleCode = "WITAJ-4F7K";
const sampleLeftMs = 23 * 3_600_000 + 59 * 60_000;

/** Nothing where there is no content in the language. */
export function offerOf(draft: Draft, language: Language, sample: Sample): Offer | undefined {
	const content = draft.content[language];
	if (!content) return undefined;
	const filled = written(content, sample.products);
	const blocks = valueAt(filled, sample.list) as readonly Block[] | undefined;
	const { teaser: _, ...rest } = filled;
	const surface = draft.surface ?? { kind: "modal" };
	return {
		experience: "preview",
		revision: 1,
		kind: draft.kind ?? "popup",
		surface:
			surface.kind === "inline"
				? { kind: "inline", place: { slot: "preview" } }
				: surface.kind === "spotlight"
					? { kind: "spotlight", beside: ".spot" }
					: surface,
		trigger: { kind: "at-once" },
		chunk: isPlainFrame(surface.kind, filled.blocks) && !filled.steps ? "frame" : "popup",
		language,
		theme: themeOf({ ...sample.theme, ...draft.theme }),
		content: { ...rest, blocks: [...(blocks ?? filled.blocks)] },
		claim: "preview",
		given: givenFor(JSON.stringify(content)),
	};
}

const isPlainFrame = (surface: string, blocks: readonly Block[]) =>
	surface === "inline" &&
	blocks.some(({ kind }) => kind === "products") &&
	blocks.every(({ kind }) => kind === "products" || kind === "heading");

function givenFor(content: string): Given {
	const pools = Array.from(content.matchAll(/"pool":"([^"]+)"/g), ([, pool = ""]) => pool);
	return {
		codes: Object.fromEntries(pools.map((pool) => [pool, sampleCode])),
		outcome: 0,
		code: sampleCode,
		leftMs: sampleLeftMs,
	};
}

/** Texts as somebody without a card reads them, and products where a recipe stands. */
function written<T>(value: T, products: readonly FrameProduct[]): T {
	if (typeof value === "string") return plainly(value) as T;
	if (Array.isArray(value)) return value.map((one) => written(one, products)) as T;
	if (typeof value !== "object" || value === null) return value;
	const inner = Object.fromEntries(
		Object.entries(value).map(([name, one]) => [name, written(one, products)]),
	);
	const { recipe, ...rest } = inner;
	if (inner.kind !== "products") return inner as T;
	const most = (recipe as { most?: number } | undefined)?.most ?? 4;
	return { ...rest, products: products.slice(0, most) } as T;
}

/** A template's own default, or its name where it has none; the edge does it properly. */
export function plainly(text: string): string {
	return text
		.replace(/\{%.*?%\}/g, "")
		.replace(/\{\{\s*([\w.]+)(.*?)\}\}/g, (_, name: string, rest: string) => {
			const [, , fallback] = /default:\s*(["'])(.*?)\1/.exec(rest) ?? [];
			return fallback ?? `[${name}]`;
		});
}
