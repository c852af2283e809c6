// Who typed an identifier is tied to its card: seen there, marked and removable, while nothing of the card flows out.

import { beforeEach, describe, expect, it } from "vitest";
import { explainIn } from "../../worker/admin/why.ts";
import { collectIn } from "../../worker/cell/call.ts";
import { findOwner } from "../../worker/directory/resolve.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { cellOf } from "../../worker/platform/name.ts";
import {
	Browser,
	env,
	event,
	freshWorld,
	glimpse,
	isLong,
	partsOf,
	publish,
	settled,
	site,
	stateOf,
} from "./world.ts";

const anna = { kind: "email", value: "anna@example.pl" } as const;

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish();
});

async function typing(browser: Browser, email: string = anna.value): Promise<void> {
	await browser.track("Form Submitted", { experience: "blog-newsletter", email });
}

/** A browser of another cell than these. */
async function elsewhere(...others: readonly Browser[]): Promise<Browser> {
	const cells = others.map(({ token }) => partsOf(token).cell);
	for (;;) {
		const browser = new Browser(key);
		await browser.view("/", "");
		if (!cells.includes(partsOf(browser.token).cell)) return browser;
	}
}

async function card(email: string = anna.value) {
	const owner = await findOwner(env, site, { kind: "email", value: email });
	if (!owner) throw new Error("nobody has the address");
	return owner;
}

interface PartRow {
	readonly id: string;
	readonly person: string;
	readonly tied_to: string | null;
	readonly proof: string | null;
	readonly score: number;
}
async function partRows(): Promise<readonly PartRow[]> {
	const query =
		"SELECT id, person, tied_to, proof, score FROM parts WHERE kind = 'browser' AND proof IS NOT NULL ORDER BY id";
	return (await env.DB.prepare(query).all<PartRow>()).results;
}

async function contacts(): Promise<readonly string[]> {
	const query = "SELECT id FROM people WHERE identity <> 'anonymous' ORDER BY id";
	return (await env.DB.prepare(query).all<{ id: string }>()).results.map(({ id }) => id);
}

const told = (person: string, name: string, props = {}) => ({
	person,
	part: { id: `server-${person}`, kind: "server" as const },
	identifiers: [anna],
	events: [event(name, props)],
	firesRules: true,
});

describe("an address that nobody typed before", () => {
	const times = isLong ? 500 : 100;

	it("makes a card of whoever types it, in their own cell", async () => {
		const browser = new Browser(key);
		await browser.view("/cennik", "");
		await typing(browser);
		await settled();
		const { cell, visitor } = partsOf(browser.token);
		expect(await card()).toEqual({ person: visitor, cell });
		expect(await contacts()).toEqual([visitor]);
	});

	it(`that two cells learn of at the same moment makes one card, ${times} times`, async () => {
		const [one, two] = [new Browser(key), new Browser(key)];
		await one.view("/", "");
		await two.view("/", "");
		const cells = ["eu-eeur-0", "eu-eeur-1"];
		const races = Array.from({ length: times }, (_, i) => `race-${i}@example.pl`);
		const visit = (cell: string, email: string) => {
			const now = Date.now();
			const sent = event("Form Submitted", { email });
			return collectIn(cellOf(env, site, cell), {
				site,
				cell,
				who: { is: "new", visitor: uuidv7(now) },
				origin: "https://shop.example",
				environment: {},
				page: { url: "https://shop.example/", visible: true },
				decide: false,
				sentAt: now,
				events: [sent],
				claims: [],
			});
		};
		for (let from = 0; from < races.length; from += 50) {
			const some = races.slice(from, from + 50);
			await Promise.all(some.flatMap((email) => cells.map((cell) => visit(cell, email))));
		}
		await settled();
		const owners = await Promise.all(races.map(async (email) => (await card(email)).person));
		expect(new Set(owners).size).toBe(times);
		expect(await contacts()).toEqual(owners.toSorted());
		const counted = await env.DB.prepare(
			"SELECT count(*) AS parts, count(DISTINCT person) AS people FROM parts WHERE tied_to IS NOT NULL",
		).first();
		// Both browsers: the first is kept apart from what the second brings.
		expect(counted).toEqual({ parts: 2 * times, people: times });
		// So many browsers take their time on a busy machine.
	}, 240_000);
});

describe("an address that is a card's already", () => {
	it("ties the browser to it: one contact, whose score counts what it did, marked as unproven", async () => {
		const first = new Browser(key);
		await first.view("/cennik", "");
		await typing(first);
		// Whoever types it first has the card.
		await settled();
		const second = await elsewhere(first);
		await second.view("/cennik");
		await settled();
		const before = second.token;
		await typing(second);
		await second.view("/cennik");
		await settled();
		const { person } = await card();
		expect(await contacts()).toEqual([person]);
		const rows = await partRows();
		expect(rows.map(({ person, tied_to }) => [person, tied_to])).toEqual([
			[person, person],
			[person, person],
		]);
		expect(rows.every(({ proof }) => proof === "typed")).toBe(true);
		expect(second.token).toBe(before);
		const explained = await explainIn(cellOf(env, site, (await card()).cell), {
			people: [{ person, past: {} }],
			question: { of: "score", programme: null },
		});
		expect(explained).toMatchObject({ people: [{ why: { because: { untold: 70 } } }] });
	});

	it("tells whoever typed it nothing: they are shown what their own visits earned", async () => {
		const first = new Browser(key);
		for (const _ of [1, 2, 3]) await first.view("/cennik", "");
		await typing(first);
		await settled();
		const second = await elsewhere(first);
		await typing(second);
		await settled();
		expect((await second.view("/kosiarki-akumulatorowe")).show).toEqual([]);
		expect(await glimpse(second)).toMatchObject({ score: 20, tags: { POPUP_PODSTRONA_BLOG: { count: 1 } } });
	});

	it("keeps its card also from the browser that typed it first, once others bring something to it", async () => {
		const first = new Browser(key);
		await first.view("/", "");
		await typing(first);
		await settled();
		const { person, cell } = await card();
		const prices = ["1", "2", "3"].map(() => event("Page Viewed", { path: "/cennik" }));
		const [received] = await cellOf(env, site, cell).receive({
			site,
			cell,
			people: [{ ...told(person, "Page Viewed"), events: prices }],
		});
		expect(received?.verdicts.map(({ verdict }) => verdict)).toEqual(["ok", "ok", "ok"]);
		expect((await stateOf({ person, cell })).standing.segments).toHaveProperty("ready-to-buy");
		expect((await first.view("/kosiarki-akumulatorowe")).show).toEqual([]);
		await first.view("/cennik");
		await settled();
		expect(await glimpse(first)).toMatchObject({ score: 30 });
		expect(await contacts()).toEqual([person]);
		const own = (await partRows()).find(({ id }) => id === partsOf(first.token).visitor);
		expect(own).toMatchObject({ person, tied_to: person, score: 30 });
		// Whatever waited for D1 when the two were parted is there once.
		const views = await env.DB.prepare("SELECT count(*) AS n FROM events WHERE name = 'Page Viewed'").first(
			"n",
		);
		expect(views).toBe(6);
	});

	it("lets go of what is removed by hand, and takes no more of it", async () => {
		const first = new Browser(key);
		await first.view("/", "");
		await typing(first);
		// Whoever types it first has the card.
		await settled();
		const second = await elsewhere(first);
		await typing(second);
		await second.view("/cennik");
		await settled();
		const { person, cell } = await card();
		const { visitor } = partsOf(second.token);
		expect(await cellOf(env, site, cell).untie(person, visitor)).toBe(true);
		expect(await cellOf(env, site, cell).untie(person, visitor)).toBe(false);
		await settled();
		await second.view("/cennik");
		await settled();
		expect((await partRows()).find(({ id }) => id === visitor)).toMatchObject({
			person: visitor,
			tied_to: null,
		});
		expect(await contacts()).toEqual([person, visitor].toSorted());
		expect(JSON.stringify((await stateOf({ person, cell })).standing)).not.toContain("CENNIK");
	});

	it("loses what was tied when that browser's consent is revoked", async () => {
		const first = new Browser(key);
		await first.view("/", "");
		await typing(first);
		// Whoever types it first has the card.
		await settled();
		const second = await elsewhere(first);
		await second.view("/cennik");
		await typing(second);
		await settled();
		const { visitor } = partsOf(second.token);
		await second.send([], "/", { consent: "denied" });
		await settled();
		const owner = await card();
		expect(JSON.stringify((await stateOf(owner)).standing)).not.toContain("CENNIK");
		expect((await partRows()).map(({ id }) => id)).not.toContain(visitor);
		expect(await contacts()).toEqual([owner.person]);
	});
});

describe("a page that says who its visitor is", () => {
	it("is believed as much as a form: the attributes follow, and another user id is another person", async () => {
		const browser = new Browser(key);
		const say = (userId: string) =>
			browser.track("Identified", { userId, "traits.firstName": "Anna", "traits.address.city": "Łódź" });
		await say("42");
		await settled();
		const { visitor, cell } = partsOf(browser.token);
		expect(await findOwner(env, site, { kind: "user", value: "42" })).toEqual({ person: visitor, cell });
		expect(await glimpse(browser)).toMatchObject({
			identity: "monitored",
			attributes: { firstName: "Anna", city: "Łódź" },
		});
		await say("43");
		expect((await glimpse(browser))?.person).not.toBe(visitor);
	});

	it("binds no two identifiers: who types another's address beside their own id has not got the other's card", async () => {
		const [victim, thief] = [new Browser(key), new Browser(key)];
		await typing(victim);
		await settled();
		await thief.track("Identified", { userId: "thief", email: anna.value });
		await settled();
		const owner = await findOwner(env, site, { kind: "user", value: "thief" });
		expect(owner?.person).toBe(partsOf(thief.token).visitor);
		expect((await card()).person).toBe(partsOf(victim.token).visitor);
	});

	it("and that they logged out makes a new, anonymous one", async () => {
		const browser = new Browser(key);
		await typing(browser);
		await browser.track("Reset");
		expect(await glimpse(browser)).toMatchObject({ identity: "anonymous", attributes: {} });
		await settled();
		expect(await contacts()).toHaveLength(1);
	});
});
