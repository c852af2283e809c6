// Questions about conditions, asked over HTTP of data that came through /v1/collect: what SQL lists, what the cells say,
// and that neither tells anything of another site.

import { beforeEach, describe, expect, it } from "vitest";
import type * as z from "zod/mini";
import { inspectIn } from "../../worker/admin/inspect.ts";
import type { Condition, EventMatch } from "../../worker/domain/condition.ts";
import { cellOf, siteOf } from "../../worker/platform/name.ts";
import type * as schema from "../../worker/protocol/admin.schema.ts";
import { definitions } from "../shop/definitions.ts";
import { largest } from "../support/largest.ts";
import { ask, everyone, people, prices, refusal, viewedPrices } from "./asked.ts";
import { Browser, call, drain, env, event, freshWorld, partsOf, publish, site } from "./world.ts";

type Checked = z.infer<typeof schema.Checked>;
type People = z.infer<typeof schema.People>;
type Explained = z.infer<typeof schema.ExplainedPerson>;
type Preview = z.infer<typeof schema.Preview>;

const day = 86_400_000;

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish();
});

/** A browser that saw these pages, once D1 knows of it. */
async function visitor(paths: readonly string[], of = site, ownKey = key): Promise<Browser> {
	const browser = new Browser(ownKey);
	for (const path of paths) await browser.view(path, "");
	await drain(browser.token, of);
	return browser;
}

async function contact(email: string, paths: readonly string[] = ["/"]): Promise<Browser> {
	const browser = await visitor(paths);
	await browser.track("Form Submitted", { experience: "blog-newsletter", email });
	await drain(browser.token);
	return browser;
}

async function personOf(browser: Browser, of = site): Promise<string> {
	const { cell, visitor: id } = partsOf(browser.token);
	const seen = await inspectIn(cellOf(env, of, cell), id, "/");
	if (!seen) throw new Error("the visitor is not known");
	return seen.person;
}

const explain = (body: object, of = site) => ask<Explained>("explain", body, of);

describe("checking a condition", () => {
	it("tells it as a sentence in each language, or in the one that is asked for", async () => {
		const condition: Condition = {
			all: [
				{ field: "score", test: { op: ">=", n: 30 } },
				{ field: "segment", segment: "from-google" },
			],
		};
		const { sentence, warnings } = await ask<Checked>("conditions/check", { condition });
		expect(sentence.pl).toContain("„Z Google”");
		expect(sentence.en).toContain("“Z Google”");
		expect(warnings).toEqual([]);
		const polish = await ask<Checked>("conditions/check", { condition, language: "pl" });
		expect(polish.sentence).toEqual({ pl: sentence.pl });
	});

	it("warns of what is never true, and of what anonymous people's details do not live for", async () => {
		const never = {
			all: [
				{ field: "score", test: { op: ">=", n: 30 } },
				{ field: "score", test: { op: "<=", n: 3 } },
			],
		};
		const long = { ...viewedPrices(1), withinMs: 7 * day };
		const kinds = async (condition: unknown) =>
			(await ask<Checked>("conditions/check", { condition })).warnings.map(({ kind }) => kind);
		expect(await kinds(never)).toEqual(["never-true"]);
		expect(await kinds(long)).toEqual(["contacts-only"]);
	});

	it.each<[unknown, { at: string; why: string; segments?: string[] }]>([
		[
			{ all: [everyone, { field: "score", test: { op: "~", n: 1 } }] },
			{ at: "all.1.test.op", why: "operator-unknown" },
		],
		[
			{ not: { field: "segment", segment: "gone" } },
			{ at: "not.segment", why: "segment-unknown", segments: ["gone"] },
		],
		[
			{ field: "events", match: prices, count: { op: ">=", n: 101 } },
			{ at: "count.n", why: "number-out-of-range" },
		],
		[undefined, { at: "condition", why: "member-missing" }],
	])("refuses %j with the place of the mistake", async (condition, problem) => {
		const [status, complaint] = await refusal("conditions/check", { condition });
		expect(status).toBe(422);
		expect(complaint.problems).toEqual([problem]);
	});

	it("reads the drafts where it is told to", async () => {
		const segments = [...definitions.segments, { id: "drafted", name: "Szkic", condition: everyone }];
		await call("PUT", `${site}/definitions`, { ...definitions, segments });
		const condition = { field: "segment", segment: "drafted" };
		expect((await refusal("conditions/check", { condition }))[0]).toBe(422);
		const { sentence } = await ask<Checked>("conditions/check", { condition, definitions: "drafts" });
		expect(sentence.pl).toContain("Szkic");
	});
});

describe("people who meet a condition", () => {
	it("are counted and listed with what is known of them", async () => {
		const one = await visitor(["/", "/cennik"]);
		const two = await visitor(["/cennik", "/cennik", "/cennik"]);
		await visitor(["/blog"]);
		const found = await people(viewedPrices(1));
		expect(found.count).toBe(2);
		expect(found.people.map(({ id }) => id)).toEqual([await personOf(two), await personOf(one)]);
		expect(found.next).toBeNull();
		const [ready] = found.people;
		expect(ready).toMatchObject({
			identity: "anonymous",
			score: 30,
			visits: 1,
			tags: { CENNIK: { count: 3 } },
			segments: { "ready-to-buy": expect.any(Number) },
		});
		expect(ready?.lastSeenAt).toBeGreaterThanOrEqual(ready?.firstSeenAt ?? Number.NaN);
		expect(ready).not.toHaveProperty("cell");
	});

	it("come page by page, each of them once", async () => {
		for (let i = 0; i < 5; i++) await visitor(["/cennik"]);
		const seen: string[] = [];
		let after: string | null = null;
		do {
			const page: People = await people(everyone, { limit: 2, ...(after === null ? {} : { after }) });
			expect(page.count).toBe(5);
			seen.push(...page.people.map(({ id }) => id));
			after = page.next;
		} while (after !== null);
		expect(new Set(seen).size).toBe(5);
		expect(seen).toHaveLength(5);
	});

	it("are found through the segments that a condition mentions", async () => {
		const ready = await visitor(["/cennik", "/cennik", "/cennik"]);
		await visitor(["/"]);
		const found = await people({
			all: [
				{ field: "segment", segment: "ready-to-buy" },
				{ field: "segment", segment: "not-yet-known" },
			],
		});
		expect(found.people.map(({ id }) => id)).toEqual([await personOf(ready)]);
	});

	it("are counted for the largest conditions too", async () => {
		const names = { pl: "Lista", en: "List" };
		const club = {
			name: "Klub",
			joins: { by: { event: { name: "Form Submitted" } } },
			tiers: [],
			rewards: [],
		} as const;
		await publish({
			definitions: {
				lists: Array.from({ length: 200 }, (_, i) => ({ id: `list-${i}`, names })),
				programmes: Array.from({ length: 20 }, (_, i) => ({ ...club, id: `programme-${i}` })),
			},
		});
		for (const [name, condition] of largest) {
			const response = await call("POST", `${site}/conditions/people`, { condition });
			expect({ name, status: response.status }).toEqual({ name, status: 200 });
		}
	}, 60_000);

	it("are left out from the instant at which their details lapse, unless they are contacts", async () => {
		await visitor(["/cennik"]);
		const known = await contact("ala@example.pl", ["/cennik"]);
		expect((await people(everyone)).count).toBe(2);
		await siteOf(env, site).moveClock(4 * 3_600_000);
		for (const condition of [everyone, viewedPrices(1)]) {
			const found = await people(condition);
			expect([found.count, found.people.map(({ id }) => id)]).toEqual([1, [await personOf(known)]]);
		}
		expect((await people(everyone)).people[0]?.attributes).toEqual({ email: "ala@example.pl" });
	});

	it("are found by their orders, their cart and when they were seen", async () => {
		const buyer = await visitor(["/"]);
		const products = [{ product_id: "kosa", price: 60.25, quantity: 2 }];
		const order = event("Order Completed", { order_id: "A-1", revenue: 120.5 });
		await buyer.send([{ ...order, props: { ...order.props, products } }], "/", {});
		await drain(buyer.token);
		await visitor(["/"]);
		const scythe: EventMatch = {
			name: "Product Bought",
			where: [{ property: "product_id", test: { op: "is", value: "Kosa" } }],
		};
		const asked: Condition[] = [
			{ field: "events", match: scythe, count: { op: "=", n: 1 }, withinMs: day },
			{ field: "sum", match: scythe, property: "revenue", test: { op: "=", n: 120.5 } },
			{ field: "orders", of: "revenue", test: { op: ">=", n: 120.5 } },
			{ field: "order.last", test: { op: "in-the-last", ms: day } },
			{
				all: [
					{ field: "orders", of: "count", test: { op: "=", n: 1 } },
					{ field: "seen.last", test: { op: "in-the-last", ms: day } },
				],
			},
		];
		for (const condition of asked) {
			const ids = (await people(condition)).people.map(({ id }) => id);
			expect(ids).toEqual([await personOf(buyer)]);
			for (const person of (await people(everyone)).people)
				expect((await explain({ condition, person: person.id })).is).toBe(ids.includes(person.id));
		}
	});
});

describe("an explanation", () => {
	it("of a segment is the cell's own membership", async () => {
		const browsers = [
			await visitor(["/cennik", "/cennik", "/cennik"]),
			await visitor(["/", "/kosiarki-akumulatorowe", "/kosiarki-akumulatorowe"]),
			await contact("ola@example.pl"),
		];
		for (const browser of browsers) {
			const { cell, visitor: id } = partsOf(browser.token);
			const inspected = await inspectIn(cellOf(env, site, cell), id, "/");
			if (!inspected) throw new Error("the visitor is not known");
			for (const { id: segment, since, because } of inspected.segments) {
				const explained = await explain({ segment, person: inspected.person });
				expect(explained).toMatchObject({
					is: because.is,
					until: because.until === Infinity ? null : expect.any(Number),
					person: inspected.person,
					memberSince: since,
					isWhole: true,
				});
				expect(explained.is).toBe(explained.memberSince !== null);
			}
		}
	});

	it("says until when, why, and what would change it, in both languages", async () => {
		const browser = await visitor(["/cennik", "/cennik", "/cennik"]);
		const person = await personOf(browser);
		const ready = await explain({ segment: "ready-to-buy", person });
		expect(ready.until).toBeGreaterThan(Date.now() + 6 * day);
		expect(ready.sentences.pl).toHaveLength(3);
		expect(ready.sentences.pl[0]).toMatch(/^Spełnione: /);
		expect(ready.sentences.en[0]).toMatch(/^Met: /);
		expect(ready.change.isPossible).toBe(true);
		const google = await explain({ segment: "from-google", person });
		expect(google.is).toBe(false);
		expect(google.change.sentence.pl).toMatch(/^Aby warunek był spełniony/);
	});

	it("has its instants in the time zone that is asked for", async () => {
		const person = await personOf(await visitor(["/"]));
		const condition: Condition = { field: "seen.first", test: { op: "after", at: Date.UTC(2026, 6, 1, 10) } };
		const said = async (timeZone: string) => (await explain({ condition, person, timeZone })).sentence.en;
		expect(await said("Europe/Warsaw")).toContain("1 July 2026, 12:00");
		expect(await said("UTC")).toContain("1 July 2026, 10:00");
		const [status, { problems }] = await refusal("conditions/check", {
			condition: everyone,
			timeZone: "Nowhere/Land",
		});
		expect([status, problems]).toEqual([422, [{ at: "timeZone", why: "time-zone-unknown" }]]);
	});

	it("of whoever's details have lapsed tells nothing of them", async () => {
		const browser = await visitor(["/cennik", "/cennik", "/cennik"]);
		const person = await personOf(browser);
		expect((await explain({ segment: "ready-to-buy", person })).is).toBe(true);
		await siteOf(env, site).moveClock(4 * 3_600_000);
		expect(await explain({ segment: "ready-to-buy", person })).toMatchObject({
			is: false,
			memberSince: null,
		});
		const blog: Condition = { field: "events", match: { name: "Page Viewed" }, count: { op: ">=", n: 1 } };
		expect((await explain({ condition: blog, person })).is).toBe(false);
	});

	it("of what nothing published asks for counts what D1 has of it", async () => {
		const browser = await visitor(["/", "/blog"]);
		for (const product of ["a", "b", "b"]) await browser.track("Product Viewed", { product, price: 10 });
		await drain(browser.token);
		const person = await personOf(browser);
		const product: EventMatch = { name: "Product Viewed" };
		const asked: [Condition, boolean][] = [
			[{ field: "events", match: product, count: { op: "=", n: 3 } }, true],
			[{ field: "events", match: product, count: { op: "=", n: 2 }, by: { property: "product" } }, true],
			[{ field: "events", match: product, count: { op: "=", n: 1 }, by: "visit" }, true],
			[{ field: "sum", match: product, property: "price", test: { op: "=", n: 30 } }, true],
			[{ field: "moment", match: product, which: "first", test: { op: "in-the-last", ms: day } }, true],
			// Beyond what the published segment keeps of the same match.
			[{ field: "events", match: prices, count: { op: ">=", n: 50 } }, false],
			[{ not: { field: "events", match: product, count: { op: ">=", n: 4 } } }, true],
			[{ field: "events", match: { name: "Tag Added" }, count: { op: ">=", n: 1 } }, true],
		];
		for (const [condition, is] of asked) {
			expect({ condition, is: (await explain({ condition, person })).is }).toEqual({ condition, is });
			expect({ condition, n: (await people(condition)).count }).toEqual({ condition, n: Number(is) });
		}
	});

	it("of somebody who is not there, or of another site, is not found", async () => {
		const other = await publish({ site: "other" });
		const stranger = await visitor(["/"], "other", other);
		const person = await personOf(stranger, "other");
		expect((await explain({ segment: "returning", person }, "other")).is).toBe(false);
		for (const id of [person, "nobody", "' OR 1=1 --"]) {
			for (const question of [{ segment: "returning" }, { condition: everyone }])
				expect(await refusal("explain", { ...question, person: id })).toEqual([
					404,
					{ error: "person-unknown" },
				]);
		}
		const own = await personOf(await visitor(["/"]));
		for (const segment of ["gone", "constructor"])
			expect(await refusal("explain", { segment, person: own })).toEqual([404, { error: "segment-unknown" }]);
	});
});

describe("a preview of a segment", () => {
	it("says who would come in and who would go, and why", async () => {
		const eager = await visitor(["/cennik", "/cennik"]);
		const known = await contact("ala@example.pl", ["/"]);
		await visitor(["/"]);
		// Contacts that nobody would lose: so far, everyone who is not one.
		const preview = await ask<Preview>("segments/not-yet-known/preview", {
			condition: { any: [viewedPrices(2), { field: "identity", test: { op: "is", value: "monitored" } }] },
		});
		expect(preview.in.count).toBe(1);
		expect(preview.in.people.map(({ person }) => person.id)).toEqual([await personOf(known)]);
		expect(preview.in.people[0]?.explanation?.is).toBe(true);
		expect(preview.out.count).toBe(1);
		const [goer] = preview.out.people;
		expect(goer?.person.id).not.toBe(await personOf(eager));
		expect(goer?.explanation?.is).toBe(false);
		expect(goer?.explanation?.sentences.en[0]).toMatch(/^Not met: /);
		expect(preview.isWhole).toBe(true);
	});

	it("changes nothing, shows twenty at most, and refuses a segment that would mention itself", async () => {
		const browsers = Array.from({ length: 22 }, () => new Browser(key));
		await Promise.all(browsers.map((browser) => browser.view("/", "")));
		for (const browser of browsers) await drain(browser.token);
		const preview = await ask<Preview>("segments/returning/preview", { condition: everyone });
		expect([preview.in.count, preview.in.people.length, preview.out.count]).toEqual([22, 20, 0]);
		expect(preview.in.people.every(({ explanation }) => explanation?.is)).toBe(true);
		expect((await people({ field: "segment", segment: "returning" })).count).toBe(0);
		const itself = { any: [everyone, { field: "segment", segment: "returning" }] };
		const [status, { problems }] = await refusal("segments/returning/preview", { condition: itself });
		expect([status, problems?.[0]?.why]).toEqual([422, "segment-cycle"]);
		expect((await refusal("segments/gone/preview", { condition: everyone }))[0]).toBe(404);
	});

	it("is refused where the two conditions together are more than D1 takes", async () => {
		const many = { all: Array.from({ length: 52 }, (_, n) => ({ any: [viewedPrices(n)] })) };
		const [status, complaint] = await refusal("segments/ready-to-buy/preview", { condition: many });
		expect([status, complaint.error]).toEqual([422, "too-large-to-compare"]);
	});
});

describe("another site", () => {
	it("lists nobody of this one, and this one nobody of it", async () => {
		await visitor(["/cennik"]);
		const other = await publish({ site: "other" });
		await visitor(["/cennik", "/cennik"], "other", other);
		const counts = await Promise.all(
			[site, "other"].map(async (of) => (await people(viewedPrices(1), {}, of)).count),
		);
		expect(counts).toEqual([1, 1]);
		expect((await people(viewedPrices(2))).count).toBe(0);
		const preview = await ask<Preview>("segments/returning/preview", { condition: viewedPrices(1) }, "other");
		expect(preview.in.count).toBe(1);
	});
});
