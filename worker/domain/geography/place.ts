// What a place is, and how far one lies from another.

export interface Point {
	readonly latitude: number;
	readonly longitude: number;
}

/** Of Poland the region is a voivodeship by its official name; of elsewhere it is as the source says it. */
export interface Place extends Partial<Point> {
	/** ISO 3166-1, two letters. */
	readonly country?: string;
	readonly region?: string;
	readonly city?: string;
}

const earthRadiusKm = 6371;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance (haversine). */
export function distanceKm(a: Point, b: Point): number {
	const halfNorth = Math.sin(radians(b.latitude - a.latitude) / 2);
	const halfEast = Math.sin(radians(b.longitude - a.longitude) / 2);
	const chord =
		halfNorth ** 2 + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * halfEast ** 2;
	// Of antipodes rounding makes a little more than one, of which there is no arc sine.
	return 2 * earthRadiusKm * Math.asin(Math.sqrt(Math.min(1, chord)));
}
