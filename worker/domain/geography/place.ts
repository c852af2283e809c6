// What a place is.

/** In degrees, north and east. */
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
