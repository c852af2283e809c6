// Why a product is recommended, said to a visitor.

import type { StrategyName, Why } from "../domain/recommend/recipe.ts";
import type { Language } from "../domain/words/language.ts";
import { afterEnglish, afterNumber, noun } from "../domain/words/plural.ts";

/** What a strategy says of a product: with the name of another where that is known, and how many did so. */
interface Said {
	readonly of: string | undefined;
	readonly count: number;
	/** Whether a lower price may be spoken of: only where the lowest of the 30 days before is shown beside it (Omnibus). */
	readonly isReduced: boolean;
}

type Sentences = Readonly<Record<StrategyName, (said: Said) => string>>;

const people = {
	/** Who saw it: przez 1 osobę, 2 osoby, 5 osób. */
	by: noun("osobę", "osoby", "osób", "osoby"),
	are: noun("osoba", "osoby", "osób", "osoby"),
} as const;
const personEn = { one: "person", other: "people" };
/** In how many: w 1 zamówieniu, w 5 zamówieniach. */
const inOrders = noun("zamówieniu", "zamówieniach", "zamówieniach", "zamówienia");
const ordersEn = { one: "order", other: "orders" };

const byPeople = (count: number) => (count > 0 ? ` przez ${count} ${afterNumber(count, people.by)}` : "");
const byPeopleEn = (count: number) => (count > 0 ? ` by ${count} ${afterEnglish(count, personEn)}` : "");
// Names do not inflect: in quotation marks they need not.
const pl = (of: string | undefined) => (of === undefined ? "" : ` „${shortened(of)}”`);
const en = (of: string | undefined) => (of === undefined ? "" : ` “${shortened(of)}”`);

const polish: Sentences = {
	"recently-viewed": () => "ostatnio oglądane",
	"continue-browsing": () => "z Twojej poprzedniej wizyty",
	"left-in-cart": () => "czeka w Twoim koszyku",
	similar: ({ of }) => (of === undefined ? "podobne" : `podobne do${pl(of)}`),
	"viewed-together": ({ of, count }) => `oglądane razem z${pl(of)}${byPeople(count)}`,
	"bought-together": ({ of, count }) => `kupione razem z${pl(of)} w ${count} ${afterNumber(count, inOrders)}`,
	"viewed-then-bought": ({ of, count }) => `kupione po obejrzeniu${pl(of)}${byPeople(count)}`,
	popular: ({ count }) =>
		count > 0 ? `oglądane w ostatnich tygodniach${byPeople(count)}` : "popularne w tej kategorii",
	trending: ({ count }) => `coraz popularniejsze: w tym tygodniu ${count} ${afterNumber(count, people.are)}`,
	new: () => "nowość",
	"on-promotion": ({ isReduced }) => (isReduced ? "w promocji" : "polecane"),
	"price-dropped": ({ isReduced }) => (isReduced ? "teraz taniej" : "polecane"),
	"back-in-stock": () => "znów dostępne",
	replenishment: () => "pora kupić znowu",
	"for-you": ({ of, count }) =>
		of === undefined || count < 2 ? "wybrane dla Ciebie" : `oglądane razem z${pl(of)}${byPeople(count)}`,
	"top-affinity": () => "z tego, co lubisz",
	random: () => "z naszej oferty",
	complementary: ({ of }) => (of === undefined ? "pasuje do Twoich zakupów" : `pasuje do${pl(of)}`),
	"hand-picked": () => "polecamy",
};

const english: Sentences = {
	"recently-viewed": () => "recently viewed",
	"continue-browsing": () => "from your last visit",
	"left-in-cart": () => "waiting in your cart",
	similar: ({ of }) => (of === undefined ? "similar" : `similar to${en(of)}`),
	"viewed-together": ({ of, count }) => `seen with${en(of)}${byPeopleEn(count)}`,
	"bought-together": ({ of, count }) => `bought with${en(of)} in ${count} ${afterEnglish(count, ordersEn)}`,
	"viewed-then-bought": ({ of, count }) => `bought after seeing${en(of)}${byPeopleEn(count)}`,
	popular: ({ count }) => (count > 0 ? `seen lately${byPeopleEn(count)}` : "popular in this category"),
	trending: ({ count }) => `trending: ${count} ${afterEnglish(count, personEn)} this week`,
	new: () => "new",
	"on-promotion": ({ isReduced }) => (isReduced ? "on sale" : "recommended"),
	"price-dropped": ({ isReduced }) => (isReduced ? "now for less" : "recommended"),
	"back-in-stock": () => "back in stock",
	replenishment: () => "time to buy again",
	"for-you": ({ of, count }) =>
		of === undefined || count < 2 ? "picked for you" : `seen with${en(of)}${byPeopleEn(count)}`,
	"top-affinity": () => "from what you like",
	random: () => "from our range",
	complementary: ({ of }) => (of === undefined ? "goes with your order" : `goes with${en(of)}`),
	"hand-picked": () => "our pick",
};

const sentences: Readonly<Record<Language, Sentences>> = { pl: polish, en: english };
const longestName = 40;

/** `of` is the name of the product because of which it is here; `isReduced` where a price is crossed out beside it. */
export function whyInWords(
	{ by, count = 0 }: Why,
	of: string | undefined,
	isReduced: boolean,
	language: Language,
): string {
	return sentences[language][by]({ of, count, isReduced });
}

function shortened(name: string): string {
	if (name.length <= longestName) return name;
	const cut = name.slice(0, longestName).toWellFormed();
	const word = cut.lastIndexOf(" ");
	return `${cut.slice(0, word > longestName / 2 ? word : longestName).trimEnd()}…`;
}
