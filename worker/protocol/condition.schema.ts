// A condition as a marketer's client sends it. No API that is reached with a site key accepts one.
// How deep it nests is looked at before zod is: zod recurses, and a bomb must not meet a stack.

import * as z from "zod/mini";
import { type Place, type Reason, refuse } from "../domain/check.ts";
import { type Condition, limits } from "../domain/condition.ts";
import { channels, consentStates } from "../domain/consent.ts";
import { dateFields, numberFields, textFields } from "../domain/fields.ts";
import { PropertyName } from "./collect.schema.ts";

const text = z.string().check(z.minLength(1), z.maxLength(limits.text));
const name = z.string().check(z.minLength(1), z.maxLength(limits.property));
const values = z.array(text).check(z.minLength(1), z.maxLength(limits.list));
const instant = z.int();
const dateMs = z.int().check(z.minimum(1), z.maximum(limits.dateMs));
const windowMs = z.int().check(z.minimum(1), z.maximum(limits.windowMs));
const days = z.int().check(z.minimum(1), z.maximum(limits.windowDays));
const comparison = z.enum([">=", "<=", "="]);
const Count = z.strictObject({ op: comparison, n: z.int().check(z.minimum(0), z.maximum(limits.count)) });

const textTests = [
	z.strictObject({ op: z.enum(["is", "contains", "starts-with", "ends-with", "wildcard"]), value: text }),
	z.strictObject({ op: z.literal("any-of"), values }),
	z.strictObject({ op: z.literal("exists") }),
] as const;
const numberTests = [
	z.strictObject({ op: comparison, n: z.number() }),
	z.strictObject({ op: z.literal("between"), from: z.number(), to: z.number() }),
] as const;
const yesNoTest = z.strictObject({ op: z.enum(["is-true", "is-false"]) });
const listTest = z.strictObject({ op: z.enum(["has-any", "has-all"]), values });
const dateTests = [
	z.strictObject({ op: z.enum(["before", "after"]), at: instant }),
	z.strictObject({ op: z.enum(["in-the-last", "longer-ago", "in-the-next"]), ms: dateMs }),
	z.strictObject({
		op: z.literal("anniversary"),
		days: z.int().check(z.minimum(0), z.maximum(limits.anniversaryDays)),
	}),
] as const;
export const TextTest = z.discriminatedUnion("op", textTests);
export const NumberTest = z.discriminatedUnion("op", numberTests);
const ScalarTest = z.discriminatedUnion("op", [...textTests, ...numberTests, yesNoTest]);
const DateTest = z.discriminatedUnion("op", dateTests);
const ValueTest = z.discriminatedUnion("op", [
	...textTests,
	...numberTests,
	yesNoTest,
	listTest,
	...dateTests,
]);

export const InterestKind = z.enum(["strength", "share", "rank"]);
export const PathTest = z.strictObject({
	op: z.enum(["is", "starts-with", "contains", "wildcard"]),
	value: text,
});
export const EventMatch = z.strictObject({
	name: z.string().check(z.minLength(1), z.maxLength(100)),
	path: z.exactOptional(PathTest),
	where: z.exactOptional(
		z.array(z.strictObject({ property: PropertyName, test: ScalarTest })).check(z.maxLength(limits.where)),
	),
	during: z.exactOptional(z.strictObject({ from: instant, to: instant })),
});

const TextFields = z.enum(keysOf(textFields));
const NumberFields = z.enum(keysOf(numberFields));
const DateFields = z.enum(keysOf(dateFields));

const Leaf = z.discriminatedUnion("field", [
	z.strictObject({ field: TextFields, test: TextTest }),
	z.strictObject({ field: NumberFields, test: NumberTest }),
	z.strictObject({ field: DateFields, test: DateTest }),
	z.strictObject({ field: z.literal("attribute"), name: PropertyName, test: ValueTest }),
	z.strictObject({ field: z.literal("age"), test: NumberTest }),
	z.strictObject({ field: z.literal("member"), programme: name }),
	z.strictObject({
		field: z.literal("tier"),
		programme: name,
		tier: name,
		op: z.enum(["is", "at-least"]),
	}),
	z.strictObject({
		field: z.literal("near"),
		latitude: z.number().check(z.minimum(-90), z.maximum(90)),
		longitude: z.number().check(z.minimum(-180), z.maximum(180)),
		km: z.number().check(z.positive(), z.maximum(limits.km)),
	}),
	z.strictObject({ field: z.literal("tag"), tag: text, count: Count }),
	z.strictObject({
		field: z.literal("tagged"),
		tag: text,
		which: z.enum(["first", "last"]),
		test: DateTest,
	}),
	z.strictObject({
		field: z.literal("points"),
		programme: name,
		of: z.enum(["balance", "earned"]),
		test: NumberTest,
	}),
	z.strictObject({
		field: z.literal("events"),
		match: EventMatch,
		count: Count,
		withinMs: z.exactOptional(windowMs),
		by: z.exactOptional(z.union([z.literal("visit"), z.strictObject({ property: PropertyName })])),
	}),
	z.strictObject({
		field: z.literal("sum"),
		match: EventMatch,
		property: PropertyName,
		test: NumberTest,
		days: z.exactOptional(days),
	}),
	z.strictObject({
		field: z.literal("moment"),
		match: EventMatch,
		which: z.enum(["first", "last"]),
		test: DateTest,
	}),
	z.strictObject({
		field: z.literal("sequence"),
		first: EventMatch,
		second: EventMatch,
		thenWithinMs: windowMs,
		withinMs: z.exactOptional(windowMs),
	}),
	z.strictObject({
		field: z.literal("orders"),
		of: z.enum(["count", "revenue", "average"]),
		test: NumberTest,
		days: z.exactOptional(days),
	}),
	z.strictObject({ field: z.literal("cartProducts"), test: listTest }),
	z.strictObject({
		field: z.literal("interest"),
		in: z.enum(["category", "brand"]),
		value: text,
		of: InterestKind,
		test: NumberTest,
	}),
	z.strictObject({ field: z.literal("list"), list: name, test: z.exactOptional(DateTest) }),
	z.strictObject({
		field: z.literal("consent"),
		channel: z.enum(channels),
		purpose: name,
		state: z.enum(consentStates),
	}),
	z.strictObject({ field: z.literal("segment"), segment: name }),
]);

function keysOf<K extends string>(table: Readonly<Record<K, unknown>>): readonly K[] {
	return Object.keys(table) as K[];
}

/** The shape alone, for whoever documents it: what comes from outside goes through `parseCondition`. */
export const Tree: z.ZodMiniType<Condition> = z.lazy(() =>
	z.union([
		z.strictObject({ all: z.array(Tree).check(z.maxLength(limits.list)) }),
		z.strictObject({ any: z.array(Tree).check(z.maxLength(limits.list)) }),
		z.strictObject({ not: Tree }),
		Leaf,
	]),
);
/** In the order of the union above. */
const treeMembers = ["all", "any", "not"] as const;

/** What is wrong with the shape of a condition, beside what check.ts says of one of the right shape. */
export type ShapeReason =
	| "field-unknown"
	| "operator-unknown"
	| "member-unknown"
	| "member-missing"
	| "type-wrong"
	| "value-refused";

export type ParsedCondition =
	| { readonly is: "parsed"; readonly condition: Condition }
	| { readonly is: "refused"; readonly reason: Reason | ShapeReason; readonly at: Place };

/** A condition out of anything that JSON can say, within its limits; or the first thing that is wrong, and where. */
export function parseCondition(value: unknown): ParsedCondition {
	const shaped = shapeOf(value);
	const refusal = shaped.is === "parsed" ? refuse(shaped.condition) : undefined;
	return refusal ? { is: "refused", ...refusal } : shaped;
}

/** A condition of the right shape. What it costs is not known yet (check.ts). */
export const ConditionSchema: z.ZodMiniType<Condition> = z.pipe(
	z.unknown(),
	z.transform((value, context) => {
		const shaped = shapeOf(value);
		if (shaped.is === "parsed") return shaped.condition;
		context.issues.push({ code: "custom", message: shaped.reason, path: [...shaped.at], input: value });
		return z.NEVER;
	}),
);

function shapeOf(value: unknown): ParsedCondition {
	const bomb = bombIn(value);
	if (bomb) return { is: "refused", reason: bomb, at: [] };
	const parsed = Tree.safeParse(value);
	if (parsed.success) return { is: "parsed", condition: parsed.data };
	const [issue] = parsed.error.issues;
	if (!issue) return { is: "refused", reason: "value-refused", at: [] };
	return { is: "refused", ...told(issue, value) };
}

/** How deep JSON nests at most: two for each level of a tree, and what the deepest leaf holds. */
const deepest = 2 * limits.depth + 8;
/** More values than any condition within the limits holds, so that what shares its members ends as well. */
const most = 100_000;

/** Whether a value nests too deep or holds too much for zod, found without recursion. */
function bombIn(value: unknown): Reason | undefined {
	const left: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 1 }];
	let seen = 0;
	for (let one = left.pop(); one; one = left.pop()) {
		if (typeof one.value !== "object" || one.value === null) continue;
		if (one.depth > deepest) return "too-deep";
		for (const member of Object.values(one.value)) {
			if (++seen > most) return "too-many-nodes";
			left.push({ value: member, depth: one.depth + 1 });
		}
	}
	return undefined;
}

/** An issue as a typed reason with its place. Of a union's issues those count which belong to what is there. */
function told(
	issue: z.core.$ZodIssue,
	input: unknown,
): { readonly reason: ShapeReason | Reason; readonly at: Place } {
	const at = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
	switch (issue.code) {
		case "invalid_union": {
			const value = at.reduce<unknown>(memberOf, input);
			const branch = treeMembers.findIndex((member) => isIn(value, member));
			const inner = issue.errors.at(branch)?.[0];
			if (inner && issue.discriminator === undefined) {
				const { reason, at: further } = told(inner, value);
				return { reason, at: [...at, ...further] };
			}
			return { reason: issue.discriminator === "op" ? "operator-unknown" : "field-unknown", at };
		}
		case "unrecognized_keys":
			return { reason: "member-unknown", at: [...at, ...issue.keys.slice(0, 1)] };
		case "invalid_type":
			return {
				reason: at.reduce<unknown>(memberOf, input) === undefined ? "member-missing" : "type-wrong",
				at,
			};
		case "too_big":
			if (issue.origin === "string") return { reason: "text-too-long", at };
			return { reason: issue.origin === "array" ? "list-too-long" : "number-out-of-range", at };
		case "too_small":
			if (issue.origin === "string") return { reason: "text-empty", at };
			return { reason: issue.origin === "array" ? "value-refused" : "number-out-of-range", at };
		case "invalid_value":
			return { reason: at.at(-1) === "op" ? "operator-unknown" : "value-refused", at };
		default:
			return { reason: "value-refused", at };
	}
}

function isIn(value: unknown, member: string): boolean {
	return typeof value === "object" && value !== null && Object.hasOwn(value, member);
}

function memberOf(value: unknown, step: string | number): unknown {
	return typeof value === "object" && value !== null && Object.hasOwn(value, step)
		? Object.getOwnPropertyDescriptor(value, step)?.value
		: undefined;
}
