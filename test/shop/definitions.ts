// What the demo shop's marketer has set up: seeded through the same API that a marketer's tools use.

import type { Condition, EventMatch } from "../../worker/domain/condition.ts";
import type { Definitions, Experience, SiteSettings } from "../../worker/protocol/site.ts";

const minute = 60_000;
const day = 1_440 * minute;

export const settings: SiteSettings = {
	name: "Zielony Kąt",
	origins: [],
	consent: "not-needed",
	retentionMs: 3 * 3_600_000,
	theme: { accent: "#2f7d4f", radius: 16, font: "page" },
};

/** A page in Polish or under its English prefix. */
function viewed(path: string): EventMatch {
	return { name: "Page Viewed", path: { op: "wildcard", value: `*${path}` } };
}

function times(match: EventMatch, n: number, days: number): Condition {
	return { field: "events", match, count: { op: ">=", n }, withinMs: days * day };
}

const interests = [
	["kosiarka-akumulatorowa", "KOSIARKA_AKUMULATOROWA", "/kosiarki-akumulatorowe"],
	["kosiarka-spalinowa", "KOSIARKA_SPALINOWA", "/kosiarki-spalinowe"],
	["podkaszarka", "PODKASZARKA", "/podkaszarki"],
	["zywoplot", "NOZYCE_DO_ZYWOPLOTU", "/nozyce-do-zywoplotu"],
	["pila", "PILA", "/pily"],
	["sekator", "SEKATOR", "/sekatory"],
	["dmuchawa", "DMUCHAWA", "/dmuchawy"],
	["nawadnianie", "NAWADNIANIE", "/nawadnianie"],
	["akcesoria", "AKCESORIA", "/akcesoria"],
] as const;

const readyToBuy: Experience = {
	id: "ready-to-buy",
	revision: 1,
	name: "Gotowi do zakupu: kod na pierwsze zamówienie",
	priority: 20,
	segment: "ready-to-buy",
	// Whoever reads the price list is not interrupted: the code is there on the next page.
	pages: { only: [], except: [{ op: "wildcard", value: "*/cennik" }] },
	schedule: {},
	attention: { cap: { times: 2, perMs: 30 * day }, afterCloseMs: 30 * day, afterSubmitMs: null },
	trigger: { kind: "at-once" },
	theme: { accent: "#2f7d4f", radius: 16 },
	content: {
		pl: {
			label: "Kod rabatowy na pierwsze zamówienie",
			blocks: [
				{ kind: "heading", text: "Wybierasz sprzęt do ogrodu?" },
				{
					kind: "text",
					text: "Porównujesz ceny, więc ułatwimy wybór: 10% mniej na całe pierwsze zamówienie. Kod działa do końca tygodnia.",
				},
				{ kind: "coupon", code: "WITAJ10", label: "Twój kod rabatowy" },
				{ kind: "button", text: "Zobacz kosiarki akumulatorowe", link: "/kosiarki-akumulatorowe" },
			],
		},
		en: {
			label: "A code for your first order",
			blocks: [
				{ kind: "heading", text: "Choosing garden tools?" },
				{
					kind: "text",
					text: "You are comparing prices, so let us help: 10% off your whole first order. The code works until the end of the week.",
				},
				{ kind: "coupon", code: "WITAJ10", label: "Your discount code" },
				{ kind: "button", text: "See cordless mowers", link: "/en/kosiarki-akumulatorowe" },
			],
		},
	},
};

const blogNewsletter: Experience = {
	id: "blog-newsletter",
	revision: 1,
	name: "Blog: poradnik ogrodnika e-mailem",
	priority: 10,
	segment: "not-yet-known",
	pages: { only: [{ op: "wildcard", value: "*/blog/*" }], except: [] },
	schedule: {},
	attention: { cap: { times: 3, perMs: 7 * day }, afterCloseMs: 30 * day, afterSubmitMs: null },
	trigger: { kind: "scroll", depth: 40 },
	theme: { accent: "#2f7d4f", radius: 16 },
	content: {
		pl: {
			label: "Poradnik ogrodnika",
			blocks: [
				{ kind: "heading", text: "Ogród na każdy miesiąc" },
				{
					kind: "text",
					text: "Raz w miesiącu: co ciąć, co siać i kiedy kosić. Krótko, z obrazkami, bez reklam.",
				},
				{
					kind: "form",
					fields: [
						{ kind: "text", name: "name", label: "Imię", to: "name" },
						{ kind: "email", name: "email", label: "Adres e-mail", required: true },
						{
							kind: "consent",
							name: "agreement",
							purpose: "newsletter",
							wording: "Zgadzam się na otrzymywanie poradnika e-mailem. Mogę zrezygnować w każdej chwili.",
							version: "newsletter-pl-1",
							doubleOptIn: true,
							required: true,
						},
					],
					submit: "Zapisz mnie",
					thanks: [
						{ kind: "heading", text: "Dziękujemy!" },
						{
							kind: "text",
							text: "Sprawdź pocztę i potwierdź adres, a poradnik przyjdzie na początku miesiąca.",
						},
					],
				},
			],
		},
		en: {
			label: "Gardener's guide",
			blocks: [
				{ kind: "heading", text: "Your garden, month by month" },
				{
					kind: "text",
					text: "Once a month: what to prune, what to sow and when to mow. Short, with pictures, no ads.",
				},
				{
					kind: "form",
					fields: [
						{ kind: "text", name: "name", label: "First name", to: "name" },
						{ kind: "email", name: "email", label: "Email address", required: true },
						{
							kind: "consent",
							name: "agreement",
							purpose: "newsletter",
							wording: "I agree to receive the guide by e-mail. I can unsubscribe at any time.",
							version: "newsletter-en-1",
							doubleOptIn: true,
							required: true,
						},
					],
					submit: "Sign me up",
					thanks: [
						{ kind: "heading", text: "Thank you!" },
						{
							kind: "text",
							text: "Check your mail and confirm the address: your first guide arrives at the beginning of the month.",
						},
					],
				},
			],
		},
	},
};

export const definitions: Definitions = {
	tagRules: [
		{ id: "tag-cennik", tag: "CENNIK", when: { event: viewed("/cennik") } },
		{
			id: "tag-chrome",
			tag: "CHROME",
			when: { trait: { field: "browser", test: { op: "is", value: "Chrome" } } },
		},
		{
			id: "tag-blog-form",
			tag: "POPUP_PODSTRONA_BLOG",
			when: {
				event: {
					name: "Form Submitted",
					where: [{ property: "experience", test: { op: "is", value: "blog-newsletter" } }],
				},
			},
		},
		...interests.map(([id, tag, path]) => ({ id: `tag-${id}`, tag, when: { event: viewed(path) } })),
	],
	scoreRules: [
		{ id: "score-cennik", name: "Cennik", points: 10, once: false, when: { event: viewed("/cennik") } },
		{
			id: "score-product",
			name: "Produkt",
			points: 3,
			once: false,
			when: { event: { name: "Page Viewed", path: { op: "wildcard", value: "*/p/*" } } },
		},
		{ id: "score-contact", name: "Kontakt", points: 5, once: true, when: { event: viewed("/kontakt") } },
		{
			id: "score-form",
			name: "Formularz",
			points: 20,
			once: true,
			when: { event: { name: "Form Submitted" } },
		},
		{
			id: "score-search",
			name: "Szukał kosiarki",
			points: 5,
			once: true,
			when: { trait: { field: "last.phrase", test: { op: "contains", value: "kosiarka" } } },
		},
		{
			id: "score-unsubscribe-page",
			name: "Strona rezygnacji",
			points: -15,
			once: true,
			when: { event: viewed("/rezygnacja") },
		},
	],
	segments: [
		{
			id: "ready-to-buy",
			name: "Gotowi do zakupu",
			condition: {
				all: [{ field: "score", test: { op: ">=", n: 30 } }, times(viewed("/cennik"), 3, 7)],
			},
		},
		{
			id: "mower-seekers",
			name: "Szukają kosiarki",
			condition: {
				any: [
					{ field: "last.phrase", test: { op: "contains", value: "kosiarka" } },
					{ field: "tag", tag: "KOSIARKA_AKUMULATOROWA", count: { op: ">=", n: 2 } },
				],
			},
		},
		{
			id: "from-google",
			name: "Z Google",
			condition: { field: "last.source", test: { op: "is", value: "google" } },
		},
		{
			id: "on-a-phone",
			name: "Na telefonie",
			condition: { field: "device", test: { op: "is", value: "phone" } },
		},
		{
			id: "from-krakow",
			name: "Z Krakowa",
			condition: { field: "city", test: { op: "is", value: "Kraków" } },
		},
		{
			id: "returning",
			name: "Powracający",
			condition: { field: "visits", test: { op: ">=", n: 2 } },
		},
		{
			id: "cart-left",
			name: "Porzucony koszyk ponad 300 zł",
			condition: {
				all: [
					{ field: "cartValue", test: { op: ">=", n: 300.01 } },
					{ field: "cart.changed", test: { op: "longer-ago", ms: 30 * minute } },
				],
			},
		},
		{
			id: "not-yet-known",
			name: "Jeszcze nieznani",
			condition: { not: { field: "identity", test: { op: "is", value: "monitored" } } },
		},
	],
	experiences: [readyToBuy, blogNewsletter],
};
