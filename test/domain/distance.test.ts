import { expect, test } from "vitest";
import { haversine, reach } from "../../worker/domain/geography/distance.ts";

const lodz = { latitude: 51.7592, longitude: 19.456 };
const warsaw = { latitude: 52.2297, longitude: 21.0122 };

test("places are as far from each other as atlases say", () => {
	expect(haversine(lodz, warsaw)).toBeGreaterThan(reach(118));
	expect(haversine(lodz, warsaw)).toBeLessThan(reach(120));
	expect(haversine(lodz, lodz)).toBe(reach(0));
});

test("across the date line is not around the world", () => {
	expect(haversine({ latitude: 0, longitude: 179.9 }, { latitude: 0, longitude: -179.9 })).toBeLessThan(
		reach(23),
	);
});

test("half way around the earth reaches everything", () => {
	const antipode = { latitude: -lodz.latitude, longitude: lodz.longitude - 180 };
	expect(haversine(lodz, antipode)).toBeLessThan(reach(20_016));
	expect(haversine(lodz, antipode)).toBeGreaterThan(reach(20_000));
});
