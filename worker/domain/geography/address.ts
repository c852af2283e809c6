// A place as people and platforms write it, by its official names.

import { placeOfCity } from "./city.ts";
import { nameKey } from "./name.ts";
import type { Place } from "./place.ts";
import { voivodeshipOfPostcode } from "./postcode.ts";
import { voivodeshipOf } from "./voivodeship.ts";

/** A place as somebody wrote it: any spelling, and perhaps a postcode. */
export interface Address extends Place {
	readonly postcode?: string;
}

/**
 * The same place by its official names, with what follows from them: of a voivodeship the country, of a postcode the
 * voivodeship, of a larger city all the rest. Where no country is given, a name that Poland has is taken as Polish.
 */
export function completed({ postcode = "", ...given }: Address): Place {
	const country = given.country === undefined ? undefined : countryOf(given.country);
	if (country !== undefined && country !== "PL") return { ...given, country };
	const region = regionOf(given.region ?? "", country) ?? voivodeshipOfPostcode(postcode);
	const named = placeOfCity(given.city ?? "");
	// In another voivodeship it is a village of the same name.
	const city = named && (region ?? named.region) === named.region ? named : undefined;
	if (!country && !region && !city) return given;
	return {
		...city,
		...given,
		country: "PL",
		...(city && { region: city.region }),
		...(region && { region }),
		...(named && { city: named.city }),
	};
}

/** Without a country two letters are no voivodeship: Massachusetts is MA too. */
function regionOf(text: string, country: string | undefined): string | undefined {
	return country === undefined && text.trim().length <= 2 ? undefined : voivodeshipOf(text);
}

const poland = new Set(["pl", "pol", "polska", "poland", "polen"]);

function countryOf(text: string): string {
	const key = nameKey(text);
	if (poland.has(key)) return "PL";
	return /^[a-z]{2}$/.test(key) ? key.toUpperCase() : text;
}
