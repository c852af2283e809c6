// What experiences came to, over the real edge, cells and D1.

import { beforeEach, expect, test } from "vitest";
import type { Experience } from "../../worker/protocol/site.ts";
import { definitions } from "../shop/definitions.ts";
import { Browser, call, drain, env, freshWorld, partsOf, publish, site } from "./world.ts";

const [template] = definitions.experiences;
if (!template) throw new Error("the demo shows nothing");

/** Shown to everyone at once, on pages whose address begins so, as often as they come. */
function banner(id: string, path: string): Experience {
	const { segment: _nobody, ...rest } = template as Experience;
	return {
		...rest,
		id,
		kind: "banner",
		surface: { kind: "inline", place: { slot: id } },
		pages: { only: [{ op: "starts-with", value: path }], except: [] },
		attention: { afterCloseMs: 0, afterSubmitMs: 0 },
	};
}

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish({
		definitions: { experiences: [banner("spring", "/spring"), banner("autumn", "/autumn")] },
	});
});

interface Owed {
	readonly orders: number;
	readonly revenue: number;
}
interface Report {
	experiences: {
		experience: string;
		outcomes: Record<string, number>;
		byClick: Owed;
		byView: Owed;
		assisted: Owed;
	}[];
	total: Owed;
	unowed: Owed;
}

async function report(): Promise<Report> {
	const answer = await call("GET", `${site}/reports/experiences`);
	expect(answer.status).toBe(200);
	return answer.json();
}

const of = ({ experiences }: Report, id: string) => experiences.find(({ experience }) => experience === id);
const order = (id: string, revenue: number) => ({ order_id: id, revenue });

test("an order belongs to the experience that was clicked last, others assisted, and the rest is no one's", async () => {
	const browser = new Browser(key);
	await browser.view("/spring");
	await browser.view("/autumn");
	await browser.track("Experience Clicked", { experience: "autumn", revision: 1, product: "mower" });
	await browser.track("Order Completed", order("o-1", 300));
	const other = new Browser(key);
	await other.view("/");
	await other.track("Order Completed", order("o-2", 50));
	await drain(browser.token);
	await drain(other.token);

	const told = await report();
	expect(of(told, "autumn")).toMatchObject({
		outcomes: { qualified: 1, shown: 1, clicked: 1 },
		byClick: { orders: 1, revenue: 300 },
		byView: { orders: 0, revenue: 0 },
	});
	expect(of(told, "spring")).toMatchObject({
		outcomes: { shown: 1 },
		byClick: { orders: 0 },
		assisted: { orders: 1, revenue: 300 },
	});
	expect(told.total).toEqual({ orders: 2, revenue: 350 });
	expect(told.unowed).toEqual({ orders: 1, revenue: 50 });
});

test("what experiences are owed, and what none is, adds up to the orders of the shop, less what was given back", async () => {
	const till = new Map<string, number>();
	for (let n = 0; n < 12; n++) {
		const browser = new Browser(key);
		// Whatever each saw, clicked, bought, was told of twice and gave back: every way in which these go together.
		if (n % 2) await browser.view("/spring");
		if (n % 3) await browser.view("/autumn");
		if (n % 2 === 0) await browser.view("/");
		if (n % 4 === 1) await browser.track("Experience Clicked", { experience: "spring", revision: 1 });
		if (n % 6 === 5) await browser.track("Experience Clicked", { experience: "autumn", revision: 1 });
		const [id, revenue] = [`o-${n}`, 10 + n];
		await browser.track("Order Completed", order(id, revenue));
		if (n % 3 === 0) await browser.track("Order Completed", order(id, revenue));
		const refund = n % 5 === 0 ? 4 : 0;
		if (refund) await browser.track("Order Refunded", { order_id: id, refund_id: "r", revenue: refund });
		till.set(id, revenue - refund);
		await drain(browser.token);
	}
	const { experiences, total, unowed } = await report();
	const owed = experiences.flatMap(({ byClick, byView }) => [byClick, byView]);
	const sum = (of: keyof Owed) => [...owed, unowed].reduce((all, one) => all + one[of], 0);
	const shop = { orders: till.size, revenue: [...till.values()].reduce((all, one) => all + one, 0) };
	expect(total).toEqual(shop);
	expect({ orders: sum("orders"), revenue: sum("revenue") }).toEqual(shop);
	expect(owed.filter(({ orders }) => orders > 0).length).toBeGreaterThan(2);
	expect(unowed.orders).toBeGreaterThan(0);
});

test("what is offered on many pages of a visit qualifies once in it", async () => {
	const browser = new Browser(key);
	for (const path of ["/spring", "/spring/2", "/spring/3"]) await browser.view(path);
	await drain(browser.token);
	expect(of(await report(), "spring")?.outcomes).toMatchObject({ qualified: 1 });
});

test("an order counts once however often it is told, and what is given back is taken off", async () => {
	const browser = new Browser(key);
	await browser.view("/spring");
	for (let told = 0; told < 3; told++) await browser.track("Order Completed", order("o-1", 300));
	await browser.track("Order Refunded", { order_id: "o-1", refund_id: "r-1", revenue: 100 });
	await browser.track("Order Completed", order("o-2", 80));
	await browser.track("Order Cancelled", { order_id: "o-2" });
	await drain(browser.token);
	const told = await report();
	expect(of(told, "spring")?.byView).toEqual({ orders: 1, revenue: 200 });
	expect(told.total).toEqual({ orders: 1, revenue: 200 });
});

test("that an experience led to an order is an event of its own, once", async () => {
	const browser = new Browser(key);
	await browser.view("/spring");
	await browser.track("Order Completed", order("o-1", 300));
	await browser.track("Order Completed", order("o-1", 300));
	await drain(browser.token);
	const { results } = await env.DB.prepare(
		"SELECT props FROM ledger WHERE site = ?1 AND part = ?2 AND name = 'Experience Converted'",
	)
		.bind(site, partsOf(browser.token).visitor)
		.all<{ props: string }>();
	expect(results.map(({ props }) => JSON.parse(props))).toEqual([
		{ experience: "spring", revision: 1, order_id: "o-1", by: "view" },
	]);
});

test("what experiences came to stays when those who saw them are forgotten", async () => {
	const browser = new Browser(key);
	await browser.view("/spring");
	await browser.track("Order Completed", order("o-1", 300));
	await drain(browser.token);
	await browser.send([], "/", { consent: "denied", token: browser.token });
	await drain(browser.token);
	const told = await report();
	expect(of(told, "spring")).toMatchObject({ outcomes: { shown: 1 }, byView: { orders: 1, revenue: 300 } });
	const { results } = await env.DB.prepare("SELECT * FROM credits").all();
	expect(JSON.stringify(results)).not.toContain("o-1");
	expect(JSON.stringify(results)).not.toContain(partsOf(browser.token).visitor);
});

test("the products that were clicked are told with what was paid for them", async () => {
	const browser = new Browser(key);
	await browser.view("/spring");
	await browser.track("Experience Clicked", { experience: "spring", revision: 1, product: "mower" });
	await browser.send(
		[
			{
				id: crypto.randomUUID().replace(/^(.{14})4/, "$17"),
				name: "Order Completed",
				at: Date.now(),
				props: { ...order("o-1", 250), products: [{ product_id: "mower", price: 100, quantity: 2 }] },
			},
		],
		"/",
		{},
	);
	await drain(browser.token);
	const answer = await call("GET", `${site}/reports/products`);
	expect(await answer.json()).toMatchObject({
		products: [{ experience: "spring", product: "mower", name: null, clicks: 1, orders: 1, revenue: 200 }],
	});
});

test("frames are told by where their products come from: how often each was shown and clicked, and what it brought", async () => {
	const frame = (id: string, ...by: readonly ("popular" | "trending")[]): Experience => {
		const sources = by.map((one) => (one === "popular" ? { by: one, among: "site" as const } : { by: one }));
		const recipe = { most: 4, least: 1, sources, filters: {} };
		return {
			...banner(id, `/${id}`),
			content: { pl: { label: id, blocks: [{ kind: "products", layout: "grid", recipe }] } },
		} as unknown as Experience;
	};
	const frames = [frame("a", "trending"), frame("b", "trending"), frame("c", "trending", "popular")];
	key = await publish({ definitions: { experiences: [...frames, banner("plain", "/plain")] } });
	const hour = Math.floor(Date.now() / 3_600_000);
	const counts = ["a", "b", "c", "plain"].map((id, n) => [hour, "experience", `${id}|1||shown`, 10 + n]);
	await env.DB.prepare("INSERT INTO tallies (site, counts) VALUES (?1, ?2)")
		.bind(site, JSON.stringify(counts))
		.run();
	const browser = new Browser(key);
	await browser.view("/elsewhere");
	await browser.track("Experience Clicked", { experience: "b", revision: 1, product: "mower" });
	await browser.track("Order Completed", order("o-1", 300));
	await drain(browser.token);
	const { strategies } = await (await call("GET", `${site}/reports/frames`)).json<{
		strategies: Record<string, unknown>[];
	}>();
	expect(strategies).toEqual([
		{
			strategies: ["trending"],
			frames: [
				{ experience: "a", name: expect.any(String) },
				{ experience: "b", name: expect.any(String) },
			],
			shown: 21,
			clicked: 1,
			byClick: { orders: 1, revenue: 300 },
			byView: { orders: 0, revenue: 0 },
			conditions: expect.any(Object),
		},
		expect.objectContaining({ strategies: ["trending", "popular"], shown: 12, clicked: 0 }),
	]);
	const text = await (await call("GET", `${site}/reports/frames?format=csv`)).text();
	expect(text.split("\r\n")[1]).toMatch(/^trending,a b,21,1,1,300,/);
});

test("the last so many days end with the day that is said", async () => {
	const answer = await call("GET", `${site}/reports/experiences?days=7&until=2026-03-03`);
	expect(await answer.json()).toMatchObject({ from: "2026-02-25", until: "2026-03-03" });
	expect((await call("GET", `${site}/figures/visits?days=0`)).status).toBe(422);
});

test("a report of days that are none is refused with the place of the mistake", async () => {
	const answer = await call("GET", `${site}/reports/experiences?from=yesterday`);
	expect(answer.status).toBe(422);
	expect(await answer.json()).toMatchObject({ problems: [{ at: "from" }] });
});
