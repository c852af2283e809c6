// What a condition of each kind is put together from, for a builder to ask one part after the other. A new kind, and a new
// member of one, does not compile until it is here.

import type { Leaf } from "../condition.ts";
import { channels, consentStates } from "../consent.ts";
import type { DateField, NumberField, TextField } from "../fields.ts";
import { limits } from "../limits.ts";
import type { PageLeaf } from "../page.ts";
import { channelWords } from "./consents.ts";
import type { InEach, Quantity } from "./language.ts";
import type { TestKind } from "./operators.ts";

export interface Choice {
	readonly value: string | number;
	readonly words: InEach<string>;
}

/**
 * What a builder shows for it: `test` an operator and what it takes, `match` an event by name, page, properties and time,
 * `span` a duration in ms, `days` a number of days; `segment`, `list`, `programme` and `tier` something that the site
 * defines, the tier one of the programme beside it; `tag`, `category`, `purpose`, `event-property` and `attribute` a name
 * of the site's own; `by` what is counted: nothing for events, "visit", or the values of a property.
 */
export type Asked =
	| {
			readonly is: "test";
			readonly of: TestKind;
			readonly quantity?: Quantity;
			/** Texts that have words of their own, by their values, or that the language has names for. */
			readonly values?: readonly Choice[];
			readonly codes?: "region" | "language";
	  }
	| { readonly is: "choice"; readonly values: readonly Choice[] }
	| { readonly is: "choices"; readonly values: readonly Choice[] }
	| { readonly is: "number"; readonly least: number; readonly most: number }
	| { readonly is: "span" | "days"; readonly most: number }
	| {
			readonly is:
				| "match"
				| "by"
				| "segment"
				| "list"
				| "programme"
				| "tier"
				| "tag"
				| "interest"
				| "purpose"
				| "event-property"
				| "attribute"
				| "query-parameter";
	  };
export type Part = Asked & { readonly words: InEach<string>; readonly mayBeMissing?: true };

/** A part for each member but the field itself; what may be missing says so. */
type PartsOf<L> = {
	readonly [M in Exclude<keyof L, "field">]-?: object extends Pick<L, M>
		? Part & { readonly mayBeMissing: true }
		: Part & { readonly mayBeMissing?: never };
};
type Plain = TextField | NumberField | DateField;
type Whole = Exclude<Leaf["field"], Plain>;
type LeafOf<F> = Extract<Leaf, { readonly field: F }>;

/** In the order in which they are asked. */
export interface Composite<Parts> {
	readonly group: Group;
	readonly words: InEach<string>;
	readonly parts: Parts;
}

/** Under which heading a builder offers it. */
export type Group =
	| "behaviour"
	| "orders"
	| "marks"
	| "person"
	| "source"
	| "browser"
	| "place"
	| "memberships";
export const groups: Readonly<Record<Group, InEach<string>>> = {
	behaviour: { pl: "Zachowanie", en: "Behaviour" },
	orders: { pl: "Zamówienia i koszyk", en: "Orders and cart" },
	marks: { pl: "Tagi, punkty i zainteresowania", en: "Tags, points and interests" },
	memberships: { pl: "Segmenty, listy, programy i zgody", en: "Segments, lists, programmes and consents" },
	person: { pl: "Dane osoby", en: "About the person" },
	source: { pl: "Źródło wizyty", en: "Source of the visit" },
	browser: { pl: "Urządzenie i przeglądarka", en: "Device and browser" },
	place: { pl: "Miejsce", en: "Place" },
};

const said = (pl: string, en: string): InEach<string> => ({ pl, en });
const choice = (value: string | number, pl: string, en: string): Choice => ({ value, words: { pl, en } });
const firstOrLast = {
	is: "choice",
	values: [choice("first", "pierwszy raz", "the first time"), choice("last", "ostatni raz", "the last time")],
	words: said("który raz", "which time"),
} as const;
const howMany = { is: "test", of: "count", words: said("ile razy", "how many times") } as const;
const lastDays = {
	is: "days",
	most: limits.windowDays,
	words: said("w ciągu ostatnich dni", "in the last days"),
	mayBeMissing: true,
} as const;
const within = {
	is: "span",
	most: limits.windowMs,
	words: said("w ciągu ostatnich", "in the last"),
	mayBeMissing: true,
} as const;
const match = { is: "match", words: said("zdarzenie", "event") } as const;
const when = { is: "test", of: "date", words: said("kiedy", "when") } as const;
const programme = { is: "programme", words: said("program", "programme") } as const;

export const composites: { readonly [F in Whole]: Composite<PartsOf<LeafOf<F>>> } = {
	events: {
		group: "behaviour",
		words: said("zdarzenia", "events"),
		parts: {
			match,
			count: howMany,
			by: { is: "by", words: said("liczone jako", "counted as"), mayBeMissing: true },
			withinMs: within,
		},
	},
	moment: {
		group: "behaviour",
		words: said("pierwsze lub ostatnie zdarzenie", "first or last event"),
		parts: { which: firstOrLast, match, test: when },
	},
	sequence: {
		group: "behaviour",
		words: said("zdarzenie po zdarzeniu", "event after event"),
		parts: {
			first: { is: "match", words: said("najpierw", "first") },
			second: { is: "match", words: said("potem", "then") },
			thenWithinMs: {
				is: "span",
				most: limits.windowMs,
				words: said("najpóźniej po", "at most later by"),
			},
			withinMs: within,
		},
	},
	sum: {
		group: "behaviour",
		words: said("suma ze zdarzeń", "sum over events"),
		parts: {
			match,
			property: { is: "event-property", words: said("właściwość", "property") },
			test: { is: "test", of: "number", words: said("suma", "sum") },
			days: lastDays,
		},
	},
	orders: {
		group: "orders",
		words: said("zamówienia", "orders"),
		parts: {
			of: {
				is: "choice",
				values: [
					choice("count", "liczba", "number"),
					choice("revenue", "wartość", "value"),
					choice("average", "średnia wartość", "average value"),
				],
				words: said("co", "what"),
			},
			test: { is: "test", of: "number", words: said("ile", "how much") },
			days: lastDays,
		},
	},
	cartProducts: {
		group: "orders",
		words: said("produkty w koszyku", "products in the cart"),
		parts: { test: { is: "test", of: "list", words: said("produkty", "products") } },
	},
	tag: {
		group: "marks",
		words: said("tag", "tag"),
		parts: { tag: { is: "tag", words: said("tag", "tag") }, count: howMany },
	},
	tagged: {
		group: "marks",
		words: said("data nadania tagu", "when tagged"),
		parts: { tag: { is: "tag", words: said("tag", "tag") }, which: firstOrLast, test: when },
	},
	points: {
		group: "marks",
		words: said("punkty programu", "points of a programme"),
		parts: {
			programme,
			of: {
				is: "choice",
				values: [choice("balance", "saldo", "balance"), choice("earned", "zdobyte w sumie", "ever earned")],
				words: said("które", "which"),
			},
			test: { is: "test", of: "number", quantity: "points", words: said("ile", "how many") },
		},
	},
	interest: {
		group: "marks",
		words: said("zainteresowanie", "interest"),
		parts: {
			in: {
				is: "choice",
				values: [choice("category", "kategoria", "category"), choice("brand", "marka", "brand")],
				words: said("w czym", "in what"),
			},
			value: { is: "interest", words: said("nazwa", "name") },
			of: {
				is: "choice",
				values: [
					choice("strength", "siła", "strength"),
					choice("share", "udział w procentach", "share in percent"),
					choice("rank", "miejsce na liście", "place in the ranking"),
				],
				words: said("miara", "measure"),
			},
			test: { is: "test", of: "number", words: said("ile", "how much") },
		},
	},
	segment: {
		group: "memberships",
		words: said("segment", "segment"),
		parts: { segment: { is: "segment", words: said("segment", "segment") } },
	},
	list: {
		group: "memberships",
		words: said("lista", "list"),
		parts: {
			list: { is: "list", words: said("lista", "list") },
			test: { is: "test", of: "date", words: said("od kiedy", "since when"), mayBeMissing: true },
		},
	},
	member: {
		group: "memberships",
		words: said("uczestnik programu", "member of a programme"),
		parts: { programme },
	},
	tier: {
		group: "memberships",
		words: said("poziom w programie", "tier in a programme"),
		parts: {
			programme,
			op: {
				is: "choice",
				values: [choice("is", "to", "is"), choice("at-least", "co najmniej", "at least")],
				words: said("poziom", "tier"),
			},
			tier: { is: "tier", words: said("nazwa poziomu", "name of the tier") },
		},
	},
	consent: {
		group: "memberships",
		words: said("zgoda", "consent"),
		parts: {
			channel: {
				is: "choice",
				values: channels.map((value) => ({ value, words: channelWords[value] })),
				words: said("kanał", "channel"),
			},
			purpose: { is: "purpose", words: said("cel", "purpose") },
			state: {
				is: "choice",
				values: consentStates.map((value) => ({ value, words: stateWords(value) })),
				words: said("stan", "state"),
			},
		},
	},
	attribute: {
		group: "person",
		words: said("atrybut", "attribute"),
		parts: {
			name: { is: "attribute", words: said("atrybut", "attribute") },
			test: { is: "test", of: "value", words: said("wartość", "value") },
		},
	},
	age: {
		group: "person",
		words: said("wiek", "age"),
		parts: {
			test: { is: "test", of: "number", quantity: "years", words: said("ile lat", "how many years") },
		},
	},
	near: {
		group: "place",
		words: said("w pobliżu miejsca", "near a place"),
		parts: {
			latitude: {
				is: "number",
				least: -90,
				most: 90,
				words: said("szerokość geograficzna", "latitude"),
			},
			longitude: {
				is: "number",
				least: -180,
				most: 180,
				words: said("długość geograficzna", "longitude"),
			},
			km: { is: "number", least: 0, most: limits.km, words: said("w promieniu (km)", "within (km)") },
		},
	},
};

function stateWords(state: (typeof consentStates)[number]): InEach<string> {
	return {
		given: said("udzielona", "given"),
		pending: said("czeka na potwierdzenie", "waits for confirmation"),
		withdrawn: said("wycofana", "withdrawn"),
	}[state];
}

type PageField = PageLeaf["field"];
type PageLeafOf<F> = PageLeaf extends infer L
	? L extends { readonly field: infer G }
		? F extends G
			? L
			: never
		: never
	: never;

const zone = {
	is: "choice",
	values: [
		choice("visitor", "czas odwiedzającego", "the visitor's time"),
		choice("site", "czas serwisu", "the site's time"),
	],
	words: said("czyj czas", "whose time"),
} as const;
const hour = (pl: string, en: string) => ({ is: "number", least: 0, most: 24, words: said(pl, en) }) as const;
const textTest = { is: "test", of: "text", words: said("wartość", "value") } as const;
const days = [
	choice(1, "poniedziałek", "Monday"),
	choice(2, "wtorek", "Tuesday"),
	choice(3, "środa", "Wednesday"),
	choice(4, "czwartek", "Thursday"),
	choice(5, "piątek", "Friday"),
	choice(6, "sobota", "Saturday"),
	choice(7, "niedziela", "Sunday"),
];

/** What an experience may ask of the page and the hour. */
export const pageParts: {
	readonly [F in PageField]: { readonly words: InEach<string>; readonly parts: PartsOf<PageLeafOf<F>> };
} = {
	"page.path": {
		words: said("ścieżka strony", "path of the page"),
		parts: { test: { is: "test", of: "path", words: said("ścieżka", "path") } },
	},
	"page.url": { words: said("adres strony", "address of the page"), parts: { test: textTest } },
	"page.query": {
		words: said("parametr adresu", "parameter of the address"),
		parts: { name: { is: "query-parameter", words: said("nazwa", "name") }, test: textTest },
	},
	"page.title": { words: said("tytuł strony", "title of the page"), parts: { test: textTest } },
	"page.referrer": { words: said("strona odsyłająca", "referrer"), parts: { test: textTest } },
	"page.product.id": { words: said("identyfikator produktu", "product id"), parts: { test: textTest } },
	"page.product.name": { words: said("nazwa produktu", "product name"), parts: { test: textTest } },
	"page.product.category": {
		words: said("kategoria produktu", "product category"),
		parts: { test: textTest },
	},
	"page.product.brand": { words: said("marka produktu", "product brand"), parts: { test: textTest } },
	"page.product.price": {
		words: said("cena produktu", "product price"),
		parts: { test: { is: "test", of: "number", quantity: "money", words: said("cena", "price") } },
	},
	"page.hour": {
		words: said("godzina", "hour of the day"),
		parts: { from: hour("od", "from"), to: hour("do", "to"), zone },
	},
	"page.weekday": {
		words: said("dzień tygodnia", "day of the week"),
		parts: { days: { is: "choices", values: days, words: said("dni", "days") }, zone },
	},
};
