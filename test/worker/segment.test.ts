// Segment's HTTP API: whose its events become, when they happened, and what of them is kept.

import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Cell } from "../../worker/cell/cell.ts";
import { findOwner } from "../../worker/directory/resolve.ts";
import { namedOn, sourceOf } from "../../worker/directory/sources.ts";
import type { Identifier } from "../../worker/domain/contact.ts";
import { cellOf } from "../../worker/platform/name.ts";
import { limits } from "../../worker/protocol/limits.ts";
import { everything } from "./everything.ts";
import { historyOf, knownAs, makeSecretKey, post, verdictsOf } from "./servers.ts";
import { call, drainCell, edge, env, freshWorld, publish, settled, site } from "./world.ts";

const anna: Identifier = { kind: "user", value: "42" };
const annasEmail: Identifier = { kind: "email", value: "anna@example.com" };
const anonymous = (value: string): Identifier => ({ kind: "anonymous", value });
/** Whom the public key's events in this name went to. */
const typedAs = (kind: Identifier["kind"], value: string) => sourceOf({ kind, value });

let key: string;
let secret: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish();
	secret = await makeSecretKey(["events"]);
});

const seen = (name: string, more: object = {}) => ({ type: "track", event: name, ...more });

async function storedEvent(
	name: string,
): Promise<{ at: number; props: Record<string, unknown>; touch: string | null }> {
	const owner = await findOwner(env, site, anna);
	await drainCell(owner?.cell ?? "");
	const row = await env.DB.prepare("SELECT at, props, touch FROM events WHERE site = ?1 AND name = ?2")
		.bind(site, name)
		.first<{ at: number; props: string; touch: string | null }>();
	if (!row) throw new Error(`there is no ${name}`);
	return { ...row, props: JSON.parse(row.props) };
}

describe("with a secret key", () => {
	it("puts a user's events and traits on the card that the directory has for them", async () => {
		const batch = [
			seen("Signed Up", { userId: "42", messageId: "1" }),
			{ type: "identify", userId: "42", messageId: "2", traits: { email: " Anna@Example.com " } },
			{
				type: "group",
				userId: "42",
				messageId: "3",
				groupId: "acme",
				traits: { name: "Acme", plan: "gold" },
			},
			{
				type: "page",
				userId: "42",
				messageId: "4",
				name: "Home",
				properties: { url: "https://shop.example/a/?b" },
			},
			{ type: "screen", userId: "42", messageId: "5", name: "Basket" },
		];
		expect(await verdictsOf(post("batch", { batch }, secret))).toEqual(["ok", "ok", "ok", "ok", "ok"]);
		expect(await historyOf(anna)).toHaveLength(5);
		expect(await findOwner(env, site, annasEmail)).toEqual(await findOwner(env, site, anna));
		expect(await knownAs(anna)).toMatchObject({
			identity: "identified",
			attributes: {
				userId: "42",
				email: "anna@example.com",
				company: "Acme",
				"company.id": "acme",
				"company.plan": "gold",
			},
		});
		expect((await storedEvent("Page Viewed")).props).toMatchObject({ path: "/a/", name: "Home" });
	});

	it("knows by an alias, and by what came together, that it is one person", async () => {
		await verdictsOf(post("track", seen("Product Viewed", { anonymousId: "a1" }), secret));
		await verdictsOf(post("alias", { previousId: "a1", userId: "42" }, secret));
		await verdictsOf(post("identify", { anonymousId: "a2", userId: "42", traits: { name: "Anna" } }, secret));
		await verdictsOf(post("track", seen("Signed In", { anonymousId: "a2" }), secret));
		expect(await historyOf(anna)).toEqual(["Product Viewed", "Aliased", "Identified", "Signed In"]);
		expect(await findOwner(env, site, anonymous("a1"))).toEqual(await findOwner(env, site, anonymous("a2")));
	});

	it("leaves what a device did before a known user signed in where it is, and says that it is another's", async () => {
		await verdictsOf(post("identify", { userId: "42" }, secret));
		const batch = [
			seen("Product Viewed", { anonymousId: "a9", messageId: "1" }),
			seen("Signed In", { anonymousId: "a9", userId: "42", messageId: "2" }),
		];
		expect(await verdictsOf(post("batch", { batch }, secret))).toEqual(["ok", "ok"]);
		expect(await verdictsOf(post("batch", { batch }, secret))).toEqual(["duplicate", "duplicate"]);
		expect(await historyOf(anna)).toEqual(["Identified", "Signed In"]);
		expect(await historyOf(anonymous("a9"))).toEqual(["Product Viewed"]);
	});

	it("keeps two users of one browser apart, and a visitor who says who they are one person", async () => {
		const batch = [
			seen("Product Viewed", { anonymousId: "a1" }),
			seen("Signed In", { anonymousId: "a1", userId: "42" }),
			seen("Signed Out", { anonymousId: "a1", userId: "42" }),
			seen("Signed In", { anonymousId: "a1", userId: "43" }),
		];
		expect(await verdictsOf(post("batch", { batch }, secret))).toEqual(["ok", "ok", "ok", "ok"]);
		expect(await historyOf(anna)).toHaveLength(3);
		expect(await historyOf({ kind: "user", value: "43" })).toEqual(["Signed In"]);
		await verdictsOf(post("track", seen("Clicked", { anonymousId: "a1" }), secret));
		expect(await historyOf({ kind: "user", value: "43" })).toEqual(["Signed In", "Clicked"]);
	});

	it("leaves a visitor whom nobody named anonymous, and forgets them in time", async () => {
		await verdictsOf(post("track", seen("Product Viewed", { anonymousId: "a1" }), secret));
		expect(await knownAs(anonymous("a1"))).toMatchObject({ identity: "anonymous" });
		const retention = await env.DB.prepare("SELECT retention_ms FROM people").first<number>("retention_ms");
		expect(await historyOf(anonymous("a1"))).toEqual(["Product Viewed"]);
		expect(retention ?? 3 * 3_600_000).toBe(3 * 3_600_000);
	});

	it("counts an order once, however often and from whichever source it is told", async () => {
		const order = { userId: "42", event: "Order Completed", properties: { order_id: "o1", revenue: 40 } };
		await verdictsOf(post("track", { ...order, messageId: "1" }, secret));
		expect(await verdictsOf(post("track", { ...order, messageId: "1" }, secret))).toEqual(["duplicate"]);
		await verdictsOf(post("track", { ...order, messageId: "2" }, secret));
		const { person } = (await findOwner(env, site, anna)) ?? {};
		await historyOf(anna);
		const orders = await env.DB.prepare(
			"SELECT json(orders) AS orders FROM parts WHERE person = ?1 AND orders IS NOT NULL",
		)
			.bind(person)
			.first<string>("orders");
		expect(JSON.parse(orders ?? "")).toMatchObject([{ id: "o1", hundredths: 4_000 }]);
	});
});

describe("with the public key", () => {
	it("keeps a visitor's events, names and campaign with a person of their own", async () => {
		const batch = [
			{
				type: "page",
				anonymousId: "a1",
				properties: { url: "https://shop.example/?utm_source=mail&utm_medium=email", referrer: "" },
			},
			seen("Product Viewed", { anonymousId: "a1" }),
			{ type: "identify", anonymousId: "a1", userId: "42", traits: { email: "anna@example.com" } },
		];
		expect(await verdictsOf(post("batch", { batch }, key))).toEqual(["ok", "ok", "ok"]);
		expect(await knownAs(typedAs("anonymous", "a1"))).toMatchObject({
			identity: "identified",
			attributes: { userId: "42", email: "anna@example.com" },
		});
		await settled();
		expect(await historyOf(anna)).toHaveLength(3);
		const touch = await env.DB.prepare("SELECT touch FROM events WHERE touch IS NOT NULL").first<string>(
			"touch",
		);
		expect(JSON.parse(touch ?? "")).toMatchObject({ source: "mail", medium: "email" });
	});

	it("neither reads nor moves the card of whoever is named", async () => {
		await verdictsOf(post("identify", { userId: "42", traits: { email: "anna@example.com" } }, secret));
		const before = await knownAs(anna);
		const order = { order_id: "o1", revenue: 1_000_000 };
		const price = { url: "https://shop.example/cennik", path: "/cennik" };
		const batch = ["42", "anna@example.com"].flatMap((userId) => [
			seen("Order Completed", { userId, properties: order }),
			seen("Form Submitted", { anonymousId: "x", properties: { email: "anna@example.com" } }),
			...[1, 2, 3].map(() => ({ type: "page", userId, properties: price })),
			{ type: "identify", userId, anonymousId: "x", traits: { email: "anna@example.com", name: "Eve" } },
			{ type: "alias", userId: "eve", previousId: userId },
			{ type: "group", userId, groupId: "evil" },
		]);
		await verdictsOf(post("batch", { batch }, key));
		await settled();
		expect(await knownAs(anna)).toEqual(before);
		expect(await historyOf(anna)).toEqual(["Identified"]);
		const owner = await findOwner(env, site, anna);
		const eve = await findOwner(env, site, { kind: "user", value: "eve" });
		expect(eve?.person).not.toBe(owner?.person);
		await verdictsOf(post("track", seen("Order Completed", { userId: "42", properties: order }), key));
		await settled();
		expect(await knownAs(anna)).toEqual(before);
		const tied = "SELECT count(*) AS n FROM parts WHERE tied_to = ?1 AND person <> ?1";
		expect(await env.DB.prepare(tied).bind(owner?.person).first("n")).toBeGreaterThan(0);
	});

	it("knows what is sent again after the browser changed hands, for nobody heard that it came", async () => {
		const batch = ["42", "43", "44", "42"].map((userId, n) =>
			seen("Signed In", { anonymousId: "a1", userId, messageId: `m${n}` }),
		);
		expect(await verdictsOf(post("batch", { batch }, key))).toEqual(["ok", "ok", "ok", "ok"]);
		const again = ["duplicate", "duplicate", "duplicate", "duplicate"];
		expect(await verdictsOf(post("batch", { batch }, key))).toEqual(again);
		expect(await verdictsOf(post("track", batch[1], key))).toEqual(["duplicate"]);
	});

	it("announces what was typed to the directory, as a form does", async () => {
		await verdictsOf(
			post("identify", { anonymousId: "a1", userId: "42", traits: { phone: "600 100 200" } }, key),
		);
		await settled();
		const card = await findOwner(env, site, anna);
		const attributes = { userId: "42", phone: "+48600100200" };
		expect(await knownAs(anna)).toMatchObject({ person: card?.person, attributes });
		await verdictsOf(post("track", seen("Clicked", { anonymousId: "a1", userId: "42" }), key));
		await settled();
		expect(await findOwner(env, site, anna)).toEqual(card);
		expect(await historyOf(anna)).toEqual(["Identified", "Clicked"]);
	});

	it("makes no card that the site's server then speaks of in one with it", async () => {
		const order = { order_id: "o1", revenue: 1_000_000 };
		await verdictsOf(
			post("track", seen("Order Completed", { anonymousId: "a1", userId: "42", properties: order }), key),
		);
		await settled();
		await verdictsOf(post("identify", { userId: "42", traits: { name: "Anna" } }, secret));
		await settled();
		expect(await historyOf(anna)).toEqual(["Identified"]);
		const before = await knownAs(anna);
		expect(before).toMatchObject({ score: 0, attributes: { name: "Anna" } });
		await verdictsOf(post("track", seen("Order Completed", { anonymousId: "a1", properties: order }), key));
		await settled();
		expect(await knownAs(anna)).toEqual(before);
	});

	it("hands a browser over where another name is typed on it", async () => {
		await verdictsOf(post("identify", { anonymousId: "a1", userId: "42" }, key));
		const first = await findOwner(env, site, typedAs("anonymous", "a1"));
		const batch = [
			seen("Signed Out", { anonymousId: "a1", userId: "42" }),
			seen("Signed In", { anonymousId: "a1", userId: "43" }),
		];
		expect(await verdictsOf(post("batch", { batch }, key))).toEqual(["ok", "ok"]);
		const second = await findOwner(env, site, typedAs("anonymous", "a1"));
		expect(second?.person).not.toBe(first?.person);
		expect(await knownAs(typedAs("anonymous", "a1"))).toMatchObject({ attributes: { userId: "43" } });
	});

	it("is of somebody new once whoever was called so is erased, and what was done before stays away", async () => {
		const name = "Clicked";
		const old = seen(name, { anonymousId: "a1", timestamp: new Date(Date.now() - 60_000).toISOString() });
		await verdictsOf(post("identify", { anonymousId: "a1", userId: "42" }, key));
		await settled();
		const card = await findOwner(env, site, anna);
		const source = await findOwner(env, site, typedAs("anonymous", "a1"));
		expect((await call("DELETE", `${site}/people/${card?.person}`)).status).toBe(200);
		expect(await findOwner(env, site, typedAs("anonymous", "a1"))).toBeUndefined();
		const named = namedOn(typedAs("anonymous", "a1").value, anna);
		expect(await findOwner(env, site, named)).toBeUndefined();
		for (const _ of [1, 2]) expect(await verdictsOf(post("track", old, key))).toEqual(["erased"]);
		expect(await verdictsOf(post("track", seen(name, { anonymousId: "a1" }), key))).toEqual(["ok"]);
		expect(await verdictsOf(post("track", { ...old, messageId: "late" }, key))).toEqual(["erased"]);
		await verdictsOf(post("identify", { anonymousId: "a1", userId: "42" }, key));
		await settled();
		const again = await findOwner(env, site, typedAs("anonymous", "a1"));
		expect([source?.person, card?.person]).not.toContain(again?.person);
		expect(await historyOf(anna)).toEqual([name, "Identified"]);
	});

	it("goes with the card of its name also where that was erased before its cell knew of it", async () => {
		await verdictsOf(post("identify", { userId: "42", traits: { name: "Anna" } }, secret));
		await settled();
		const card = await findOwner(env, site, anna);
		const takeCopy = vi.spyOn(Cell.prototype, "takeCopy").mockRejectedValue(new Error("unreachable"));
		await verdictsOf(post("identify", { anonymousId: "a1", userId: "42", traits: { city: "Ustka" } }, key));
		const source = await findOwner(env, site, typedAs("anonymous", "a1"));
		const { person = "", cell = "" } = source ?? {};
		await expect.poll(async () => takeCopy.mock.calls.length).toBeGreaterThan(0);
		await call("DELETE", `${site}/people/${card?.person}`);
		takeCopy.mockRestore();
		await expect
			.poll(async () => (await cellOf(env, site, cell).erasure(person)).is, { timeout: 5_000 })
			.toBe("erased");
		expect(await findOwner(env, site, typedAs("anonymous", "a1"))).toBeUndefined();
		expect(await everything()).not.toContain("Ustka");
	});

	it("has so many attributes and no more, whoever makes up their names", async () => {
		for (let n = 0; n < 5; n++) {
			const traits = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`trait ${n} ${i}`, "x"]));
			await verdictsOf(post("identify", { anonymousId: "a1", traits }, key));
		}
		const { attributes = {} } = (await knownAs(typedAs("anonymous", "a1"))) ?? {};
		expect(Object.keys(attributes)).toHaveLength(limits.attributes);
		await verdictsOf(post("identify", { anonymousId: "a1", traits: { "trait 0 0": "y" } }, key));
		expect((await knownAs(typedAs("anonymous", "a1")))?.attributes["trait 0 0"]).toBe("y");
	});

	it("forges no consent, and nothing else that only our own ledgers say", async () => {
		const traits = { consent: { email: "given" }, origin: "hand", created: 1, userId: "43", name: "Eve" };
		const answer = await (await post("identify", { anonymousId: "a1", traits }, key)).json();
		expect(answer).toMatchObject({
			verdicts: [{ without: ["consent.email", "origin", "created", "userId"] }],
		});
		const { attributes } = (await knownAs(typedAs("anonymous", "a1"))) ?? {};
		expect(attributes).toEqual({ name: "Eve" });
	});
});

describe("a message", () => {
	it("counts once by its id, also where it comes twice in one batch, and again with another clock", async () => {
		const one = seen("Clicked", { userId: "42", messageId: "m", timestamp: new Date().toISOString() });
		expect(await verdictsOf(post("batch", { batch: [one, one] }, secret))).toEqual(["ok", "duplicate"]);
		const later = { batch: [one], sentAt: new Date(Date.now() - 2_000).toISOString() };
		expect(await verdictsOf(post("batch", later, secret))).toEqual(["duplicate"]);
	});

	it("happened when its sender says, with the error of the sender's clock taken out", async () => {
		const wrong = Date.UTC(2020, 0, 1);
		const body = {
			...seen("Clicked", { userId: "42" }),
			timestamp: new Date(wrong).toISOString(),
			sentAt: new Date(wrong + 60_000).toISOString(),
		};
		const before = Date.now();
		await verdictsOf(post("track", body, secret));
		const { at } = await storedEvent("Clicked");
		expect(at).toBeGreaterThanOrEqual(before - 60_000);
		expect(at).toBeLessThanOrEqual(Date.now() - 60_000);
	});

	it("is flattened, and loses what we do not hold, with its name, and nothing else", async () => {
		const properties = {
			product: { sku: "s1", price: { net: 10 } },
			sizes: ["s", "m"],
			long: "x".repeat(limits.text + 1),
			"<b>": 1,
			gone: null,
			products: [{ product_id: "p1", price: 2, tags: ["x"] }],
		};
		const response = await post("track", { ...seen("Clicked", { userId: "42" }), properties }, secret);
		expect(await response.json()).toMatchObject({
			success: true,
			verdicts: [{ verdict: "ok", without: ["sizes", "long", "<b>"] }],
		});
		expect((await storedEvent("Clicked")).props).toEqual({
			"product.sku": "s1",
			"product.price.net": 10,
			products: '[{"product_id":"p1","price":2}]',
		});
	});

	it("tells of a campaign and a browser in its context", async () => {
		const context = {
			ip: "203.0.113.7",
			campaign: { name: "spring", source: "news", medium: "email" },
			userAgent:
				"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36",
			locale: "pl-PL",
			timezone: "Europe/Warsaw",
		};
		await verdictsOf(post("track", seen("Clicked", { userId: "42", context }), secret));
		expect(JSON.parse((await storedEvent("Clicked")).touch ?? "")).toMatchObject({
			source: "news",
			campaign: "spring",
		});
		const row = await env.DB.prepare("SELECT environment FROM events WHERE name = 'Clicked'").first<string>(
			"environment",
		);
		expect(JSON.parse(row ?? "")).toMatchObject({
			browser: "Chrome",
			language: "pl",
			timeZone: "Europe/Warsaw",
		});
		const stored = await env.DB.prepare(
			"SELECT json(facts) AS facts, (SELECT group_concat(props) FROM events) AS events FROM parts",
		).first();
		expect(JSON.stringify(stored)).not.toContain("203.0.113.7");
	});

	it("that is wrong has a verdict of its own, and its neighbours are taken", async () => {
		const batch = [
			null,
			7,
			{ type: "track" },
			{ type: "nothing", userId: "42" },
			seen("Clicked"),
			seen("x".repeat(101), { userId: "42" }),
			seen("Tag Added", { userId: "42", properties: { tag: "VIP" } }),
			seen("Clicked", { userId: "42", timestamp: "2020-01-01T00:00:00Z" }),
			seen("Clicked", { userId: "42", properties: { a: "x".repeat(33_000) } }),
			seen("Clicked", { userId: "42", context: { userAgent: "Googlebot/2.1" } }),
			seen("Signed In", { userId: "42" }),
		];
		expect(await verdictsOf(post("batch", { batch }, secret))).toEqual([
			"malformed",
			"malformed",
			"event-name",
			"malformed",
			"nobody",
			"event-name",
			"reserved-name",
			"expired",
			"too-large",
			"bot",
			"ok",
		]);
		expect(await historyOf(anna)).toEqual(["Signed In"]);
	});
});

describe("a page", () => {
	const page = {
		origin: "https://shop.example",
		"user-agent":
			"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36",
	};
	const view = { anonymousId: "a1", properties: { url: "https://shop.example/" } };

	it("is asked no more than whether it may, and may", async () => {
		const response = await exports.default.fetch(`${edge}/v1/t`, { method: "OPTIONS", headers: page });
		expect([response.status, response.headers.get("access-control-allow-headers")]).toEqual([
			204,
			"authorization, content-type, x-retry-count",
		]);
		const answer = await post("p", { ...view, writeKey: key }, undefined, {
			...page,
			"content-type": "text/plain",
		});
		expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
	});

	it("is refused from an origin that is not the site's", async () => {
		const own = await publish({ site: "closed", settings: { origins: ["https://other.example"] } });
		expect((await post("p", view, own, page)).status).toBe(403);
		expect((await post("p", view, own, { ...page, origin: "https://other.example" })).status).toBe(200);
	});

	it("whose browser is not to be watched, or is none, is not", async () => {
		expect(await verdictsOf(post("p", view, key, { ...page, "sec-gpc": "1" }))).toEqual(["no-consent"]);
		expect(await verdictsOf(post("p", view, key, { ...page, "user-agent": "Googlebot/2.1" }))).toEqual([
			"bot",
		]);
		expect(await findOwner(env, site, typedAs("anonymous", "a1"))).toBeUndefined();
	});
});

describe("a body", () => {
	const body = JSON.stringify({ batch: [seen("Clicked", { userId: "42" })] });
	const packed = async (text: string) =>
		new Uint8Array(
			await new Response(new Response(text).body?.pipeThrough(new CompressionStream("gzip"))).arrayBuffer(),
		);

	it("may come packed, whatever kind it says that it is", async () => {
		const headers = { "content-encoding": "gzip", "content-type": "application/x-www-form-urlencoded" };
		expect(await verdictsOf(post("batch", await packed(body), secret, headers))).toEqual(["ok"]);
	});

	it("is measured as it unfolds: a small one that grows beyond all bounds is refused", async () => {
		const bomb = await packed(`{"batch":[],"x":"${" ".repeat(30_000_000)}"}`);
		expect(bomb.length).toBeLessThan(100_000);
		const response = await post("batch", bomb, secret, { "content-encoding": "gzip" });
		expect([response.status, await response.json()]).toEqual([413, { error: "body-too-large" }]);
	});

	it("of more people than the directory may be asked about is refused whole", async () => {
		const batch = Array.from({ length: limits.peoplePerRequest + 1 }, (_, i) =>
			seen("Clicked", { userId: `u${i}` }),
		);
		const response = await post("batch", { batch }, secret);
		expect([response.status, await response.json()]).toEqual([413, { error: "too-many-people" }]);
		expect(await verdictsOf(post("batch", { batch: batch.slice(1) }, secret))).toHaveLength(
			limits.peoplePerRequest,
		);
	});
});
