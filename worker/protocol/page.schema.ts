// What an experience asks of the page and the hour, as a marketer's client sends it.

import * as z from "zod/mini";
import { limits } from "../domain/limits.ts";
import type { PageCondition } from "../domain/page.ts";
import { NumberTest, PathTest, TextTest } from "./condition.schema.ts";

const zone = z.enum(["visitor", "site"]);
const Leaf = z.discriminatedUnion("field", [
	z.strictObject({
		field: z.enum([
			"page.url",
			"page.referrer",
			"page.title",
			"page.product.id",
			"page.product.name",
			"page.product.category",
			"page.product.brand",
		]),
		test: TextTest,
	}),
	z.strictObject({ field: z.literal("page.product.price"), test: NumberTest }),
	z.strictObject({ field: z.literal("page.path"), test: PathTest }),
	z.strictObject({
		field: z.literal("page.query"),
		name: z.string().check(z.minLength(1), z.maxLength(limits.property)),
		test: TextTest,
	}),
	z.strictObject({
		field: z.literal("page.hour"),
		from: z.int().check(z.minimum(0), z.maximum(24)),
		to: z.int().check(z.minimum(0), z.maximum(24)),
		zone,
	}),
	z.strictObject({
		field: z.literal("page.weekday"),
		days: z.array(z.int().check(z.minimum(1), z.maximum(7))).check(z.minLength(1), z.maxLength(7)),
		zone,
	}),
]);

/** Two deep and no more: nobody needs it, and nothing recurses. */
const Group = groupOf(Leaf);
export const PageConditionSchema: z.ZodMiniType<PageCondition> = z.union([
	Leaf,
	Group,
	groupOf(z.union([Leaf, Group])),
]);

function groupOf<Member extends z.ZodMiniType<PageCondition>>(member: Member) {
	const members = z.array(member).check(z.maxLength(20));
	return z.union([
		z.strictObject({ all: members }),
		z.strictObject({ any: members }),
		z.strictObject({ not: member }),
	]);
}
