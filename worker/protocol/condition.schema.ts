// A condition as a marketer's client sends it. No API that is reached with a site key accepts one.

import * as z from "zod";
import { type Condition, limits } from "../domain/condition.ts";
import { PropertyName } from "./collect.schema.ts";

const text = z.string().min(1).max(limits.text);
const TextTest = z.union([
	z.strictObject({ op: z.enum(["is", "contains", "starts-with", "ends-with"]), value: text }),
	z.strictObject({ op: z.literal("any-of"), values: z.array(text).min(1).max(limits.list) }),
	z.strictObject({ op: z.literal("exists") }),
]);
const op = z.enum([">=", "<=", "="]);
const Count = z.strictObject({ op, n: z.number().int().min(0).max(limits.count) });
const NumberTest = z.union([
	z.strictObject({ op, n: z.number() }),
	z.strictObject({ op: z.literal("between"), from: z.number(), to: z.number() }),
]);
const ScalarTest = z.union([TextTest, NumberTest, z.strictObject({ op: z.enum(["is-true", "is-false"]) })]);

export const PathTest = z.strictObject({
	op: z.enum(["is", "starts-with", "contains", "wildcard"]),
	value: text,
});
export const EventMatch = z.strictObject({
	name: z.string().min(1).max(100),
	path: PathTest.exactOptional(),
	where: z
		.array(z.strictObject({ property: PropertyName, test: ScalarTest }))
		.max(limits.where)
		.exactOptional(),
});

const touchParts = ["source", "medium", "campaign", "phrase", "referrer", "landing"] as const;
const TextField = z.enum([
	"identity",
	"device",
	"browser",
	"system",
	"language",
	"country",
	"city",
	...touchParts.map((part) => `first.${part}` as const),
	...touchParts.map((part) => `last.${part}` as const),
]);

const Leaf = z.discriminatedUnion("field", [
	z.strictObject({ field: TextField, test: TextTest }),
	z.strictObject({ field: z.literal("attribute"), name: PropertyName, test: ScalarTest }),
	z.strictObject({ field: z.enum(["score", "visits"]), test: NumberTest }),
	z.strictObject({ field: z.literal("tag"), tag: text, count: Count }),
	z.strictObject({
		field: z.literal("events"),
		match: EventMatch,
		count: Count,
		withinMs: z.number().int().min(1_000).max(limits.windowMs).exactOptional(),
	}),
]);

export const ConditionSchema: z.ZodType<Condition> = z.lazy(() =>
	z.union([
		z.strictObject({ all: z.array(ConditionSchema).max(limits.list) }),
		z.strictObject({ any: z.array(ConditionSchema).max(limits.list) }),
		z.strictObject({ not: ConditionSchema }),
		Leaf,
	]),
) as z.ZodType<Condition>;
