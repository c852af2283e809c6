// What an experience asks of the page and the hour, as clauses.

import type { PageBlock } from "../because-decision.ts";
import type { PageCondition, PageLeaf } from "../page.ts";
import { numberClause as englishNumber, textClause as englishText } from "./en-tests.ts";
import type { Format } from "./format.ts";
import type { InEach, Language } from "./language.ts";
import { numberClause as polishNumber, textClause as polishText } from "./pl-tests.ts";

type PriceLeaf = Extract<PageLeaf, { readonly field: "page.product.price" }>;
type TextLeaf = Exclude<PageLeaf, PriceLeaf | { readonly field: "page.hour" | "page.weekday" }>;

interface PageWords {
	readonly text: (leaf: TextLeaf, isSo: boolean, format: Format) => string;
	readonly price: (leaf: PriceLeaf, isSo: boolean, format: Format) => string;
	readonly hour: (from: string, to: string, isSo: boolean) => string;
	readonly weekday: (days: string, isSo: boolean) => string;
	readonly zone: Readonly<Record<"visitor" | "site", string>>;
	/** What is so. */
	readonly actual: (value: string) => string;
	readonly actualPrice: (price: string) => string;
	readonly missing: string;
	readonly past: string;
	readonly and: string;
	readonly or: string;
	readonly not: string;
	readonly always: string;
	readonly never: string;
	readonly locale: string;
}

const words: InEach<PageWords> = {
	pl: {
		text(leaf, isSo, format) {
			const name = polishName(leaf, format);
			return polishText(name, leaf.test, isSo, format);
		},
		price({ test }, isSo, format) {
			const price = { name: "cena produktu na stronie", gender: "feminine", verb: "wynosi" } as const;
			return polishNumber({ ...price, quantity: "money", canBeMissing: true }, test, isSo, format);
		},
		hour: (from, to, isSo) => `godzina ${isSo ? "" : "nie "}jest między ${from} a ${to}`,
		weekday: (days, isSo) => `dzień tygodnia to ${isSo ? "" : "nie "}${days}`,
		zone: { visitor: "czas odwiedzającego", site: "czas serwisu" },
		actual: (value) => `jest ${value}`,
		actualPrice: (price) => `wynosi ${price}`,
		missing: "brak wartości",
		past: "po ",
		and: " i ",
		or: " lub ",
		not: "nieprawda, że",
		always: "pasuje każda strona",
		never: "nie pasuje żadna strona",
		locale: "pl-PL",
	},
	en: {
		text(leaf, isSo, format) {
			return englishText(englishName(leaf, format), leaf.test, isSo, format);
		},
		price({ test }, isSo, format) {
			const price = { name: "the price of the product on the page", quantity: "money" } as const;
			return englishNumber({ ...price, canBeMissing: true }, test, isSo, format);
		},
		hour: (from, to, isSo) => `the time is ${isSo ? "" : "not "}between ${from} and ${to}`,
		weekday: (days, isSo) => `the day of the week is ${isSo ? "" : "not "}${days}`,
		zone: { visitor: "the visitor's time", site: "the site's time" },
		actual: (value) => `it is ${value}`,
		actualPrice: (price) => `it is ${price}`,
		missing: "there is no value",
		past: "past ",
		and: " and ",
		or: " or ",
		not: "it is not true that",
		always: "every page is such",
		never: "no page is such",
		locale: "en-GB",
	},
};

function polishName(leaf: TextLeaf, format: Format) {
	switch (leaf.field) {
		case "page.url":
			return { name: "adres strony", gender: "masculine" } as const;
		case "page.referrer":
			return { name: "strona odsyłająca", gender: "feminine" } as const;
		case "page.path":
			return { name: "ścieżka strony", gender: "feminine" } as const;
		case "page.query":
			return { name: `parametr ${format.quote(leaf.name)}`, gender: "masculine" } as const;
		case "page.title":
			return { name: "tytuł strony", gender: "masculine" } as const;
		case "page.product.id":
			return { name: "identyfikator produktu na stronie", gender: "masculine" } as const;
		case "page.product.name":
			return { name: "nazwa produktu na stronie", gender: "feminine" } as const;
		case "page.product.category":
			return { name: "kategoria produktu na stronie", gender: "feminine" } as const;
		case "page.product.brand":
			return { name: "marka produktu na stronie", gender: "feminine" } as const;
	}
}

function englishName(leaf: TextLeaf, format: Format): string {
	switch (leaf.field) {
		case "page.url":
			return "the address of the page";
		case "page.referrer":
			return "the referrer";
		case "page.path":
			return "the path of the page";
		case "page.query":
			return `the parameter ${format.quote(leaf.name)}`;
		case "page.title":
			return "the title of the page";
		case "page.product.id":
			return "the id of the product on the page";
		case "page.product.name":
			return "the name of the product on the page";
		case "page.product.category":
			return "the category of the product on the page";
		case "page.product.brand":
			return "the brand of the product on the page";
	}
}

/** A tree within a tree stands in brackets. */
export function pageClause(
	condition: PageCondition,
	language: Language,
	format: Format,
	isWithin = false,
): string {
	const { and, or, not, always, never } = words[language];
	if ("not" in condition) return `${not} (${pageClause(condition.not, language, format)})`;
	if (!("all" in condition || "any" in condition)) return leafClause(condition, true, language, format);
	const [members, by] = "all" in condition ? [condition.all, and] : [condition.any, or];
	if (members.length === 0) return by === and ? always : never;
	const isOne = members.length === 1;
	const said = members.map((member) => pageClause(member, language, format, !isOne)).join(by);
	return isWithin && !isOne ? `(${said})` : said;
}

/** What would have to be so, and what is. */
export function blockClause({ leaf, isSo, actual }: PageBlock, language: Language, format: Format): string {
	const { actual: so, actualPrice, missing, past } = words[language];
	const needed = leafClause(leaf, isSo, language, format);
	if (actual === undefined) return `${needed} (${missing})`;
	if (typeof actual === "string") return `${needed} (${so(format.quote(actual))})`;
	if (leaf.field === "page.product.price") return `${needed} (${actualPrice(format.money(actual))})`;
	const is = leaf.field === "page.hour" ? past + clockOf(actual) : dayName(actual, language);
	return `${needed} (${so(is)})`;
}

function leafClause(leaf: PageLeaf, isSo: boolean, language: Language, format: Format): string {
	const { text, price, hour, weekday, zone } = words[language];
	switch (leaf.field) {
		case "page.product.price":
			return price(leaf, isSo, format);
		case "page.hour":
			return `${hour(clockOf(leaf.from), clockOf(leaf.to), isSo)} (${zone[leaf.zone]})`;
		case "page.weekday": {
			const days = leaf.days.map((day) => dayName(day, language));
			return `${weekday(format.or(days), isSo)} (${zone[leaf.zone]})`;
		}
		default:
			return text(leaf, isSo, format);
	}
}

function clockOf(hour: number): string {
	return `${String(hour).padStart(2, "0")}:00`;
}

/** 1 is Monday: so was the fifth of January 1970. */
function dayName(day: number, language: Language): string {
	const format = new Intl.DateTimeFormat(words[language].locale, { weekday: "long", timeZone: "UTC" });
	return format.format(Date.UTC(1970, 0, 4 + day));
}
