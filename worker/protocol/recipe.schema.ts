// What a marketer asks of a recommendation: see domain/recommend/recipe.ts.

import * as z from "zod/mini";
import { plainStrategies } from "../domain/recommend/recipe.ts";

const id = z.string().check(z.minLength(1), z.maxLength(100));
const word = z.string().check(z.minLength(1), z.maxLength(150));

export const Source = z.discriminatedUnion("by", [
	z.strictObject({ by: z.enum(plainStrategies) }),
	z.strictObject({
		by: z.literal("popular"),
		among: z.union([
			z.enum(["site", "category", "region"]),
			z.strictObject({ segment: z.string().check(z.regex(/^[a-z0-9-]{1,64}$/)) }),
		]),
	}),
	z.strictObject({
		by: z.literal("complementary"),
		pairs: z
			.array(z.strictObject({ category: word, with: z.array(word).check(z.minLength(1), z.maxLength(20)) }))
			.check(z.minLength(1), z.maxLength(100)),
	}),
	z.strictObject({
		by: z.literal("hand-picked"),
		products: z.array(id).check(z.minLength(1), z.maxLength(50)),
	}),
]);

const share = z.number().check(z.minimum(0), z.maximum(100));
export const Recipe = z.strictObject({
	most: z.int().check(z.minimum(1), z.maximum(16)),
	least: z.int().check(z.minimum(1), z.maximum(16)),
	sources: z.array(Source).check(z.minLength(1), z.maxLength(10)),
	filters: z.strictObject({
		notBoughtDays: z.exactOptional(z.int().check(z.minimum(1), z.maximum(3_650))),
		notInCart: z.exactOptional(z.boolean()),
		soldOutToo: z.exactOptional(z.boolean()),
		price: z.exactOptional(z.strictObject({ from: z.exactOptional(share), to: z.exactOptional(share) })),
		category: z.exactOptional(z.enum(["same", "other"])),
		brand: z.exactOptional(z.enum(["same", "other"])),
		label: z.exactOptional(z.strictObject({ name: word, least: z.number() })),
		perBrand: z.exactOptional(z.int().check(z.minimum(1), z.maximum(16))),
	}),
});
