// The document of which a condition builder is made: whatever it offers is a condition that we take.

import { expect, test } from "vitest";
import { type Builder, builder, type FieldEntry } from "../../worker/domain/words/builder.ts";
import { languages } from "../../worker/domain/words/language.ts";
import type { Part } from "../../worker/domain/words/parts.ts";
import { Builder as Schema } from "../../worker/protocol/builder.schema.ts";
import { parseCondition } from "../../worker/protocol/condition.schema.ts";
import { PageConditionSchema } from "../../worker/protocol/page.schema.ts";

const made = builder();

/** What a person might enter behind each operator. */
const operands: Record<string, object> = {
	nothing: {},
	text: { value: "a" },
	texts: { values: ["a", "b"] },
	number: { n: 1 },
	range: { from: 1, to: 2 },
	instant: { at: 0 },
	span: { ms: 60_000 },
	days: { days: 3 },
};

function testsOf({ tests, operators }: Builder, kind: string): readonly object[] {
	return (tests[kind as keyof typeof tests] as readonly string[]).map((op) => ({
		op,
		...operands[operators[op as keyof typeof operators].takes],
	}));
}

/** Everything that may be put in for a part. */
function valuesOf(part: Part): readonly unknown[] {
	switch (part.is) {
		case "test":
			return testsOf(made, part.of).map((test) =>
				part.values && "value" in test ? { ...test, value: part.values[0]?.value } : test,
			);
		case "choice":
			return part.values.map(({ value }) => value);
		case "choices":
			return [part.values.map(({ value }) => value)];
		case "number":
			return [part.most, part.most / 2];
		case "span":
		case "days":
			return [1, part.most];
		case "match":
			return made.events.map(({ name }) => ({ name }));
		case "by":
			return ["visit", { property: "sku" }];
		default:
			return ["a"];
	}
}

/** One condition for each value of each part, the others as they come first. */
function* conditionsOf({ field, parts }: FieldEntry): Generator<object> {
	const first = parts
		.filter(({ mayBeMissing }) => !mayBeMissing)
		.map((part) => [part.member, valuesOf(part)[0]]);
	yield { field, ...Object.fromEntries(first) };
	for (const part of parts)
		for (const value of valuesOf(part)) yield { field, ...Object.fromEntries(first), [part.member]: value };
}

test.each(made.fields)("what a builder makes of $field is a condition", (one) => {
	for (const condition of conditionsOf(one))
		expect([condition, parseCondition(condition)]).toMatchObject([condition, { is: "parsed" }]);
});

test.each(made.page)("what a builder makes of $field may be asked of a page", (one) => {
	for (const condition of conditionsOf(one))
		expect([condition, PageConditionSchema.safeParse(condition).success]).toEqual([condition, true]);
});

test.each(made.attributes)(
	"what a builder makes of the attribute $name is a condition",
	({ name, test: part }) => {
		for (const value of valuesOf(part)) {
			const test =
				"values" in Object(value) && part.is === "test" && part.values
					? { ...Object(value), values: part.values.map((one) => one.value) }
					: value;
			expect([test, parseCondition({ field: "attribute", name, test })]).toMatchObject([
				test,
				{ is: "parsed" },
			]);
		}
	},
);

test("a builder offers each field once, and each under a heading", () => {
	const offered = made.fields.map(({ field }) => field);
	expect(new Set(offered).size).toBe(offered.length);
	const headings = new Set(made.groups.map(({ group }) => group));
	expect(made.fields.filter(({ group }) => !headings.has(group))).toEqual([]);
});

test("everything in it has words, in each language, and it is as it is described", () => {
	expect(Schema.safeParse(JSON.parse(JSON.stringify(made))).error).toBeUndefined();
	const missing: unknown[] = [];
	const walk = (value: unknown): void => {
		if (typeof value !== "object" || value === null) return;
		if ("words" in value && languages.some((one) => !Object(value.words)[one])) missing.push(value);
		for (const member of Object.values(value)) walk(member);
	};
	walk(made);
	expect(missing).toEqual([]);
});
