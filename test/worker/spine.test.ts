import { evictDurableObject } from "cloudflare:test";
import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { cellOf, siteOf } from "../../worker/platform/name.ts";
import {
	Browser,
	call,
	drain,
	edge,
	env,
	event,
	freshWorld,
	inspect,
	partsOf,
	publish,
	shop,
	site,
} from "./world.ts";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish();
});

const popupOf = (answer: { show: readonly { experience: string }[] }) => answer.show[0]?.experience;

describe("a visitor of the shop", () => {
	it("is recognised by the token that the first answer brought", async () => {
		const browser = new Browser(key);
		const first = await browser.view("/", "");
		expect(first.token).toMatch(/^v1\.k1\.[a-z]{2}-[a-z]+-\d+\./);
		const second = await browser.view("/blog");
		expect(second.token).toBeUndefined();
		expect((await inspect(browser)).visits).toBe(1);
	});

	it("who views the price list three times is ready to buy, and sees the offer on the very next page", async () => {
		const browser = new Browser(key);
		await browser.view("/", "");
		for (const _ of [1, 2, 3]) expect(popupOf(await browser.view("/cennik"))).toBeUndefined();
		const next = await browser.view("/kosiarki-akumulatorowe");
		expect(popupOf(next)).toBe("ready-to-buy");
		expect(next.show[0]?.claim).toBeDefined();
		const seen = await inspect(browser, "/cennik");
		expect(seen.tags.CENNIK?.count).toBe(3);
		expect(seen.score).toBe(30);
		expect(seen.candidates.map(({ experience, reason }) => [experience, reason.is])).toEqual([
			["ready-to-buy", "other-page"],
			["blog-newsletter", "other-page"],
		]);
	});

	it("who closed the offer is left alone, also in another tab", async () => {
		const browser = new Browser(key);
		for (const _ of [1, 2, 3]) await browser.view("/cennik");
		await browser.view("/");
		await browser.track("Experience Closed", { experience: "ready-to-buy", revision: 1, by: "button" });
		expect(popupOf(await browser.view("/"))).toBeUndefined();
		const [first] = (await inspect(browser)).candidates;
		expect(first?.reason).toMatchObject({ is: "cooling-down", after: "close" });
	});

	it("who closed the offer is left alone next week, when all else of the visit is forgotten", async () => {
		const browser = new Browser(key);
		for (const _ of [1, 2, 3]) await browser.view("/cennik");
		await browser.view("/");
		await browser.track("Experience Closed", { experience: "ready-to-buy", revision: 1, by: "button" });
		await siteOf(env, site).moveClock(7 * 86_400_000);
		for (const _ of [1, 2, 3]) await browser.view("/cennik");
		expect(popupOf(await browser.view("/"))).toBeUndefined();
		const { candidates, segments, tags } = await inspect(browser);
		expect(tags.CENNIK?.count).toBe(3);
		expect(segments.find(({ id }) => id === "ready-to-buy")?.since).not.toBeNull();
		expect(candidates[0]?.reason).toMatchObject({ is: "cooling-down", after: "close" });
	});

	it("who came by a search phrase is in the segment for it, and who came from elsewhere is not", async () => {
		const seeker = new Browser(key);
		await seeker.view("/", "https://www.google.com/search?q=kosiarka+akumulatorowa");
		const other = new Browser(key);
		await other.view("/", "https://forum.example/");
		const names = async (browser: Browser) =>
			(await inspect(browser)).segments.filter(({ since }) => since !== null).map(({ id }) => id);
		expect(await names(seeker)).toContain("mower-seekers");
		expect(await names(other)).not.toContain("mower-seekers");
	});

	it("who leaves an address becomes a monitored, unproven contact, with the wording they agreed to", async () => {
		const browser = new Browser(key);
		await browser.view("/blog/wiosna", "");
		const wording = { "consent.newsletter": "newsletter-pl-1", "wording.newsletter": "Zgadzam się" };
		const answer = await browser.track("Form Submitted", {
			experience: "blog-newsletter",
			email: " Ala@Example.PL ",
			...wording,
		});
		expect(answer.verdicts[0]?.verdict).toBe("ok");
		const seen = await inspect(browser);
		expect(seen).toMatchObject({ identity: "monitored", attributes: { email: "ala@example.pl" } });
		expect(seen.tags.POPUP_PODSTRONA_BLOG?.count).toBe(1);
		await drain(browser.token);
		const part = await env.DB.prepare("SELECT proof FROM parts").first("proof");
		const props = await env.DB.prepare(
			"SELECT props FROM events WHERE name = 'Form Submitted'",
		).first<string>("props");
		expect(part).toBe("typed");
		expect(JSON.parse(props ?? "{}")).toMatchObject(wording);
	});

	it("whose address is none is told so, and stays anonymous", async () => {
		const browser = new Browser(key);
		await browser.view("/blog/wiosna", "");
		const answer = await browser.track("Form Submitted", { experience: "blog-newsletter", email: "ala" });
		expect(answer.verdicts[0]).toMatchObject({ verdict: "dropped", why: "malformed" });
		expect((await inspect(browser)).identity).toBe("anonymous");
	});

	it("who gives another address on the same browser is another person, whose history begins there", async () => {
		const browser = new Browser(key);
		for (const _ of [1, 2]) await browser.view("/cennik", "");
		await browser.track("Form Submitted", { experience: "blog-newsletter", email: "ala@example.pl" });
		const first = await inspect(browser);
		await browser.track("Form Submitted", { experience: "blog-newsletter", email: "ola@example.pl" });
		const second = await inspect(browser);
		expect(second.person).not.toBe(first.person);
		expect(second.tags.CENNIK).toBeUndefined();
		expect(second.attributes.email).toBe("ola@example.pl");
	});
});

describe("a form that is sent again", () => {
	it("leaves the browser with whom it has now", async () => {
		const browser = new Browser(key);
		const [ala, ola] = ["ala@example.pl", "ola@example.pl"].map((email) =>
			event("Form Submitted", { experience: "blog-newsletter", email }),
		);
		for (const sent of [ala, ola]) await browser.send([sent], "/", {});
		const owner = await inspect(browser);
		const invalid = event("Form Submitted", { email: "nobody" });
		const again = await browser.send([ala, invalid, ola], "/", {});
		expect(again.verdicts.map(({ verdict }) => verdict)).toEqual(["duplicate", "dropped", "duplicate"]);
		expect((await inspect(browser)).person).toBe(owner.person);
	});
});

describe("an event", () => {
	it("counts once, however often it is sent", async () => {
		const browser = new Browser(key);
		await browser.view("/", "");
		const again = event("Page Viewed", { url: `${shop}/cennik`, path: "/cennik" });
		const verdicts = [];
		for (const _ of [1, 2, 3]) verdicts.push((await browser.send([again, again], "/cennik", {})).verdicts);
		expect(verdicts.flat().map(({ verdict }) => verdict)).toEqual(["ok", ...Array(5).fill("duplicate")]);
		expect((await inspect(browser)).tags.CENNIK?.count).toBe(1);
	});

	it("that is bad gets a reason of its own, and its neighbours are taken", async () => {
		const browser = new Browser(key);
		const good = event("Product Viewed", { product: "KX-40" });
		const answer = await browser.send([{ id: 5 }, good, "no", { ...good, name: "Tag Added" }], "/", {});
		expect(answer.verdicts).toEqual([
			{ id: null, verdict: "dropped", why: "malformed" },
			{ id: good.id, verdict: "ok" },
			{ id: null, verdict: "dropped", why: "malformed" },
			{ id: good.id, verdict: "dropped", why: "reserved-name" },
		]);
	});

	it("older than the memory of message ids is expired, for nobody knows whether it came before", async () => {
		const browser = new Browser(key);
		await browser.view("/", "");
		const old = event("Product Viewed", {}, Date.now() - 4 * 86_400_000);
		expect((await browser.send([old], "/", {})).verdicts[0]).toMatchObject({
			verdict: "dropped",
			why: "expired",
		});
	});

	it("bears the instant at which it happened, with the error of the browser's clock taken out", async () => {
		const browser = new Browser(key);
		const wrongBy = 90 * 60_000;
		const sent = event("Product Viewed", {}, Date.now() - wrongBy);
		await browser.send([sent], "/", { sentAt: Date.now() - wrongBy });
		await drain(browser.token);
		const at = await env.DB.prepare("SELECT at FROM events").first<number>("at");
		expect(Math.abs((at ?? 0) - Date.now())).toBeLessThan(5_000);
	});
});

describe("D1", () => {
	it("holds the whole story a moment later, once", async () => {
		const browser = new Browser(key);
		await browser.view("/", "https://www.google.com/");
		for (const _ of [1, 2, 3]) await browser.view("/cennik");
		await browser.view("/");
		await drain(browser.token);
		await drain(browser.token);
		const names = await env.DB.prepare("SELECT name, count(*) AS n FROM events GROUP BY name").all();
		expect(names.results).toEqual([
			{ name: "Experience Qualified", n: 1 },
			{ name: "Experience Shown", n: 1 },
			{ name: "Page Viewed", n: 5 },
		]);
		const points = await env.DB.prepare(
			"SELECT sum(props ->> 'points') AS points FROM ledger WHERE name = 'Points Earned'",
		).first("points");
		expect(points).toBe(30);
		const part = await env.DB.prepare(
			"SELECT score, visits, tags ->> '$.CENNIK.count' AS tag FROM parts",
		).first();
		expect(part).toEqual({ score: 30, visits: 1, tag: 3 });
		const visit = await env.DB.prepare("SELECT pages FROM visits").first();
		expect(visit).toEqual({ pages: 5 });
		const decision = await env.DB.prepare(
			"SELECT decision FROM events WHERE name = 'Experience Shown'",
		).first<string>("decision");
		expect(JSON.parse(decision ?? "[]")[0]).toMatchObject({
			experience: "ready-to-buy",
			reason: { is: "shown" },
		});
	});
});

describe("a claim", () => {
	it("is granted once for a cap of one, and the same claim always gets the same answer", async () => {
		const { definitions } = await import("../shop/definitions.ts");
		const experiences = definitions.experiences.map((one) => ({
			...one,
			revision: 2,
			attention: { ...one.attention, cap: { times: 1 } },
		}));
		await publish({ definitions: { experiences } });
		const browser = new Browser(key);
		await browser.view("/blog/wiosna", "");
		const claims = [1, 2, 3].map(() => ({ id: event("", {}).id, experience: "blog-newsletter" }));
		const first = await browser.send([], "/blog/wiosna", { claims });
		const second = await browser.send([], "/blog/wiosna", { claims });
		expect(first.grants.map(({ granted }) => granted)).toEqual([true, false, false]);
		expect(second.grants).toEqual(first.grants);
	});
});

describe("an evicted cell", () => {
	it("knows its people as before", async () => {
		const browser = new Browser(key);
		for (const _ of [1, 2]) await browser.view("/cennik", "");
		await evictDurableObject(cellOf(env, site, partsOf(browser.token).cell));
		await browser.view("/cennik");
		expect((await inspect(browser)).tags.CENNIK?.count).toBe(3);
		expect(popupOf(await browser.view("/"))).toBe("ready-to-buy");
	});
});

describe("a publication", () => {
	it("reaches the cells that are at work, and changes what their visitors are told", async () => {
		const browser = new Browser(key);
		for (const _ of [1, 2, 3]) await browser.view("/cennik");
		await publish({ definitions: { experiences: [] } });
		expect((await browser.view("/")).show).toEqual([]);
	});

	it("that names a segment which is not there is refused with the place of the mistake", async () => {
		const { definitions } = await import("../shop/definitions.ts");
		const response = await call("PUT", `${site}/definitions`, { ...definitions, segments: [] });
		expect(response.status).toBe(422);
		expect(await response.json()).toMatchObject({
			error: "inconsistent",
			problems: [{ at: "ready-to-buy" }, { at: "blog-newsletter" }],
		});
	});

	it("is nobody's business without the operator's token", async () => {
		const response = await exports.default.fetch(`${edge}/api/sites/demo/publish`, { method: "POST" });
		expect(response.status).toBe(401);
	});
});

describe("a definition", () => {
	it("that nests without end is refused before anything recurses into it", async () => {
		const deep = `${'{"not":'.repeat(5_000)}{"all":[]}${"}".repeat(5_000)}`;
		const response = await exports.default.fetch(`${edge}/api/sites/${site}/definitions`, {
			method: "PUT",
			headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
			body: `{"segments":[{"id":"deep","name":"Deep","condition":${deep}}]}`,
		});
		expect([response.status, await response.json()]).toEqual([422, { error: "body-too-deep", problems: [] }]);
	});
});
