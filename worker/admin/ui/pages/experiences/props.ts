// What there is to say of each kind of block and field, from which their forms are made. Pure.

import type { Block, Field } from "../../../../protocol/experience.ts";
import { newField } from "./begin.ts";
import { type Language, valueAt } from "./draft.ts";

/** Each names its label among the words of the screen. */
export type Prop = { readonly name: string; readonly optional?: true } & (
	| { readonly is: "words"; readonly long?: true; readonly most?: number }
	/** The same in all languages, unless it was made another. */
	| { readonly is: "text"; readonly long?: true; readonly most?: number; readonly hint?: true }
	| { readonly is: "link" }
	| {
			readonly is: "number";
			readonly least?: number;
			readonly most?: number;
			readonly unit?: "px" | "minutes";
			readonly step?: number;
	  }
	| { readonly is: "flag" }
	| { readonly is: "choice"; readonly of: readonly string[]; readonly isNumber?: true }
	| { readonly is: "several"; readonly of: readonly string[] }
	| { readonly is: "instant" | "day" | "step" | "pool" | "segment" | "recipe" | "fields" | "attribute" }
	| { readonly is: "group"; readonly of: readonly Prop[]; readonly begin: object }
	| {
			readonly is: "list";
			readonly of: readonly Prop[];
			readonly begin: (language: Language) => unknown;
			readonly least: number;
			readonly most: number;
	  }
	/** One of several ways, each with names of its own: taking one leaves the others out. */
	| { readonly is: "either"; readonly ways: readonly Way[]; readonly none?: true }
);

export interface Way {
	readonly id: string;
	readonly props: readonly Prop[];
	/** What is there when it is taken; its names are those that tell it from the others. */
	readonly begin: (language: Language) => Readonly<Record<string, unknown>>;
	/** Which way a value goes. */
	readonly is: (value: Readonly<Record<string, unknown>>) => boolean;
}

const has = (name: string) => (value: Readonly<Record<string, unknown>>) => value[name] !== undefined;
const way = (id: string, first: unknown, props: readonly Prop[] = []): Way => ({
	id,
	props,
	begin: () => ({ [id]: first }),
	is: has(id),
});

const picture: readonly Prop[] = [
	{ name: "src", is: "link" },
	{ name: "alt", is: "words", optional: true, most: 300 },
	{ name: "width", is: "number", least: 1, most: 4000, unit: "px" },
	{ name: "height", is: "number", least: 1, most: 4000, unit: "px" },
];
const code = (none?: true): Prop => ({
	name: "code",
	is: "either",
	...(none && { none }),
	ways: [
		way("code", "WITAJ10", [{ name: "code", is: "text", most: 64 }]),
		way("pool", "pool", [{ name: "pool", is: "pool" }]),
	],
});
const inWords = (language: Language, pl: string, en: string) => (language === "pl" ? pl : en);

export const blockProps: Readonly<Record<Block["kind"], readonly Prop[]>> = {
	heading: [
		{ name: "text", is: "words" },
		{ name: "level", is: "choice", of: ["1", "2", "3"], isNumber: true, optional: true },
	],
	text: [{ name: "text", is: "words", long: true, most: 2000 }],
	image: [...picture, { name: "link", is: "link", optional: true }],
	video: [...picture, { name: "link", is: "link" }],
	button: [
		{ name: "text", is: "words" },
		{
			name: "does",
			is: "either",
			ways: [
				way("link", "/", [{ name: "link", is: "link" }]),
				way("to", "", [{ name: "to", is: "step" }]),
				way("chat", true),
				way("closes", true),
			],
		},
		{ name: "quiet", is: "flag" },
	],
	coupon: [{ name: "label", is: "words" }, code(), { name: "withCountdown", is: "flag" }],
	countdown: [
		{
			name: "until",
			is: "either",
			ways: [
				{
					id: "each",
					begin: () => ({ until: { minutes: 15 } }),
					is: ({ until }) => typeof until === "object",
					props: [
						{
							name: "until",
							is: "group",
							begin: { minutes: 15 },
							of: [{ name: "minutes", is: "number", least: 1, most: 43200, unit: "minutes" }],
						},
					],
				},
				{
					id: "fixed",
					begin: () => ({ until: Math.ceil(Date.now() / 86_400_000 + 7) * 86_400_000 }),
					is: ({ until }) => typeof until === "number",
					props: [{ name: "until", is: "instant" }],
				},
			],
		},
		{ name: "label", is: "words" },
		{ name: "ended", is: "words" },
	],
	review: [
		{ name: "stars", is: "number", least: 1, most: 5 },
		{ name: "quote", is: "words", long: true },
		{ name: "author", is: "text", most: 100 },
	],
	social: [
		{
			name: "links",
			is: "list",
			least: 1,
			most: 8,
			begin: () => ({ network: "instagram", link: "https://www.instagram.com/" }),
			of: [
				{
					name: "network",
					is: "choice",
					of: ["facebook", "instagram", "tiktok", "youtube", "x", "linkedin", "pinterest", "whatsapp"],
				},
				{ name: "link", is: "link" },
			],
		},
	],
	divider: [],
	html: [
		{ name: "html", is: "text", long: true, most: 20000, hint: true },
		{ name: "title", is: "words" },
		{ name: "height", is: "number", least: 20, most: 2000, unit: "px" },
	],
	products: [
		{ name: "layout", is: "choice", of: ["grid", "carousel", "list", "compact"] },
		{ name: "recipe", is: "recipe" },
		{ name: "why", is: "flag" },
	],
	form: [
		{ name: "fields", is: "fields" },
		{ name: "submit", is: "words" },
		{
			name: "after",
			is: "either",
			ways: [
				{
					id: "thanks",
					props: [],
					begin: (language) => ({
						thanks: [{ kind: "heading", text: inWords(language, "Dziękujemy!", "Thank you!") }],
					}),
					is: has("thanks"),
				},
				way("to", "", [{ name: "to", is: "step" }]),
			],
			none: true,
		},
		{
			name: "next",
			is: "list",
			optional: true,
			least: 0,
			most: 20,
			begin: () => ({ to: "" }),
			of: [
				{
					name: "when",
					is: "group",
					optional: true,
					begin: { field: "answer", is: "1" },
					of: [
						{ name: "field", is: "text" },
						{
							name: "answer",
							is: "either",
							ways: [
								way("is", "1", [{ name: "is", is: "text" }]),
								{
									id: "between",
									begin: () => ({ least: 0 }),
									is: (value) => value.is === undefined,
									props: [
										{ name: "least", is: "number", optional: true },
										{ name: "most", is: "number", optional: true },
									],
								},
							],
						},
					],
				},
				{ name: "to", is: "step" },
			],
		},
	],
	wheel: [
		{ name: "spin", is: "words" },
		{
			name: "segments",
			is: "list",
			least: 2,
			most: 12,
			begin: (language) => ({
				label: "–",
				weight: 1,
				text: inWords(language, "Gratulacje!", "Congratulations!"),
			}),
			of: [
				{ name: "label", is: "words", most: 20 },
				{ name: "weight", is: "number", least: 0, most: 10000 },
				{ name: "text", is: "words" },
				code(true),
			],
		},
	],
};

const asked: readonly Prop[] = [
	{ name: "label", is: "words" },
	{ name: "hint", is: "words", optional: true },
	{ name: "required", is: "flag" },
	{ name: "progressive", is: "flag" },
];
const named: Prop = { name: "name", is: "text", most: 40, hint: true };
const answered: readonly Prop[] = [...asked, named, { name: "to", is: "attribute", optional: true }];
const options: Prop = {
	name: "options",
	is: "list",
	least: 1,
	most: 50,
	begin: (language) => ({
		value: `${Date.now() % 100_000}`,
		label: inWords(language, "Odpowiedź", "Answer"),
	}),
	of: [
		{ name: "label", is: "words", most: 200 },
		{ name: "value", is: "text", most: 100 },
	],
};
const number = (name: "least" | "most"): Prop => ({ name, is: "number", optional: true });

export const fieldProps: Readonly<Record<Field["kind"], readonly Prop[]>> = {
	email: asked,
	phone: asked,
	text: [
		...answered,
		{ name: "long", is: "flag" },
		{ name: "most", is: "number", least: 1, most: 2000, optional: true },
	],
	number: [...answered, number("least"), number("most"), { name: "fractions", is: "flag" }],
	date: [
		...answered,
		{ name: "least", is: "day", optional: true },
		{ name: "most", is: "day", optional: true },
	],
	choice: [...answered, options],
	choices: [...answered, options, number("least"), number("most")],
	rating: answered,
	nps: [
		...answered,
		{
			name: "ends",
			is: "group",
			optional: true,
			begin: (newField("nps", "pl", []) as { ends?: object }).ends ?? {},
			of: [
				{ name: "least", is: "words" },
				{ name: "most", is: "words" },
			],
		},
	],
	consent: [
		{ name: "wording", is: "words", long: true },
		{ name: "purpose", is: "text", most: 64 },
		{ name: "version", is: "text", most: 64, hint: true },
		{ name: "channels", is: "several", of: ["email", "sms", "webpush", "phone", "post"] },
		{ name: "doubleOptIn", is: "flag" },
		{ name: "required", is: "flag" },
		{ name: "progressive", is: "flag" },
		named,
	],
	hidden: [
		named,
		{ name: "value", is: "text", most: 500, optional: true },
		{ name: "to", is: "attribute", optional: true },
	],
};

/** The names that ways have between them: those which taking another one leaves out. */
export function without(
	ways: readonly Way[],
	value: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
	const names = new Set(
		ways.flatMap(({ props, begin }) => [...Object.keys(begin("pl")), ...props.map(({ name }) => name)]),
	);
	return Object.fromEntries(Object.entries(value).filter(([name]) => !names.has(name)));
}

const titles = ["text", "label", "submit", "quote", "title", "html", "alt", "spin", "code"] as const;
/** What a block says first, for where it is listed. */
export function titleOf(block: Block): string {
	const inner = block.kind === "form" ? block.submit : undefined;
	const first = titles
		.map((name) => valueAt(block, [name]))
		.find((one) => typeof one === "string" && one !== "");
	return String(inner ?? first ?? "");
}
