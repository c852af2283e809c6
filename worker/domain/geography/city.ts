// The larger cities of Poland: what they are called, where they lie.

import { nameKey } from "./name.ts";
import type { Place } from "./place.ts";

/** By voivodeship, the largest first: name, then latitude and longitude of the centre in hundredths of a degree. */
const cities: Readonly<Record<string, string>> = {
	dolnośląskie:
		"Wrocław 5110 1703, Wałbrzych 5077 1628, Legnica 5121 1616, Jelenia Góra 5090 1573, Lubin 5140 1620" +
		", Głogów 5166 1608, Świdnica 5084 1649",
	"kujawsko-pomorskie":
		"Bydgoszcz 5312 1801, Toruń 5301 1860, Włocławek 5265 1907, Grudziądz 5348 1875, Inowrocław 5280 1826",
	lubelskie: "Lublin 5125 2257, Chełm 5114 2347, Zamość 5072 2325, Biała Podlaska 5203 2312",
	lubuskie: "Gorzów Wielkopolski 5274 1523, Zielona Góra 5194 1551",
	mazowieckie:
		"Warszawa 5223 2101, Radom 5140 2115, Płock 5255 1971, Siedlce 5217 2229, Pruszków 5217 2081" +
		", Ostrołęka 5309 2158",
	małopolskie:
		"Kraków 5006 1994, Tarnów 5001 2099, Nowy Sącz 4962 2070, Zakopane 4930 1995, Oświęcim 5003 1921",
	opolskie: "Opole 5067 1793, Kędzierzyn-Koźle 5035 1823",
	podkarpackie:
		"Rzeszów 5004 2200, Przemyśl 4978 2277, Stalowa Wola 5058 2205, Mielec 5029 2142" +
		", Tarnobrzeg 5057 2168, Krosno 4969 2177",
	podlaskie: "Białystok 5313 2316, Suwałki 5411 2293, Łomża 5318 2206",
	pomorskie: "Gdańsk 5435 1865, Gdynia 5452 1853, Słupsk 5446 1703, Tczew 5409 1878, Sopot 5444 1856",
	"warmińsko-mazurskie": "Olsztyn 5378 2049, Elbląg 5415 1941, Ełk 5383 2236",
	wielkopolskie:
		"Poznań 5241 1693, Kalisz 5176 1809, Konin 5222 1825, Piła 5315 1674, Ostrów Wielkopolski 5166 1781" +
		", Gniezno 5253 1758, Leszno 5184 1657",
	zachodniopomorskie:
		"Szczecin 5343 1455, Koszalin 5419 1617, Stargard 5334 1505, Świnoujście 5391 1425" +
		", Kołobrzeg 5418 1558",
	łódzkie:
		"Łódź 5177 1947, Piotrków Trybunalski 5141 1970, Pabianice 5166 1935, Tomaszów Mazowiecki 5153 2001" +
		", Bełchatów 5137 1936, Zgierz 5186 1941, Skierniewice 5195 2016",
	śląskie:
		"Katowice 5026 1903, Częstochowa 5080 1912, Sosnowiec 5029 1910, Gliwice 5030 1868, Zabrze 5032 1879" +
		", Bytom 5035 1893, Bielsko-Biała 4982 1905, Ruda Śląska 5026 1886, Rybnik 5010 1854" +
		", Dąbrowa Górnicza 5033 1920, Tychy 5014 1897, Chorzów 5031 1897, Jaworzno 5021 1927" +
		", Jastrzębie-Zdrój 4996 1857, Mysłowice 5021 1917, Siemianowice Śląskie 5033 1903, Żory 5005 1870" +
		", Tarnowskie Góry 5045 1886, Piekary Śląskie 5038 1893, Racibórz 5009 1822, Będzin 5033 1913" +
		", Świętochłowice 5030 1892",
	świętokrzyskie: "Kielce 5087 2063, Ostrowiec Świętokrzyski 5093 2139",
};

/** What is neither the Polish name nor that name without its accents. `request.cf` spells cities in English. */
const exonyms: Readonly<Record<string, string>> = {
	Warszawa: "Warsaw/Warschau/Varsovie/m st Warszawa",
	Kraków: "Cracow/Krakau",
	Łódź: "Lodsch",
	Wrocław: "Breslau",
	Poznań: "Posen",
	Gdańsk: "Danzig",
	Szczecin: "Stettin",
	Bydgoszcz: "Bromberg",
	Katowice: "Kattowitz",
	Częstochowa: "Tschenstochau",
	Toruń: "Thorn",
	Gliwice: "Gleiwitz",
	Olsztyn: "Allenstein",
	Opole: "Oppeln",
	"Zielona Góra": "Grünberg",
	"Gorzów Wielkopolski": "Gorzów Wlkp/Gorzów",
	"Ostrów Wielkopolski": "Ostrów Wlkp",
	"Piotrków Trybunalski": "Piotrków Tryb",
	"Tomaszów Mazowiecki": "Tomaszów Maz",
	Stargard: "Stargard Szczeciński",
};

/** A city with all that is known of it. */
export type City = Required<Place>;

const places: ReadonlyMap<string, City> = new Map(
	Object.entries(cities).flatMap(([region, list]) =>
		list.split(", ").map((line) => {
			const words = line.split(" ");
			const [latitude = 0, longitude = 0] = words.splice(-2).map((hundredths) => Number(hundredths) / 100);
			const city = words.join(" ");
			return [city, { country: "PL", region, city, latitude, longitude }] as const;
		}),
	),
);

const byName: ReadonlyMap<string, string> = new Map([
	...Array.from(places.keys(), (city) => [nameKey(city), city] as const),
	...Object.entries(exonyms).flatMap(([city, names]) =>
		names.split("/").map((name) => [nameKey(name), city] as const),
	),
]);

/** The Polish name of the city that the text names: `Warsaw` → `Warszawa`, `krakow` → `Kraków`. Idempotent. */
export function cityOf(text: string): string | undefined {
	return byName.get(nameKey(text));
}

/** Where that city lies. Of what is not among the larger cities of Poland nothing is known. */
export function placeOfCity(text: string): City | undefined {
	const city = cityOf(text);
	return city === undefined ? undefined : places.get(city);
}
