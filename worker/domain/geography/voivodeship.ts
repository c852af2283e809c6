// The sixteen voivodeships of Poland, by whatever they are called: number, letters, Polish, English or German.

import { nameKey } from "./name.ts";

/**
 * TERYT number, which ISO 3166-2:PL uses since 2018, and the letters it used until then, for geolocation databases
 * lag behind; the official name; then names in English, as MaxMind and Wikipedia spell them, and in German.
 */
const table: readonly string[] = [
	"02 DS dolnośląskie/Lower Silesia/Lower Silesian/Niederschlesien",
	"04 KP kujawsko-pomorskie/Kuyavia-Pomerania/Kuyavian-Pomeranian/Kuyavia/Kujawien-Pommern",
	"06 LU lubelskie/Lublin",
	"08 LB lubuskie/Lubusz/Lebus",
	"10 LD łódzkie/Łódź/Lodsch",
	"12 MA małopolskie/Lesser Poland/Małopolska/Kleinpolen",
	"14 MZ mazowieckie/Mazovia/Masovia/Masovian/Mazowsze/Masowien",
	"16 OP opolskie/Opole/Oppeln",
	"18 PK podkarpackie/Subcarpathia/Subcarpathian/Podkarpacie/Karpatenvorland/Vorkarpaten",
	"20 PD podlaskie/Podlachia/Podlasie/Podlachien",
	"22 PM pomorskie/Pomerania/Pomeranian/Pomorze/Pommern",
	"24 SL śląskie/Silesia/Silesian/Śląsk/Schlesien",
	"26 SK świętokrzyskie/Holy Cross/Heiligkreuz",
	"28 WN warmińsko-mazurskie/Warmia-Masuria/Warmian-Masurian/Ermland-Masuren",
	"30 WP wielkopolskie/Greater Poland/Wielkopolska/Großpolen",
	"32 ZP zachodniopomorskie/West Pomerania/West Pomeranian/Westpommern",
];

const byName: ReadonlyMap<string, string> = new Map(
	table.flatMap((line) => {
		const [names = "", ...others] = line.split("/");
		const [number = "", letters = "", official = ""] = names.split(" ");
		return [number, letters, official, ...others].map((name) => [nameKey(name), official] as const);
	}),
);

/**
 * The official Polish name (`małopolskie`) of the voivodeship that the text names: `PL-12`, `MA`, `woj. małopolskie`,
 * `Lesser Poland`, `Kleinpolen`. Idempotent on its own answers.
 */
export function voivodeshipOf(text: string): string | undefined {
	const bare = nameKey(text)
		.replace(/^(pl|woj|wojewodztwo|woiwodschaft) /, "")
		.replace(/ (wojewodztwo|voivodeship|province)$/, "");
	return byName.get(bare);
}
