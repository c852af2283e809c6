// A browser that proves whose it is goes to the card, with all that it was: nothing is lost on the way, nothing doubled,
// whatever fails, and what still comes for it in its old cell is passed on.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Cell } from "../../worker/cell/cell.ts";
import { resolve } from "../../worker/directory/resolve.ts";
import type { Identifier } from "../../worker/domain/contact.ts";
import { recognise } from "../../worker/edge/recognise.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { keyringOf } from "../../worker/platform/key.ts";
import { signToken, verifyToken } from "../../worker/platform/token.ts";
import {
	Browser,
	call,
	drain,
	env,
	event,
	freshWorld,
	inspect,
	partsOf,
	publish,
	settled,
	site,
} from "./world.ts";

const anna: Identifier = { kind: "email", value: "anna@example.pl" };
const annasId: Identifier = { kind: "user", value: "42" };
const jansId: Identifier = { kind: "user", value: "43" };
const d1 = Object.getPrototypeOf(env.DB) as D1Database;

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish();
});
afterEach(() => {
	vi.restoreAllMocks();
});

/** The browser logs in: what the site's own login vouches for. */
async function logIn(browser: Browser, ...identifiers: readonly Identifier[]): Promise<void> {
	const keyring = keyringOf(env.TOKEN_KEYS);
	const token = browser.token === undefined ? undefined : await verifyToken(keyring, site, browser.token);
	const next = await recognise(env, site, token, { identifiers, proof: "verified" });
	if (!next) throw new Error("the proof names nobody");
	browser.token = await signToken(keyring, site, next);
}

async function inCellOf(browser: Browser, isSame: boolean): Promise<Browser> {
	for (;;) {
		const other = new Browser(key);
		await other.view("/", "");
		if ((partsOf(other.token).cell === partsOf(browser.token).cell) === isSame) return other;
	}
}

async function contacts() {
	const query = "SELECT id, cell FROM people WHERE identity <> 'anonymous' ORDER BY id";
	return (await env.DB.prepare(query).all<{ id: string; cell: string }>()).results;
}

/** Ids of the events that D1 has of somebody's parts, each as often as it stands there. */
async function eventsOf(person: string): Promise<readonly string[]> {
	const { results } = await env.DB.prepare(
		`SELECT e.id FROM events e WHERE e.site = ?1 AND e.cause IS NULL
			AND e.part IN (SELECT id FROM parts WHERE site = ?1 AND person = ?2) ORDER BY e.id`,
	)
		.bind(site, person)
		.all<{ id: string }>();
	return results.map(({ id }) => id);
}

const prices = () => event("Page Viewed", { url: "https://shop.example/cennik", path: "/cennik" });

describe("two devices and one login", () => {
	it("are one person with the history of both, one set of caps, and tokens for one cell", async () => {
		const phone = new Browser(key);
		await phone.view("/", "");
		const desk = await inCellOf(phone, false);
		await phone.view("/cennik");
		for (const _ of [1, 2]) await desk.view("/cennik");
		await logIn(phone, annasId);
		await logIn(desk, annasId);
		const [one, two] = [await inspect(phone), await inspect(desk)];
		expect(one.person).toBe(two.person);
		expect(two.tags.CENNIK?.count).toBe(3);
		expect(partsOf(phone.token).cell).toBe(partsOf(desk.token).cell);
		const offered = await desk.view("/kosiarki-akumulatorowe");
		expect(offered.show.map(({ experience }) => experience)).toEqual(["ready-to-buy"]);
		await desk.track("Experience Closed", { experience: "ready-to-buy", revision: 1, by: "button" });
		expect((await phone.view("/kosiarki-akumulatorowe")).show).toEqual([]);
		await settled();
		expect(await contacts()).toMatchObject([{ id: one.person }]);
		expect(await env.DB.prepare("SELECT count(DISTINCT person) AS n FROM parts").first("n")).toBe(
			1 +
				((await env.DB.prepare("SELECT count(*) AS n FROM people WHERE identity = 'anonymous'").first<number>(
					"n",
				)) ?? 0),
		);
		const views = await env.DB.prepare(
			"SELECT count(*) AS n FROM events WHERE name = 'Page Viewed' AND part IN (SELECT id FROM parts WHERE person = ?)",
		)
			.bind(one.person)
			.first("n");
		expect(views).toBe(7);
	});

	it("no rule fires because of it", async () => {
		const phone = new Browser(key);
		await phone.view("/cennik", "");
		const desk = await inCellOf(phone, false);
		for (const _ of [1, 2]) await desk.view("/cennik");
		await logIn(phone, annasId);
		await logIn(desk, annasId);
		await settled();
		const entered =
			"SELECT count(*) AS n FROM ledger WHERE name = 'Segment Entered' AND rule = 'ready-to-buy'";
		expect(await env.DB.prepare(entered).first("n")).toBe(0);
		expect((await inspect(desk)).segments.find(({ id }) => id === "ready-to-buy")?.since).not.toBeNull();
	});
});

describe("what still comes to the old cell", () => {
	it("is passed on, counted once, and brings the browser its new token", async () => {
		const browser = await away();
		const old = browser.token;
		const sent = prices();
		await browser.send([sent], "/cennik", {});
		const before = (await inspect(browser)).tags.CENNIK?.count;
		await logIn(browser, annasId);
		const moved = browser.token;
		expect(partsOf(moved).cell).not.toBe(partsOf(old).cell);
		browser.token = old;
		const late = prices();
		const answer = await browser.send([sent, late], "/cennik", {});
		expect(answer.verdicts.map(({ verdict }) => verdict)).toEqual(["duplicate", "ok"]);
		expect(partsOf(answer.token)).toEqual(partsOf(moved));
		expect((await browser.send([late], "/cennik", {})).verdicts[0]?.verdict).toBe("duplicate");
		expect((await inspect(browser)).tags.CENNIK?.count).toBe((before ?? 0) + 1);
	});

	it("is a refusal too: who revokes consent with an old token is forgotten where they are", async () => {
		const browser = await away();
		const { token } = browser;
		await logIn(browser, annasId);
		const moved = browser.token;
		browser.token = token;
		await browser.send([], "/", { consent: "denied" });
		browser.token = moved;
		const { visitor } = partsOf(moved);
		expect(partsOf((await browser.view("/")).token).visitor).not.toBe(visitor);
	});
});

/** A browser that is not in the cell which the directory gives to a card that it makes. */
async function away(identifier: Identifier = annasId): Promise<Browser> {
	const { cell } = await resolve(env, site, [identifier]);
	for (;;) {
		const browser = new Browser(key);
		await browser.view("/", "");
		if (partsOf(browser.token).cell !== cell) return browser;
	}
}

type Batch = (this: D1Database, statements: D1PreparedStatement[]) => Promise<D1Result[]>;

describe("a handover loses nothing and doubles nothing", () => {
	/** Browses, logs in, browses on; then D1 and the card have everything once. `between` is done before the login. */
	async function passes(between: () => Promise<void> | void, after: () => void = () => undefined) {
		const browser = await away();
		const first = [prices(), prices()];
		await browser.send(first, "/cennik", {});
		await between();
		const second = [prices()];
		await browser.send(second, "/cennik", {});
		let old = browser.token;
		await logIn(browser, annasId);
		if (browser.token === old) {
			// The card's cell could not be reached: the browser comes again.
			vi.restoreAllMocks();
			await logIn(browser, annasId);
			old = undefined;
		}
		const third = [prices(), prices()];
		await browser.send(third, "/cennik", {});
		after();
		await settled();
		const { person, tags } = await inspect(browser);
		expect(tags.CENNIK?.count).toBe(5);
		const all = [...first, ...second, ...third].map(({ id }) => id);
		const known = await eventsOf(person);
		expect(known.filter((id) => all.includes(id))).toEqual(all.toSorted());
		expect(known).toHaveLength(6);
		expect(await contacts()).toMatchObject([{ id: person }]);
		const waiting = await env.DB.prepare("SELECT count(*) AS n FROM arrivals WHERE part = ?")
			.bind(partsOf(browser.token).visitor)
			.first("n");
		expect(waiting).toBe(0);
		const score = "SELECT score FROM parts WHERE id = ?";
		expect(await env.DB.prepare(score).bind(partsOf(browser.token).visitor).first("score")).toBe(50);
	}

	it("where all is well, and D1 had the beginning", () => passes(async () => settled()));

	it("where D1 had nothing yet", () => passes(() => undefined));

	it("where the card's cell took it in and its acknowledgement was lost", () =>
		passes(() => {
			const real = Cell.prototype.adopt;
			vi.spyOn(Cell.prototype, "adopt").mockImplementationOnce(async function (this: Cell, adoption) {
				await real.call(this, adoption);
				throw new Error("lost on the way");
			});
		}));

	it("where the card's cell could not be reached at first", () =>
		passes(() => {
			vi.spyOn(Cell.prototype, "adopt").mockRejectedValue(new Error("unreachable"));
		}));

	it("where D1 was down all the while", () => {
		const spy = vi.spyOn(d1, "batch");
		return passes(
			() => {
				spy.mockRejectedValue(new Error("D1 is down"));
			},
			() => vi.restoreAllMocks(),
		);
	});

	it("where a batch of the old cell was committed, and its acknowledgement was lost", () => {
		const real = d1.batch as Batch;
		return passes(() => {
			vi.spyOn(d1, "batch").mockImplementationOnce(async function (this: D1Database, statements) {
				await real.call(this, statements);
				throw new Error("lost on the way");
			} as Batch as never);
		});
	});

	it("where a batch of the old cell comes after the new cell's first", async () => {
		const real = d1.batch as Batch;
		let open = () => {};
		const gate = new Promise<void>((resolve) => {
			open = resolve;
		});
		let isHeld = false;
		await passes(
			() => {
				vi.spyOn(d1, "batch").mockImplementation(async function (this: D1Database, statements) {
					if (!isHeld) {
						isHeld = true;
						await gate;
					}
					return real.call(this, statements);
				} as Batch as never);
			},
			() => {
				setTimeout(open, 1_500);
			},
		);
		expect(isHeld).toBe(true);
	});

	it("of an offline queue that is sent with the old token, some of it for the second time", async () => {
		const browser = await away();
		const queue = [prices(), prices(), prices()];
		await browser.send(queue.slice(0, 2), "/cennik", {});
		const old = browser.token;
		await logIn(browser, annasId);
		browser.token = old;
		const { verdicts } = await browser.send(queue, "/cennik", {});
		expect(verdicts.map(({ verdict }) => verdict)).toEqual(["duplicate", "duplicate", "ok"]);
		await settled();
		expect((await inspect(browser)).tags.CENNIK?.count).toBe(3);
	});
});

describe("a browser that typed the address before it proved it", () => {
	it("is raised where the card is itself, in its own cell and under its own token", async () => {
		const browser = new Browser(key);
		await browser.view("/", "");
		await browser.track("Form Submitted", { experience: "blog-newsletter", email: anna.value });
		await settled();
		const { token } = browser;
		await logIn(browser, anna);
		await settled();
		expect(browser.token).toBe(token);
		expect(
			await env.DB.prepare("SELECT proof FROM parts WHERE id = ?")
				.bind(partsOf(token).visitor)
				.first("proof"),
		).toBe("verified");
	});

	it("goes to the card to which it was tied, and is one person with it", async () => {
		const first = new Browser(key);
		await first.view("/", "");
		await first.track("Form Submitted", { experience: "blog-newsletter", email: anna.value });
		const second = await inCellOf(first, false);
		await second.track("Form Submitted", { experience: "blog-newsletter", email: anna.value });
		await settled();
		await logIn(second, anna);
		await settled();
		const rows = await env.DB.prepare(
			"SELECT id, person, tied_to, proof FROM parts WHERE id IN (?, ?) ORDER BY proof",
		)
			.bind(partsOf(first.token).visitor, partsOf(second.token).visitor)
			.all<{ id: string; person: string; tied_to: string | null; proof: string }>();
		const [person] = await contacts();
		// What was merely typed counts no more.
		expect(rows.results).toMatchObject([
			{ tied_to: person?.id, proof: "typed" },
			{ person: person?.id, tied_to: null, proof: "verified" },
		]);
		expect(rows.results[0]?.person).not.toBe(person?.id);
	});
});

describe("orders that a stranger posts on an address which they typed", () => {
	it("do not move the score or the segments of a card that is proven", async () => {
		const owner = new Browser(key);
		await owner.view("/cennik", "");
		await logIn(owner, anna);
		const before = await inspect(owner);
		const stranger = await inCellOf(owner, false);
		await stranger.track("Form Submitted", { experience: "blog-newsletter", email: anna.value });
		for (const _ of [1, 2, 3]) await stranger.view("/cennik");
		await stranger.track("Order Completed", { order_id: "1", total: 9_999, currency: "PLN" });
		await settled();
		const after = await inspect(owner);
		expect([after.score, after.tags]).toEqual([before.score, before.tags]);
		expect(after.segments.map(({ since }) => since)).toEqual(before.segments.map(({ since }) => since));
		const counted = await env.DB.prepare("SELECT sum(score) AS score FROM parts WHERE person = ?")
			.bind(before.person)
			.first("score");
		expect(counted).toBe(before.score);
		const shown = await env.DB.prepare("SELECT count(*) AS n FROM parts WHERE tied_to = ?")
			.bind(before.person)
			.first("n");
		expect(shown).toBe(1);
	});
});

it("lists every identifier that is another's, also where the first was not told to D1 yet", async () => {
	const browser = new Browser(key);
	await browser.view("/", "");
	const phone: Identifier = { kind: "phone", value: "+48600700800" };
	const [hers, his, third] = [
		await resolve(env, site, [annasId]),
		await resolve(env, site, [anna]),
		await resolve(env, site, [phone]),
	];
	const noted = vi.spyOn(d1, "prepare").mockImplementation(() => {
		throw new Error("D1 is down");
	});
	await logIn(browser, annasId, anna);
	await logIn(browser, annasId, phone);
	noted.mockRestore();
	await settled();
	const query = "SELECT person, other, kind FROM conflicts ORDER BY kind";
	expect((await env.DB.prepare(query).all()).results).toEqual([
		{ person: hers.person, other: his.person, kind: "email" },
		{ person: hers.person, other: third.person, kind: "phone" },
	]);
});

describe("two known people on one browser", () => {
	it("are never merged: the browser switches, there and back, and each has what they did", async () => {
		const browser = await away();
		await logIn(browser, annasId);
		await browser.view("/cennik");
		const hers = await inspect(browser);
		await logIn(browser, jansId);
		for (const _ of [1, 2]) await browser.view("/cennik");
		const his = await inspect(browser);
		expect(his.person).not.toBe(hers.person);
		expect(his.tags.CENNIK?.count).toBe(2);
		await logIn(browser, annasId);
		await browser.view("/cennik");
		const again = await inspect(browser);
		expect([again.person, again.tags.CENNIK?.count]).toEqual([hers.person, 2]);
		await logIn(browser, jansId);
		expect((await inspect(browser)).tags.CENNIK?.count).toBe(2);
		await settled();
		expect(await contacts()).toHaveLength(2);
	});

	it("have nothing of what the other did, also where it is sent again or done to both", async () => {
		const browser = await away();
		await logIn(browser, annasId);
		const sent = prices();
		const send = async () => (await browser.send([sent], "/", {})).verdicts[0]?.verdict;
		const act = { id: uuidv7(Date.now()), act: { kind: "tag", tag: "VIP" } };
		const done = async (identifier: Identifier) => {
			const { person } = await resolve(env, site, [identifier]);
			const answer = await call("POST", `${site}/acts`, { ...act, people: [person] });
			return (await answer.json<{ people: readonly { is: string }[] }>()).people[0]?.is;
		};
		expect(await send()).toBe("ok");
		await settled();
		expect(await done(annasId)).toBe("done");
		await logIn(browser, jansId);
		expect(await send()).toBe("duplicate");
		await settled();
		expect(await done(jansId)).toBe("done");
		expect(await inspect(browser)).toMatchObject({ tags: { VIP: { count: 1 } } });
		expect((await inspect(browser)).tags).not.toHaveProperty("CENNIK");
		await logIn(browser, annasId);
		expect([await send(), await done(annasId)]).toEqual(["duplicate", "duplicate"]);
		expect((await inspect(browser)).tags).toMatchObject({ CENNIK: { count: 1 }, VIP: { count: 1 } });
	});

	it("also where one of them had only typed who they are", async () => {
		const browser = new Browser(key);
		await browser.view("/cennik", "");
		await browser.track("Form Submitted", { experience: "blog-newsletter", email: anna.value });
		await drain(browser.token);
		await settled();
		await logIn(browser, jansId);
		expect(await inspect(browser)).toMatchObject({ tags: {}, attributes: {} });
		await settled();
		expect(await contacts()).toHaveLength(2);
	});
});
