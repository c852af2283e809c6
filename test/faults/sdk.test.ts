// Segment's and RudderStack's SDKs for servers, unmodified and pointed at us, over a way that loses every second answer:
// what they send is on the person, once.

import Rudder from "@rudderstack/rudder-sdk-node";
import { Analytics } from "@segment/analytics-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { definitions, settings } from "../shop/definitions.ts";
import { publish } from "../support/client.ts";
import { localSecrets, startEdge } from "../support/edge.ts";
import { until } from "../support/faulty-edge.ts";
import { type LossyWay, startLossyWay } from "../support/lossy.ts";
import type { Edge } from "../support/runtime.ts";

const site = "sdk";
let edge: Edge;
let way: LossyWay;
let key: string;
let secret: string;

beforeAll(async () => {
	edge = await startEdge({ port: 0, newcomers: 1_000_000, callers: 1_000_000 });
	({ key } = await publish(edge.url, site, settings, definitions));
	secret = await makeSecretKey(edge.url);
	way = await startLossyWay(edge.url);
});
afterAll(async () => {
	await way.close();
	await edge.stop();
});

async function makeSecretKey(at: string): Promise<string> {
	const response = await fetch(`${at}/api/sites/${site}/secret-keys`, {
		method: "POST",
		headers: { authorization: `Bearer ${localSecrets.ADMIN_TOKEN}` },
		body: JSON.stringify({ name: "sdk", scopes: ["events", "people"] }),
	});
	return ((await response.json()) as { key: string }).key;
}

interface Row {
	readonly name: string;
	readonly props: string;
}

/** What D1 has of a user, once it has `most`: cells tell it each in its own time. */
async function historyOf(userId: string, most: number): Promise<readonly Row[]> {
	const query = `SELECT e.name, e.props FROM events e WHERE e.site = ?1 AND e.cause IS NULL AND e.part IN (
		SELECT id FROM parts WHERE site = ?1 AND person IN (
			SELECT person FROM parts WHERE site = ?1 AND facts ->> '$.attributes.userId.value' = ?2))`;
	const ask = async () => (await edge.db.prepare(query).bind(site, userId).all<Row>()).results;
	const guard = Date.now() + 30_000;
	await until(ask, ({ length }) => length >= most || Date.now() > guard);
	// What was told twice would come now: a cell tells in order, and of this it tells last.
	await fetch(`${edge.url}/v1/track`, {
		method: "POST",
		headers: { authorization: `Bearer ${secret}` },
		body: JSON.stringify({ userId, event: "Last" }),
	});
	const rows = await until(ask, (those) => those.some(({ name }) => name === "Last"));
	return rows.filter(({ name }) => name !== "Last");
}

const names = (rows: readonly Row[]) => rows.map(({ name }) => name).sort();

/** What each of them is asked to send of one person: how often each event is to be there. */
const orders = 40;
const expected = [
	...Array.from({ length: orders }, () => "Order Completed"),
	"Aliased",
	"Group Joined",
	"Identified",
	"Page Viewed",
	"Screen Viewed",
	"Signed Up",
].sort();

interface Sdk {
	identify(message: object): unknown;
	track(message: object): unknown;
	page(message: object): unknown;
	screen(message: object): unknown;
	group(message: object): unknown;
	alias(message: object): unknown;
}

/** Somebody comes, and says who they are; then what they do. */
function tellArrival(sdk: Sdk, userId: string): void {
	sdk.track({ anonymousId: `before-${userId}`, event: "Signed Up", properties: { plan: { name: "gold" } } });
	sdk.alias({ previousId: `before-${userId}`, userId });
	sdk.identify({
		userId,
		traits: { email: `${userId}@example.com`, name: "Anna", address: { city: "Łódź" } },
	});
}

function tellRest(sdk: Sdk, userId: string): void {
	sdk.group({ userId, groupId: "acme", traits: { name: "Acme" } });
	sdk.page({ userId, name: "Home", properties: { url: "https://shop.example/" } });
	sdk.screen({ userId, name: "Basket" });
	for (let n = 0; n < orders; n++)
		sdk.track({
			userId,
			event: "Order Completed",
			properties: { order_id: `${userId}-${n % 20}`, revenue: 10 },
		});
}

async function expectAll(userId: string): Promise<void> {
	expect(names(await historyOf(userId, expected.length))).toEqual(expected);
	const part = await edge.db
		.prepare(
			"SELECT json(facts) AS facts, json(orders) AS orders FROM parts WHERE site = ?1 AND facts ->> '$.attributes.userId.value' = ?2",
		)
		.bind(site, userId)
		.all<{ facts: string; orders: string }>();
	expect(part.results).toHaveLength(1);
	const [{ facts = "", orders: counted = "" } = {}] = part.results;
	const { attributes } = JSON.parse(facts) as { attributes: Record<string, { value: unknown }> };
	const values = Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value]));
	expect(values).toMatchObject({
		email: `${userId}@example.com`,
		name: "Anna",
		city: "Łódź",
		company: "Acme",
	});
	// Half of them were told twice: an order counts by its id.
	expect(JSON.parse(counted)).toHaveLength(20);
	expect(way.lost()).toBeGreaterThan(0);
}

describe("@segment/analytics-node", () => {
	const analytics = (writeKey: string) =>
		new Analytics({
			host: way.url,
			path: "/v1/batch",
			writeKey,
			flushAt: 7,
			flushInterval: 50,
			maxRetries: 8,
		});

	it("with a secret key: all that it tells of a user is on the user's card, once", async () => {
		const sdk = analytics(secret);
		const failures: unknown[] = [];
		sdk.on("error", (error) => failures.push(error));
		tellArrival(sdk as Sdk, "segment-user");
		await sdk.flush();
		tellRest(sdk as Sdk, "segment-user");
		await sdk.closeAndFlush();
		expect(failures).toEqual([]);
		await expectAll("segment-user");
	});

	it("with the public key: all of it is with a person of its own, and not on the card", async () => {
		const sdk = analytics(key);
		const anonymousId = "visitor-1";
		sdk.track({ anonymousId, event: "Product Viewed" });
		sdk.identify({ anonymousId, userId: "segment-user", traits: { name: "Eve" } });
		for (let n = 0; n < 20; n++) sdk.track({ anonymousId, event: "Clicked", properties: { n } });
		await sdk.closeAndFlush();
		const rows = await until(
			async () => {
				const query = "SELECT name FROM events WHERE site = ?1 AND cause IS NULL AND part LIKE 'source-%'";
				return (await edge.db.prepare(query).bind(site).all<Row>()).results;
			},
			({ length }) => length >= 22,
		);
		expect(names(rows)).toEqual([
			...Array.from({ length: 20 }, () => "Clicked"),
			"Identified",
			"Product Viewed",
		]);
		const read = await fetch(`${edge.url}/v1/people/read`, {
			method: "POST",
			headers: { authorization: `Bearer ${secret}` },
			body: JSON.stringify({ identifiers: { user: "segment-user" } }),
		});
		expect(await read.json()).toMatchObject({ attributes: { name: "Anna" } });
	});
});

describe("@rudderstack/rudder-sdk-node", () => {
	it("packed as it packs: all that it tells of a user is on the user's card, once", async () => {
		const sdk = new Rudder(secret, {
			dataPlaneUrl: way.url,
			flushAt: 7,
			flushInterval: 50,
			retryCount: 8,
			logLevel: "none",
		} as never) as unknown as Record<keyof Sdk, (message: object, then: (error?: unknown) => void) => void>;
		// What it says of a flush is of one batch, while others are on their way: of each message it says when it is there.
		const told: Promise<unknown>[] = [];
		const tell = (name: keyof Sdk) => (message: object) =>
			told.push(new Promise((resolve) => sdk[name](message, resolve)));
		const telling: Sdk = {
			identify: tell("identify"),
			track: tell("track"),
			page: tell("page"),
			screen: tell("screen"),
			group: tell("group"),
			alias: tell("alias"),
		};
		tellArrival(telling, "rudder-user");
		tellRest(telling, "rudder-user");
		const failures = (await Promise.all(told)).filter((error) => error);
		expect(failures).toEqual([]);
		await expectAll("rudder-user");
	});
});

describe("whoever calls too often", () => {
	it("is told when to come again, each key and each address by itself", async () => {
		const calls = 3;
		const narrow = await startEdge({ port: 0, callers: calls });
		try {
			const { key: own } = await publish(narrow.url, site, settings, definitions);
			const secrets = [await makeSecretKey(narrow.url), await makeSecretKey(narrow.url)];
			const call = async (as: string) => {
				const response = await fetch(`${narrow.url}/v1/track`, {
					method: "POST",
					headers: { authorization: `Bearer ${as}` },
					body: JSON.stringify({ userId: "1", event: "Clicked" }),
				});
				const isTold = Number(response.headers.get("retry-after")) > 0;
				return response.status === 429 && isTold ? "later" : response.status;
			};
			for (const as of [own, ...secrets]) {
				for (let n = 0; n < calls; n++) expect(await call(as)).toBe(200);
				expect(await call(as)).toBe("later");
			}
		} finally {
			await narrow.stop();
		}
	});
});
