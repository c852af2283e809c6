// What somebody should look at: each of it is told when it is so, and no longer when it is not.

import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { catalogueOf, cellOf, siteOf } from "../../worker/platform/name.ts";
import { makeSecretKey, post, verdictsOf } from "./servers.ts";
import { showing } from "./showing.ts";
import { Browser, call, drain, edge, env, freshWorld, partsOf, publish, settled, site } from "./world.ts";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish({
		definitions: {
			segments: [
				{
					id: "google",
					name: "Google",
					condition: { field: "last.source", test: { op: "is", value: "google" } },
				},
				{ id: "bing", name: "Bing", condition: { field: "last.source", test: { op: "is", value: "bing" } } },
			],
			experiences: [
				showing("seen", [{ kind: "text", text: "a" }]),
				showing("loses", [{ kind: "text", text: "b" }], { segment: "bing" }),
			],
		},
	});
});

type Needs = readonly { readonly kind: string; readonly [more: string]: unknown }[];
const needs = async () => (await (await call("GET", `${site}/needs`)).json<{ needs: Needs }>()).needs;
const hour = (ago = 0) => Math.floor(Date.now() / 3_600_000) - ago;
const tell = (...counts: readonly unknown[]) =>
	env.DB.prepare("INSERT INTO tallies (site, counts) VALUES (?1, ?2)")
		.bind(site, JSON.stringify(counts))
		.run();

test("a segment that nobody came into for a week, and who waits for it; not before a week has passed", async () => {
	const visitor = new Browser(key);
	await visitor.view("/", "https://www.google.com/");
	await drain(visitor.token);
	expect(await needs()).toEqual([]);
	await tell([hour(8 * 24), "all", "", 1, 1, 1, 1]);
	const empty = (await needs()).filter(({ kind }) => kind === "segment-empty");
	expect(empty).toEqual([
		{ kind: "segment-empty", segment: "bing", name: "Bing", days: 7, experiences: ["loses"] },
	]);
});

test("an experience that is never what is shown, with what it lost to most often", async () => {
	const never = async () =>
		(await needs()).flatMap(({ kind, experience, lost }) =>
			kind === "experience-never-shown" ? [[experience, lost]] : [],
		);
	await tell(
		[hour(8 * 24), "all", "", 1, 1, 1, 1],
		[hour(), "experience", "seen|1||shown", 3],
		[hour(), "lost", "loses|capped", 1],
		[hour(), "lost", "loses|not-in-segment", 5],
	);
	expect(await never()).toEqual([
		[
			"loses",
			[
				{ reason: "not-in-segment", times: 5 },
				{ reason: "capped", times: 1 },
			],
		],
	]);
	await tell([hour(), "experience", "loses|1||shown", 1]);
	expect(await never()).toEqual([]);
});

test("a pool of which a tenth is left, and not one of which more is", async () => {
	const codes = Array.from({ length: 20 }, (_, n) => `CODE-${n}`);
	await call("POST", `${site}/pools/spring/codes`, { codes });
	const pool = siteOf(env, site);
	const left = async () => (await pool.coupons())[0]?.left ?? 0;
	for (let lease = 0; (await left()) > 2; lease++) {
		expect(await needs(), `${await left()} left`).toEqual([]);
		await pool.leaseCoupons("spring", `eu-eeur-${lease}`, 0);
	}
	expect(await needs()).toEqual([{ kind: "pool-low", pool: "spring", codes: 20, left: await left() }]);
});

async function feedRead(): Promise<void> {
	const catalogue = catalogueOf(env, site);
	while (["fetching", "checking", "applying"].includes((await catalogue.feed()).run?.status ?? ""))
		await runDurableObjectAlarm(catalogue);
}

test("a feed that has shrunk so much that somebody has to say whether that is right", async () => {
	const load = async (many: number) => {
		const rows = Array.from({ length: many }, (_, n) => `p-${n};P;https://shop.example/${n};5 PLN`);
		const answer = await exports.default.fetch(`${edge}/api/sites/${site}/catalogue/feed/file`, {
			method: "POST",
			headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
			body: ["id;title;link;price", ...rows].join("\n"),
		});
		expect(answer.status).toBe(200);
		await feedRead();
	};
	await load(9);
	expect(await needs()).toEqual([]);
	await load(2);
	expect(await needs()).toEqual([{ kind: "feed-failed", at: expect.any(Number), fault: expect.any(String) }]);
	await call("POST", `${site}/catalogue/feed/decision`, { sound: true });
	await feedRead();
	expect(await needs()).toEqual([]);
});

test("rows that a cell could not deliver and set aside", async () => {
	const visitor = new Browser(key);
	await visitor.view("/");
	const { cell } = partsOf(visitor.token);
	const stub = cellOf(env, site, cell);
	await runInDurableObject(stub, (_cell, { storage }) => {
		const row =
			"INSERT INTO dead (seq, sink, kind, payload, error) VALUES (1, 'd1', 'event', '{}', 'poison')";
		storage.sql.exec(row);
	});
	await evictDurableObject(stub);
	expect(await needs()).toEqual([{ kind: "rows-set-aside", cell, rows: 1 }]);
});

test("a cell that does not have what was published last", async () => {
	const visitor = new Browser(key);
	await visitor.view("/");
	const { cell } = partsOf(visitor.token);
	await runInDurableObject(siteOf(env, site), (_site, { storage }) => {
		storage.sql.exec("UPDATE cells SET revision = 0");
	});
	expect(await needs()).toEqual([{ kind: "publication-waits", revision: 1, cells: [cell] }]);
});

test("people of whom nobody can tell whether they are one, from the first day on", async () => {
	const secret = await makeSecretKey(["people"]);
	const anna = { email: "anna@example.pl" };
	const jan = { user: "jan" };
	for (const [n, identifiers] of [anna, jan, { ...anna, ...jan }].entries()) {
		const people = [{ id: `told-${n}`, identifiers, attributes: {} }];
		await verdictsOf(post("people", { people }, secret));
	}
	await settled();
	expect(await needs()).toEqual([{ kind: "conflicts", waiting: 1 }]);
});
