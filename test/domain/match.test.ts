import fc from "fast-check";
import { expect, test } from "vitest";
import type { EventMatch } from "../../worker/domain/condition.ts";
import type { Event, Properties } from "../../worker/domain/event.ts";
import { matches, matchKey, passesPath } from "../../worker/domain/match.ts";

/** Tries every way to stretch a star. Slow, and too simple to be wrong. */
function passesNaively(pattern: string, path: string): boolean {
	if (pattern === "") return path === "";
	if (pattern[0] !== "*") return path[0] === pattern[0] && passesNaively(pattern.slice(1), path.slice(1));
	return Array.from({ length: path.length + 1 }, (_, i) => path.slice(i)).some((rest) =>
		passesNaively(pattern.slice(1), rest),
	);
}

test("a wildcard matches what trying every way matches", () => {
	const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "/"), maxLength: 7 });
	const path = fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 9 });
	fc.assert(
		fc.property(pattern, path, (value, text) => {
			expect(passesPath({ op: "wildcard", value }, text)).toBe(passesNaively(value, text));
		}),
		{ numRuns: 5_000 },
	);
});

test("a wildcard made to explode does not", () => {
	const value = `${"*a".repeat(99)}b`;
	expect(passesPath({ op: "wildcard", value }, "a".repeat(100_000))).toBe(false);
});

function event(props: Properties): Event {
	return { id: "e", name: "Product Viewed", at: 0, props };
}

test("all that is given must hold, folded, and no test crosses types", () => {
	const match: EventMatch = {
		name: "Product Viewed",
		path: { op: "starts-with", value: "/Kosiarki" },
		where: [
			{ property: "brand", test: { op: "is", value: "STIGA" } },
			{ property: "price", test: { op: ">=", n: 1000 } },
		],
	};
	expect(matches(match, event({ path: "/kosiarki/1", brand: "Stiga", price: 1299 }))).toBe(true);
	expect(matches(match, event({ path: "/kosiarki/1", brand: "Stiga", price: "1299" }))).toBe(false);
	expect(matches(match, event({ path: "/traktory", brand: "Stiga", price: 1299 }))).toBe(false);
	expect(matches(match, event({ brand: "Stiga", price: 1299 }))).toBe(false);
	expect(matches({ ...match, name: "product viewed" }, event({ path: "/kosiarki" }))).toBe(false);
});

test("what every object inherits is not a property", () => {
	for (const property of ["constructor", "__proto__", "toString"])
		expect(
			matches({ name: "Product Viewed", where: [{ property, test: { op: "exists" } }] }, event({})),
		).toBe(false);
	const own: Properties = JSON.parse('{"__proto__": "so"}');
	const where = [{ property: "__proto__", test: { op: "is", value: "so" } } as const];
	expect(matches({ name: "Product Viewed", where }, event(own))).toBe(true);
});

test("the key of a match does not depend on the order in which it was written", () => {
	const a = { property: "a", test: { op: "between", from: 1, to: 2 } } as const;
	const b = { property: "b", test: { op: "exists" } } as const;
	const turned = { test: { to: 2, from: 1, op: "between" }, property: "a" } as const;
	expect(matchKey({ name: "n", where: [a, b] })).toBe(matchKey({ where: [b, turned], name: "n" }));
	expect(matchKey({ name: "n", where: [a] })).not.toBe(matchKey({ name: "n", where: [b] }));
});
