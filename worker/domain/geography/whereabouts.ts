// Where a person is, out of what they declared, where they had things delivered and where their browser was seen.

import { placeOfCity } from "./city.ts";
import { nameKey } from "./name.ts";
import type { Place } from "./place.ts";
import { voivodeshipOfPostcode } from "./postcode.ts";
import { voivodeshipOf } from "./voivodeship.ts";

/** Whose word counts most comes first. */
export const origins = ["declared", "delivery", "seen"] as const;
export type Origin = (typeof origins)[number];

/** A place as somebody wrote it: any spelling, and perhaps a postcode. */
export interface Address extends Place {
	readonly postcode?: string;
}

export interface Whereabouts {
	readonly place: Place;
	readonly from: Origin;
}

/**
 * The first candidate that can answer a question of `member`. Its place is taken as a whole: the city of one is never
 * put beside the coordinates of another. Somewhere without known coordinates does not answer a question of position,
 * so "within 50 km" falls back on where the browser was seen.
 */
export function whereabouts(
	member: "country" | "region" | "city" | "position",
	candidates: Partial<Readonly<Record<Origin, Address>>>,
): Whereabouts | undefined {
	const decisive = member === "position" ? "latitude" : member;
	for (const from of origins) {
		const address = candidates[from];
		const place = address && completed(address);
		const answer = place?.[decisive];
		if (place && answer !== undefined && answer !== "") return { place, from };
	}
	return undefined;
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
