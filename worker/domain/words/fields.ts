// What each field is called. A new field does not compile before it has words in every language.

import type { DateField, NumberField, TextField, TouchPart } from "../fields.ts";
import type { Identity } from "../subject.ts";
import type { InEach, Quantity } from "./language.ts";

export type Gender = "masculine" | "feminine" | "neuter";

/** A Polish name of one thing. */
export interface Name {
	readonly name: string;
	readonly gender: Gender;
}
/** With the genitive, as after “rocznica”. */
export interface DatedName extends Name {
	readonly genitive: string;
}

export interface TextWords {
	readonly pl: Name;
	readonly en: string;
	/** Values that have words of their own, by the exact value. */
	readonly values?: Readonly<Record<string, InEach<string>>>;
	/** Codes that the language itself has names for. */
	readonly codes?: "region" | "language";
}
export interface NumberWords {
	/** `to`: a version is, where an amount comes to. */
	readonly pl: Name & { readonly verb: "wynosi" | "to" };
	readonly en: string;
	readonly quantity: Quantity;
	/** Whether it may be missing, so that what is not less need not be more. */
	readonly canBeMissing: boolean;
}
export interface DateWords {
	readonly pl: DatedName;
	readonly en: string;
}

const identities = {
	anonymous: { pl: "anonimowy", en: "Anonymous" },
	identified: { pl: "zidentyfikowany", en: "Known, not tracked" },
	monitored: { pl: "monitorowany", en: "Tracked" },
} as const satisfies Readonly<Record<Identity, InEach<string>>>;

const devices = {
	desktop: { pl: "komputer", en: "computer" },
	phone: { pl: "telefon", en: "phone" },
	tablet: { pl: "tablet", en: "tablet" },
	tv: { pl: "telewizor", en: "television" },
} as const;

const touchParts: Readonly<Record<TouchPart, TextWords>> = {
	source: text("źródło", "neuter", "the source"),
	medium: text("medium", "neuter", "the medium"),
	campaign: text("kampania", "feminine", "the campaign"),
	content: text("treść reklamy", "feminine", "the ad content"),
	phrase: text("wyszukiwana fraza", "feminine", "the search phrase"),
	referrer: text("strona odsyłająca", "feminine", "the referrer"),
	landing: text("strona docelowa", "feminine", "the landing page"),
	click: text("identyfikator kliknięcia", "masculine", "the click id"),
	channel: text("kanał", "masculine", "the channel"),
};

export const textWords: Readonly<Record<TextField, TextWords>> = {
	identity: { ...text("status", "masculine", "the identity"), values: identities },
	device: { ...text("urządzenie", "neuter", "the device"), values: devices },
	browser: text("przeglądarka", "feminine", "the browser"),
	system: text("system operacyjny", "masculine", "the operating system"),
	systemVersion: text("wersja systemu", "feminine", "the system version"),
	language: { ...text("język", "masculine", "the language"), codes: "language" },
	timeZone: text("strefa czasowa", "feminine", "the time zone"),
	country: { ...text("kraj połączenia", "masculine", "the country of the connection"), codes: "region" },
	region: text("region połączenia", "masculine", "the region of the connection"),
	city: text("miasto połączenia", "neuter", "the city of the connection"),
	"whereabouts.country": {
		...text("kraj pobytu", "masculine", "the country of the person"),
		codes: "region",
	},
	"whereabouts.region": text("region pobytu", "masculine", "the region of the person"),
	"whereabouts.city": text("miasto pobytu", "neuter", "the city of the person"),
	"first.source": first("source"),
	"first.medium": first("medium"),
	"first.campaign": first("campaign"),
	"first.content": first("content"),
	"first.phrase": first("phrase"),
	"first.referrer": first("referrer"),
	"first.landing": first("landing"),
	"first.click": first("click"),
	"first.channel": first("channel"),
	"last.source": last("source"),
	"last.medium": last("medium"),
	"last.campaign": last("campaign"),
	"last.content": last("content"),
	"last.phrase": last("phrase"),
	"last.referrer": last("referrer"),
	"last.landing": last("landing"),
	"last.click": last("click"),
	"last.channel": last("channel"),
	emailDomain: text("domena adresu e-mail", "feminine", "the domain of the e-mail address"),
};

export const numberWords: Readonly<Record<NumberField, NumberWords>> = {
	score: {
		pl: { name: "scoring", gender: "masculine", verb: "wynosi" },
		en: "the score",
		quantity: "points",
		canBeMissing: false,
	},
	visits: {
		pl: { name: "liczba wizyt", gender: "feminine", verb: "wynosi" },
		en: "the number of visits",
		quantity: "plain",
		canBeMissing: false,
	},
	visitPages: {
		pl: { name: "liczba stron w ostatniej wizycie", gender: "feminine", verb: "wynosi" },
		en: "the number of pages in the latest visit",
		quantity: "plain",
		canBeMissing: false,
	},
	browserVersion: {
		pl: { name: "wersja przeglądarki", gender: "feminine", verb: "to" },
		en: "the browser version",
		quantity: "plain",
		canBeMissing: true,
	},
	cartValue: {
		pl: { name: "wartość koszyka", gender: "feminine", verb: "wynosi" },
		en: "the value of the cart",
		quantity: "money",
		canBeMissing: false,
	},
	cartItems: {
		pl: { name: "liczba sztuk w koszyku", gender: "feminine", verb: "wynosi" },
		en: "the number of items in the cart",
		quantity: "plain",
		canBeMissing: false,
	},
};

export const dateWords: Readonly<Record<DateField, DateWords>> = {
	"seen.first": {
		pl: { name: "pierwszy kontakt", genitive: "pierwszego kontaktu", gender: "masculine" },
		en: "the first contact",
	},
	"seen.last": {
		pl: { name: "ostatnia aktywność", genitive: "ostatniej aktywności", gender: "feminine" },
		en: "the last activity",
	},
	"order.first": {
		pl: { name: "pierwsze zamówienie", genitive: "pierwszego zamówienia", gender: "neuter" },
		en: "the first order",
	},
	"order.last": {
		pl: { name: "ostatnie zamówienie", genitive: "ostatniego zamówienia", gender: "neuter" },
		en: "the last order",
	},
	"cart.changed": {
		pl: { name: "ostatnia zmiana koszyka", genitive: "ostatniej zmiany koszyka", gender: "feminine" },
		en: "the last change of the cart",
	},
};

function text(name: string, gender: Gender, en: string): TextWords {
	return { pl: { name, gender }, en };
}

function first(part: TouchPart): TextWords {
	return ofTouch(touchParts[part], "pierwszego wejścia", "the first touch");
}

function last(part: TouchPart): TextWords {
	return ofTouch(touchParts[part], "ostatniego wejścia", "the last touch");
}

function ofTouch({ pl, en }: TextWords, which: string, whichEn: string): TextWords {
	return { pl: { ...pl, name: `${pl.name} ${which}` }, en: `${en} of ${whichEn}` };
}
