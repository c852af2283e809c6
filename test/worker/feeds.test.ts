// A site's feed in workerd: fetched, uploaded, good, bad and hostile. What fetches is ours; what it meets is made here.

import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FeedView } from "../../worker/catalogue/feed/feed.ts";
import { atWork } from "../../worker/catalogue/feed/run.ts";
import { catalogueOf } from "../../worker/platform/name.ts";
import { env, freshWorld, isLong, site } from "./world.ts";

const url = "https://shop.example/feed.xml";
const catalogue = () => catalogueOf(env, site);

/** What the web answers, by address; what is not there is a refusal to answer. */
let web: Record<string, (request: Request) => Response>;
let asked: Request[];

beforeEach(async () => {
	await freshWorld();
	web = {};
	asked = [];
	vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
		const request = new Request(input as RequestInfo, init as RequestInit);
		asked.push(request);
		const answer = web[request.url];
		if (!answer) throw new Error("nobody is there");
		return answer(request);
	});
});
afterEach(() => vi.restoreAllMocks());

const item = (id: string, more = "") =>
	`<item><g:id>${id}</g:id><title>Kosiarka ${id}</title><link>https://shop.example/${id}</link><g:price>100 PLN</g:price>${more}</item>\n`;
const rss = (items: string) =>
	`<?xml version="1.0"?><rss xmlns:g="http://base.google.com/ns/1.0"><channel>\n${items}</channel></rss>`;
const ids = (many: number, from = 0) => Array.from({ length: many }, (_, n) => `p-${from + n}`);
const feedOf = (many: number) =>
	rss(
		ids(many)
			.map((id) => item(id))
			.join(""),
	);

async function run(): Promise<FeedView> {
	await catalogue().setFeed(site, { url, currency: "PLN" });
	await catalogue().runFeed();
	return worked();
}

/** Lets the alarm ring until nothing is at work. */
async function worked(): Promise<FeedView> {
	for (;;) {
		const view = await catalogue().feed();
		if (!view.run || !atWork.has(view.run.status)) return view;
		await runDurableObjectAlarm(catalogue());
	}
}

async function gzip(text: string | Uint8Array): Promise<ArrayBuffer> {
	const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
	return new Response(packed).arrayBuffer();
}
const bodyOf = (text: string) => new Blob([text]).stream();

describe("a feed that is fetched", () => {
	it("fills the catalogue, and says of each item what is wrong with it", async () => {
		web[url] = () =>
			new Response(
				rss(
					item("a") +
						item("b").replace("100 PLN", "tanio") +
						item("a") +
						item("c", "<g:availability>soon</g:availability>"),
				),
			);
		const { run: done } = await run();
		expect(done).toMatchObject({
			status: "done",
			format: "rss",
			items: 4,
			good: 2,
			refused: 2,
			added: 2,
			gone: 0,
		});
		expect(await catalogue().feedProblems()).toEqual([
			{ line: 3, id: "b", field: "price", is: "not-a-price", said: "tanio", isTaken: false },
			{ line: 4, id: "a", field: "id", is: "repeated", said: "a", isTaken: false },
			{ line: 5, id: "c", field: "availability", is: "unknown-word", said: "soon", isTaken: true },
		]);
	});

	it("takes what it has no more out of what is offered, and remembers it; what the shop's server told stays", async () => {
		web[url] = () => new Response(feedOf(4));
		await run();
		const known = (await catalogue().product("p-0"))?.product;
		await catalogue().put(site, [{ ...known, id: "by-hand" } as NonNullable<typeof known>]);
		web[url] = () => new Response(feedOf(3));
		expect((await run()).run).toMatchObject({ status: "done", added: 0, changed: 0, gone: 1 });
		expect((await catalogue().product("p-3"))?.goneAt).toEqual(expect.any(Number));
		expect(await catalogue().counts()).toEqual({ offered: 4, available: 4 });
	});

	it("tells of prices that change, and knows a new product from one that was always there", async () => {
		web[url] = () => new Response(rss(item("a")));
		await run();
		web[url] = () => new Response(rss(item("a").replace("100 PLN", "80 PLN") + item("b")));
		await run();
		const [a, b] = [await catalogue().product("a"), await catalogue().product("b")];
		expect(a?.changes).toMatchObject([{ kind: "price-dropped", from: 10_000, to: 8_000 }]);
		expect(a).not.toHaveProperty("offeredAt");
		expect(b?.offeredAt).toEqual(expect.any(Number));
	});

	it("may come packed", async () => {
		const packed = await gzip(feedOf(3));
		web[url] = () => new Response(packed, { headers: { "content-type": "application/gzip" } });
		expect((await run()).run).toMatchObject({ status: "done", good: 3 });
	});

	it("may be written as Polish programs wrote it before UTF-8", async () => {
		const text = `<?xml version="1.0" encoding="windows-1250"?><offers><o id="1" url="https://shop.example/1" price="5"><name>Z@</name></o></offers>`;
		const bytes = Uint8Array.from(text, (letter) => (letter === "@" ? 0xb3 : letter.charCodeAt(0)));
		web[url] = () => new Response(bytes);
		await run();
		expect((await catalogue().product("1"))?.product.name).toBe("Zł");
	});

	it("is asked for by what its server knows it by, and is not read again where that says it is the same", async () => {
		web[url] = ({ headers }) =>
			headers.get("if-none-match") === '"v1"'
				? new Response(null, { status: 304 })
				: new Response(feedOf(2), {
						headers: { etag: '"v1"', "last-modified": "Sun, 22 Nov 2026 10:00:00 GMT" },
					});
		await run();
		await catalogue().setFeed(site, { url, currency: "PLN", everyMs: 1 });
		while ((await catalogue().feed()).run?.status !== "unchanged") await runDurableObjectAlarm(catalogue());
		await catalogue().setFeed(site, undefined);
		expect(asked.at(-1)?.headers.get("if-modified-since")).toBe("Sun, 22 Nov 2026 10:00:00 GMT");
		expect(await catalogue().counts()).toEqual({ offered: 2, available: 2 });
	});

	it("is fetched again when its time has come, and not before", async () => {
		web[url] = () => new Response(feedOf(2));
		const { startedAt } = (await run()).run ?? { startedAt: 0 };
		const { nextAt } = await catalogue().setFeed(site, { url, currency: "PLN", everyMs: 3_600_000 });
		expect(nextAt).toBe(startedAt + 3_600_000);
		expect(await runInDurableObject(catalogue(), (_, { storage }) => storage.getAlarm())).toBe(nextAt);
	});

	const many = isLong ? 100_000 : 6_000;

	it(`of ${many} items is read in slices, with its progress, whatever evicts it`, async () => {
		web[url] = () => new Response(feedOf(many));
		await catalogue().setFeed(site, { url, currency: "PLN" });
		await catalogue().runFeed();
		const seen = new Set<string>();
		for (let n = 0; ; n++) {
			const { run: now } = await catalogue().feed();
			if (now && !atWork.has(now.status)) break;
			seen.add(`${now?.status} ${(now?.status === "applying" ? now.applied : now?.items) ?? 0}`);
			if (n === 3 || n === 6) await evictDurableObject(catalogue());
			await runDurableObjectAlarm(catalogue());
		}
		expect(seen.size).toBeGreaterThan(8);
		const { run: done } = await catalogue().feed();
		expect(done).toMatchObject({ status: "done", items: many, good: many, applied: many, added: many });
		expect(await catalogue().counts()).toEqual({ offered: many, available: many });
	});
});

describe("the last good catalogue stays", () => {
	beforeEach(async () => {
		web[url] = () => new Response(feedOf(10));
		await run();
		web = {};
	});
	afterEach(async () => {
		expect(await catalogue().counts()).toEqual({ offered: 10, available: 10 });
		expect((await catalogue().product("p-0"))?.product.price).toBe(10_000);
	});
	const other = () => feedOf(10).replaceAll("100 PLN", "1 PLN");

	it("where nobody answers, or not with a feed", async () => {
		expect((await run()).run).toMatchObject({ status: "failed", fault: { is: "unreachable" } });
		web[url] = () => new Response("no", { status: 503 });
		expect((await run()).run).toMatchObject({ status: "failed", fault: { is: "status", status: 503 } });
		web[url] = () => new Response("<html><body>Zaloguj się</body></html>");
		expect((await run()).run).toMatchObject({ status: "failed", fault: { is: "unknown-format" } });
		web[url] = () => new Response("");
		expect((await run()).run).toMatchObject({ status: "failed", fault: { is: "no-products" } });
		web[url] = () => new Response(rss(""));
		expect((await run()).run).toMatchObject({ status: "failed", fault: { is: "no-products" } });
	});

	it("where the feed breaks off in its middle", async () => {
		web[url] = () => new Response(other().slice(0, -30));
		expect((await run()).run).toMatchObject({ status: "failed", fault: { is: "broken-off" } });
		const broken = (await gzip(other())).slice(0, -20);
		web[url] = () => new Response(broken);
		expect((await run()).run).toMatchObject({ status: "failed", fault: { is: "broken-package" } });
	});

	it("where the feed defines what it is made of, or nests without an end", async () => {
		web[url] = () => new Response(`<!DOCTYPE rss [<!ENTITY a "a"><!ENTITY b "&a;&a;">]>${other()}`);
		expect((await run()).run).toMatchObject({ status: "failed", fault: { is: "has-doctype" } });
		web[url] = () => new Response(rss("<item>".padEnd(10_000_000, "<a>")));
		expect((await run()).run).toMatchObject({ status: "failed", fault: { is: "too-deep" } });
	});

	it("where what is packed unfolds without an end", async () => {
		const packed = await gzip(new Uint8Array(50_000_000).fill(32));
		web[url] = () => new Response(packed);
		expect((await run()).run).toMatchObject({ status: "failed", fault: { is: "too-large" } });
		expect((await catalogue().feed()).run?.bytes).toBeLessThan(20_000_000);
		const left = await runInDurableObject(catalogue(), (_, { storage }) =>
			storage.sql.exec("SELECT n FROM feed_chunks").toArray(),
		);
		expect(left).toEqual([]);
	});

	it.each([
		"http://127.0.0.1/feed.xml",
		"http://169.254.169.254/latest/",
		"http://[::1]/",
		"http://2130706433/",
		"file:///etc/passwd",
		"https://shop.example:6379/",
	])("where the feed leads to %s, which is never asked", async (target) => {
		web[url] = () => new Response(null, { status: 302, headers: { location: target } });
		const { run: failed } = await run();
		expect(failed?.fault?.is).toMatch(/^(not-public|not-http|other-port)$/);
		expect(asked.map((request) => request.url).at(-1)).toBe(url);
	});

	it("where it leads round and round", async () => {
		web[url] = () => new Response(null, { status: 301, headers: { location: url } });
		expect((await run()).run).toMatchObject({ status: "failed", fault: { is: "too-many-redirects" } });
		expect(asked.filter((request) => request.url === url).length).toBeLessThanOrEqual(7);
	});

	it("where the feed has shrunk below half, until somebody says that it is sound", async () => {
		const small = rss(
			ids(4)
				.map((id) => item(id))
				.join(""),
		).replaceAll("100 PLN", "1 PLN");
		web[url] = () => new Response(small);
		expect((await run()).run).toMatchObject({ status: "suspicious", good: 4, goodBefore: 10 });
		expect(await catalogue().counts()).toEqual({ offered: 10, available: 10 });
		await catalogue().decideFeed(false);
		expect((await catalogue().feed()).run?.status).toBe("dismissed");
		expect(await catalogue().decideFeed(true)).toBe("not-now");
	});
});

describe("a feed", () => {
	it("that has shrunk is taken once somebody says that it is sound", async () => {
		web[url] = () => new Response(feedOf(10));
		await run();
		web[url] = () => new Response(feedOf(4));
		await run();
		await catalogue().decideFeed(true);
		expect((await worked()).run).toMatchObject({ status: "done", gone: 6 });
		expect(await catalogue().counts()).toEqual({ offered: 4, available: 4 });
	});

	it("may be uploaded", async () => {
		await catalogue().uploadFeed(
			site,
			bodyOf("id\ttitle\tlink\tprice\na\tA\thttps://shop.example/a\t5 PLN\n"),
		);
		expect((await worked()).run).toMatchObject({ by: "upload", status: "done", format: "table", good: 1 });
	});

	it("leads over redirects of the public web", async () => {
		web[url] = () => new Response(null, { status: 302, headers: { location: "//cdn.example/f" } });
		web["https://cdn.example/f"] = () => new Response(feedOf(1));
		expect((await run()).run).toMatchObject({ status: "done", good: 1 });
	});

	it("may be tried, which keeps nothing", async () => {
		web[url] = () => new Response(rss(item("a") + item("b").replace("100 PLN", "0")));
		const tried = await catalogue().tryFeed({ url, currency: "PLN" });
		expect(tried).toMatchObject({ isWhole: true, format: "rss", items: 2, good: 1, problems: [{ id: "b" }] });
		web[url] = () => new Response(feedOf(30_000));
		const beginning = await catalogue().tryFeed({ url, currency: "PLN" });
		expect(beginning).toMatchObject({ isWhole: false, problems: [] });
		expect(beginning).not.toHaveProperty("fault");
		expect(await catalogue().tryFeed({ url: "http://10.0.0.1/", currency: "PLN" })).toMatchObject({
			fault: { is: "not-public" },
		});
		expect(await catalogue().counts()).toEqual({ offered: 0, available: 0 });
	});

	it("writes no product again that is as it was", async () => {
		web[url] = () => new Response(feedOf(1_500));
		await run();
		const written = () =>
			runInDurableObject(
				catalogue(),
				(_, { storage }) => storage.sql.exec<{ n: number }>("SELECT total_changes() AS n").one().n,
			);
		const before = await written();
		expect((await run()).run).toMatchObject({ status: "done", changed: 0 });
		expect((await written()) - before).toBeLessThan(60);
	});
});
