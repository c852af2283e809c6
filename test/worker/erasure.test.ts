// Erasure: everything, everywhere, for good; and the registry that it goes by.

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { inspectIn } from "../../worker/admin/inspect.ts";
import { collectIn } from "../../worker/cell/call.ts";
import { database, keys, objects } from "../../worker/data/tables.ts";
import { findOwner, keyOf, resolve } from "../../worker/directory/resolve.ts";
import { sourceOf } from "../../worker/directory/sources.ts";
import { recognise } from "../../worker/edge/recognise.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { keyringOf } from "../../worker/platform/key.ts";
import { catalogueOf, cellOf, deskOf, directoryOf, siteOf } from "../../worker/platform/name.ts";
import { verifyToken } from "../../worker/platform/token.ts";
import { everything } from "./everything.ts";
import { makeSecretKey, post, verdictsOf } from "./servers.ts";
import {
	Browser,
	call,
	drain,
	edge,
	env,
	event,
	freshWorld,
	inspect,
	partsOf,
	publish,
	settled,
	shop,
	site,
} from "./world.ts";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish({ settings: { chat: {} } });
});

const anna = { kind: "email", value: "anna.tajna@example.pl" } as const;

/** Somebody with a history: pages, a form, acts by hand, an identifier, and what a server told of them. */
async function lived(): Promise<{ browser: Browser; person: string; cell: string }> {
	const browser = new Browser(key);
	await browser.view("/tajemnica", "https://www.google.com/");
	for (const _ of [1, 2, 3]) await browser.view("/cennik");
	await browser.track("Form Submitted", {
		experience: "blog-newsletter",
		email: anna.value,
		name: "Anna Tajna",
	});
	const { cell, visitor: person } = partsOf(browser.token);
	await resolve(env, site, [anna], { person, cell });
	await cellOf(env, site, cell).receive({ site, cell, people: [telling(person)] });
	const said = "zapomnijcie o mnie";
	const post = {
		site: key,
		token: browser.token,
		commands: [{ id: uuidv7(Date.now()), is: "send", text: said }],
	};
	const asked = await exports.default.fetch(`${edge}/v1/chat`, {
		method: "POST",
		body: JSON.stringify(post),
	});
	expect(asked.status).toBe(200);
	// What they chatted is on its way to their cell, which must have it before it forgets them.
	const told = "SELECT count(*) AS n FROM messages WHERE text = ?1";
	await expect.poll(() => env.DB.prepare(told).bind(said).first<number>("n")).toBe(1);
	await drain(browser.token);
	await call("POST", `${site}/acts`, {
		id: uuidv7(Date.now()),
		act: { kind: "tag", tag: "VIP" },
		people: [person],
	});
	await drain(browser.token);
	return { browser, person, cell };
}

function telling(person: string) {
	const at = Date.now();
	const part = { id: `server-${person}`, kind: "server" as const };
	const events = [
		{ id: uuidv7(at), name: "Order Completed", at, props: { order_id: "tajne-1", revenue: 10 } },
	];
	return { person, part, identifiers: [anna], events, firesRules: true };
}

const erase = (person: string) => call("DELETE", `${site}/people/${person}`);

describe("erasing a person", () => {
	test("leaves nothing of them in any table of any store, and says so", async () => {
		const { person } = await lived();
		expect(await everything()).toContain("tajemnica");
		const answer = await erase(person);
		expect([answer.status, await answer.json()]).toMatchObject([200, { is: "erased" }]);
		const left = await everything();
		for (const trace of [person, anna.value, "Tajna", "tajemnica", "tajne-1"])
			expect(left).not.toContain(trace);
		expect(await findOwner(env, site, anna)).toBeUndefined();
		const progress = await call("GET", `${site}/people/${person}/erasure`);
		expect(await progress.json()).toMatchObject({ is: "erased" });
		expect((await erase(person)).status).toBe(200);
	});

	test("of nobody is not found", async () => {
		expect((await erase("nobody")).status).toBe(404);
		expect((await call("GET", `${site}/people/nobody/erasure`)).status).toBe(404);
	});

	test("makes the browser a new one, which cannot bring back what it had not sent yet, with the old token or the new", async () => {
		const { browser, person } = await lived();
		const old = event("Page Viewed", { path: "/tajemnica", url: "https://shop.example/tajemnica" });
		const form = event("Form Submitted", { email: anna.value });
		await erase(person);
		const first = await browser.send([old], "/", { decide: true });
		expect(first.verdicts).toMatchObject([{ verdict: "dropped", why: "erased" }]);
		expect(partsOf(browser.token).visitor).not.toBe(person);
		const later = event("Page Viewed", { path: "/nowa" }, Date.now() + 1_000);
		const second = await browser.send([form, later], "/", { sentAt: Date.now() });
		expect(second.verdicts).toMatchObject([{ verdict: "dropped", why: "erased" }, { verdict: "ok" }]);
		await drain(browser.token);
		const left = await everything();
		expect(left).toContain("/nowa");
		for (const trace of [person, anna.value, "tajemnica"]) expect(left).not.toContain(trace);
	});

	test("refuses what a server tells of somebody it had found before; told anew, they are somebody new", async () => {
		const { person, cell } = await lived();
		await erase(person);
		const answer = await cellOf(env, site, cell).receive({ site, cell, people: [telling(person)] });
		expect(answer[0]?.verdicts).toMatchObject([{ verdict: "dropped", why: "erased" }]);
		const again = await resolve(env, site, [anna]);
		expect(again.isNew).toBe(true);
		expect(again.person).not.toBe(person);
	});

	test("beats a claim that was on its way to the directory", async () => {
		const { person, cell } = await lived();
		await erase(person);
		const shard = keyOf(site, anna);
		await directoryOf(env, site, shard).claim(shard, { person, cell });
		expect(await findOwner(env, site, anna)).toBeUndefined();
	});

	test("keeps nobody out for good by a name that the directory was given while they were erased", async () => {
		const { person, cell } = await lived();
		await erase(person);
		const login = { kind: "user", value: "tajna" } as const;
		const phone = { kind: "phone", value: "+48600100200" } as const;
		const address = { kind: "email", value: "druga.tajna@example.pl" } as const;
		const source = sourceOf({ kind: "anonymous", value: "tajny" });
		for (const name of [login, phone, address, source]) {
			const shard = keyOf(site, name);
			await directoryOf(env, site, shard).claim(shard, { person, cell });
		}
		const secret = await makeSecretKey(["events"]);
		const told = (key: string, more: object) =>
			verdictsOf(post("track", { type: "track", event: "Clicked", ...more }, key));
		// Whoever comes first is told so, and all others are somebody new.
		const byServer = { userId: login.value };
		expect([await told(secret, byServer), await told(secret, byServer)]).toEqual([["erased"], ["ok"]]);
		const byPage = { anonymousId: "tajny" };
		expect([await told(key, byPage), await told(key, byPage)]).toEqual([["erased"], ["ok"]]);
		const logIn = async () => {
			const browser = new Browser(key);
			await browser.view("/", "");
			const token = await verifyToken(keyringOf(env.TOKEN_KEYS), site, browser.token ?? "");
			await recognise(env, site, token, { identifiers: [phone], proof: "verified" });
			return (await findOwner(env, site, phone))?.person;
		};
		expect(await logIn()).toBeUndefined();
		expect([undefined, person]).not.toContain(await logIn());
		const type = async () => {
			const browser = new Browser(key);
			await browser.track("Form Submitted", { email: address.value });
			await settled();
			return browser;
		};
		await type();
		expect(await inspect(await type())).toMatchObject({ attributes: { email: address.value } });
		expect([undefined, person]).not.toContain((await findOwner(env, site, address))?.person);
	});

	test("takes nobody along whom D1 alone believes to be them: it hears last who was parted again", async () => {
		const one = await lived();
		const other = new Browser(key);
		await other.view("/inna-tajemnica", "");
		const { visitor } = partsOf(other.token);
		await drain(other.token);
		await env.DB.prepare("INSERT INTO forwards VALUES (?1, ?2, ?3, 2)").bind(site, visitor, one.person).run();
		await env.DB.prepare("UPDATE parts SET person = ?1 WHERE id = ?2").bind(one.person, visitor).run();
		await env.DB.prepare("DELETE FROM people WHERE id = ?1").bind(visitor).run();
		await erase(one.person);
		expect(await inspect(other)).toMatchObject({ person: visitor });
		expect(await everything()).toContain("inna-tajemnica");
	});

	test("reaches what D1 alone has of somebody whom no cell knows any more", async () => {
		const { person, cell } = await lived();
		await runInDurableObject(cellOf(env, site, cell), (_cell, { storage }) => {
			for (const table of ["people", "browsers"]) storage.sql.exec(`DELETE FROM ${table}`);
		});
		await evictDurableObject(cellOf(env, site, cell));
		await erase(person);
		const left = await everything();
		for (const trace of [person, anna.value, "Tajna", "tajemnica", "tajne-1"])
			expect(left).not.toContain(trace);
	});

	test("reaches in the same moment whoever became them step by step, and who typed their address, whatever D1 knows", async () => {
		const { cell, person } = await lived();
		const now = Date.now();
		const down = vi.spyOn(Object.getPrototypeOf(env.DB) as D1Database, "batch").mockImplementation(() => {
			throw new Error("D1 takes nothing in");
		});
		// A card that becomes another, which becomes hers; and a browser that typed the address that is hers.
		const names = ["krok.pierwszy@example.pl", "krok.drugi@example.pl"].map((value) => {
			return { kind: "email", value } as const;
		});
		const steps = [];
		for (const name of names) {
			const owner = await resolve(env, site, [name], { person: uuidv7(now), cell });
			const told = { ...telling(owner.person), identifiers: [name], events: [event("Told", {})] };
			await cellOf(env, site, cell).receive({ site, cell, people: [told] });
			steps.push(owner.person);
		}
		const typist = uuidv7(now);
		await collectIn(cellOf(env, site, cell), {
			...{ site, cell, who: { is: "new", visitor: typist }, origin: shop, environment: {} },
			...{ page: { url: `${shop}/`, visible: true }, decide: false, sentAt: now, claims: [] },
			events: [event("Form Submitted", { email: anna.value })],
		});
		const [first = "", second = ""] = steps;
		for (const [one, into] of [
			[first, second],
			[second, person],
		] as const)
			expect(
				await cellOf(env, site, cell).merge({ site, cell, person: one, into: { person: into, cell } }),
			).toEqual({ is: "done" });
		await vi.waitFor(async () => {
			const tied = await runInDurableObject(cellOf(env, site, cell), (_cell, { storage }) =>
				storage.sql.exec("SELECT person FROM forwards WHERE into_person = ?", person).toArray(),
			);
			expect(tied).toContainEqual({ person: typist });
		});
		// What was written to the first of them lies where they were.
		await runInDurableObject(cellOf(env, site, cell), (_cell, { storage }) => {
			const row =
				"INSERT INTO confirmations (id, person, email, expires_at, body) VALUES ('x', ?, ?, 1e15, '{}')";
			storage.sql.exec(row, first, names[0]?.value ?? "");
		});
		down.mockRestore();
		expect((await erase(person)).status).toBe(200);
		const left = await everything();
		for (const trace of [...steps, person, typist, ...names.map(({ value }) => value), anna.value])
			expect(left).not.toContain(trace);
		const late = await collectIn(cellOf(env, site, cell), {
			...{ site, cell, who: { is: "known", visitor: typist }, origin: shop, environment: {} },
			...{ page: { url: `${shop}/`, visible: true }, decide: false, sentAt: now, claims: [] },
			events: [event("Form Submitted", { email: anna.value })],
		});
		expect(late).toEqual({ is: "unknown-visitor", was: "erased" });
	});

	test("leaves nothing that a merge that was undone, or identifiers on their way, left of them", async () => {
		const { person, cell } = await lived();
		const rows = [
			["errands", "key", `conflict/somebody/${person}`],
			["errands", "key", `move/somebody/${person}`],
			["merges", "person", `left/${person}`],
		];
		await runInDurableObject(cellOf(env, site, cell), (_cell, { storage }) => {
			for (const [table, key, value] of rows)
				storage.sql.exec(`INSERT INTO ${table} (${key}, body) VALUES (?, ?)`, value, "{}");
		});
		await erase(person);
		expect(await everything()).not.toContain(person);
	});

	test.each([
		["nothing can be read meanwhile", "{}"],
		["an older version of the cell began it", '{"parted":null}'],
	])("goes on where it was, once D1 is there again: %s", async (_, unsaid) => {
		const { person, cell } = await lived();
		await env.DB.prepare("ALTER TABLE tombstones RENAME TO away").run();
		const begun = await erase(person);
		expect([begun.status, await begun.json()]).toMatchObject([202, { is: "erasing" }]);
		expect(await inspectIn(cellOf(env, site, cell), person, "/")).toBeUndefined();
		await runInDurableObject(cellOf(env, site, cell), (_cell, { storage }) =>
			// Whatever is null here goes.
			storage.sql.exec("UPDATE erasures SET job = json_patch(job, ?)", unsaid),
		);
		await env.DB.prepare("ALTER TABLE away RENAME TO tombstones").run();
		for (;;) {
			const progress = await call("GET", `${site}/people/${person}/erasure`);
			if ((await progress.json<{ is: string }>()).is === "erased") break;
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		expect(await everything()).not.toContain(person);
	});
});

describe("the registry", () => {
	const tablesOf = (sql: SqlStorage): string[] =>
		sql
			.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
			.toArray()
			.map(({ name }) => name)
			.filter((name) => !/^(_cf_|sqlite_)/.test(name));

	test("knows every table of D1", async () => {
		const { results } = await env.DB.prepare(
			"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
		).all<{ name: string }>();
		expect(results.map(({ name }) => name).sort()).toEqual(Object.keys(database).sort());
	});

	test("knows every table of every object, and every key of a cell", async () => {
		const { cell } = await lived();
		const shard = keyOf(site, anna);
		const tables = {
			Cell: await runInDurableObject(cellOf(env, site, cell), (_, { storage }) => tablesOf(storage.sql)),
			Directory: await runInDurableObject(directoryOf(env, site, shard), (_, { storage }) =>
				tablesOf(storage.sql),
			),
			Site: await runInDurableObject(siteOf(env, site), (_, { storage }) => tablesOf(storage.sql)),
			Catalogue: await runInDurableObject(catalogueOf(env, site), (_, { storage }) => tablesOf(storage.sql)),
			Bulk: await runInDurableObject(env.BULK.getByName("any"), (_, { storage }) => tablesOf(storage.sql)),
			Desk: await runInDurableObject(deskOf(env, site), (_, { storage }) => tablesOf(storage.sql)),
			Removal: await runInDurableObject(env.REMOVAL.getByName("any"), (_, { storage }) =>
				tablesOf(storage.sql),
			),
			Import: await runInDurableObject(env.IMPORT.getByName("any"), (_, { storage }) =>
				tablesOf(storage.sql),
			),
		};
		expect(tables).toEqual(
			Object.fromEntries(Object.entries(objects).map(([name, store]) => [name, Object.keys(store).sort()])),
		);
		const known = await runInDurableObject(cellOf(env, site, cell), (_, { storage }) =>
			storage.sql.exec<{ key: string }>("SELECT key FROM meta").toArray(),
		);
		const unknown = known
			.map(({ key: one }) => one.split(" ")[0] ?? "")
			.filter((one) => !Object.hasOwn(keys, one));
		expect(unknown).toEqual([]);
	});

	test("knows every class of object there is", () => {
		const classes = Object.entries(env).flatMap(([name, binding]) =>
			binding !== null &&
			typeof binding === "object" &&
			"idFromName" in binding &&
			!["ASSETS", "CHAT", "CONTENT"].includes(name) &&
			!name.startsWith("__")
				? [name]
				: [],
		);
		expect(classes.sort()).toEqual(
			Object.keys(objects)
				.map((name) => name.toUpperCase())
				.sort(),
		);
	});
});
