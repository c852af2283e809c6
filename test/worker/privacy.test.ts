import { beforeEach, describe, expect, it } from "vitest";
import { inspectIn } from "../../worker/admin/inspect.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { keyringOf } from "../../worker/platform/key.ts";
import { cellOf } from "../../worker/platform/name.ts";
import { signToken } from "../../worker/platform/token.ts";
import type { CollectResponse } from "../../worker/protocol/collect.ts";
import { definitions } from "../shop/definitions.ts";
import { Browser, call, drain, edge, env, event, freshWorld, partsOf, publish, shop, site } from "./world.ts";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish({ settings: { consent: "ask" } });
});

async function rows(table: "people" | "events"): Promise<number> {
	return (await env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>("n")) ?? 0;
}

describe("before consent", () => {
	const wait = (browser: Browser, path: string) =>
		browser.send([], path, { consent: "required", decide: true, page: { url: shop + path, visible: true } });

	it("nothing is written and no token is given", async () => {
		const answer = await wait(new Browser(key), "/cennik");
		expect(answer).toEqual({ verdicts: [], show: [], grants: [] });
	});

	it("the site's people learn that their tag stands, and nothing of who was there", async () => {
		const seen = async () =>
			(await (await call("GET", `${site}/publication`)).json<{ tagSeenAt: number | null }>()).tagSeenAt;
		expect(await seen()).toBeNull();
		await wait(new Browser(key), "/cennik");
		await expect.poll(seen).toBeGreaterThan(0);
		expect([await rows("people"), await rows("events")]).toEqual([0, 0]);
	});

	it("only what asks nothing of a person's past is shown", async () => {
		const [, blog] = definitions.experiences;
		const experiences = [
			{ ...blog, id: "from-search", segment: "from-google", pages: { only: [], except: [] } },
		];
		await publish({
			settings: { consent: "ask" },
			definitions: { experiences: [...definitions.experiences, ...experiences] as never },
		});
		const page = { url: `${shop}/blog/wiosna`, referrer: "https://www.google.com/", visible: true };
		const answer = await new Browser(key).send([], "/", { consent: "required", decide: true, page });
		expect(answer.show.map(({ experience, claim }) => [experience, claim])).toEqual([
			["from-search", undefined],
		]);
	});

	it("events that are sent all the same are dropped, with the reason", async () => {
		const sent = event("Page Viewed", {});
		const answer = await new Browser(key).send([sent], "/", { consent: "required" });
		expect(answer.verdicts).toEqual([{ id: sent.id, verdict: "dropped", why: "no-consent" }]);
		expect(answer.token).toBeUndefined();
	});
});

describe("Global Privacy Control", () => {
	it("is a refusal, whatever the page says", async () => {
		const browser = new Browser(key, { "sec-gpc": "1" });
		const answer = await browser.view("/", "");
		expect(answer.token).toBeUndefined();
		expect(answer.verdicts[0]).toMatchObject({ verdict: "dropped", why: "no-consent" });
	});
});

describe("revoking consent", () => {
	it("removes the browser and its history, and its token is a new visitor's from then on", async () => {
		const browser = new Browser(key);
		for (const _ of [1, 2, 3]) await browser.view("/cennik", "");
		await drain(browser.token);
		expect([await rows("people"), await rows("events")]).toEqual([1, 3]);
		const old = browser.token;
		await browser.send([], "/", { consent: "denied" });
		await drain(old);
		expect([await rows("people"), await rows("events")]).toEqual([0, 0]);
		const back = await browser.view("/cennik");
		expect(back.token).toBeDefined();
		expect(partsOf(back.token).visitor).not.toBe(partsOf(old).visitor);
	});
});

describe("revoking consent as a contact", () => {
	it("ends the watching, and keeps what the contact told of themselves", async () => {
		const browser = new Browser(key);
		await browser.view("/cennik", "");
		await browser.track("Form Submitted", { experience: "blog-newsletter", email: "ala@example.pl" });
		await browser.send([], "/", { consent: "denied" });
		await drain(browser.token);
		expect(await rows("events")).toBe(0);
		const part = await env.DB.prepare(
			"SELECT visits, score, facts ->> '$.attributes.email.value' AS email FROM parts",
		).first();
		expect(part).toEqual({ visits: 0, score: 0, email: "ala@example.pl" });
		expect(await env.DB.prepare("SELECT identity FROM people").first("identity")).toBe("identified");
		expect((await browser.view("/")).token).toBeDefined();
	});
});

describe("the origin of a visit", () => {
	const source = async (browser: Browser) => {
		const { cell, visitor } = partsOf(browser.token);
		return (await inspectIn(cellOf(env, site, cell), visitor, "/"))?.lastTouch?.source;
	};

	it("is kept from the page that consent was given on", async () => {
		const browser = new Browser(key);
		await browser.view("/cennik?utm_source=newsletter&utm_medium=email", "");
		expect(await source(browser)).toBe("newsletter");
	});

	it("is direct where the page had no referrer", async () => {
		const browser = new Browser(key);
		await browser.view("/", "");
		expect(await source(browser)).toBe("(direct)");
	});

	it("is unknown, never direct, after an earlier page without consent", async () => {
		const browser = new Browser(key);
		await browser.view("/cennik", `${shop}/`);
		expect(await source(browser)).toBeUndefined();
		const silent = new Browser(key);
		await silent.view("/cennik");
		expect(await source(silent)).toBeUndefined();
	});

	it("is not overwritten by a page inside the visit that tells no referrer", async () => {
		const browser = new Browser(key);
		await browser.view("/", "https://www.google.com/");
		await browser.view("/cennik", "");
		expect(await source(browser)).toBe("google");
	});
});

describe("a token", () => {
	it("of another site, of nobody, or changed, makes a new visitor and never takes the id that was sent", async () => {
		const other = new Browser(await publish({ site: "other" }));
		await other.view("/", "");
		const keyring = keyringOf(env.TOKEN_KEYS);
		const never = await signToken(keyring, site, { cell: "eu-eeur-0", visitor: uuidv7(Date.now()) });
		const mine = new Browser(key);
		await mine.view("/", "");
		const changed = `${mine.token?.slice(0, -1)}${mine.token?.endsWith("A") ? "B" : "A"}`;
		for (const token of [other.token, never, changed, "v1.k1", "x".repeat(200)]) {
			const browser = new Browser(key);
			browser.token = token;
			const answer = await browser.view("/");
			expect(answer.token).toBeDefined();
			expect(partsOf(answer.token).visitor).not.toBe(partsOf(token).visitor);
		}
	});

	it("is an HttpOnly cookie where the page and the edge are one origin, and never in the answer", async () => {
		const own = new Browser(key, { origin: edge });
		const first = await own.post({ ...own.envelope("/"), events: [event("Page Viewed", {})] });
		expect(await first.json<CollectResponse>()).not.toHaveProperty("token");
		const cookie = first.headers.get("set-cookie") ?? "";
		expect(cookie).toMatch(/^__Host-witaj=v1\..*; Path=\/; Max-Age=\d+; HttpOnly; Secure; SameSite=Lax$/);
		const again = new Browser(key, { origin: edge, cookie: cookie.split(";")[0] ?? "" });
		const second = await again.post({ ...again.envelope("/"), events: [event("Page Viewed", {})] });
		expect(second.headers.get("set-cookie")).toBeNull();
		const { cell, visitor } = partsOf(cookie.slice(13).split(";")[0]);
		expect(await inspectIn(cellOf(env, site, cell), visitor, "/")).toMatchObject({ visits: 1 });
	});
});

describe("who is not a visitor", () => {
	it("a bot is answered and not counted", async () => {
		const agent = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
		const answer = await new Browser(key, { "user-agent": agent }).view("/", "");
		expect(answer.verdicts[0]).toMatchObject({ verdict: "dropped", why: "bot" });
		expect(answer.token).toBeUndefined();
	});

	it("the site's own staff are left out by a signed mark, and may open what they are offered; an invented mark changes nothing", async () => {
		const { staffMark } = await (await call("GET", `${site}/keys`)).json<{ staffMark: string }>();
		const view = { consent: "granted", decide: true };
		const staff = await new Browser(key).send([event("Page Viewed", {})], "/", { ...view, staff: staffMark });
		expect(staff.verdicts[0]).toMatchObject({ verdict: "dropped", why: "staff" });
		const claims = [{ id: uuidv7(Date.now()), experience: "any" }];
		const trying = await new Browser(key).send([], "/", { ...view, staff: staffMark, claims });
		expect(trying.grants).toEqual([{ id: claims[0]?.id, granted: true }]);
		expect(trying.token).toBeUndefined();
		const forged = await new Browser(key).send([event("Page Viewed", {})], "/", {
			...view,
			staff: "s1.k1.x",
		});
		expect(forged.verdicts[0]?.verdict).toBe("ok");
	});
});

describe("who may call", () => {
	it("only the origins that the site has named, where it has named any", async () => {
		await publish({ settings: { origins: [shop] } });
		expect((await new Browser(key).post(new Browser(key).envelope("/"))).status).toBe(200);
		const foreign = new Browser(key, { origin: "https://evil.example" });
		const refused = await foreign.post(foreign.envelope("/"));
		expect([refused.status, await refused.json()]).toEqual([403, { error: "origin-refused" }]);
	});

	it("nobody with an invented site key", async () => {
		const browser = new Browser("demo.AAAAAAAA");
		const refused = await browser.post(browser.envelope("/"));
		expect([refused.status, await refused.json()]).toEqual([404, { error: "site-unknown" }]);
	});

	it("not one browser without end", async () => {
		const browser = new Browser(key);
		await browser.view("/", "");
		const codes = new Set<number>();
		for (let i = 0; i < 80; i++) codes.add((await browser.post(browser.envelope("/"))).status);
		expect([...codes]).toEqual([200, 429]);
	});
});
