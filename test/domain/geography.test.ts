import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completed } from "../../worker/domain/geography/address.ts";
import { cityOf, placeOfCity } from "../../worker/domain/geography/city.ts";
import { kilometres } from "../../worker/domain/geography/distance.ts";
import type { Point } from "../../worker/domain/geography/place.ts";
import { voivodeshipOfPostcode } from "../../worker/domain/geography/postcode.ts";
import { voivodeshipOf } from "../../worker/domain/geography/voivodeship.ts";

const krakow = { country: "PL", region: "małopolskie", city: "Kraków", latitude: 50.06, longitude: 19.94 };
const warsaw = { country: "PL", region: "mazowieckie", city: "Warszawa", latitude: 52.23, longitude: 21.01 };
const austin = { country: "US", region: "Texas", city: "Austin", latitude: 30.27, longitude: -97.74 };

/** Number, letters and the official name of each, with a name in English and in German. */
const voivodeships = [
	["02", "DS", "dolnośląskie", "Lower Silesia", "Niederschlesien"],
	["04", "KP", "kujawsko-pomorskie", "Kuyavian-Pomeranian", "Kujawien-Pommern"],
	["06", "LU", "lubelskie", "Lublin", "Lublin"],
	["08", "LB", "lubuskie", "Lubusz", "Lebus"],
	["10", "LD", "łódzkie", "Lodz", "Łódź"],
	["12", "MA", "małopolskie", "Lesser Poland", "Kleinpolen"],
	["14", "MZ", "mazowieckie", "Mazovia", "Masowien"],
	["16", "OP", "opolskie", "Opole", "Oppeln"],
	["18", "PK", "podkarpackie", "Subcarpathia", "Karpatenvorland"],
	["20", "PD", "podlaskie", "Podlasie", "Podlachien"],
	["22", "PM", "pomorskie", "Pomerania", "Pommern"],
	["24", "SL", "śląskie", "Silesia", "Schlesien"],
	["26", "SK", "świętokrzyskie", "Holy Cross", "Heiligkreuz"],
	["28", "WN", "warmińsko-mazurskie", "Warmia-Masuria", "Ermland-Masuren"],
	["30", "WP", "wielkopolskie", "Greater Poland", "Großpolen"],
	["32", "ZP", "zachodniopomorskie", "West Pomerania", "Westpommern"],
] as const;

describe("a voivodeship", () => {
	it.each(voivodeships)("is known by %s, %s, %s, %s, %s", (number, letters, official, english, german) => {
		for (const text of [
			number,
			`PL-${number}`,
			letters,
			`pl-${letters.toLowerCase()}`,
			official,
			official.toUpperCase(),
			`województwo ${official}`,
			`woj. ${official}`,
			`woj.${official}`,
			english,
			`${english} Voivodeship`,
			german,
			`Woiwodschaft ${german}`,
		])
			expect([text, voivodeshipOf(text)]).toEqual([text, official]);
	});

	it("is not made out of other words", () => {
		for (const text of ["", "PL", "13", "XX", "Texas", "województwo", "toString", "constructor"])
			expect(voivodeshipOf(text)).toBeUndefined();
	});
});

describe("a city", () => {
	it.each([
		["Warsaw", "Warszawa"],
		["warszawa", "Warszawa"],
		["m.st. Warszawa", "Warszawa"],
		["Krakow", "Kraków"],
		["Cracow", "Kraków"],
		["Lodz", "Łódź"],
		["Wroclaw", "Wrocław"],
		["Breslau", "Wrocław"],
		["Danzig", "Gdańsk"],
		["Bielsko Biala", "Bielsko-Biała"],
		["Gorzow Wlkp.", "Gorzów Wielkopolski"],
		[" ŁÓDŹ ", "Łódź"],
	])("is known: %s is %s", (text, city) => {
		expect(cityOf(text)).toBe(city);
		expect(placeOfCity(text)?.city).toBe(city);
	});

	it("lies in a voivodeship, in Poland", () => {
		expect(placeOfCity("Cracow")).toEqual(krakow);
		for (const [, , official] of voivodeships) {
			const capital = placeOfCity(capitals[official]);
			expect(capital).toMatchObject({ country: "PL", region: official });
			expect(capital?.latitude).toSatisfy((north: number) => north > 49 && north < 54.9);
			expect(capital?.longitude).toSatisfy((east: number) => east > 14.1 && east < 24.2);
		}
	});

	it("of elsewhere is not known", () => {
		for (const text of ["", "Austin", "Wieliczka", "__proto__"]) expect(placeOfCity(text)).toBeUndefined();
	});
});

const capitals: Readonly<Record<(typeof voivodeships)[number][2], string>> = {
	dolnośląskie: "Wrocław",
	"kujawsko-pomorskie": "Toruń",
	lubelskie: "Lublin",
	lubuskie: "Zielona Góra",
	łódzkie: "Łódź",
	małopolskie: "Kraków",
	mazowieckie: "Warszawa",
	opolskie: "Opole",
	podkarpackie: "Rzeszów",
	podlaskie: "Białystok",
	pomorskie: "Gdańsk",
	śląskie: "Katowice",
	świętokrzyskie: "Kielce",
	"warmińsko-mazurskie": "Olsztyn",
	wielkopolskie: "Poznań",
	zachodniopomorskie: "Szczecin",
};

describe("a postcode", () => {
	it.each([
		["00-950", "mazowieckie"],
		["30-059", "małopolskie"],
		["08-110", "mazowieckie"],
		["08-500", "lubelskie"],
		["26-300", "łódzkie"],
		["26-600", "mazowieckie"],
		["34-300", "śląskie"],
		["34-500", "małopolskie"],
		["38-300", "małopolskie"],
		["67-200", "dolnośląskie"],
		["76-200", "pomorskie"],
		["77-400", "wielkopolskie"],
		["82-300", "warmińsko-mazurskie"],
		["89-600", "pomorskie"],
		["96-300", "mazowieckie"],
		[" 90-001 ", "łódzkie"],
	])("says where: %s is in %s", (postcode, voivodeship) => {
		expect(voivodeshipOfPostcode(postcode)).toBe(voivodeship);
	});

	it("is only what looks like one of Poland's, and is listed", () => {
		for (const text of ["", "30059", "30-0591", "1-234", "08-900", "79-100", "SW1A 1AA"])
			expect(voivodeshipOfPostcode(text)).toBeUndefined();
	});

	it("agrees with every voivodeship's own name", () => {
		for (let pair = 0; pair < 1_000; pair++) {
			const digits = String(pair).padStart(3, "0");
			const voivodeship = voivodeshipOfPostcode(`${digits.slice(0, 2)}-${digits[2]}00`);
			if (voivodeship !== undefined) expect(voivodeshipOf(voivodeship)).toBe(voivodeship);
		}
	});
});

describe("whatever is asked", () => {
	const texts = fc.oneof(
		fc.string({ unit: "binary" }),
		fc.constantFrom(...voivodeships.flat(), ...Object.values(capitals), "Warsaw", "Cracow", "Kattowitz"),
	);

	it("an answer is an answer to itself", () => {
		fc.assert(
			fc.property(texts, (text) => {
				const [voivodeship, city] = [voivodeshipOf(text), cityOf(text)];
				if (voivodeship !== undefined) expect(voivodeshipOf(voivodeship)).toBe(voivodeship);
				if (city !== undefined) expect(cityOf(city)).toBe(city);
				const place = completed({ region: text, city: text });
				expect(completed(place)).toEqual(place);
			}),
		);
	});
});

describe("a distance", () => {
	const point: fc.Arbitrary<Point> = fc.record({
		latitude: fc.double({ min: -90, max: 90, noNaN: true }),
		longitude: fc.double({ min: -180, max: 180, noNaN: true }),
	});

	it("is the known one", () => {
		expect(kilometres(krakow, warsaw)).toBeCloseTo(253, 0);
		expect(kilometres(warsaw, austin)).toBeGreaterThan(9_000);
		expect(kilometres({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })).toBeCloseTo(20_015, 0);
	});

	it("is none to itself, alike both ways, no longer than half the earth, and never shorter by a detour", () => {
		fc.assert(
			fc.property(point, point, point, (a, b, c) => {
				const direct = kilometres(a, b);
				expect(kilometres(a, a)).toBe(0);
				expect(kilometres(b, a)).toBeCloseTo(direct, 6);
				expect(direct).toBeGreaterThanOrEqual(0);
				expect(direct).toBeLessThanOrEqual(20_016);
				// A metre for what rounding costs near antipodes.
				expect(kilometres(a, c) + kilometres(c, b)).toBeGreaterThanOrEqual(direct - 0.001);
			}),
		);
	});
});

describe("a completed place", () => {
	it.each([
		["a city in English", { country: "PL", city: "Cracow" }, krakow],
		["a city alone", { city: "krakow" }, krakow],
		["a country by its name", { country: "Polska", city: "Warsaw" }, warsaw],
		["coordinates of its own", { ...krakow, latitude: 50.01 }, { ...krakow, latitude: 50.01 }],
		[
			"a region in English",
			{ country: "PL", region: "Lesser Poland" },
			{ country: "PL", region: "małopolskie" },
		],
		["a region alone", { region: "woj. śląskie" }, { country: "PL", region: "śląskie" }],
		[
			"a postcode",
			{ city: "Wieliczka", postcode: "32-020" },
			{ country: "PL", region: "małopolskie", city: "Wieliczka" },
		],
		[
			"a village of a city's name",
			{ city: "Opole", postcode: "21-100" },
			{ country: "PL", region: "lubelskie", city: "Opole" },
		],
		["a city of elsewhere", austin, austin],
		[
			"a city elsewhere of a Polish city's name",
			{ country: "us", city: "Warsaw" },
			{ country: "US", city: "Warsaw" },
		],
		["two letters that are no voivodeship without a country", { region: "MA" }, { region: "MA" }],
		["nothing", {}, {}],
	])("follows from %s", (_name, address, place) => {
		expect(completed(address)).toEqual(place);
	});
});
