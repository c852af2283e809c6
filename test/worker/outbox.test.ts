// The outbox's numbers, and a cell that hears of a publication before it knows its own name.

import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeEach, expect, it } from "vitest";
import { Outbox } from "../../worker/cell/outbox.ts";
import { sqlOf } from "../../worker/cell/sql.ts";
import { Store } from "../../worker/cell/store.ts";
import { cellOf, siteOf } from "../../worker/platform/name.ts";
import { Browser, env, freshWorld, partsOf, publish, site } from "./world.ts";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish();
});

it("a transaction that fails takes back its numbers and its rows, and no number is used twice after it", async () => {
	await runInDurableObject(cellOf(env, site, "eu-eeur-9"), (_cell, state) => {
		const store = new Store(sqlOf(state.storage));
		const outbox = new Outbox(store);
		const append = () => outbox.append("d1", "history", "{}");
		const failing = () =>
			store.sql.transaction(() => {
				append();
				throw new Error("in the middle");
			});
		expect(failing).toThrow("in the middle");
		outbox.resume();
		expect(outbox.waiting).toBe(0);
		append();
		const [before] = outbox.oldest(1, 1_000);
		outbox.delivered(before?.seq ?? 0);
		const restarted = new Outbox(store);
		restarted.append("d1", "history", "{}");
		expect(restarted.oldest(1, 1_000)[0]?.seq).toBeGreaterThan(before?.seq ?? 0);
	});
});

it("a publication that reaches a cell before its birth is over does not keep it from delivering", async () => {
	const snapshot = await siteOf(env, site).register("elsewhere");
	if (!snapshot) throw new Error("the site was published");
	for (let cell = 0; cell < 4; cell++) await cellOf(env, site, `eu-eeur-${cell}`).publish(snapshot.snapshot);
	const browser = new Browser(key);
	await browser.view("/cennik", "");
	await runDurableObjectAlarm(cellOf(env, site, partsOf(browser.token).cell));
	expect(await env.DB.prepare("SELECT count(*) AS n FROM events").first("n")).toBe(1);
});
