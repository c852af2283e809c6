// What the platform says of where a request came from, coarse enough to be kept. No address is read here.

import { completed } from "../domain/geography/address.ts";
import type * as geography from "../domain/geography/place.ts";
import { voivodeshipOf } from "../domain/geography/voivodeship.ts";

/** With what only chooses a cell, and is not kept. */
export interface Place extends geography.Place {
	readonly timeZone?: string;
	readonly continent?: string;
	readonly regionCode?: string;
}

/** Tor, and what Cloudflare cannot place. */
const nowhere = new Set(["T1", "XX"]);

/** Of Poland by its official names, of elsewhere as Cloudflare spells it. */
export function placeOf(request: Request): Place {
	const cf: Readonly<Record<string, unknown>> = { ...request.cf };
	const country = textOf(cf.country);
	const regionCode = textOf(cf.regionCode);
	// The code is one, while the name is spelled as the database of the day does.
	const voivodeship = country === "PL" ? voivodeshipOf(regionCode ?? "") : undefined;
	return {
		...completed({
			...member("country", country && nowhere.has(country) ? undefined : country),
			...member("region", voivodeship ?? textOf(cf.region)),
			...member("city", textOf(cf.city)),
			...pointOf(cf.latitude, cf.longitude),
		}),
		...member("timeZone", textOf(cf.timezone)),
		...member("continent", textOf(cf.continent)),
		...member("regionCode", regionCode),
	};
}

/** To about a kilometre, for privacy: nobody's house. */
function pointOf(latitude: unknown, longitude: unknown): Pick<Place, "latitude" | "longitude"> {
	const [north, east] = [latitude, longitude].map(
		(text) => Math.round(Number(text || Number.NaN) * 100) / 100,
	);
	if (north === undefined || east === undefined) return {};
	return Math.abs(north) <= 90 && Math.abs(east) <= 180 ? { latitude: north, longitude: east } : {};
}

function textOf(value: unknown): string | undefined {
	return typeof value === "string" && value !== "" ? value : undefined;
}

function member<K extends string>(key: K, value: string | undefined): { [key in K]?: string } {
	return (value === undefined ? {} : { [key]: value }) as { [key in K]?: string };
}
