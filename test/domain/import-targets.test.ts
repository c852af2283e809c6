// What a column becomes, as the screen lets it be chosen; what a marketer pastes as codes; and how a price is drawn.

import { expect, test } from "vitest";
import { codesIn, usersOf } from "../../worker/admin/ui/pages/coupons/codes.ts";
import {
	attributeName,
	choiceOf,
	fixedChoices,
	namesIn,
	repeated,
	targetOf,
} from "../../worker/admin/ui/pages/imports/targets.ts";
import { grouped, linkIn, steps } from "../../worker/admin/ui/pages/products/kept.ts";
import { Target } from "../../worker/protocol/import.schema.ts";

const meanings = [
	{ name: "firstName", type: "text" },
	{ name: "birthday", type: "date" },
] as const;
const column = (name: string) => ({ name, guess: { to: "attribute", name, type: "number" } as const });

test("every choice is a target that the API takes, and comes back as the same choice", () => {
	const choices = [...fixedChoices, "attribute.firstName", "attribute.birthday", "own"];
	for (const choice of choices) {
		const target = targetOf(choice, column("rozmiar"), meanings);
		expect(Target.safeParse(target).success, choice).toBe(true);
		expect(choiceOf(target, meanings)).toBe(choice);
	}
});

test("a column that was recognised keeps what was recognised of it when it is chosen again", () => {
	const guess = { to: "attribute", name: "birthday", type: "date", isMonthFirst: true } as const;
	expect(targetOf("attribute.birthday", { name: "dob", guess }, meanings)).toEqual(guess);
	expect(targetOf("own", column("rozmiar"), meanings)).toEqual({
		to: "attribute",
		name: "rozmiar",
		type: "number",
	});
});

test("a column's name becomes one that an attribute may have", () => {
	for (const name of ["email", "(?)", "", "consent.email", "Rozmiar buta (EU)", `${"x".repeat(63)} y`]) {
		const target = { to: "attribute", name: attributeName(name), type: "text" };
		expect(Target.safeParse(target).success, name).toBe(true);
	}
});

test("of columns that mean the same the later ones are marked, and tags may come in many", () => {
	const own = { to: "attribute", name: "size", type: "text" } as const;
	const tags = { to: "tags" } as const;
	expect([
		...repeated([own, tags, tags, { ...own, type: "number" }, { to: "nothing" }, { to: "nothing" }]),
	]).toEqual([3]);
	expect(namesIn(" a, b ,,a")).toEqual(["a", "b"]);
});

test("codes are taken one by one, each once, and what is none is said with its line", () => {
	expect(codesIn("\ufeffkod\nA1, A2;A1\r\n\nzażółć\ntwo words", false)).toEqual({
		codes: ["A1", "A2"],
		twice: 1,
		wrong: [
			{ line: 4, text: "zażółć" },
			{ line: 5, text: "two words" },
		],
	});
	expect(codesIn('code,value\n"X-1",10\nX-2,20', true).codes).toEqual(["X-1", "X-2"]);
});

test("a pool is used by whatever names it, however deep", () => {
	const bodies = [
		{ id: "a", body: { blocks: [{ coupon: { pool: "spring" } }] } },
		{ id: "b", body: [null, { pool: "summer", text: "spring" }] },
	];
	expect(usersOf("spring", bodies)).toEqual(["a"]);
});

test("a price stays until the next one, and the last until now", () => {
	const prices = [
		{ at: 0, price: 10 },
		{ at: 100, price: 8 },
	];
	expect(steps(prices, 200)).toEqual({ at: [0, 99, 100, 199], values: [10, 10, 8, 8] });
});

test("variants stand together, and only addresses of the web are linked", () => {
	const product = (id: string, group?: string) =>
		({ id, ...(group !== undefined && { group }) }) as Parameters<typeof grouped>[0][number];
	const found = grouped([product("1", "g"), product("g"), product("2", "g"), product("3", "h")]);
	expect(found.map(({ main, variants }) => [main.id, variants.length])).toEqual([
		["1", 2],
		["g", 0],
		["3", 0],
	]);
	expect(linkIn("javascript:alert(1)")).toBeUndefined();
	expect(linkIn("https://shop.example/")).toBe("https://shop.example/");
});
