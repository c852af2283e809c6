// Canned replies: found after a slash by any part of them, and filled with the words that are known.

import { expect, it } from "vitest";
import { filled, fitting, soughtIn, withReply } from "../../worker/admin/ui/pages/chat/canned.ts";

const canned = [
	{ id: "1", shortcut: "dostawa", text: "Kurier kosztuje 15 zł." },
	{ id: "2", shortcut: "zwrot", text: "Na zwrot dostawy masz 30 dni." },
	{ id: "3", shortcut: "hello", text: "Dzień dobry {firstName}, tu {agent}." },
];

it("are looked for after a slash that begins a word, and nowhere else", () => {
	expect(soughtIn("/dost")).toBe("dost");
	expect(soughtIn("Dzień dobry /")).toBe("");
	expect(soughtIn("https://shop.example/dost")).toBeUndefined();
	expect(soughtIn("15 zł/szt")).toBeUndefined();
	expect(soughtIn("/dostawa jest")).toBeUndefined();
});

it("are found by any part, without accents, and first by how their shortcut begins", () => {
	expect(fitting(canned, "dost").map(({ id }) => id)).toEqual(["1", "2"]);
	expect(fitting(canned, "dzien").map(({ id }) => id)).toEqual(["3"]);
	expect(fitting(canned, "nic takiego")).toEqual([]);
	expect(fitting(canned, "")).toHaveLength(3);
});

it("have the words of whom they go to, and no gap where there is none", () => {
	const text = "Dzień dobry {firstName}, tu {agent}.";
	expect(filled(text, { name: "Anna Nowak", agent: "Ola" })).toBe("Dzień dobry Anna, tu Ola.");
	expect(filled(text, { name: null, agent: "Ola" })).toBe("Dzień dobry, tu Ola.");
	// What a visitor is called is text, and never a place of its own.
	expect(filled("{name}", { name: "{agent} $& $1", agent: "Ola" })).toBe("{agent} $& $1");
	expect(filled("{unknown}", { name: "Anna", agent: "Ola" })).toBe("{unknown}");
});

it("stand in the place of what was sought", () => {
	expect(withReply("Tak. /dost", "15 zł, $& i $1")).toBe("Tak. 15 zł, $& i $1");
});
