// Whom the seed makes up: names, places, companies, browsers, and where their visits come from.

import type { Environment } from "../../worker/domain/facts.ts";

export const women = [
	"Anna",
	"Maria",
	"Katarzyna",
	"Małgorzata",
	"Agnieszka",
	"Barbara",
	"Ewa",
	"Krystyna",
	"Magdalena",
	"Elżbieta",
	"Joanna",
	"Zofia",
	"Monika",
	"Łucja",
	"Świetlana",
	"Bożena",
] as const;
export const men = [
	"Piotr",
	"Krzysztof",
	"Andrzej",
	"Tomasz",
	"Jan",
	"Paweł",
	"Michał",
	"Marcin",
	"Stanisław",
	"Jakub",
	"Łukasz",
	"Grzegorz",
	"Wojciech",
	"Mateusz",
	"Sławomir",
	"Żelisław",
] as const;
/** The same for both, so that nobody has to be inflected. */
export const surnames = [
	"Nowak",
	"Wójcik",
	"Kowalczyk",
	"Woźniak",
	"Mazur",
	"Krawczyk",
	"Kaczmarek",
	"Zając",
	"Król",
	"Wieczorek",
	"Wróbel",
	"Stępień",
	"Adamczyk",
	"Dudek",
	"Pawlak",
	"Walczak",
	"Sikora",
	"Baran",
	"Szewczyk",
	"Pietrzak",
	"Bąk",
	"Duda",
	"Włodarczyk",
	"Borek",
	"Gołąb",
	"Ćwik",
	"Śliwa",
	"Żak",
] as const;

export const cities = [
	[18, "Warszawa"],
	[10, "Kraków"],
	[8, "Łódź"],
	[8, "Wrocław"],
	[7, "Poznań"],
	[6, "Gdańsk"],
	[5, "Szczecin"],
	[4, "Bydgoszcz"],
	[4, "Lublin"],
	[4, "Białystok"],
	[4, "Katowice"],
	[3, "Gdynia"],
	[3, "Częstochowa"],
	[3, "Radom"],
	[3, "Toruń"],
	[3, "Rzeszów"],
	[2, "Kielce"],
	[2, "Olsztyn"],
	[2, "Opole"],
	[2, "Zielona Góra"],
	[2, "Tarnów"],
	[1, "Oświęcim"],
	[1, "Nowy Sącz"],
	[1, "Bielsko-Biała"],
	[1, "Koszalin"],
	[1, "Zamość"],
] as const;

/** None of private people; every fifth company is of the motor trade. */
export const trades = [
	[20, "motoryzacja"],
	[25, "ogrodnictwo"],
	[20, "budownictwo"],
	[15, "usługi komunalne"],
	[20, "handel"],
] as const;
export const companies: Readonly<Record<(typeof trades)[number][1], readonly string[]>> = {
	motoryzacja: ["Auto Serwis", "Moto Części", "Autokomis", "Salon Samochodowy", "Wulkanizacja", "Lakiernia"],
	ogrodnictwo: ["Zielone Ogrody", "Szkółka Drzew", "Ogród i Taras", "Trawnik Plus"],
	budownictwo: ["Bud-Dom", "Dachy i Ściany", "Kostka Brukowa"],
	"usługi komunalne": ["Zakład Zieleni", "Spółdzielnia Mieszkaniowa", "Czyste Miasto"],
	handel: ["Market Rolny", "Hurtownia Nasion", "Skład Narzędzi"],
};

const pl = { language: "pl", timeZone: "Europe/Warsaw" } as const;
export const browsers: readonly (readonly [number, Environment])[] = [
	[30, { ...pl, device: "phone", system: "Android", browser: "Chrome", version: 150 }],
	[14, { ...pl, device: "phone", system: "iOS", browser: "Safari", version: 26 }],
	[5, { ...pl, device: "phone", system: "Android", browser: "Samsung Internet", version: 29 }],
	[26, { ...pl, device: "desktop", system: "Windows", systemVersion: "11", browser: "Chrome", version: 150 }],
	[8, { ...pl, device: "desktop", system: "Windows", systemVersion: "11", browser: "Edge", version: 150 }],
	[7, { ...pl, device: "desktop", system: "Windows", systemVersion: "10", browser: "Firefox", version: 148 }],
	[5, { ...pl, device: "desktop", system: "macOS", browser: "Safari", version: 26 }],
	[3, { ...pl, device: "tablet", system: "iOS", browser: "Safari", version: 26 }],
	[2, { ...pl, device: "desktop", system: "Linux", browser: "Firefox", version: 148 }],
];

export const phrases = [
	"kosiarka akumulatorowa",
	"kosiarka akumulatorowa 36v",
	"jaka kosiarka do małego ogrodu",
	"kosiarka spalinowa z napędem",
	"kosiarka robot",
	"sekator",
	"sekator kowadełkowy",
	"nożyce do żywopłotu akumulatorowe",
	"podkaszarka żyłkowa",
	"piła łańcuchowa do gałęzi",
	"dmuchawa do liści",
	"nawadnianie ogrodu sterownik",
	"wąż ogrodowy",
	"zielony kąt sklep",
] as const;

/** How a visit arrives: what stands behind the address of its first page, and the page before. */
export interface Arrival {
	readonly query: string;
	readonly referrer: string;
}

const google = "https://www.google.com/";
const facebook = "https://l.facebook.com/";

/** `phrase` is encoded already. */
export function arrivalsOf(phrase: string, month: string): readonly (readonly [number, Arrival])[] {
	const words = `utm_source=google&utm_medium=cpc&utm_campaign=ogrod&utm_term=${phrase}`;
	return [
		[24, { query: `?${words}&gclid=Cj0KCQ${month}`, referrer: google }],
		[22, { query: "", referrer: google }],
		[10, { query: "?utm_source=facebook&utm_medium=cpc&utm_campaign=jesien", referrer: facebook }],
		[5, { query: "", referrer: facebook }],
		[11, { query: `?utm_source=newsletter&utm_medium=email&utm_campaign=poradnik-${month}`, referrer: "" }],
		[6, { query: "?utm_source=chatgpt.com", referrer: "https://chatgpt.com/" }],
		[3, { query: "", referrer: `https://www.bing.com/search?q=${phrase}` }],
		[19, { query: "", referrer: "" }],
	];
}
