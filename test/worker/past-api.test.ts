// The recorded past through the API: previewed as a draft or as published, applied by all cells, its progress told.

import { beforeEach, describe, expect, it, vi } from "vitest";
import { siteOf } from "../../worker/platform/name.ts";
import type { Definitions } from "../../worker/protocol/site.ts";
import { Browser, call, drain, env, freshWorld, hurry, partsOf, publish, site } from "./world.ts";

const seen = { event: { name: "Page Viewed", path: { op: "is", value: "/cennik" } } } as const;
const none = { tagRules: [], scoreRules: [], segments: [], experiences: [], programmes: [] };
const withTag: Definitions = { ...none, tagRules: [{ id: "prices", tag: "CENNIK", when: seen }] };
const withPoints = (points: number): Definitions => ({
	...none,
	scoreRules: [{ id: "view", name: "Cennik", points, when: seen }],
});

interface Preview {
	readonly people: number;
	readonly busy: number;
	readonly next: string | null;
	readonly changed: readonly { readonly person: string; readonly count: number }[];
}

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish({ definitions: none });
});

/** A browser that saw these pages. */
async function visitor(...paths: readonly string[]): Promise<Browser> {
	const browser = new Browser(key);
	for (const path of paths) await browser.view(path);
	await drain(browser.token);
	return browser;
}

async function ask<T>(path: string, body: unknown): Promise<T> {
	const answer = await call("POST", `${site}/past/${path}`, body);
	expect(answer.status).toBe(200);
	return answer.json<T>();
}

async function finished(): Promise<void> {
	for (let wait = 0; ; wait = 20) {
		const progress = await (await call("GET", `${site}/past`)).json<{ pending: unknown[] }>();
		if (progress.pending.length === 0) return;
		await hurry(site, await siteOf(env, site).cells(), wait);
	}
}

const ledger = async () => {
	const query = "SELECT id, event, at, name, props, rule FROM ledger WHERE site = ?1 ORDER BY at, event";
	const { results } = await env.DB.prepare(query).bind(site).all<Record<string, string>>();
	return results;
};

describe("a tag rule", () => {
	it("is previewed as a draft and as published, applied, and sent again adds nothing", async () => {
		const browser = await visitor("/cennik", "/");
		await visitor("/");
		await call("PUT", `${site}/definitions`, withTag);
		const wanted = { apply: { rule: "prices" } };
		expect((await call("POST", `${site}/past/preview`, wanted)).status).toBe(404);
		const draft = await ask<Preview>("preview", { ...wanted, definitions: "drafts" });
		await publish({ definitions: withTag });
		expect(await ask<Preview>("preview", wanted)).toEqual(draft);
		expect(draft).toMatchObject({
			people: 2,
			busy: 0,
			next: null,
			changed: [
				{
					tags: [{ tag: "CENNIK", before: 0, after: 1 }],
					points: [],
					count: 1,
					entries: [{ name: "Tag Added", rule: "prices", reason: { name: "Page Viewed", path: "/cennik" } }],
				},
			],
		});
		expect(await ask("apply", wanted)).toEqual({ ok: true });
		expect(await ask("apply", wanted)).toEqual({ ok: true });
		await finished();
		await drain(browser.token);
		expect(await (await call("GET", `${site}/past`)).json()).toEqual({ pending: [], people: 2, done: 2 });
		expect(await ask<Preview>("preview", wanted)).toMatchObject({ people: 2, changed: [] });
		expect(await ask("apply", wanted)).toEqual({ ok: true });
		await finished();
		const viewed = await env.DB.prepare("SELECT id, at FROM events WHERE path = '/cennik'").first();
		// The ledger names what the visitor did, and not when the rule was applied.
		expect(await ledger()).toEqual([
			{
				id: expect.any(String),
				event: viewed?.id,
				at: viewed?.at,
				name: "Tag Added",
				props: '{"tag":"CENNIK"}',
				rule: "prices",
			},
		]);
	});

	it("is previewed a page of people at a time, and none is left out", async () => {
		for (let n = 0; n < 3; n++) await visitor("/cennik");
		await publish({ definitions: withTag });
		const found: string[] = [];
		let after: string | null | undefined;
		for (let page = 0; page < 4 && after !== null; page++) {
			const wanted = { apply: { rule: "prices" }, limit: 1, ...(after && { after }) };
			const answer: Preview = await ask("preview", wanted);
			found.push(...answer.changed.map(({ person }) => person));
			after = answer.next;
		}
		expect(after).toBeNull();
		expect(new Set(found).size).toBe(3);
		expect(found).toHaveLength(3);
	});
});

describe("a scale", () => {
	it("is put right for what was scored by the old one", async () => {
		await publish({ definitions: withPoints(10) });
		const browser = await visitor("/cennik", "/cennik");
		await publish({ definitions: withPoints(3) });
		const wanted = { apply: { score: null } };
		expect(await ask("preview", wanted)).toMatchObject({
			changed: [{ tags: [], points: [{ score: null, before: 20, after: 6 }], count: 2 }],
		});
		await ask("apply", wanted);
		await finished();
		await drain(browser.token);
		const score = env.DB.prepare("SELECT sum(score) AS n FROM parts WHERE site = ?1").bind(site);
		expect(await score.first("n")).toBe(6);
		// What was given stands beside what puts it right: the two are told apart, and both are of what the visitor did.
		const entries = await ledger();
		const { results } = await env.DB.prepare("SELECT id FROM events WHERE path = '/cennik'").all<{
			id: string;
		}>();
		expect(new Set(entries.map(({ event }) => event))).toEqual(new Set(results.map(({ id }) => id)));
		expect(new Set(entries.map(({ id }) => id)).size).toBe(4);
	});
});

describe("over several cells", () => {
	/** Two people in each of three of the region's four cells, of whom one saw the price list twice. */
	async function spread(): Promise<readonly string[]> {
		const tokens: (string | undefined)[] = [];
		for (const cell of [0, 1, 2])
			for (const paths of [["/cennik", "/cennik"], ["/"]]) {
				const chance = vi.spyOn(Math, "random").mockReturnValue(cell / 4);
				tokens.push((await visitor(...paths)).token);
				chance.mockRestore();
			}
		expect(new Set(tokens.map((token) => partsOf(token).cell)).size).toBe(3);
		return tokens.map((token) => partsOf(token).visitor);
	}

	it("a preview goes from one to the next, whatever a page holds, and tells of each person once", async () => {
		const people = await spread();
		await publish({ definitions: withPoints(10) });
		const readers = people.filter((_, n) => n % 2 === 0);
		for (const limit of [1, 2, 3, 4, 5, 6, 7]) {
			const pages: Preview[] = [];
			let after: string | null | undefined;
			while (after !== null) {
				const wanted = { apply: { rule: "view" }, limit, ...(after && { after }) };
				const page: Preview = await ask("preview", wanted);
				expect(page.people).toBeLessThanOrEqual(limit);
				pages.push(page);
				after = page.next;
			}
			const changed = pages.flatMap((page) => page.changed);
			expect(changed.map(({ person }) => person).sort()).toEqual([...readers].sort());
			expect(pages.reduce((sum, page) => sum + page.people, 0)).toBe(6);
		}
	});

	it("is applied in all of them, once each, and pending until the last is done", async () => {
		await spread();
		await publish({ definitions: withPoints(10) });
		const wanted = { apply: { rule: "view" } };
		expect(await ask("apply", wanted)).toEqual({ ok: true });
		expect(await ask("apply", wanted)).toEqual({ ok: true });
		const progress = async () => (await call("GET", `${site}/past`)).json();
		expect(await progress()).toMatchObject({ people: 6 });
		await finished();
		expect(await progress()).toEqual({ pending: [], people: 6, done: 6 });
		expect(await ask<Preview>("preview", wanted)).toMatchObject({ people: 6, changed: [] });
		// Each cell tells D1 by itself.
		const scores = async () => {
			const query = "SELECT score, count(*) AS n FROM parts WHERE site = ?1 GROUP BY score ORDER BY score";
			return (await env.DB.prepare(query).bind(site).all()).results;
		};
		await vi.waitFor(async () => {
			expect(await scores()).toEqual([
				{ score: 0, n: 3 },
				{ score: 20, n: 3 },
			]);
		}, 30_000);
		expect(await ledger()).toHaveLength(6);
	});
});

describe("a rule that is being written", () => {
	const unsaved = (points: number, more: object = {}) => ({
		apply: { rule: "view" },
		rule: {
			kind: "score-rule",
			body: { name: "Views", points, when: { event: { name: "Page Viewed" } }, ...more },
		},
	});
	it("tells whom it would have changed before it is saved, also where nobody ever saved it, and saves nothing", async () => {
		await visitor("/", "/cennik");
		const before = await (await call("GET", `${site}/definitions`)).json();
		for (const points of [1, 10])
			expect(await ask<Preview>("preview", unsaved(points))).toMatchObject({
				changed: [{ points: [{ before: 0, after: 2 * points }], count: 2 }],
			});
		expect(await (await call("GET", `${site}/definitions`)).json()).toEqual(before);
		expect((await call("POST", `${site}/past/apply`, { apply: { rule: "view" } })).status).toBe(404);
	});

	it("stands in place of what is saved under its id", async () => {
		await visitor("/cennik");
		await publish({ definitions: withPoints(10) });
		expect(await ask<Preview>("preview", unsaved(3))).toMatchObject({
			changed: [{ points: [{ before: 0, after: 3 }] }],
		});
	});

	it("is refused with the place of the mistake where it could not be saved so", async () => {
		const answer = async (body: unknown) => {
			const response = await call("POST", `${site}/past/preview`, body);
			return [response.status, (await response.json<{ error: string }>()).error];
		};
		expect(await answer(unsaved(5, { name: "" }))).toEqual([422, "malformed"]);
		expect(await answer(unsaved(5, { programme: "nothing" }))).toEqual([422, "inconsistent"]);
		expect(await answer({ ...unsaved(5), apply: { score: null } })).toEqual([422, "malformed"]);
	});
});

it("what is not there or not understood is refused, and says why", async () => {
	const refusals = [
		[{ apply: { rule: "nothing" } }, 404, "rule-unknown"],
		[{ apply: { score: "nothing" } }, 404, "programme-unknown"],
		[{ apply: { rule: "prices", score: null } }, 422, "malformed"],
		[{ apply: {} }, 422, "malformed"],
		[{}, 422, "malformed"],
	] as const;
	for (const path of ["preview", "apply"])
		for (const [body, status, error] of refusals) {
			const answer = await call("POST", `${site}/past/${path}`, body);
			expect([answer.status, (await answer.json<{ error: string }>()).error]).toEqual([status, error]);
		}
	expect((await call("POST", "nowhere/past/apply", { apply: { score: null } })).status).toBe(404);
	const after = await call("POST", `${site}/past/preview`, { apply: { score: null }, after: "?" });
	expect(after.status).toBe(422);
});
