// The outbox's numbers and slots, when a cell sets its alarm, and a cell that hears of a publication before it knows its
// own name.

import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { explainIn } from "../../worker/admin/why.ts";
import { Store } from "../../worker/cell/store.ts";
import { Outbox } from "../../worker/outbox/outbox.ts";
import type { Line } from "../../worker/outbox/slots.ts";
import { cellOf, siteOf } from "../../worker/platform/name.ts";
import { sqlOf } from "../../worker/platform/sql.ts";
import { Browser, drain, env, freshWorld, owedBy, partsOf, publish, site } from "./world.ts";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish();
});

interface Bench {
	readonly store: Store;
	outbox: Outbox;
	/** Appends a row of that part and answers with its number. */
	append(part?: string): number;
	/** D1 has every line up to this one. */
	deliver(seq: number): void;
	waiting(): readonly Line[];
	slots(): number;
	/** The whole table as text. */
	text(): string;
}

/** An outbox in an object's storage, of which nothing else makes use. */
async function withOutbox(test: (bench: Bench) => void): Promise<void> {
	await runInDurableObject(cellOf(env, site, "eu-eeur-9"), (_cell, { storage }) => {
		const store = new Store(sqlOf(storage));
		const bench: Bench = {
			store,
			outbox: new Outbox(store),
			append(part = "p") {
				bench.outbox.append("d1", "history", JSON.stringify({ part }));
				return bench.waiting().at(-1)?.seq ?? 0;
			},
			deliver: (seq) => {
				const had = bench.waiting().filter((line) => line.seq <= seq);
				bench.outbox.settle(bench.waiting(), had);
			},
			waiting: () => bench.outbox.oldest(10_000, 1_000_000),
			slots: () => Number(store.sql.all("SELECT count(*) AS n FROM outbox")[0]?.n),
			text: () =>
				JSON.stringify(store.sql.all("SELECT payload FROM outbox UNION ALL SELECT payload FROM dead")),
		};
		test(bench);
	});
}

describe("a number of the outbox is never used twice", () => {
	it("after a transaction that failed, which takes back its rows", () =>
		withOutbox((bench) => {
			const first = bench.append();
			bench.deliver(first);
			const failing = () =>
				bench.store.sql.transaction(() => {
					bench.append();
					bench.append();
					throw new Error("in the middle");
				});
			expect(failing).toThrow("in the middle");
			bench.outbox.resume();
			expect(bench.append()).toBe(first + 1);
			// What D1 had before is in doubt again.
			expect([bench.waiting().length, bench.slots()]).toEqual([2, 1]);
		}));

	it("after a restart, whatever of the last rows was delivered, withdrawn or set aside", () =>
		withOutbox((bench) => {
			let last = 0;
			const ends: readonly ((seq: number) => void)[] = [
				(seq) => bench.deliver(seq),
				() => bench.outbox.replace(["p"], "history", "{}"),
				() => {
					const [row] = bench.outbox.oldest(1, 1_000);
					if (row) expect(bench.outbox.failed(row, "poison", 1)).toBe("dead");
				},
			];
			for (const end of ends) {
				const seq = bench.append();
				expect(seq).toBeGreaterThan(last);
				last = seq;
				end(seq);
				bench.outbox = new Outbox(bench.store);
			}
			expect(bench.append()).toBeGreaterThan(last);
		}));

	it("and never is one that D1 says it has had", () =>
		withOutbox((bench) => {
			bench.outbox.skip(1_000);
			expect(bench.append()).toBe(1_001);
		}));
});

describe("a slot of the outbox", () => {
	it("is overwritten once D1 has its line, and lines go out in the order of their numbers", () =>
		withOutbox((bench) => {
			bench.deliver(0);
			const [first = 0, second] = [bench.append("a"), bench.append("b")];
			bench.deliver(first);
			const third = bench.append("c");
			expect(bench.slots()).toBe(2);
			expect(bench.waiting().map(({ seq }) => seq)).toEqual([second, third]);
			bench.deliver(third);
			expect([bench.outbox.waiting, bench.waiting()]).toEqual([0, []]);
		}));

	it("is shared by what a cell appends before it has heard from D1, and taken anew when it is full", () =>
		withOutbox((bench) => {
			let written = 0;
			for (let life = 0; life < 100; life++) {
				bench.outbox = new Outbox(bench.store);
				const seq = bench.append(`life-${life}`);
				// Everything that D1 has not heard is still to be heard, and in order.
				expect(bench.waiting().at(-1)?.seq).toBe(written + 1);
				written = seq;
				bench.deliver(seq);
				expect(bench.slots()).toBe(1);
			}
			bench.outbox = new Outbox(bench.store);
			bench.append("after");
			bench.deliver(100);
			expect(bench.waiting().map(({ payload }) => payload)).toEqual(['{"part":"after"}']);
		}));

	it("is not shared by more than a row can hold", () =>
		withOutbox((bench) => {
			for (let i = 0; i < 3; i++) bench.append("x".repeat(50_000));
			expect(bench.slots()).toBe(2);
		}));

	it("counts as waiting after a restart until D1 was asked", () =>
		withOutbox((bench) => {
			const first = bench.append();
			bench.append();
			bench.deliver(first);
			bench.outbox = new Outbox(bench.store);
			expect([bench.outbox.waiting, bench.outbox.isSure]).toEqual([2, false]);
			bench.deliver(first);
			expect([bench.outbox.waiting, bench.outbox.isSure]).toEqual([1, true]);
			bench.outbox.doubt(bench.waiting());
			expect([bench.outbox.waiting, bench.outbox.isSure]).toEqual([1, false]);
			bench.append();
			expect([bench.outbox.waiting, bench.outbox.isSure]).toEqual([2, true]);
		}));

	it("is given up where an outage has left more than a busy cell needs", () =>
		withOutbox((bench) => {
			bench.deliver(0);
			for (let i = 0; i < 700; i++) bench.outbox.append("d1", "history", "{}");
			const last = bench.append();
			bench.deliver(last - 20);
			bench.deliver(last);
			expect(bench.slots()).toBe(500);
			bench.outbox = new Outbox(bench.store);
			bench.deliver(last);
			expect(bench.slots()).toBe(1);
			expect(bench.append()).toBe(last + 1);
		}));
});

it("what is withdrawn is gone: waiting, told but not yet overwritten, or set aside, and nobody else's is", () =>
	withOutbox((bench) => {
		bench.append("poison-secret");
		const [poison] = bench.outbox.oldest(1, 1_000);
		if (poison) bench.outbox.failed(poison, "poison", 1);
		const told = [bench.append("other-1"), bench.append("told-secret")].at(-1) ?? 0;
		bench.deliver(told);
		bench.append("other-2");
		bench.append("other-3");
		bench.append("waiting-secret");
		const waiting = bench.outbox.oldest(10, 1_000);
		const slots = bench.slots();
		bench.outbox.replace(["told-secret", "waiting-secret", "poison-secret"], "history", '{"part":"instead"}');
		expect(bench.text()).not.toContain("secret");
		const payloads = [...waiting.slice(0, 2).map(({ payload }) => payload), '{"part":"instead"}'];
		expect(bench.waiting().map(({ payload }) => payload)).toEqual(payloads);
		expect(bench.slots()).toBe(slots);
		const [withdrawn] = waiting.slice(2);
		bench.append("its slot's next");
		if (withdrawn) expect(bench.outbox.failed(withdrawn, "late", 1)).toBe("kept");
		expect(bench.text()).toContain("its slot's next");
	}));

it("what changes hands takes along what was set aside, which nobody would find where it was", () =>
	withOutbox((bench) => {
		bench.append("theirs");
		const [poison] = bench.outbox.oldest(1, 1_000);
		if (poison) bench.outbox.failed(poison, "poison", 1);
		bench.append("others");
		bench.append("theirs");
		expect(bench.outbox.withdraw(["theirs"])).toEqual(['{"part":"theirs"}', '{"part":"theirs"}']);
		expect(bench.text()).not.toContain("theirs");
		expect(bench.text()).toContain("others");
	}));

it("what is withdrawn of a shared slot leaves the others' lines, and lines that wait on their way", () =>
	withOutbox((bench) => {
		for (const part of ["a", "secret", "b", "secret", "c"]) {
			bench.outbox = new Outbox(bench.store);
			bench.append(part);
		}
		const writes = vi.spyOn(bench.store.sql, "all");
		bench.outbox.replace(["secret"], "history", '{"part":"instead"}');
		expect(writes.mock.calls.filter(([query]) => !query.startsWith("SELECT"))).toHaveLength(1);
		for (const outbox of [bench.outbox, new Outbox(bench.store)]) {
			outbox.delivered([{ seq: 1 }]);
			expect(outbox.oldest(10, 1_000).map(({ seq, payload }) => [seq, payload])).toEqual([
				[3, '{"part":"b"}'],
				[5, '{"part":"c"}'],
				[6, '{"part":"instead"}'],
			]);
		}
		expect([bench.slots(), bench.text().includes("secret")]).toEqual([1, false]);
		const restarted = new Outbox(bench.store);
		restarted.replace(["a", "b", "c"], "history", '{"part":"d"}');
		expect(restarted.oldest(10, 1_000)).toMatchObject([{ seq: 6 }, { seq: 7, payload: '{"part":"d"}' }]);
	}));

it("a slot that is free and told of a part waits anew with what is told in its place", () =>
	withOutbox((bench) => {
		bench.deliver(bench.append("a"));
		bench.outbox.replace(["a"], "history", '{"part":"b"}');
		bench.append("c");
		expect(bench.waiting().map(({ payload }) => payload)).toEqual(['{"part":"b"}', '{"part":"c"}']);
	}));

describe("the alarm of a cell", () => {
	/** Waits as `drain` does, and lets the alarm be. */
	const drainedByItself = ({ token }: Browser) =>
		vi.waitFor(async () => expect((await owedBy(site, partsOf(token).cell)).lines).toEqual([]), {
			timeout: 30_000,
		});

	it("is not set for each page view, and rows that wait have one within five minutes", async () => {
		const browser = new Browser(key);
		await browser.view("/cennik", "");
		await drainedByItself(browser);
		const cell = cellOf(env, site, partsOf(browser.token).cell);
		const alarm = () => runInDurableObject(cell, (_cell, { storage }) => storage.getAlarm());
		const first = await alarm();
		expect(first).not.toBeNull();
		expect((first ?? 0) - Date.now()).toBeLessThanOrEqual(300_000);
		const spy = await runInDurableObject(cell, (_cell, { storage }) => vi.spyOn(storage, "setAlarm"));
		for (let i = 0; i < 3; i++) {
			await browser.view("/cennik", "");
			await drainedByItself(browser);
		}
		expect([spy.mock.calls.length, await alarm()]).toEqual([0, first]);
	});

	it("is not needed by a cell that died with rows in it, once somebody calls", async () => {
		const browser = new Browser(key);
		await browser.view("/cennik", "");
		const cell = cellOf(env, site, partsOf(browser.token).cell);
		await evictDurableObject(cell);
		await runInDurableObject(cell, (_cell, { storage }) => storage.deleteAlarm());
		await drainedByItself(browser);
		expect(await env.DB.prepare("SELECT count(*) AS n FROM events").first("n")).toBe(1);
	});
});

it("people's own row in D1 is told again when they enter a segment, and by a cell that was away, but not with each page view", async () => {
	const browser = new Browser(key);
	const views = async (path: string) => {
		await browser.view(path, "");
		await drain(browser.token);
	};
	const row = () => env.DB.prepare("SELECT segments FROM people").first<string>("segments");
	await views("/kontakt");
	expect(await row()).not.toContain("ready-to-buy");
	// Whoever comes upon a row that is there may have written it, or have left it as it was.
	await env.DB.exec("DELETE FROM people");
	await views("/kontakt");
	expect(await row()).toBeNull();
	for (let n = 0; n < 3; n++) await views("/cennik");
	expect(await row()).toContain("ready-to-buy");
	await env.DB.exec("DELETE FROM people");
	await evictDurableObject(cellOf(env, site, partsOf(browser.token).cell));
	await views("/kontakt");
	expect(await row()).toContain("ready-to-buy");
});

it("a cell that was told of a publication before its birth knows nobody, and says so", async () => {
	const snapshot = await siteOf(env, site).register("elsewhere");
	if (!snapshot) throw new Error("the site was published");
	const cell = cellOf(env, site, "eu-eeur-8");
	await cell.publish(snapshot.snapshot);
	expect(await cell.card("nobody")).toBeUndefined();
	expect(await cell.extract("nobody")).toBeUndefined();
	expect(await cell.about("nobody")).toBeUndefined();
	const question = { of: "tag", tag: "VIP" } as const;
	const people = [{ person: "nobody", past: { events: [], isWhole: true } }];
	expect(await explainIn(cell, { people: people as never, question })).toEqual({
		is: "refused",
		code: "site-unknown",
	});
});

it("a publication that reaches a cell before its birth is over does not keep it from delivering", async () => {
	const snapshot = await siteOf(env, site).register("elsewhere");
	if (!snapshot) throw new Error("the site was published");
	for (let cell = 0; cell < 4; cell++) await cellOf(env, site, `eu-eeur-${cell}`).publish(snapshot.snapshot);
	const browser = new Browser(key);
	await browser.view("/cennik", "");
	await drain(browser.token);
	expect(await env.DB.prepare("SELECT count(*) AS n FROM events").first("n")).toBe(1);
});
