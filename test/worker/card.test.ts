// The card of a person through the API: what is known, what happened, how much of it, and who is found how.

import { beforeEach, describe, expect, test } from "vitest";
import { resolve } from "../../worker/directory/resolve.ts";
import type { Programme } from "../../worker/domain/definition.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { cellOf, siteOf } from "../../worker/platform/name.ts";
import { Activity, Card, Timeline } from "../../worker/protocol/person.schema.ts";
import type { Card as CardView, Timeline as TimelineView } from "../../worker/protocol/person.ts";
import { Browser, call, drain, env, freshWorld, partsOf, publish, site } from "./world.ts";

const club: Programme = {
	id: "club",
	name: "Klub",
	joins: "everyone",
	tiers: [{ id: "silver", name: "Srebro", from: 10 }],
	rewards: [],
};
const hour = 3_600_000;

let browser: Browser;
let person: string;
beforeEach(async () => {
	await freshWorld();
	browser = new Browser(await publish({ definitions: { programmes: [club] } }));
	await browser.view("/cennik", "https://www.google.com/");
	person = partsOf(browser.token).visitor;
});

async function become(name = "Łucja Żółć", email = "lucja@example.pl"): Promise<void> {
	for (const _ of [1, 2]) await browser.view("/cennik");
	await browser.track("Product Viewed", {
		product_id: "p1",
		name: "Kosiarka X",
		category: "Kosiarki",
		brand: "Acme",
	});
	await browser.track("Form Submitted", { experience: "blog-newsletter", email, "traits.name": name });
	await browser.track("Order Completed", { order_id: "z-1", revenue: 149.5 });
	await act({ kind: "tag", tag: "VIP" });
	await act({ kind: "points", programme: "club", points: 15 });
	await drain(browser.token);
}

async function act(what: object): Promise<void> {
	await drain(browser.token);
	await call("POST", `${site}/acts`, { id: uuidv7(Date.now()), act: what, people: [person] });
}

async function get<T>(path: string): Promise<T> {
	const answer = await call("GET", `${site}/people/${path}`);
	if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
	return answer.json<T>();
}

describe("the card", () => {
	test("holds every fact with its time and part, ledgers, memberships, interests and browsers", async () => {
		await become();
		const card = Card.parse(await get<CardView>(person));
		expect(card).toMatchObject({ person, identity: "monitored", visits: 1, owner: null, notes: [] });
		expect(card.attributes).toContainEqual(
			expect.objectContaining({ name: "email", value: "lucja@example.pl", part: person }),
		);
		expect(card.tags.map(({ tag, count }) => [tag, count])).toEqual(
			expect.arrayContaining([
				["CENNIK", 3],
				["VIP", 1],
			]),
		);
		expect(card.score.ledger.lines.reduce((sum, { points }) => sum + points, 0)).toBe(card.score.points);
		expect(card.score.ledger.lines[0]?.sentence.pl).toMatch(/^Przyznano punkty: .*\(reguła „.*”\)\.$/);
		expect(card.programmes).toMatchObject([
			{
				id: "club",
				isMember: true,
				balance: 15,
				earned: 15,
				tier: "Srebro",
				ledger: { lines: [{ points: 15, rule: null }] },
			},
		]);
		expect(card.interests).toMatchObject([
			{ in: "category", value: "kosiarki", strength: 1, share: 100 },
			{ in: "brand", value: "acme" },
		]);
		expect(card.orders).toMatchObject({ count: 1, amount: 149.5 });
		expect(card.parts.map(({ kind, proof }) => [kind, proof]).sort()).toEqual([
			["browser", "typed"],
			["hand", null],
		]);
		expect(card.segments.length).toBeGreaterThan(0);
	});

	test("shows the notes that were made on it, the latest first", async () => {
		await become();
		for (const text of ["Woli kontakt rano", "<b>Zadzwonić</b>"]) await act({ kind: "note", text });
		await drain(browser.token);
		const { notes } = Card.parse(await get<CardView>(person));
		expect(notes.map(({ text }) => text)).toEqual(["<b>Zadzwonić</b>", "Woli kontakt rano"]);
	});

	test("of an anonymous visit is empty three hours after it, wherever it is asked", async () => {
		await drain(browser.token);
		await siteOf(env, site).moveClock(3 * hour + 60_000);
		const card = await get<CardView>(person);
		expect(card).toMatchObject({ tags: [], environment: null, firstTouch: null, visits: 1 });
		expect(card.score).toEqual({ points: 0, ledger: { lines: [], next: null } });
		expect((await get<TimelineView>(`${person}/timeline`)).entries).toEqual([]);
		expect(JSON.stringify(await get(`${person}/export`))).not.toContain("cennik");
		const weeks = await get<{ weeks: { events: number }[] }>(`${person}/activity`);
		expect(weeks.weeks.every(({ events }) => events === 0)).toBe(true);
		expect(await get("?q=lucja")).toMatchObject({ count: 0, people: [] });
	});

	test("of nobody is not found, and no other site's operator gets there by this one's", async () => {
		await become();
		await publish({ site: "other" });
		for (const path of ["nobody", "nobody/timeline", "nobody/activity", "nobody/export"])
			expect((await call("GET", `${site}/people/${path}`)).status).toBe(404);
		for (const path of ["", "/timeline", "/activity", "/export", "/ledger"])
			expect((await call("GET", `other/people/${person}${path}`)).status).toBe(404);
		expect((await call("DELETE", `other/people/${person}`)).status).toBe(404);
	});
});

describe("the timeline", () => {
	test("calls what was paused since by its name", async () => {
		await become();
		const submitted = async () =>
			(await get<TimelineView>(`${person}/timeline`)).entries.find(({ name }) => name === "Form Submitted")
				?.sentence;
		const before = await submitted();
		expect((await call("POST", `${site}/experiences/blog-newsletter/pause`)).status).toBe(200);
		expect(await submitted()).toEqual(before);
	});

	test("tells both sides, latest first, a page view and what came of it as one entry", async () => {
		await become();
		const { entries } = Timeline.parse(await get<TimelineView>(`${person}/timeline`));
		expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).sort((a, b) => b - a));
		const view = entries.findLast(({ name }) => name === "Page Viewed");
		expect(view).toMatchObject({
			side: "person",
			sentence: { pl: "Wyświetlono stronę „/cennik”.", en: "The page “/cennik” was viewed." },
		});
		expect(view?.effects.map(({ sentence }) => sentence.en)).toContain("A tag was added: “CENNIK”.");
		const tag = entries.find(({ name }) => name === "Tag Added");
		expect(tag).toMatchObject({
			side: "us",
			sentence: { pl: "Dodano tag: „VIP” (ręcznie).", en: "A tag was added: “VIP” (by hand)." },
		});
		const order = entries.find(({ kind }) => kind === "order");
		expect(order?.sentence.en).toMatch(/^An order was completed: “z-1”, .*149\.5/);
	});

	test("comes in pages over all parts, without a gap or a repetition, and by kind and period", async () => {
		await become();
		const whole = (await get<TimelineView>(`${person}/timeline?limit=200`)).entries.map(({ id }) => id);
		const paged: string[] = [];
		for (let next: string | null = ""; next !== null; ) {
			const page: TimelineView = await get(
				`${person}/timeline?limit=2${next && `&before=${encodeURIComponent(next)}`}`,
			);
			paged.push(...page.entries.map(({ id }) => id));
			next = page.next;
		}
		expect(paged).toEqual(whole);
		const tags = (await get<TimelineView>(`${person}/timeline?kind=tag`)).entries;
		expect(
			tags.every(({ kind, effects }) => kind === "tag" || effects.some((one) => one.kind === "tag")),
		).toBe(true);
		expect(tags.length).toBe(5);
		expect((await get<TimelineView>(`${person}/timeline?kind=other`)).entries).toEqual([]);
		expect((await get<TimelineView>(`${person}/timeline?to=${Date.now() - hour}`)).entries).toEqual([]);
		expect((await get<TimelineView>(`${person}/timeline?from=${Date.now() - hour}`)).entries.length).toBe(
			50 > whole.length ? whole.length : 50,
		);
		for (const wrong of ["kind=all", "limit=0", "limit=900", "before=x", "from=yesterday", "more=1"])
			expect([wrong, (await call("GET", `${site}/people/${person}/timeline?${wrong}`)).status]).toEqual([
				wrong,
				422,
			]);
	});
});

test("the activity has 52 weeks, with what was done and bought in each", async () => {
	await become();
	const { weeks } = Activity.parse(await get(`${person}/activity`));
	expect(weeks.length).toBe(52);
	expect(weeks.at(-1)).toMatchObject({ visits: 1, pages: 3, orders: 1, amount: 149.5 });
	expect(new Date(weeks.at(-1)?.from ?? 0).getUTCDay()).toBe(1);
	expect(weeks.slice(0, -1).every(({ events }) => events === 0)).toBe(true);
});

describe("people are found", () => {
	type Found = { count: number; people: { id: string }[]; next: string | null };
	const found = async (query: string) => (await get<Found>(`?${query}`)).people.map(({ id }) => id);

	test("by an identifier through the directory, whatever its spelling, and by what was typed", async () => {
		await become();
		expect(await found("email=%20LUCJA%40example.pl")).toEqual([person]);
		const cell = partsOf(browser.token).cell;
		await resolve(env, site, [{ kind: "phone", value: "+48600700800" }], { person, cell });
		expect(await found("phone=600-700-800")).toEqual([person]);
		expect(await found("phone=600-700-801")).toEqual([]);
	});

	test("by tag, and by a part of a name or an address without regard to case and accents", async () => {
		await become();
		expect(await found("tag=VIP")).toEqual([person]);
		expect(await found("tag=NONE")).toEqual([]);
		for (const q of ["zolc", "ŁUCJA", "lucja@exa"])
			expect(await found(`q=${encodeURIComponent(q)}`)).toEqual([person]);
		expect(await found("q=nobody")).toEqual([]);
	});

	test("in pages", async () => {
		await become();
		const other = new Browser(browser.key);
		await other.view("/");
		await drain(other.token);
		const first = await get<Found>("?limit=1");
		expect(first).toMatchObject({ count: 2, people: [{ id: partsOf(other.token).visitor }] });
		expect(await found(`limit=1&after=${first.next}`)).toEqual([person]);
		expect((await call("GET", `${site}/people?limit=1000`)).status).toBe(422);
	});
});

test("an export is everything that every store has of the person, with dates that people read", async () => {
	await become();
	const cell = partsOf(browser.token).cell;
	await resolve(env, site, [{ kind: "email", value: "lucja@example.pl" }], { person, cell });
	const answer = await call("GET", `${site}/people/${person}/export`);
	const text = await answer.text();
	const all = JSON.parse(text);
	expect(all.identifiers).toContainEqual({ kind: "email", value: "lucja@example.pl" });
	expect(Object.keys(all.database).sort()).toEqual(["contact_events", "parts", "people"]);
	expect(all.database.contact_events.length).toBeGreaterThan(6);
	expect(all.database.contact_events[0].at).toMatch(/^\d{4}-\d\d-\d\dT/);
	expect(Object.keys(all.cell)).toEqual(expect.arrayContaining(["people"]));
	expect(text).toContain("Kosiarka X");
	expect(await cellOf(env, site, cell).extract("nobody")).toBeUndefined();
});
