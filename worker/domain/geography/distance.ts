// How far two places are from each other, along the great circle. Compared without the last step, the arc sine, so that
// both compilers compare the same numbers.

import type { Point } from "./place.ts";

const earthRadiusKm = 6371.0088;

function radians(degrees: number): number {
	return (degrees * Math.PI) / 180;
}

/** The haversine of the angle between two places: 0 for the same, 1 for the antipodes. */
export function haversine(a: Point, b: Point): number {
	const north = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2;
	const east = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
	return north + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * east;
}

/** How far two places are from each other. */
export function kilometres(a: Point, b: Point): number {
	return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(haversine(a, b))));
}

/** The greatest haversine of places no further than `km` apart: above 1, which rounding cannot reach, for all the earth. */
export function reach(km: number): number {
	return km >= Math.PI * earthRadiusKm ? 2 : Math.sin(km / (2 * earthRadiusKm)) ** 2;
}
