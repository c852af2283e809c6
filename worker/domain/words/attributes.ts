// What the attributes with a meaning of their own are called. Any other is called by its own name, in quotation marks.

import { fits, isKnownAttribute, type KnownAttribute, knownAttributes } from "../attributes.ts";
import type { ValueTest } from "../condition.ts";
import type { DatedName, Gender, TextWords } from "./fields.ts";

export interface AttributeWords extends TextWords {
	readonly pl: DatedName;
}

const sexes = {
	f: { pl: "kobieta", en: "female" },
	m: { pl: "mężczyzna", en: "male" },
	other: { pl: "inna", en: "other" },
} as const;
const origins = {
	hand: { pl: "ręcznie", en: "by hand" },
	import: { pl: "import", en: "import" },
	form: { pl: "formularz", en: "form" },
	api: { pl: "API", en: "API" },
	"lead-ad": { pl: "Lead Ad", en: "Lead Ad" },
	chat: { pl: "czat", en: "chat" },
} as const;

export const attributeWords: Readonly<Record<KnownAttribute, AttributeWords>> = {
	email: words("adres e-mail", "adresu e-mail", "masculine", "the e-mail address"),
	name: words("imię i nazwisko", "imienia i nazwiska", "neuter", "the name"),
	firstName: words("imię", "imienia", "neuter", "the first name"),
	lastName: words("nazwisko", "nazwiska", "neuter", "the last name"),
	phone: words("numer telefonu", "numeru telefonu", "masculine", "the phone number"),
	company: words("firma", "firmy", "feminine", "the company"),
	position: words("stanowisko", "stanowiska", "neuter", "the position"),
	industry: words("branża", "branży", "feminine", "the industry"),
	sex: { ...words("płeć", "płci", "feminine", "the sex"), values: sexes },
	birthday: words("data urodzenia", "daty urodzenia", "feminine", "the date of birth"),
	education: words("wykształcenie", "wykształcenia", "neuter", "the education"),
	socialStatus: words("status społeczny", "statusu społecznego", "masculine", "the social status"),
	country: {
		...words("deklarowany kraj", "deklarowanego kraju", "masculine", "the declared country"),
		codes: "region",
	},
	region: words("deklarowane województwo", "deklarowanego województwa", "neuter", "the declared voivodeship"),
	city: words("deklarowane miasto", "deklarowanego miasta", "neuter", "the declared city"),
	postcode: words(
		"deklarowany kod pocztowy",
		"deklarowanego kodu pocztowego",
		"masculine",
		"the declared postcode",
	),
	latitude: words(
		"deklarowana szerokość geograficzna",
		"deklarowanej szerokości geograficznej",
		"feminine",
		"the declared latitude",
	),
	longitude: words(
		"deklarowana długość geograficzna",
		"deklarowanej długości geograficznej",
		"feminine",
		"the declared longitude",
	),
	"delivery.country": {
		...words("kraj dostawy", "kraju dostawy", "masculine", "the country of delivery"),
		codes: "region",
	},
	"delivery.region": words(
		"województwo dostawy",
		"województwa dostawy",
		"neuter",
		"the voivodeship of delivery",
	),
	"delivery.city": words("miasto dostawy", "miasta dostawy", "neuter", "the city of delivery"),
	"delivery.postcode": words(
		"kod pocztowy dostawy",
		"kodu pocztowego dostawy",
		"masculine",
		"the postcode of delivery",
	),
	"delivery.latitude": words(
		"szerokość geograficzna dostawy",
		"szerokości geograficznej dostawy",
		"feminine",
		"the latitude of delivery",
	),
	"delivery.longitude": words(
		"długość geograficzna dostawy",
		"długości geograficznej dostawy",
		"feminine",
		"the longitude of delivery",
	),
	language: {
		...words("deklarowany język", "deklarowanego języka", "masculine", "the declared language"),
		codes: "language",
	},
	categories: words("lista kategorii", "listy kategorii", "feminine", "the list of categories"),
	created: words(
		"data utworzenia karty",
		"daty utworzenia karty",
		"feminine",
		"the creation date of the card",
	),
	origin: {
		...words("pochodzenie karty", "pochodzenia karty", "neuter", "the origin of the card"),
		values: origins,
	},
	owner: words("opiekun", "opiekuna", "masculine", "the owner"),
	funnelStage: words("etap lejka", "etapu lejka", "masculine", "the funnel stage"),
};

function words(name: string, genitive: string, gender: Gender, en: string): AttributeWords {
	return { pl: { name, genitive, gender }, en };
}

/** None of an attribute that is the site's own, and none where it is asked what it cannot be: then its name is quoted too. */
export function wordsOfAttribute(name: string, test: ValueTest): AttributeWords | undefined {
	return isKnownAttribute(name) && fits(knownAttributes[name], test) ? attributeWords[name] : undefined;
}
