// Which cell a new visitor gets: one near by, of those that the region has.

import type { EdgeEnv } from "./env.ts";
import type { Place } from "./place.ts";

const regionOfContinent: Readonly<Record<string, string>> = {
	EU: "eu-weur",
	NA: "us-enam",
	SA: "sa-sam",
	AS: "ap-apac",
	OC: "ap-oc",
	AF: "af-afr",
};
const easternEurope = new Set(["PL", "CZ", "SK", "HU", "RO", "BG", "UA", "LT", "LV", "EE", "MD", "BY", "FI"]);
const westernAmerica = new Set(["CA", "WA", "OR", "NV", "AZ", "UT", "ID", "BC"]);
const middleEast = new Set(["AE", "SA", "IL", "TR", "QA", "KW", "BH", "OM", "JO", "LB", "IQ", "IR"]);

/** `random` is 0 to 1, and spreads visitors over the region's cells. */
export function cellForNewcomer(env: EdgeEnv, place: Place, random: number): string {
	return cellIn(env, regionOf(place) ?? env.DEFAULT_REGION, random);
}

/** For somebody of whom no browser tells where they are. */
export function homeCell(env: EdgeEnv, random: number): string {
	return cellIn(env, env.DEFAULT_REGION, random);
}

function cellIn(env: EdgeEnv, wanted: string, random: number): string {
	const cells: Record<string, number> = JSON.parse(env.CELLS);
	const region = Object.hasOwn(cells, wanted) ? wanted : env.DEFAULT_REGION;
	return `${region}-${Math.floor(random * (cells[region] ?? 1))}`;
}

function regionOf({ country = "", continent = "", regionCode = "" }: Place): string | undefined {
	if (easternEurope.has(country)) return "eu-eeur";
	if (middleEast.has(country)) return "me-me";
	if (country === "US" || country === "CA") {
		return westernAmerica.has(regionCode) ? "us-wnam" : "us-enam";
	}
	return regionOfContinent[continent];
}
