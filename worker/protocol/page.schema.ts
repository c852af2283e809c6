// What an experience asks of the page and the hour, as a marketer's client sends it.

import * as z from "zod";
import { limits } from "../domain/condition.ts";
import type { PageCondition } from "../domain/page.ts";
import { PathTest, TextTest } from "./condition.schema.ts";

const zone = z.enum(["visitor", "site"]);
const Leaf = z.discriminatedUnion("field", [
	z.strictObject({ field: z.enum(["page.url", "page.referrer"]), test: TextTest }),
	z.strictObject({ field: z.literal("page.path"), test: PathTest }),
	z.strictObject({
		field: z.literal("page.query"),
		name: z.string().min(1).max(limits.property),
		test: TextTest,
	}),
	z.strictObject({
		field: z.literal("page.hour"),
		from: z.number().int().min(0).max(24),
		to: z.number().int().min(0).max(24),
		zone,
	}),
	z.strictObject({
		field: z.literal("page.weekday"),
		days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
		zone,
	}),
]);

/** Two deep and no more: nobody needs it, and nothing recurses. */
const Group = groupOf(Leaf);
export const PageConditionSchema: z.ZodType<PageCondition> = z.union([
	Leaf,
	Group,
	groupOf(z.union([Leaf, Group])),
]);

function groupOf<Member extends z.ZodType<PageCondition>>(member: Member) {
	const members = z.array(member).max(20);
	return z.union([
		z.strictObject({ all: members }),
		z.strictObject({ any: members }),
		z.strictObject({ not: member }),
	]);
}
