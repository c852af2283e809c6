// Somebody with very many parts, of browsers or of acts on many people: the oldest are sealed together, and nothing of it is
// seen but on the card, which says so.

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { peopleWho } from "../../worker/data/people.ts";
import { resolve } from "../../worker/directory/resolve.ts";
import type { Condition } from "../../worker/domain/condition.ts";
import type { Identifier, Owner } from "../../worker/domain/contact.ts";
import { compileSql } from "../../worker/domain/sql.ts";
import { recognise } from "../../worker/edge/recognise.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { keyringOf } from "../../worker/platform/key.ts";
import { cellOf } from "../../worker/platform/name.ts";
import { signToken, verifyToken } from "../../worker/platform/token.ts";
import { everything } from "./everything.ts";
import {
	Browser,
	call,
	drainCell,
	env,
	event,
	freshWorld,
	glimpse,
	partsOf,
	publish,
	settled,
	site,
	stateOf,
} from "./world.ts";

const annasId: Identifier = { kind: "user", value: "42" };
const evasId: Identifier = { kind: "user", value: "43" };
const many = 40;

async function logIn(browser: Browser, identifier: Identifier, proof: "linked" | "verified"): Promise<void> {
	const keyring = keyringOf(env.TOKEN_KEYS);
	const token = await verifyToken(keyring, site, browser.token ?? "");
	const next = await recognise(env, site, token, { identifiers: [identifier], proof });
	if (!next) throw new Error("the proof names nobody");
	browser.token = await signToken(keyring, site, next);
}

/** A browser that looked once at the price list, and at a page of its own. */
async function looked(key: string, path: string): Promise<Browser> {
	const browser = new Browser(key);
	await browser.view(path, "");
	await browser.view("/cennik");
	return browser;
}

async function cardOf(person: string) {
	const answer = await call("GET", `${site}/people/${person}`);
	const card = await answer.json<{
		tags: { tag: string; count: number }[];
		visits: number;
		parts: { id: string; kind: string; sealed: string[] }[];
	}>();
	const price = card.tags.find(({ tag }) => tag === "CENNIK")?.count ?? 0;
	const sealed = card.parts.flatMap((part) => part.sealed);
	const open = card.parts.filter((part) => part.kind === "browser" && part.sealed.length === 0);
	return { price, visits: card.visits, sealed, open: open.map(({ id }) => id) };
}

/** The parts that stand in the state, and those that stand in rows of their own. */
async function stored(owner: Owner) {
	const state = await stateOf(owner);
	const rows = await runInDurableObject(cellOf(env, site, owner.cell), (_cell, { storage }) => {
		const query = "SELECT part FROM sealed WHERE person = ? ORDER BY part";
		return storage.sql.exec<{ part: string }>(query, owner.person).toArray();
	});
	return { state, parts: Object.keys(state.standing.person.parts), sealed: rows.map(({ part }) => part) };
}

async function inSql(condition: Condition): Promise<readonly string[]> {
	const now = Date.now();
	const { people } = await peopleWho(env.DB, site, compileSql(condition, now), now, {
		sort: { by: "createdAt", order: "desc" },
		limit: 5,
		isCounted: true,
	});
	return people.map(({ id }) => id);
}

const looks = (n: number): Condition => ({ field: "tag", tag: "CENNIK", count: { op: "=", n } });

test("of 40 browsers on one card the oldest are sealed, come back, are forgotten, and go with the card", async () => {
	await freshWorld();
	const key = await publish();
	const browsers: Browser[] = [];
	for (let i = 0; i < many; i++) {
		const browser = await looked(key, `/only-${i}-here`);
		browsers.push(browser);
		await logIn(browser, annasId, i === 1 ? "linked" : "verified");
		await settled();
	}
	const anna = await resolve(env, site, [annasId]);
	const owner: Owner = { person: anna.person, cell: anna.cell };
	const visitors = browsers.map(({ token }) => partsOf(token).visitor);

	// All that they did counts, in the cell and in SQL, and the state stays small.
	const before = await cardOf(owner.person);
	expect(before.price).toBe(many);
	expect(before.visits).toBe(many);
	expect(before.sealed.length).toBeGreaterThanOrEqual(many - 32);
	expect(new Set([...before.sealed, ...before.open]).size).toBe(many);
	expect(before.sealed).toContain(visitors[0]);
	const { parts, sealed } = await stored(owner);
	expect(parts.length).toBeLessThanOrEqual(33);
	expect(sealed).toEqual([...before.sealed].sort());
	expect(await inSql(looks(many))).toEqual([owner.person]);
	await evictDurableObject(cellOf(env, site, owner.cell));
	expect(await cardOf(owner.person)).toEqual(before);

	// The oldest comes back: what it does is added to what it did.
	const [oldest, second, third] = browsers;
	if (!oldest || !second || !third) throw new Error("no browsers");
	expect(await glimpse(oldest)).toMatchObject({ person: owner.person, tags: { CENNIK: { count: many } } });
	await oldest.view("/cennik");
	await settled();
	const back = await cardOf(owner.person);
	expect([back.price, back.visits]).toEqual([many + 1, many]);
	expect(back.open).toContain(visitors[0]);
	expect((await stored(owner)).sealed).not.toContain(visitors[0]);
	expect(await inSql(looks(many + 1))).toEqual([owner.person]);

	// Of one that is forgotten nothing stays, and of the others everything.
	expect(back.sealed).toContain(visitors[1]);
	await cellOf(env, site, owner.cell).forgetSelf(visitors[1] ?? "");
	await settled();
	const less = await cardOf(owner.person);
	expect([less.price, less.visits]).toEqual([many, many - 1]);
	const left = await everything();
	expect(left).not.toContain("only-1-here");
	expect(JSON.stringify(await stored(owner))).not.toContain(visitors[1]);
	expect(left).toContain("only-0-here");
	expect(await inSql(looks(many))).toEqual([owner.person]);

	// Whoever takes consent back is watched no more, sealed or not.
	expect(less.sealed).toContain(visitors[2]);
	await cellOf(env, site, owner.cell).forget(visitors[2] ?? "");
	await settled();
	expect((await cardOf(owner.person)).price).toBe(many - 1);
	expect(await inSql(looks(many - 1))).toEqual([owner.person]);

	// The card goes into another and comes back, with all that is sealed.
	const eva = await looked(key, "/");
	await logIn(eva, evasId, "verified");
	await settled();
	const { person } = await resolve(env, site, [evasId]);
	const merged = await call("POST", `${site}/people/${owner.person}/merge`, { into: person });
	expect(merged.status).toBe(200);
	await settled();
	expect((await cardOf(person)).price).toBe(many);
	expect(await inSql(looks(many))).toEqual([person]);
	await eva.view("/cennik");
	await settled();
	expect((await call("POST", `${site}/people/${owner.person}/unmerge`)).status).toBe(200);
	await settled();
	expect((await cardOf(owner.person)).price).toBe(many - 1);
	expect((await cardOf(person)).price).toBe(2);
	expect(await inSql(looks(many - 1))).toEqual([owner.person]);

	// Erased, nothing of it is anywhere.
	expect((await call("DELETE", `${site}/people/${owner.person}`)).status).toBe(200);
	const after = await everything();
	for (const visitor of visitors) expect(after).not.toContain(visitor);
	expect(after).not.toMatch(/only-\d+-here/);
}, 120_000);

test("of many acts and imports the oldest are sealed, taken back one by one, and prove nothing of whose card it is", async () => {
	await freshWorld();
	const key = await publish();
	const kasia: Identifier = { kind: "email", value: "kasia@example.pl" };
	const { person, cell } = await resolve(env, site, [kasia]);
	const own = cellOf(env, site, cell);
	const jobs = Array.from({ length: 26 }, (_, n) => uuidv7(Date.now() + n - 26));
	const [first = ""] = jobs;
	const acted = (job: string) => `bulk-${job}-${person}`;
	const imported = (job: string) => `import-${job}-${person}`;
	const tell = async (job: string) => {
		const events = [event("Tag Added", { tag: "row" })];
		const part = { id: imported(job), kind: "import" } as const;
		const telling = {
			person,
			part,
			identifiers: [kasia],
			events,
			once: uuidv7(Date.now()),
			firesRules: false,
		};
		await own.receive({ site, cell, people: [telling] });
		await drainCell(cell);
	};
	const act = async (job: string) => {
		const points = { kind: "points", points: 1 } as const;
		const [done] = await own.act({ site, cell, id: job, act: points, people: [person], parts: [acted(job)] });
		await drainCell(cell);
		return done?.is;
	};
	const card = async () => {
		const answer = await call("GET", `${site}/people/${person}`);
		return answer.json<{
			identity: string;
			score: { points: number };
			tags: { tag: string; count: number }[];
			parts: { kind: string; proof: string | null; sealed: string[]; counts: boolean }[];
		}>();
	};
	/** Points and tags, as the cell and as D1 has them. */
	const sums = async () => {
		const { score, tags } = await card();
		const query =
			"SELECT sum(score) AS score, sum(tags ->> '$.row.count') AS rows FROM parts WHERE person = ?";
		const inD1 = await env.DB.prepare(query).bind(person).first<{ score: number; rows: number }>();
		const here = { score: score.points, rows: tags.find(({ tag }) => tag === "row")?.count ?? 0 };
		expect({ score: inD1?.score, rows: inD1?.rows ?? 0 }).toEqual(here);
		return here;
	};
	for (const job of jobs) {
		await tell(job);
		expect(await act(job)).toBe("done");
	}
	expect(await sums()).toEqual({ score: 26, rows: 26 });
	const before = await card();
	expect(before.identity).toBe("identified");
	const { parts, sealed } = await stored({ person, cell });
	expect(parts.length).toBeLessThanOrEqual(34);
	expect(before.parts.flatMap((part) => part.sealed).toSorted()).toEqual(sealed);
	expect(sealed).toEqual(expect.arrayContaining([acted(first), imported(first)]));

	// Whoever types the address is not proven, and neither is the card: what they do counts as it did.
	const browser = await looked(key, "/");
	await browser.track("Form Submitted", { experience: "blog-newsletter", email: kasia.value });
	await settled();
	const typed = (await card()).parts.find(({ kind }) => kind === "browser");
	expect(typed).toMatchObject({ proof: "typed", counts: true });
	const theirs = (await sums()).score - 26;

	// Done again it is a duplicate, sealed or not; what an import says later is added to what it said.
	expect(await act(first)).toBe("duplicate");
	await tell(first);
	expect(await sums()).toEqual({ score: 26 + theirs, rows: 27 });

	// Taken back in any order, each is gone with what came of it, and nothing else is.
	const drop = async (part: string) => {
		await own.dropPart({ site, cell, people: [{ person, part, once: [], left: {} }] });
		await settled();
	};
	await drop(imported(first));
	expect(await sums()).toEqual({ score: 26 + theirs, rows: 25 });
	await evictDurableObject(own);
	for (const [n, job] of jobs.toReversed().entries()) {
		await drop(acted(job));
		expect(await sums()).toEqual({ score: 25 + theirs - n, rows: 25 });
	}
	const left = await stored({ person, cell });
	expect([...left.parts, ...left.sealed].filter((part) => part.startsWith("bulk-"))).toEqual([]);
	expect(await env.DB.prepare("SELECT count(*) AS n FROM parts WHERE id LIKE 'bulk-%'").first("n")).toBe(0);
}, 120_000);
