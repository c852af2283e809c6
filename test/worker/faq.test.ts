// A site's questions and answers over the API: in an order, changed by two at once, and found by what visitors ask.

import { beforeEach, expect, test } from "vitest";
import { account, enter, type Screen } from "./colleagues.ts";
import { env, freshWorld, publish } from "./world.ts";

let marketer: Screen;
let colleague: Screen;
beforeEach(async () => {
	await freshWorld();
	await publish();
	[marketer, colleague] = (await Promise.all(
		["m", "c"].map(async (name) => enter(await account(`${name}@example.com`, { demo: "marketer" }))),
	)) as [Screen, Screen];
});

interface Entry {
	id: string;
	version: number;
	texts: object;
	changedBy: string;
}
const at = "/sites/demo/faq";
const asking = (question: string, answer = "Tak.") => ({ texts: { pl: { question, answer } } });
const all = async () => (await marketer.ask<{ entries: Entry[] }>("GET", at)).entries;

test("questions stand in the order that somebody gave them, new ones behind the others", async () => {
	const ids: string[] = [];
	for (const question of ["Dostawa?", "Zwrot?", "Faktura?"])
		ids.push((await marketer.ask<Entry>("POST", at, asking(question))).id);
	expect((await all()).map(({ id }) => id)).toEqual(ids);
	const turned = ids.toReversed();
	await marketer.ask("PUT", at, { ids: turned });
	expect((await all()).map(({ id }) => id)).toEqual(turned);
	// Somebody added one meanwhile, or took one away: nothing is moved.
	const more = await colleague.ask<Entry>("POST", at, asking("Gwarancja?"));
	expect(await marketer.refusal("PUT", at, { ids })).toEqual([409, "changed-meanwhile"]);
	await colleague.ask("DELETE", `${at}/${more.id}`);
	expect((await all()).map(({ id }) => id)).toEqual(turned);
});

test("of two who change one at a time the second is told, and what stands there", async () => {
	const { id } = await marketer.ask<Entry>("POST", at, asking("Dostawa?"));
	await colleague.ask("PUT", `${at}/${id}`, { ...asking("Ile trwa dostawa?"), version: 1 });
	const response = await marketer.send("PUT", `${at}/${id}`, { ...asking("Moje"), version: 1 });
	expect([response.status, await response.json()]).toMatchObject([
		409,
		{ error: "changed-meanwhile", current: { version: 2, changedBy: "c", ...asking("Ile trwa dostawa?") } },
	]);
	await marketer.ask("PUT", `${at}/${id}`, { ...asking("Moje"), version: 2 });
	expect(await all()).toMatchObject([{ version: 3, changedBy: "m", ...asking("Moje") }]);
	expect(await marketer.refusal("PUT", `${at}/nobody`, { ...asking("x"), version: 1 })).toEqual([
		404,
		"entry-unknown",
	]);
});

test("a question without an answer, or in no language, is refused", async () => {
	for (const body of [
		{ texts: {} },
		asking("  "),
		asking("x", ""),
		asking("x".repeat(301)),
		{ texts: { de: {} } },
	])
		expect(await marketer.refusal("POST", at, body)).toEqual([422, "malformed"]);
});

test("there are 500 at most", async () => {
	await env.DB.batch(
		Array.from({ length: 500 }, (_, n) =>
			env.DB.prepare("INSERT INTO faq VALUES ('demo', ?1, ?2, 1, '{}', 0, 'operator')").bind(`q${n}`, n),
		),
	);
	expect(await marketer.refusal("POST", at, asking("Jeszcze jedno?"))).toEqual([409, "too-many"]);
});

test("what a visitor would be told is found in their own language, however words end", async () => {
	await marketer.ask("POST", at, {
		texts: {
			pl: { question: "Ile kosztuje dostawa?", answer: "15 zł." },
			en: { question: "What is the delivery?", answer: "15 PLN." },
		},
	});
	await marketer.ask("POST", at, asking("Jak złożyć reklamację?"));
	const found = (q: string, language = "pl") =>
		marketer.ask<{ found: { question: string }[] }>(
			"GET",
			`${at}/search?${new URLSearchParams({ q, language })}`,
		);
	expect((await found("koszt dostawy")).found[0]).toMatchObject({
		question: "Ile kosztuje dostawa?",
		answer: "15 zł.",
	});
	expect((await found("delivery", "en")).found).toHaveLength(1);
	expect((await found("reklamacje", "en")).found).toEqual([]);
});
