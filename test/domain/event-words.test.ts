// Whatever the product itself says happened has a sentence of its own, in both languages.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { chatEvents } from "../../worker/domain/conversation/told.ts";
import { eventNames, productNews } from "../../worker/domain/event.ts";
import { orderNames } from "../../worker/domain/order.ts";
import { happeningSentence } from "../../worker/domain/words/happening.ts";
import { languages } from "../../worker/domain/words/language.ts";

const source = (path: string) => readFileSync(join(import.meta.dirname, "../..", path), "utf8");
/** As the code that reads Google's events, and the one that reads Segment's, name them. */
const told = [
	...source("widget/collect/ga4.ts").matchAll(/(?:one|each)\(\s*"([A-Z][^"]+)"/g),
	...source("worker/edge/segment.ts").matchAll(/name: "([A-Z][^"]+)"/g),
].map(([, name = ""]) => name);
const names = new Set([
	...told,
	...[eventNames, orderNames, chatEvents, productNews].flatMap((all) => Object.values<string>(all)),
]);

test("names are found where they are written", () => {
	expect(told.length).toBeGreaterThan(20);
	expect(told).toEqual(expect.arrayContaining(["Cart Updated", "Product Removed", "Group Joined"]));
});

test.each([...names])("%s is said in words, and not quoted", (name) => {
	for (const language of languages) {
		const sentence = happeningSentence({ name, props: {} }, language, { timeZone: "Europe/Warsaw" });
		expect(sentence).not.toContain(name);
		expect(sentence).toMatch(/^\p{Lu}.+\.$/u);
	}
});

test("what was searched for is quoted, and where it was shown stands after what was", () => {
	const at = { timeZone: "Europe/Warsaw" };
	const searched = { name: "Products Searched", props: { query: "kosiarka" } };
	expect(happeningSentence(searched, "pl", at)).toBe("Szukano produktów: „kosiarka”.");
	const shown = { name: "Experience Shown", props: { experience: "frame", path: "/p/1" } };
	const names = { experiences: { frame: "Oglądane razem" } };
	expect(happeningSentence(shown, "pl", { ...at, ...names })).toBe(
		"Pokazano treść na stronie: „Oglądane razem”, „/p/1”.",
	);
});
