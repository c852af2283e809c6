// The end of a site: closed at once, opened again within a week, and then gone everywhere, its neighbours untouched.

import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test } from "vitest";
import { removalOf, siteOf } from "../../worker/platform/name.ts";
import { graceMs } from "../../worker/removal/removal.ts";
import { log, signedIn } from "./colleagues.ts";
import { everything } from "./everything.ts";
import { stateOf, type Tenant, tenant } from "./tenants.ts";
import { ask, Browser, env, freshWorld, settled } from "./world.ts";

let mine: Tenant;
let theirs: Tenant;
beforeEach(async () => {
	await freshWorld();
	[mine, theirs] = [await tenant("leaving"), await tenant("staying")];
}, 60_000);

const at = (rest: string) => `/sites/leaving/${rest}`;
const named = { name: "canaryleaving shop" };
const close = () => mine.screens.owner.ask<Removal>("POST", at("removal"), named);
interface Removal {
	state: string;
	askedAt: number | null;
	dueAt: number | null;
	done: number;
	holds: Record<string, number>;
}

/** As if the week were over. */
async function pass(): Promise<void> {
	await runInDurableObject(removalOf(env, "leaving"), (_, { storage }) =>
		storage.sql.exec("UPDATE meta SET value = json_set(value, '$.dueAt', 0) WHERE key = 'job'"),
	);
	await evictDurableObject(removalOf(env, "leaving"));
}

/** Rings until nothing is left to do; between any two slices whatever was in memory may be lost. */
async function finish(): Promise<number> {
	for (let rung = 1; ; rung++) {
		const removal = removalOf(env, "leaving");
		const progress = await removal.progress();
		if (!progress) return rung;
		if (progress.status === "lingering") await pass();
		await runDurableObjectAlarm(removal);
		await evictDurableObject(removalOf(env, "leaving"));
	}
}

async function visit(of: Tenant): Promise<number> {
	const browser = new Browser(of.key, { "cf-connecting-ip": "2001:db8:1::1" });
	return (await browser.post({ ...browser.envelope("/"), decide: true })).status;
}

describe("a site that is to go", () => {
	test("is deleted by nobody but an owner who has just proven who they are and types its name", async () => {
		const { owner, marketer } = mine.screens;
		expect(await marketer.refusal("POST", at("removal"), named)).toEqual([403, "role-refused"]);
		expect(await owner.refusal("POST", at("removal"), { name: "canarystaying shop" })).toEqual([
			422,
			"name-differs",
		]);
		const stale = await signedIn("owner@canaryleaving.example");
		await env.DB.prepare("UPDATE sessions SET confirmed_at = 0").run();
		expect(await stale.refusal("POST", at("removal"), named)).toEqual([403, "confirmation-needed"]);
		expect(await owner.ask("GET", at("removal"))).toMatchObject({ state: "none", dueAt: null });
		expect(await visit(mine)).toBe(200);
	});

	test("tells beforehand what goes with it", async () => {
		const { holds } = await mine.screens.owner.ask<Removal>("GET", at("removal"));
		expect(holds).toMatchObject({ contacts: 1, imports: 1, members: 4, products: 1, codes: 1 });
		expect(holds.definitions).toBeGreaterThan(5);
	});

	test("answers visitors and servers from that instant as if it were not there, and keeps all that it has", async () => {
		const browser = new Browser(mine.key);
		await browser.view("/", "");
		await settled("leaving");
		const { count } = await mine.screens.analyst.ask<{ count: number }>("GET", at("people"));
		const before = Date.now();
		const closed = await close();
		expect(closed).toMatchObject({ state: "closed", by: { name: "owner" } });
		expect(closed.dueAt).toBeGreaterThanOrEqual(before + graceMs);
		// Whoever was here, whoever comes anew, a page's script, and whoever asks for a frame.
		const known = await browser.post({ ...browser.envelope("/"), decide: true });
		expect([known.status, await known.json()]).toMatchObject([404, { error: "site-unknown" }]);
		expect(await visit(mine)).toBe(404);
		expect((await ask(`/w.js?site=${mine.key}`)).status).toBe(404);
		expect((await ask(`/v1/frame?site=${mine.key}&frame=any`)).status).toBe(204);
		expect(await siteOf(env, "leaving").access()).toBeUndefined();
		expect(await visit(theirs)).toBe(200);
		expect(await mine.screens.analyst.ask("GET", at("people"))).toMatchObject({ count });
		expect((await mine.screens.marketer.send("POST", at("export"), { of: "people" })).status).toBe(200);
		// Nobody is misled into working on it.
		expect(await mine.screens.marketer.refusal("POST", at("publish"))).toEqual([409, "site-closed"]);
	});

	test("is as it was when somebody thinks better of it within the week", async () => {
		await close();
		expect(await mine.screens.owner.ask("DELETE", at("removal"))).toEqual({ ok: true });
		expect(await visit(mine)).toBe(200);
		expect(await mine.screens.owner.ask("GET", at("removal"))).toMatchObject({ state: "none" });
		expect((await mine.screens.marketer.send("POST", at("publish"))).status).toBe(200);
		expect(await removalOf(env, "leaving").progress()).toBeUndefined();
		const acts = (await log()).map(({ act }) => act).filter((act) => act.startsWith("site."));
		expect(acts.slice(-3)).toEqual(["site.closed", "site.kept", "site.published"]);
		// Once more, it is a week again.
		expect((await close()).dueAt).toBeGreaterThan(Date.now() + graceMs - 60_000);
	});

	test("is kept until the week is over, however often its alarm rings", async () => {
		await close();
		await runDurableObjectAlarm(removalOf(env, "leaving"));
		await evictDurableObject(removalOf(env, "leaving"));
		await runDurableObjectAlarm(removalOf(env, "leaving"));
		expect(await mine.screens.owner.ask("GET", at("removal"))).toMatchObject({ state: "closed" });
		expect(await mine.screens.owner.ask("GET", at("people"))).toMatchObject({ count: 1 });
	});
});

describe("a site whose week is over", () => {
	test("is gone from every table and every object, and its neighbour is untouched, also where it is killed after each slice", async () => {
		const { owner } = mine.screens;
		await settled("staying");
		const neighbour = await stateOf("staying");
		expect(await everything()).toContain("canaryleaving");
		await close();
		await pass();
		await runDurableObjectAlarm(removalOf(env, "leaving"));
		await runDurableObjectAlarm(removalOf(env, "leaving"));
		expect(await owner.ask("GET", at("removal"))).toMatchObject({ state: "removing" });
		expect(await owner.refusal("DELETE", at("removal"))).toEqual([409, "final"]);
		expect(await finish()).toBeGreaterThan(20);

		expect(await owner.refusal("GET", at("removal"))).toEqual([403, "site-refused"]);
		expect(await visit(mine)).toBe(404);
		// Who worked there still has an account, and whoever did it finds it in their own log.
		const { rows } = await owner.ask<{ rows: { act: string }[] }>("GET", "/account/audit");
		expect(rows.map(({ act }) => act)).toContain("site.removed");
		await env.DB.prepare("DELETE FROM accounts WHERE email LIKE '%@canaryleaving.example'").run();
		const left = await everything();
		expect(left).not.toContain("canaryleaving");
		expect(left).not.toContain("leaving");
		expect(await stateOf("staying")).toBe(neighbour);
		expect(await visit(theirs)).toBe(200);

		// Its keys are still about: nobody is called so again.
		const made = await ask("/api/sites/leaving/settings", {
			method: "PUT",
			headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
			body: JSON.stringify({ name: "Another", origins: [], consent: "ask" }),
		});
		expect([made.status, await made.json()]).toEqual([409, { error: "site-removed" }]);
	}, 180_000);
});
