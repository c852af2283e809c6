// Whatever JSON can say is either a condition within the limits, or refused. Nothing that is refused is ever evaluated.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { refuse } from "../../worker/domain/check.ts";
import { limits } from "../../worker/domain/limits.ts";
import { parseCondition } from "../../worker/protocol/condition.schema.ts";
import { runs } from "../support/runs.ts";
import { accepted, city } from "./check-accepted.ts";

const anything = fc.jsonValue({ maxDepth: 5, stringUnit: "binary" });
const twisted = fc.constantFrom(...accepted).chain((value) => {
	const members: [path: (string | number)[], key: string][] = [];
	const walk = (part: unknown, path: (string | number)[]): void => {
		if (typeof part !== "object" || part === null) return;
		for (const [key, inner] of Object.entries(part)) {
			members.push([path, key]);
			walk(inner, [...path, key]);
		}
	};
	walk(value, []);
	const put = fc.oneof(anything, fc.constantFrom<unknown>("__proto__", "\ud800", -1, 1e300, null, [], {}));
	return fc
		.tuple(fc.constantFrom(...(members.length > 0 ? members : [[[], "all"] as const])), put)
		.map(([[path, key], inner]) => {
			const copy: unknown = structuredClone(value);
			const holder = path.reduce<unknown>((part, step) => Reflect.get(Object(part), step), copy);
			Reflect.set(Object(holder), key, inner);
			return copy;
		});
});

test("anything at all is either a condition within the limits, or refused; nothing throws", () => {
	const answers = { parsed: 0, refused: 0 };
	fc.assert(
		fc.property(fc.oneof(anything, twisted), (value) => {
			const parsed = parseCondition(value);
			answers[parsed.is]++;
			if (parsed.is === "parsed") {
				expect(refuse(parsed.condition)).toBeUndefined();
				expect(parsed.condition).toEqual(value);
			} else expect(parseCondition({ all: [value] })).toEqual({ ...parsed, at: ["all", 0, ...parsed.at] });
		}),
		{ numRuns: runs(1_500, 4_000) },
	);
	expect(Math.min(answers.parsed, answers.refused)).toBeGreaterThan(0);
});

const folder = join(import.meta.dirname, "../../../shared/data/hostile");
const published = ["naughty-strings.json", "xss-payloads.json"];

test.skipIf(!existsSync(folder))(
	"published hostile strings are texts that are looked for, or are refused",
	() => {
		const strings = published.flatMap((file) => stringsIn(join(folder, file)));
		expect(strings.length).toBeGreaterThan(500);
		for (const value of strings) {
			const asText = parseCondition({ field: "city", test: { op: "contains", value } });
			const isText =
				value !== "" && value.length <= limits.text && value.isWellFormed() && !value.includes("\0");
			expect([value, asText.is]).toEqual([value, isText ? "parsed" : "refused"]);
			for (const json of [
				{ field: value, test: { op: "exists" } },
				{ field: "city", test: { op: value, value } },
				{ [value]: [] },
				{ ...city, [value]: 1 },
			])
				expect(parseCondition(json).is).toBe("refused");
			// As names they may pass, and then any JSON path can spell them.
			const named = parseCondition({ field: "attribute", name: value, test: { op: "exists" } });
			if (named.is === "parsed") expect(JSON.stringify(value)).toBe(`"${value}"`);
		}
	},
);

function stringsIn(file: string): readonly string[] {
	const strings: string[] = [];
	JSON.parse(readFileSync(file, "utf8"), (_key, value: unknown) => {
		if (typeof value === "string") strings.push(value);
		return value;
	});
	return strings;
}
