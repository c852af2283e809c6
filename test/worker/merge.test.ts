// Two cards of one person, merged by somebody who saw the evidence, and parted again.

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Cell } from "../../worker/cell/cell.ts";
import { Directory } from "../../worker/directory/directory.ts";
import { findOwner, resolve } from "../../worker/directory/resolve.ts";
import type { Identifier, Owner } from "../../worker/domain/contact.ts";
import { recognise } from "../../worker/edge/recognise.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { keyringOf } from "../../worker/platform/key.ts";
import { cellOf } from "../../worker/platform/name.ts";
import { signToken, verifyToken } from "../../worker/platform/token.ts";
import { makeSecretKey, post, verdictsOf } from "./servers.ts";
import {
	Browser,
	call,
	env,
	event,
	findState,
	freshWorld,
	glimpse,
	partsOf,
	publish,
	settled,
	site,
	stateOf,
} from "./world.ts";

const annasId: Identifier = { kind: "user", value: "42" };
const annasMail: Identifier = { kind: "email", value: "anna@example.pl" };

let key: string;
afterEach(() => {
	vi.restoreAllMocks();
});
beforeEach(async () => {
	await freshWorld();
	key = await publish();
});

async function logIn(browser: Browser, ...identifiers: readonly Identifier[]): Promise<void> {
	const keyring = keyringOf(env.TOKEN_KEYS);
	const token = await verifyToken(keyring, site, browser.token ?? "");
	const next = await recognise(env, site, token, { identifiers, proof: "verified" });
	if (!next) throw new Error("the proof names nobody");
	browser.token = await signToken(keyring, site, next);
}

/** A card with one proven browser that looked at the price list so often, and a note by hand. */
async function cardOf(identifier: Identifier, looks: number): Promise<{ browser: Browser; owner: Owner }> {
	const browser = new Browser(key);
	await browser.view("/", "");
	for (let i = 0; i < looks; i++) await browser.view("/cennik");
	await logIn(browser, identifier);
	const { person, cell } = await resolve(env, site, [identifier]);
	await cellOf(env, site, cell).act({
		site,
		cell,
		id: uuidv7(Date.now()),
		act: { kind: "tag", tag: `by-hand-${identifier.kind}` },
		people: [person],
	});
	await settled();
	return { browser, owner: { person, cell } };
}

/** Two cards; `inOne`: of one cell, or of two. */
async function two(inOne: boolean) {
	for (;;) {
		const one = await cardOf(annasId, 2);
		const other = await cardOf(annasMail, 1);
		if ((one.owner.cell === other.owner.cell) === inOne) return { one, other };
		await freshWorld();
		key = await publish();
	}
}

/** A browser of this cell. */
async function browserOf(cell: string): Promise<Browser> {
	for (;;) {
		const browser = new Browser(key);
		await browser.view("/", "");
		if (partsOf(browser.token).cell === cell) return browser;
	}
}

const standing = async (owner: Owner) => (await findState(owner))?.standing;
const partIds = async (owner: Owner) => Object.keys((await stateOf(owner)).standing.person.parts);

async function merge(person: string, into: string, preview = false) {
	const answer = await call("POST", `${site}/people/${person}/merge`, { into, preview });
	return { status: answer.status, body: await answer.json<Record<string, unknown>>() };
}

const unmerge = async (person: string) => (await call("POST", `${site}/people/${person}/unmerge`)).status;

async function contacts(): Promise<readonly string[]> {
	const query = "SELECT id FROM people WHERE identity <> 'anonymous' ORDER BY id";
	return (await env.DB.prepare(query).all<{ id: string }>()).results.map(({ id }) => id);
}

async function placesInD1() {
	const query = "SELECT id, person, tied_to, version, score FROM parts ORDER BY id";
	return (await env.DB.prepare(query).all()).results;
}

describe.each([
	["in two cells", false],
	["in one cell", true],
])("two cards %s", (_where, inOne) => {
	it("are one after a merge: history, identifiers, browsers and acts; no rule fires", async () => {
		const { one, other } = await two(inOne);
		const preview = await merge(other.owner.person, one.owner.person, true);
		expect(preview.body).toMatchObject({
			isMerged: false,
			different: [],
			sides: [{ identifiers: [annasMail] }, { identifiers: [annasId] }],
		});
		expect(await contacts()).toHaveLength(2);
		const ledger = "SELECT count(*) AS n FROM ledger WHERE name IN ('Segment Entered', 'Points Earned')";
		const before = await env.DB.prepare(ledger).first("n");
		expect((await merge(other.owner.person, one.owner.person)).status).toBe(200);
		await settled();
		expect(await env.DB.prepare(ledger).first("n")).toBe(before);
		expect(await contacts()).toEqual([one.owner.person]);
		expect(await findOwner(env, site, annasMail)).toEqual(one.owner);
		const answer = await other.browser.view("/cennik");
		expect(partsOf(answer.token ?? other.browser.token).cell).toBe(one.owner.cell);
		const seen = await glimpse(other.browser);
		expect(seen).toMatchObject({ person: one.owner.person, tags: { CENNIK: { count: 4 } } });
		expect(seen?.segments.find(({ id }) => id === "ready-to-buy")?.since).not.toBeNull();
		// What is asked of the one who is gone is asked of the other.
		const acted = await call("POST", `${site}/acts`, {
			id: uuidv7(Date.now()),
			act: { kind: "tag", tag: "VIP" },
			people: [other.owner.person],
		});
		expect(await acted.json()).toEqual({ people: [{ person: other.owner.person, is: "done" }] });
		expect((await glimpse(one.browser))?.tags.VIP?.count).toBe(1);
		await settled();
		const persons = await env.DB.prepare(
			"SELECT count(DISTINCT person) AS n FROM parts WHERE kind = 'browser' AND proof = 'verified'",
		).first("n");
		expect(persons).toBe(1);
	});

	it("are as they were to the byte when it is undone and nothing happened since", async () => {
		const { one, other } = await two(inOne);
		const cells = [await standing(one.owner), await standing(other.owner)];
		const places = await placesInD1();
		expect((await merge(other.owner.person, one.owner.person)).status).toBe(200);
		await settled();
		expect(await unmerge(other.owner.person)).toBe(200);
		await settled();
		expect([await standing(one.owner), await standing(other.owner)]).toEqual(cells);
		expect(JSON.stringify(await standing(other.owner))).toBe(JSON.stringify(cells[1]));
		expect(JSON.stringify(await standing(one.owner))).toBe(JSON.stringify(cells[0]));
		expect(await placesInD1()).toEqual(places);
		expect(await contacts()).toEqual([one.owner.person, other.owner.person].toSorted());
		expect(await findOwner(env, site, annasMail)).toEqual(other.owner);
		expect(await unmerge(other.owner.person)).toBe(404);
	});

	it("each keep what their own browsers did meanwhile, and acts by hand stay with the card", async () => {
		const { one, other } = await two(inOne);
		await merge(other.owner.person, one.owner.person);
		await settled();
		await other.browser.view("/cennik");
		await one.browser.view("/cennik");
		await call("POST", `${site}/acts`, {
			id: uuidv7(Date.now()),
			act: { kind: "tag", tag: "VIP" },
			people: [one.owner.person],
		});
		await settled();
		expect(await unmerge(other.owner.person)).toBe(200);
		await settled();
		await other.browser.view("/");
		const [mine, theirs] = [await glimpse(one.browser), await glimpse(other.browser)];
		expect(mine).toMatchObject({
			person: one.owner.person,
			tags: { CENNIK: { count: 3 }, VIP: { count: 1 }, "by-hand-user": { count: 1 } },
		});
		expect(theirs).toMatchObject({
			person: other.owner.person,
			tags: { CENNIK: { count: 2 }, "by-hand-email": { count: 1 } },
		});
		expect(theirs?.tags).not.toHaveProperty("VIP");
		await settled();
		const scores = await env.DB.prepare(
			"SELECT person, sum(score) AS score FROM parts WHERE proof = 'verified' GROUP BY person ORDER BY score",
		).all();
		expect(scores.results).toEqual([
			{ person: other.owner.person, score: 20 },
			{ person: one.owner.person, score: 30 },
		]);
		// A merge that is done again is a merge.
		expect((await merge(other.owner.person, one.owner.person)).status).toBe(200);
		await settled();
		expect((await glimpse(one.browser))?.tags.CENNIK?.count).toBe(5);
	});

	it("typed, proven or told before the directory knows that a merge was undone, a name is whose it is by then", async () => {
		const { one, other } = await two(inOne);
		const secret = await makeSecretKey(["events"]);
		const [typist, phone] = [new Browser(key), new Browser(key)];
		for (const browser of [typist, phone]) await browser.view("/cennik", "");
		expect((await merge(other.owner.person, one.owner.person)).status).toBe(200);
		await settled();
		const before = await partIds(one.owner);
		const directory = vi.spyOn(Directory.prototype, "move").mockRejectedValue(new Error("out of reach"));
		expect(await unmerge(other.owner.person)).toBe(200);
		expect(await findOwner(env, site, annasMail)).toEqual(one.owner);
		await typist.track("Form Submitted", { experience: "blog-newsletter", email: annasMail.value });
		// Nobody can say whose it is, so they stay who they are, and the server tells it once more.
		const { token } = phone;
		await logIn(phone, annasMail);
		expect(partsOf(phone.token)).toEqual(partsOf(token));
		const order = event("Order Completed", { order_id: "1", revenue: 10 });
		const told = () =>
			post("events", { events: [{ ...order, identifiers: { email: annasMail.value } }] }, secret);
		expect((await told()).status).toBe(503);
		directory.mockRestore();
		await settled();
		await logIn(phone, annasMail);
		expect(await verdictsOf(told())).toEqual(["ok"]);
		await settled();
		expect(await findOwner(env, site, annasMail)).toEqual(other.owner);
		expect((await glimpse(phone))?.person).toBe(other.owner.person);
		const tied = "SELECT tied_to FROM parts WHERE id = ?";
		expect(await env.DB.prepare(tied).bind(partsOf(typist.token).visitor).first("tied_to")).toBe(
			other.owner.person,
		);
		const orders =
			"SELECT p.person FROM events e JOIN parts p ON p.id = e.part WHERE e.name = 'Order Completed'";
		expect((await env.DB.prepare(orders).all()).results).toEqual([{ person: other.owner.person }]);
		expect(before).toEqual(expect.arrayContaining(await partIds(one.owner)));
	});

	it("undone before the directory has heard of it, the directory does not hear of it any more", async () => {
		const { one, other } = await two(inOne);
		const directory = vi.spyOn(Directory.prototype, "move").mockRejectedValue(new Error("out of reach"));
		expect((await merge(other.owner.person, one.owner.person)).status).toBe(200);
		const { cell } = one.owner;
		const { person } = other.owner;
		await vi.waitFor(async () =>
			expect(await cellOf(env, site, cell).unmerge({ site, cell, person })).toEqual({ is: "done" }),
		);
		directory.mockRestore();
		await settled();
		expect(await findOwner(env, site, annasMail)).toEqual(other.owner);
	});

	it("undone, and whoever was parted erased before the directory knows: who typed their name is no more the card's", async () => {
		const { one, other } = await two(inOne);
		const typist = new Browser(key);
		await typist.view("/cennik", "");
		expect((await merge(other.owner.person, one.owner.person)).status).toBe(200);
		await settled();
		const directory = vi.spyOn(Directory.prototype, "move").mockRejectedValue(new Error("out of reach"));
		expect(await unmerge(other.owner.person)).toBe(200);
		await call("DELETE", `${site}/people/${other.owner.person}`);
		expect(await findOwner(env, site, annasMail)).toEqual(one.owner);
		await typist.track("Form Submitted", { experience: "blog-newsletter", email: annasMail.value });
		directory.mockRestore();
		await settled();
		const { visitor } = partsOf(typist.token);
		// Typed when they were erased already, it makes a card of its own.
		expect(await findOwner(env, site, annasMail)).toMatchObject({ person: visitor });
		expect((await stateOf(one.owner)).ties ?? {}).not.toHaveProperty(visitor);
		const tied = "SELECT tied_to FROM parts WHERE id = ?";
		expect(await env.DB.prepare(tied).bind(visitor).first("tied_to")).toBeNull();
	});
});

it("an undone merge, and then whoever was parted is erased before D1 knows: the card is left alone", async () => {
	const { one, other } = await two(false);
	await merge(other.owner.person, one.owner.person);
	await settled();
	vi.spyOn(Object.getPrototypeOf(env.DB), "batch").mockRejectedValue(new Error("D1 is away"));
	expect(await unmerge(other.owner.person)).toBe(200);
	const answer = await call("DELETE", `${site}/people/${other.owner.person}`);
	expect(answer.status).toBe(202);
	vi.restoreAllMocks();
	await settled();
	expect(await findState(other.owner)).toBeUndefined();
	expect(await contacts()).toEqual([one.owner.person]);
	const { visitor } = partsOf(one.browser.token);
	expect(await placesInD1()).toContainEqual(
		expect.objectContaining({ id: visitor, person: one.owner.person }),
	);
	expect((await glimpse(one.browser))?.tags).toHaveProperty("by-hand-user");
});

describe("an undone merge, and then the card is erased into which it was", () => {
	/** Somebody who types the name that went back; whose they are at the end. */
	const typed = async (when: "while they are one" | "before the directory knows") => {
		const { one, other } = await two(false);
		const typist = new Browser(key);
		await typist.view("/cennik", "");
		const type = () =>
			typist.track("Form Submitted", { experience: "blog-newsletter", email: annasMail.value });
		await merge(other.owner.person, one.owner.person);
		await settled();
		if (when === "while they are one") {
			await type();
			await settled();
		}
		const directory = vi.spyOn(Directory.prototype, "move").mockRejectedValue(new Error("out of reach"));
		expect(await unmerge(other.owner.person)).toBe(200);
		if (when === "before the directory knows") {
			await type();
			const { cell, visitor } = partsOf(typist.token);
			const isTied = async () => (await stateOf({ person: visitor, cell })).tiedTo;
			await vi.waitFor(async () => expect(await isTied()).toMatchObject({ person: one.owner.person }));
		}
		await call("DELETE", `${site}/people/${one.owner.person}`);
		directory.mockRestore();
		await settled();
		return { one, other, typist };
	};

	it.each(["while they are one", "before the directory knows"] as const)(
		"whoever typed the name of the other %s goes on, tied to that one, whose browser is still theirs",
		async (when) => {
			const { one, other, typist } = await typed(when);
			const { cell, visitor } = partsOf(typist.token);
			const tied = "SELECT tied_to FROM parts WHERE id = ?";
			expect(await env.DB.prepare(tied).bind(visitor).first("tied_to")).toBe(other.owner.person);
			expect(await findOwner(env, site, annasMail)).toEqual(other.owner);
			expect((await stateOf(other.owner)).ties).toHaveProperty(visitor);
			expect(JSON.stringify(await stateOf({ person: visitor, cell }))).not.toContain(one.owner.person);
			const before = partsOf(other.browser.token).visitor;
			await other.browser.view("/cennik");
			await settled();
			expect(partsOf(other.browser.token).visitor).toBe(before);
			expect((await placesInD1()).find(({ id }) => id === before)?.person).toBe(other.owner.person);
		},
	);
});

it("what strangers tied to a card goes with it, and comes back with it", async () => {
	const { one, other } = await two(false);
	const stranger = new Browser(key);
	await stranger.view("/", "");
	await stranger.track("Form Submitted", { experience: "blog-newsletter", email: annasMail.value });
	await settled();
	const tied = async () =>
		env.DB.prepare("SELECT tied_to FROM parts WHERE id = ?")
			.bind(partsOf(stranger.token).visitor)
			.first("tied_to");
	expect(await tied()).toBe(other.owner.person);
	await merge(other.owner.person, one.owner.person);
	await stranger.view("/cennik");
	await settled();
	expect(await tied()).toBe(one.owner.person);
	await unmerge(other.owner.person);
	await stranger.view("/cennik");
	await settled();
	expect(await tied()).toBe(other.owner.person);
	expect(await contacts()).toHaveLength(2);
});

it("an identifier that points at two cards is listed, merges nobody, and is settled by a person", async () => {
	const { one, other } = await two(false);
	await logIn(one.browser, annasId, annasMail);
	await settled();
	expect(await contacts()).toHaveLength(2);
	const list = async () => (await call("GET", `${site}/people/conflicts`)).json<{ conflicts: unknown[] }>();
	expect(await list()).toMatchObject({
		conflicts: [{ person: one.owner.person, other: other.owner.person, ...annasMail }],
	});
	const pair = { person: one.owner.person, other: other.owner.person };
	expect((await call("POST", `${site}/people/conflicts`, pair)).status).toBe(200);
	expect(await list()).toEqual({ conflicts: [] });
});

describe("a merge is refused", () => {
	it("of whoever is not known, is the same, or is no card", async () => {
		const { owner } = await cardOf(annasId, 1);
		const nobody = new Browser(key);
		await nobody.view("/", "");
		await settled();
		expect((await merge("nobody", owner.person)).status).toBe(404);
		expect(await merge(owner.person, owner.person)).toMatchObject({
			status: 422,
			body: { error: "same-person" },
		});
		expect(await merge(partsOf(nobody.token).visitor, owner.person)).toMatchObject({
			status: 422,
			body: { error: "not-a-card" },
		});
		expect(await unmerge(owner.person)).toBe(404);
	});
});

it("an act that is sent again after a merge, or after it was undone, was done and is not done twice", async () => {
	const { one, other } = await two(false);
	const acting = (tag: string) => {
		const act = { id: uuidv7(Date.now()), act: { kind: "tag", tag } };
		return async (person: string) => {
			const answer = await call("POST", `${site}/acts`, { ...act, people: [person] });
			return (await answer.json<{ people: readonly { is: string }[] }>()).people[0]?.is;
		};
	};
	const [before, meanwhile] = [acting("VIP"), acting("LATER")];
	expect(await before(other.owner.person)).toBe("done");
	await merge(other.owner.person, one.owner.person);
	await settled();
	expect(await before(other.owner.person)).toBe("duplicate");
	expect(await before(one.owner.person)).toBe("duplicate");
	expect((await glimpse(one.browser))?.tags.VIP?.count).toBe(1);
	expect(await meanwhile(other.owner.person)).toBe("done");
	expect(await unmerge(other.owner.person)).toBe(200);
	await settled();
	expect(await meanwhile(other.owner.person)).toBe("duplicate");
	expect((await glimpse(one.browser))?.tags.LATER?.count).toBe(1);
});

it("a merge that cannot be delivered holds up nobody but whom it is of", async () => {
	const { one, other } = await two(false);
	const third = await cardOf({ kind: "phone", value: "+48600700800" }, 1);
	const { cell } = other.owner;
	await merge(other.owner.person, one.owner.person);
	await settled();
	const unreachable = "eu-eeur-3";
	await runInDurableObject(cellOf(env, site, cell), (_cell, { storage }) => {
		const body = JSON.stringify({ cell: unreachable, person: third.owner.person, browsers: [] });
		storage.sql.exec("INSERT INTO errands (key, body) VALUES (?, ?)", `merge/${third.owner.person}`, body);
	});
	await evictDurableObject(cellOf(env, site, cell));
	const takeMerge = vi.spyOn(Cell.prototype, "takeMerge").mockRejectedValue(new Error("unreachable"));
	const keyring = keyringOf(env.TOKEN_KEYS);
	const visitor = partsOf(other.browser.token).visitor;
	other.browser.token = await signToken(keyring, site, { cell, visitor });
	const { verdicts } = await other.browser.view("/cennik");
	expect(verdicts).toMatchObject([{ verdict: "ok" }]);
	takeMerge.mockRestore();
});

it("a browser that is proven to be a merged card's, and is of the other's cell, is there with its history", async () => {
	const { one, other } = await two(false);
	await merge(other.owner.person, one.owner.person);
	await settled();
	const { cell } = one.owner;
	const browser = await browserOf(cell);
	await browser.view("/cennik");
	const who = { is: "known", visitor: partsOf(browser.token).visitor } as const;
	// As whoever asked the directory just before the merge.
	const call = {
		site,
		cell,
		who,
		to: other.owner,
		proof: "verified",
		identifiers: [annasMail],
		conflicts: [],
	} as const;
	const before = (await glimpse(one.browser))?.tags.CENNIK?.count ?? 0;
	expect(await cellOf(env, site, cell).handOver(call)).toEqual({ is: "handed", cell });
	expect((await browser.view("/cennik")).verdicts).toMatchObject([{ verdict: "ok" }]);
	expect(await glimpse(browser)).toMatchObject({
		person: one.owner.person,
		tags: { CENNIK: { count: before + 2 } },
	});
});

it("acts and orders for a card on its way to another's cell wait for it, and count once", async () => {
	const { one, other } = await two(false);
	const { person, cell } = other.owner;
	const act = {
		site,
		cell,
		id: uuidv7(Date.now()),
		act: { kind: "tag", tag: "VIP" },
		people: [person],
	} as const;
	const order = event("Order Completed", { order_id: "1", total: 100, currency: "PLN" });
	const telling = {
		person,
		part: { id: `server-${person}`, kind: "server" },
		identifiers: [annasMail],
		events: [event("Order Completed", { order_id: "0", total: 50, currency: "PLN" })],
		firesRules: true,
	} as const;
	const stub = () => cellOf(env, site, cell);
	await stub().receive({ site, cell, people: [telling] });
	expect(await stub().act(act)).toEqual([{ person, is: "done" }]);
	const takeMerge = vi.spyOn(Cell.prototype, "takeMerge").mockRejectedValue(new Error("unreachable"));
	await merge(person, one.owner.person);
	const receive = () => stub().receive({ site, cell, people: [{ ...telling, events: [order] }] });
	for (const work of [stub().act(act), receive()])
		expect(await work.catch((error: unknown) => String(error))).toContain("unreachable");
	takeMerge.mockRestore();
	expect(await stub().act(act)).toEqual([{ person, is: "duplicate" }]);
	expect((await receive())[0]?.verdicts).toMatchObject([{ verdict: "ok" }]);
	await settled();
	const card = await glimpse(one.browser);
	expect(card?.tags.VIP?.count).toBe(1);
	const part = (await stateOf(one.owner)).standing.person.parts[`server-${person}`];
	expect(Object.keys(part?.facts.orders ?? {}).toSorted()).toEqual(["0", "1"]);
});

it("orders told of a card that was merged away are the other's, and go back with it", async () => {
	const { one, other } = await two(false);
	await merge(other.owner.person, one.owner.person);
	await settled();
	const { person, cell } = other.owner;
	const [received] = await cellOf(env, site, cell).receive({
		site,
		cell,
		people: [
			{
				person,
				part: { id: `server-${person}`, kind: "server" },
				identifiers: [annasMail],
				events: [event("Order Completed", { order_id: "1", total: 100, currency: "PLN" })],
				firesRules: true,
			},
		],
	});
	expect(received).toMatchObject({ person, verdicts: [{ verdict: "ok" }] });
	expect(await partIds(one.owner)).toContain(`server-${person}`);
	await unmerge(person);
	await settled();
	expect(await partIds(one.owner)).not.toContain(`server-${person}`);
	expect(await partIds(other.owner)).toContain(`server-${person}`);
});
