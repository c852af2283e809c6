// Whatever is thrown at Segment's API and at that of the site's server: never a 5xx, a typed reason for what is refused, a
// verdict for each message, good neighbours taken, and nothing set aside on its way to D1.

import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { limits } from "../../worker/protocol/limits.ts";
import { definitions, settings } from "../shop/definitions.ts";
import { messageId, publish } from "../support/client.ts";
import { localSecrets } from "../support/edge.ts";
import { FaultyEdge, until } from "../support/faulty-edge.ts";
import { isThere, strings } from "./hostile.ts";

const site = "hostile-servers";
const seed = 20_261_123;
const paths = ["track", "page", "screen", "identify", "alias", "group", "batch", "t", "p", "i"];
const serverPaths = ["people", "events", "orders", "acts", "people/read"];

let edge: FaultyEdge;
let key: string;
let secret: string;
let prototype: readonly string[];
let bodies = 0;

beforeAll(async () => {
	edge = await FaultyEdge.start();
	({ key } = await publish(edge.url, site, settings, definitions));
	const made = await fetch(`${edge.url}/api/sites/${site}/secret-keys`, {
		method: "POST",
		headers: { authorization: `Bearer ${localSecrets.ADMIN_TOKEN}` },
		body: JSON.stringify({ name: "hostile", scopes: ["events", "people"] }),
	});
	secret = ((await made.json()) as { key: string }).key;
	prototype = await edge.prototype();
});
afterAll(() => edge.stop());

interface Answer {
	readonly status: number;
	readonly error?: string;
	readonly verdicts?: readonly { readonly verdict: string; readonly why?: string }[];
}

async function shoot(
	path: string,
	body: string | Uint8Array<ArrayBuffer>,
	as = secret,
	headers: Record<string, string> = {},
): Promise<Answer> {
	bodies++;
	const response = await fetch(`${edge.url}/v1/${path}`, {
		method: "POST",
		headers: { authorization: `Bearer ${as}`, ...headers },
		body,
	});
	const text = await response.text();
	expect({ path, body, status: response.status < 500, text }).toEqual({ path, body, status: true, text });
	return { status: response.status, ...(JSON.parse(text) as object) };
}

const good = () => ({ type: "track", event: "Good", userId: "good", messageId: messageId() });

describe("a body that is none", () => {
	it.each(["", " ", "null", "7", '"x"', "[]", "{", "{}{}", '{"batch":', "NaN"])(
		"%j is refused by every call",
		async (body) => {
			for (const path of [...paths, ...serverPaths]) {
				const { status, error } = await shoot(path, body);
				expect([path, [400, 422].includes(status), typeof error]).toEqual([path, true, "string"]);
			}
		},
	);

	it("deeper than it may be, up to where parsers recurse to death", async () => {
		for (const depth of [limits.serverBody.depth + 1, 1_000, 200_000]) {
			expect(await shoot("batch", "[".repeat(depth))).toEqual({ status: 400, error: "body-too-deep" });
			const nested = `${'{"properties":'.repeat(Math.min(depth, 30_000))}1`;
			expect(await shoot("track", nested)).toEqual({ status: 400, error: "body-too-deep" });
		}
	});

	it("packed badly, or packed to be a bomb", async () => {
		const packed = Uint8Array.from(gzipSync(JSON.stringify({ batch: [good()] })));
		const gzip = { "content-encoding": "gzip" };
		expect((await shoot("batch", packed, secret, gzip)).status).toBe(200);
		const malformed = { status: 400, error: "body-malformed" };
		for (const length of [0, 1, 10, 20, packed.length - 1])
			expect(await shoot("batch", packed.slice(0, length), secret, gzip)).toEqual(malformed);
		expect(await shoot("batch", packed)).toEqual(malformed);
		expect(await shoot("batch", Uint8Array.from([...packed, 1, 2, 3]), secret, gzip)).toEqual(malformed);
		for (const encoding of ["br", "deflate", "zstd", "gzip, gzip"])
			expect(await shoot("batch", packed, secret, { "content-encoding": encoding })).toEqual(malformed);
		const bomb = Uint8Array.from(gzipSync(Buffer.alloc(100_000_000, " "), { level: 9 }));
		expect(bomb.length).toBeLessThan(limits.serverBody.bytes);
		for (const path of ["batch", "people"])
			expect(await shoot(path, bomb, secret, gzip)).toEqual({ status: 413, error: "body-too-large" });
		expect((await shoot("batch", JSON.stringify({ batch: [good()] }))).status).toBe(200);
	});

	it("larger than it may be, or of another length than it says", async () => {
		const large = JSON.stringify({ batch: [], x: "x".repeat(limits.serverBody.bytes) });
		expect(await shoot("batch", large)).toEqual({ status: 413, error: "body-too-large" });
		for (const length of ["-1", "1e3", "abc", "99999999999999999999"])
			expect(await raw(`content-length: ${length}\r\n\r\n{}`)).toMatch(/^HTTP\/1.1 4\d\d |^$/);
		expect(await raw("content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n")).toMatch(
			/^HTTP\/1.1 4\d\d /,
		);
	});

	it("of more messages than it may be", async () => {
		const batch = Array.from({ length: limits.serverEvents + 1 }, () => 1);
		expect(await shoot("batch", JSON.stringify({ batch }))).toEqual({ status: 400, error: "body-malformed" });
	});
});

/** A request as written; the whole answer, or nothing where the connection was just closed. */
function raw(rest: string): Promise<string> {
	const { hostname, port } = new URL(edge.url);
	const head = `POST /v1/batch HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${secret}\r\nconnection: close\r\n`;
	return new Promise((resolve) => {
		let received = "";
		const socket = connect({ host: hostname, port: Number(port) });
		socket.on("data", (chunk) => {
			received += chunk.toString();
		});
		socket.on("error", () => {});
		socket.on("close", () => resolve(received));
		socket.write(head + rest);
	});
}

/** A message with something else in one place. */
const broken = fc
	.tuple(
		fc.constantFrom(
			..."type,messageId,anonymousId,userId,previousId,groupId,event,name,category,properties,traits,context,timestamp,originalTimestamp,sentAt,writeKey".split(
				",",
			),
		),
		fc.oneof(
			fc.jsonValue({ maxDepth: 3, stringUnit: "binary" }),
			fc.constantFrom<unknown>(
				1e308,
				-1,
				"\ud800",
				"\u0000",
				"a".repeat(5_000),
				[],
				{},
				null,
				"2026-13-45",
				1e300,
			),
		),
	)
	.map(([member, value]) => ({ [member]: value }));

describe("messages with something else in one place", () => {
	it.each(["secret", "public"])(
		"each has a verdict, and the neighbours of each are taken: %s key",
		async (kind) => {
			await fc.assert(
				fc.asyncProperty(fc.array(broken, { minLength: 1, maxLength: 5 }), async (those) => {
					const types = ["track", "page", "identify", "alias", "group", "screen"];
					const bad = those.map((one, i) => ({ ...good(), type: types[i % 6], ...one }));
					const batch = [good(), ...bad, good()];
					const { status, verdicts = [] } = await shoot(
						"batch",
						JSON.stringify({ batch }),
						kind === "secret" ? secret : key,
					);
					expect([status, verdicts.length]).toEqual([200, batch.length]);
					expect([verdicts[0]?.verdict, verdicts.at(-1)?.verdict]).toEqual(["ok", "ok"]);
				}),
				{ numRuns: 150, seed },
			);
		},
	);

	it("items of a server likewise", async () => {
		const item = {
			id: "1",
			identifiers: { user: "good" },
			attributes: { a: 1 },
			name: "Good",
			status: "completed",
			order_id: "1",
		};
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom("people", "events", "orders", "acts"),
				fc.constantFrom(
					"id",
					"identifiers",
					"attributes",
					"props",
					"at",
					"name",
					"status",
					"order_id",
					"act",
				),
				fc.jsonValue({ maxDepth: 3, stringUnit: "binary" }),
				async (path, member, value) => {
					const { status, verdicts = [] } = await shoot(
						path,
						JSON.stringify({ [path]: [{ ...item, [member]: value }] }),
					);
					expect([status, verdicts.length]).toEqual([200, 1]);
				},
			),
			{ numRuns: 200, seed },
		);
	});
});

describe("hostile strings", () => {
	it.skipIf(isThere)(
		"../shared/data/hostile is not there: its strings were SKIPPED, ours are tried",
		() => {},
	);

	it("every third of them, wherever a server or a page may put text", async () => {
		const third = strings.filter((_, n) => n % 3 === 0);
		for (const [n, text] of third.entries()) {
			const traits = { email: text, phone: text, name: text, [text]: text };
			const campaign = { source: text, name: text };
			const batch = [
				{ ...good(), event: text },
				{ ...good(), properties: { [text]: text, text, products: [{ [text]: text, product_id: text }] } },
				{ type: "identify", userId: `user ${n % 20}`, anonymousId: `visitor ${n % 20}`, traits },
				{
					type: "page",
					userId: n % 10 === 0 ? text : "good",
					name: text,
					properties: { url: text, referrer: text, path: text },
				},
				{ type: "group", userId: "good", groupId: text, traits: { name: text } },
				{ type: "alias", userId: "good", previousId: n % 10 === 0 ? text : "before" },
				{ ...good(), context: { campaign, locale: text, timezone: text, userAgent: text } },
				good(),
			];
			const body = JSON.stringify({ batch, context: { [text]: text } });
			const { status, verdicts = [] } = await shoot("batch", body, n % 4 === 0 ? key : secret);
			expect([text, status, verdicts.length, verdicts[7]?.verdict]).toEqual([text, 200, batch.length, "ok"]);
		}
	});

	it(`all ${strings.length} of them as what a server calls somebody and says of them`, async () => {
		for (let n = 0; n < strings.length; n += 50) {
			const people = strings.slice(n, n + 50).map((text) => {
				return { id: text || "empty", identifiers: { user: text || "empty" }, attributes: { [text]: text } };
			});
			const { status, verdicts = [] } = await shoot("people", JSON.stringify({ people }));
			expect([status, verdicts.length]).toEqual([200, people.length]);
			const asked = await shoot("people/read", JSON.stringify({ identifiers: { email: strings[n] } }));
			expect([404, 422]).toContain(asked.status);
		}
	});

	it("as keys open nothing", async () => {
		for (const text of strings.slice(0, 300)) {
			const { status, error } = await shoot(
				"track",
				JSON.stringify({ ...good(), writeKey: text }),
				Buffer.from(text).toString("hex"),
			);
			expect([text, status, error]).toEqual([text, 401, "key-unknown"]);
		}
	});
});

describe("after all of it", () => {
	it("nothing was set aside: D1 took every row that the cells wrote", async () => {
		for (const cell of await edge.cells(site)) {
			const { dead } = await until(
				() => edge.tables(site, cell),
				({ outbox }) => outbox.every(({ sink }) => sink !== "d1"),
			);
			expect(dead).toEqual([]);
		}
		expect(bodies).toBeGreaterThan(1_000);
		expect((await edge.sql("SELECT * FROM events LIMIT 20000")).length).toBeGreaterThan(1_000);
	});

	it("objects are born with what they always had", async () => {
		expect(await edge.prototype()).toEqual(prototype);
	});
});
