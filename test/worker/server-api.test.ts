// What a site's server tells and asks with a secret key: people, events, orders, acts; each item with a verdict of its own.

import { beforeEach, describe, expect, it } from "vitest";
import { findOwner } from "../../worker/directory/resolve.ts";
import type { Programme } from "../../worker/domain/definition.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { historyOf, knownAs, makeSecretKey, post, verdictsOf } from "./servers.ts";
import { call, env, freshWorld, publish, site } from "./world.ts";

const club: Programme = { id: "club", name: "Klub", joins: "everyone", tiers: [], rewards: [] };
const anna = { email: "anna@example.com" };
const asAnna = { kind: "email", value: "anna@example.com" } as const;

let secret: string;
beforeEach(async () => {
	await freshWorld();
	await publish({ definitions: { programmes: [club] } });
	secret = await makeSecretKey();
});

const read = async (identifiers: object) => {
	const response = await post("people/read", { identifiers }, secret);
	return { status: response.status, ...(await response.json<object>()) };
};

describe("people", () => {
	it("are made by what they are called by, changed, and read by any of their names", async () => {
		const people = [
			{
				id: "1",
				identifiers: { user: "42", ...anna },
				attributes: { name: "Anna", city: "Łódź", sizes: ["s", "m"] },
			},
			{ id: "2", identifiers: { phone: "600 100 200" }, attributes: { name: "Jan" } },
		];
		expect(await verdictsOf(post("people", { people }, secret))).toEqual(["ok", "ok"]);
		const change = { people: [{ id: "3", identifiers: anna, attributes: { city: "Gdańsk" } }] };
		expect(await verdictsOf(post("people", change, secret))).toEqual(["ok"]);
		const known = await read({ user: "42" });
		expect(known).toMatchObject({
			status: 200,
			identity: "identified",
			attributes: {
				userId: "42",
				email: "anna@example.com",
				name: "Anna",
				city: "Gdańsk",
				sizes: ["s", "m"],
			},
			tags: {},
			score: 0,
			points: { club: 0 },
		});
		expect(await read(anna)).toEqual(known);
		expect(await read({ phone: "+48600100200" })).toMatchObject({ attributes: { name: "Jan" } });
		expect(await read({ email: "nobody@example.com" })).toEqual({ status: 404, error: "person-unknown" });
	});

	it("told again change nothing", async () => {
		const told = { people: [{ id: "1", identifiers: anna, attributes: { name: "Anna" } }] };
		const [first, second] = [await post("people", told, secret), await post("people", told, secret)];
		const {
			verdicts: [one],
		} = await first.json<{ verdicts: [{ person: string }] }>();
		expect(await second.json()).toEqual({
			verdicts: [{ id: "1", verdict: "duplicate", person: one.person }],
		});
	});

	it("whose names are two people's are listed as a conflict, and nobody is merged", async () => {
		const person = (id: string, identifiers: object) => ({ id, identifiers, attributes: {} });
		await verdictsOf(post("people", { people: [person("1", { user: "42" }), person("2", anna)] }, secret));
		const answer = await post("people", { people: [person("3", { user: "42", ...anna })] }, secret);
		expect(await answer.json()).toMatchObject({ verdicts: [{ verdict: "ok", conflicts: ["email"] }] });
		const [hers, his] = await Promise.all([
			findOwner(env, site, asAnna),
			findOwner(env, site, { kind: "user", value: "42" }),
		]);
		expect(hers).not.toEqual(his);
		const listed = async () => (await call("GET", `${site}/people/conflicts`)).json();
		await expect.poll(listed).toMatchObject({
			conflicts: [{ person: his?.person, other: hers?.person, kind: "email", value: "anna@example.com" }],
		});
	});

	it("that are wrong say where, and their neighbours are taken", async () => {
		const people = [
			{ id: "1", identifiers: {}, attributes: {} },
			{ id: "2", identifiers: { email: "none" }, attributes: {} },
			{ id: "3", identifiers: anna, attributes: { name: { first: "Anna" } } },
			null,
			{ id: "4", identifiers: anna, attributes: { "consent.email": "given", email: "none", name: "Anna" } },
		];
		const answer = await post("people", { people }, secret);
		expect(await answer.json()).toMatchObject({
			verdicts: [
				{ id: "1", verdict: "dropped", why: "malformed", at: "identifiers" },
				{ id: "2", verdict: "dropped", why: "malformed", at: "identifiers.email" },
				{ id: "3", verdict: "dropped", why: "malformed", at: "attributes.name" },
				{ id: null, verdict: "dropped", why: "malformed" },
				{ id: "4", verdict: "ok", without: ["consent.email", "email"] },
			],
		});
		expect((await knownAs(asAnna))?.attributes).toEqual({ email: "anna@example.com", name: "Anna" });
	});
});

describe("events and orders", () => {
	it("are on the timeline once, in the order of their time", async () => {
		const at = Date.now() - 60_000;
		const events = [
			{ id: "1", identifiers: anna, name: "Signed Up", at, props: { plan: "gold" } },
			{ id: "2", identifiers: anna, name: "Signed In", at: at - 1_000 },
		];
		expect(await verdictsOf(post("events", { events }, secret))).toEqual(["ok", "ok"]);
		expect(await verdictsOf(post("events", { events }, secret))).toEqual(["duplicate", "duplicate"]);
		expect(await historyOf(asAnna)).toEqual(["Signed In", "Signed Up"]);
	});

	it("of an order are told as they come, and it counts by its id", async () => {
		const order = (id: number, status: string, props: object = {}) => {
			return { id: `${id}`, at: Date.now() - 60_000 + id, identifiers: anna, status, order_id: "o1", props };
		};
		const products = [{ product_id: "p1", price: 50, quantity: 2 }];
		const orders = [
			order(1, "completed", { revenue: 100, products }),
			order(2, "updated", { revenue: 120 }),
			order(3, "refunded", { revenue: 40, refund_id: "r1" }),
		];
		expect(await verdictsOf(post("orders", { orders }, secret))).toEqual(["ok", "ok", "ok"]);
		expect(await historyOf(asAnna)).toEqual(["Order Completed", "Order Updated", "Order Refunded"]);
		const stored = await env.DB.prepare(
			"SELECT json(orders) AS orders FROM parts WHERE json(orders) LIKE '%refunds%'",
		).first<string>("orders");
		expect(JSON.parse(stored ?? "")).toMatchObject([
			{ id: "o1", hundredths: 12_000, refunds: [{ id: "r1", hundredths: 4_000 }] },
		]);
		expect(await verdictsOf(post("orders", { orders: [order(4, "cancelled")] }, secret))).toEqual(["ok"]);
	});

	it("that the server tells of are no visit, for the person need not have been there", async () => {
		const told = { identifiers: anna, order_id: "o1", props: { revenue: 100 } };
		const orders = ["completed", "updated", "cancelled"].map((status, n) => ({
			...told,
			id: `${n}`,
			status,
		}));
		await verdictsOf(post("orders", { orders }, secret));
		expect(await historyOf(asAnna)).toHaveLength(3);
		const query =
			"SELECT visits, last_seen_at, (SELECT count(*) FROM visits) AS listed FROM parts WHERE kind = 'server'";
		expect(await env.DB.prepare(query).first()).toEqual({ visits: 0, last_seen_at: null, listed: 0 });
		const events = [{ id: "1", identifiers: anna, name: "Page Viewed", props: { path: "/" } }];
		await verdictsOf(post("events", { events }, secret));
		await historyOf(asAnna);
		expect(await env.DB.prepare(query).first()).toMatchObject({ visits: 1, listed: 1 });
	});
});

describe("acts", () => {
	it("tag and untag, earn and spend, once each", async () => {
		await verdictsOf(post("people", { people: [{ id: "1", identifiers: anna, attributes: {} }] }, secret));
		const act = (what: object, id = uuidv7(Date.now())) => ({ id, identifiers: anna, act: what });
		const acts = [
			act({ kind: "tag", tag: "VIP" }),
			act({ kind: "points", points: 5 }),
			act({ kind: "points", programme: "club", points: 30 }),
			act({ kind: "untag", tag: "OTHER" }),
			act({ kind: "points", programme: "none", points: 30 }),
		];
		const said = ["ok", "ok", "ok", "tag-not-there", "unknown-programme"];
		expect(await verdictsOf(post("acts", { acts }, secret))).toEqual(said);
		expect(await verdictsOf(post("acts", { acts: acts.slice(0, 3) }, secret))).toEqual([
			"duplicate",
			"duplicate",
			"duplicate",
		]);
		expect(await read(anna)).toMatchObject({ tags: { VIP: 1 }, score: 5, points: { club: 30 } });
		const taken = [
			act({ kind: "untag", tag: "VIP" }),
			act({ kind: "points", programme: "club", points: -30 }),
		];
		expect(await verdictsOf(post("acts", { acts: taken }, secret))).toEqual(["ok", "ok"]);
		expect(await read(anna)).toMatchObject({ tags: {}, points: { club: 0 } });
	});

	it("make nobody, and are refused where they are none", async () => {
		const acts = [
			{ id: uuidv7(Date.now()), identifiers: anna, act: { kind: "tag", tag: "VIP" } },
			{ id: "1", identifiers: anna, act: { kind: "tag", tag: "VIP" } },
			{ id: uuidv7(Date.now()), identifiers: anna, act: { kind: "delete" } },
		];
		expect(await verdictsOf(post("acts", { acts }, secret))).toEqual([
			"person-unknown",
			"malformed",
			"malformed",
		]);
		expect(await findOwner(env, site, asAnna)).toBeUndefined();
	});
});

it("a body that is none is refused whole", async () => {
	for (const path of ["people", "events", "orders", "acts", "people/read"])
		for (const body of [{}, { [path]: [] }, { [path]: Array(151).fill({}) }, [], { [path]: {} }])
			expect([path, (await post(path, body, secret)).status]).toEqual([path, 422]);
	expect((await post("people", "{", secret)).status).toBe(400);
	expect((await post("people", `{"people":["${"x".repeat(600_000)}"]}`, secret)).status).toBe(413);
});
