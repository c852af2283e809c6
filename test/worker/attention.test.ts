// What is claimed is granted within its bounds, whatever tabs and devices claim at once, and whenever their triggers fire;
// and what a page that waits is told of its visit. The rule over histories is in ../domain/interruption.test.ts.

import { beforeEach, describe, expect, it } from "vitest";
import { inspectIn } from "../../worker/admin/inspect.ts";
import type { AttentionPolicy } from "../../worker/domain/attention.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { cellOf, siteOf } from "../../worker/platform/name.ts";
import type { CollectResponse } from "../../worker/protocol/collect.ts";
import type { Definitions, Experience, WrittenSettings } from "../../worker/protocol/site.ts";
import { definitions } from "../shop/definitions.ts";
import { loggedIn, login } from "./login.ts";
import { Browser, env, event, freshWorld, partsOf, publish, shop, site } from "./world.ts";

const minute = 60_000;
const free: AttentionPolicy = { afterCloseMs: 0, afterSubmitMs: 0 };
const content = { pl: { label: "Oferta", blocks: [{ kind: "text", text: "Taniej" }] } } as const;

function experience(id: string, own: Partial<Experience> = {}): Experience {
	return {
		id,
		revision: 1,
		name: id,
		priority: 0,
		pages: { only: [], except: [] },
		schedule: {},
		attention: free,
		trigger: { kind: "exit" },
		theme: { accent: "#1f6f4a", radius: 8 },
		content,
		...own,
	} as Experience;
}

function published(own: Partial<Definitions>, settings: Partial<WrittenSettings> = {}): Promise<string> {
	return publish({ definitions: { ...definitions, experiences: [], ...own }, settings });
}

/** A tab of a browser: its own page view, and the token that all tabs share. */
class Tab {
	readonly browser: Browser;
	view = "";
	path = "/";

	constructor(browser: Browser) {
		this.browser = browser;
	}

	async open(path = "/", more: object = {}): Promise<CollectResponse> {
		this.path = path;
		const viewed = event("Page Viewed", { url: shop + path, path });
		this.view = viewed.id;
		return this.send([viewed], { decide: true, ...more });
	}

	async claim(experience: string, id = uuidv7(Date.now())): Promise<boolean> {
		const { grants } = await this.send([], { claims: [{ id, experience }] });
		return grants[0]?.granted ?? false;
	}

	close(experience: string): Promise<CollectResponse> {
		return this.send([event("Experience Closed", { experience })], {});
	}

	leave(seconds = 5): Promise<CollectResponse> {
		return this.send([event("Page Left", { view: this.view, path: this.path, seconds })], {});
	}

	send(events: readonly unknown[], more: object): Promise<CollectResponse> {
		const page = { url: shop + this.path, view: this.view, language: "pl", visible: true };
		return this.browser.send(events, this.path, { page, ...more });
	}
}

async function tabsOf(browser: Browser, count: number): Promise<readonly Tab[]> {
	const tabs = Array.from({ length: count }, () => new Tab(browser));
	for (const tab of tabs) await tab.open();
	return tabs;
}

const later = async (ms: number) => {
	const now = await siteOf(env, site).clockOffsetMs();
	await siteOf(env, site).moveClock(now + ms);
};
const granted = async (claims: readonly Promise<boolean>[]) =>
	(await Promise.all(claims)).filter((one) => one).length;

beforeEach(freshWorld);

describe("one interruption at a time", () => {
	it("of eight tabs that claim at once one is granted, and the next when that is closed", async () => {
		const ids = ["a", "b", "c", "d"];
		const key = await published({ experiences: ids.map((id) => experience(id)) });
		const tabs = await tabsOf(new Browser(key), 8);
		const all = () => granted(tabs.map((tab, n) => tab.claim(ids[n % 4] ?? "")));
		expect(await all()).toBe(1);
		expect(await all()).toBe(0);
		await tabs[0]?.close("a");
		for (const id of ids) await tabs[0]?.close(id);
		// The tab that had one has had its own.
		expect(await all()).toBe(1);
		const { candidates } = (await look(tabs[0])) ?? {};
		expect(candidates?.map(({ against }) => against.map(({ is }) => is))).toEqual([[], [], [], []]);
	});

	it("triggers that fire minutes after the decision find the caps as they are then", async () => {
		const capped = { ...free, cap: { times: 2, perMs: 60 * minute } };
		const key = await published({ experiences: [experience("a", { attention: capped })] });
		const tabs = await tabsOf(new Browser(key), 8);
		let count = 0;
		for (let round = 0; round < 4; round++) {
			await later(5 * minute);
			count += await granted(tabs.map((tab) => tab.claim("a")));
		}
		expect(count).toBe(2);
		await later(60 * minute);
		expect(await granted(tabs.map((tab) => tab.claim("a")))).toBe(1);
	});

	it("two devices of one person are one person, in eight tabs each", async () => {
		const key = await published(
			{
				experiences: [experience("a", { group: "g" }), experience("b", { group: "g" })],
				groups: [{ id: "g", name: "G", cap: { times: 2 } }],
			},
			{ login },
		);
		const proof = { kind: "jwt", token: await loggedIn("user-1") };
		const devices = [new Browser(key), new Browser(key)];
		for (const device of devices) {
			const tab = new Tab(device);
			await tab.open();
			await tab.send([], { proof });
			await tab.send([], { proof });
		}
		const tabs = (await Promise.all(devices.map((device) => tabsOf(device, 8)))).flat();
		const cells = new Set(devices.map(({ token }) => partsOf(token).cell));
		expect(cells.size).toBe(1);
		expect(await granted(tabs.map((tab, n) => tab.claim(n % 2 ? "a" : "b")))).toBe(1);
		await later(3 * minute);
		expect(await granted(tabs.map((tab) => tab.claim("a")))).toBe(1);
		await later(3 * minute);
		expect(await granted(tabs.map((tab) => tab.claim("b")))).toBe(0);
	});

	it("a page that was left, or a tab that died two minutes ago, holds nobody off", async () => {
		const key = await published({ experiences: [experience("a"), experience("b")] });
		const [one, other, third] = await tabsOf(new Browser(key), 3);
		expect(await one?.claim("a")).toBe(true);
		expect(await other?.claim("b")).toBe(false);
		await one?.leave();
		expect(await other?.claim("b")).toBe(true);
		await later(2 * minute - 5_000);
		expect(await third?.claim("a")).toBe(false);
		await later(10_000);
		expect(await third?.claim("a")).toBe(true);
	});

	it("what lies within the page interrupts nobody, and counts for its group alone", async () => {
		const inline = {
			surface: { kind: "inline", place: { slot: "top" } },
			kind: "banner",
			group: "g",
		} as const;
		const key = await published({
			experiences: [experience("a", { trigger: { kind: "at-once" } }), experience("b", inline)],
			groups: [{ id: "g", name: "G", cap: { times: 1 } }],
			attention: { site: { cap: { times: 1 } } },
		});
		const tab = new Tab(new Browser(key));
		const { show } = await tab.open();
		expect(show.map(({ experience: id, claim }) => [id, claim !== undefined])).toEqual([
			["a", true],
			["b", false],
		]);
		expect(await tab.claim("b")).toBe(true);
		expect(await tab.claim("b")).toBe(false);
	});

	it("of two that open at once and share a bound, the second is not shown", async () => {
		const slot = (name: string) => ({
			surface: { kind: "inline", place: { slot: name } } as const,
			trigger: { kind: "at-once" } as const,
			group: "g",
		});
		const key = await published({
			experiences: [experience("a", slot("x")), experience("b", slot("y"))],
			groups: [{ id: "g", name: "G", cap: { times: 1 } }],
		});
		const { show } = await new Tab(new Browser(key)).open();
		expect(show.map(({ experience: id }) => id)).toEqual(["a"]);
	});
});

describe("a site spares its visitors", () => {
	it("an interruption too soon after another, or after an order", async () => {
		const key = await published({
			experiences: [experience("a"), experience("b")],
			attention: { gapMs: 10 * minute, afterPurchaseMs: 60 * minute },
		});
		const [one, other] = await tabsOf(new Browser(key), 2);
		expect(await one?.claim("a")).toBe(true);
		await one?.close("a");
		expect(await other?.claim("b")).toBe(false);
		await later(11 * minute);
		await one?.send([event("Order Completed", { order_id: "1", value: 10 })], {});
		expect(await other?.claim("b")).toBe(false);
		expect((await other?.open())?.show).toEqual([]);
	});

	it("a dialog on the page to which a search engine sent a phone, unless the marketer wants it", async () => {
		const at = { kind: "at-once" } as const;
		const key = await published({
			experiences: [
				experience("modal", { trigger: at, priority: 3 }),
				experience("full", { trigger: at, surface: { kind: "full" }, priority: 2 }),
				experience("bar", { trigger: at, surface: { kind: "bar", at: "top" } }),
			],
		});
		const phone = {
			"user-agent":
				"Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
		};
		const first = async (browser: Browser, referrer: string) => {
			const viewed = event("Page Viewed", { url: `${shop}/`, path: "/", referrer });
			const page = { url: `${shop}/`, view: viewed.id, referrer, language: "pl", visible: true };
			return (await browser.send([viewed], "/", { page, decide: true })).show[0]?.experience;
		};
		expect(await first(new Browser(key, phone), "https://www.google.com/")).toBe("bar");
		expect(await first(new Browser(key), "https://www.google.com/")).toBe("modal");
		expect(await first(new Browser(key, phone), "https://forum.example/")).toBe("modal");
		const visitor = new Browser(key, phone);
		await published({ experiences: [experience("modal", { trigger: at, onLanding: true })] });
		expect(await first(visitor, "https://www.google.com/")).toBe("modal");
	});
});

describe("a trigger is told of the visit", () => {
	it("how many pages, how long, and what the cart comes to, and only where it asks", async () => {
		const key = await published({
			experiences: [
				experience("asks", {
					trigger: {
						any: [
							{ kind: "pages", n: 9 },
							{ kind: "presence", of: "visit", seconds: 900 },
							{ kind: "cart", from: 100 },
						],
					},
				}),
				experience("silent"),
			],
		});
		const tab = new Tab(new Browser(key));
		await tab.open("/a");
		await tab.leave(40);
		await tab.send([event("Cart Updated", { value: 49.5, items: 1, products: "x" })], {});
		const { show } = await tab.open("/b");
		expect(show.map(({ experience: id, visit }) => [id, visit])).toEqual([
			["asks", { pages: 2, seconds: 40, cart: 49.5 }],
			["silent", undefined],
		]);
		const told = await tab.send([event("Cart Updated", { value: 120, items: 2, products: "x" })], {});
		expect(told.news).toEqual({ cart: 120 });
	});

	it("what rules made happen, until it was shown because of that", async () => {
		const wait = (name: string, of?: string) =>
			({ kind: "event", name, ...(of === undefined ? {} : { of }) }) as const;
		const key = await published({
			experiences: [
				experience("tagged", { trigger: wait("Tag Added", "CENNIK") }),
				experience("other", { trigger: wait("Tag Added", "NIC") }),
			],
		});
		const tab = new Tab(new Browser(key));
		expect((await tab.open("/")).show.map(({ visit }) => visit)).toEqual([{}, {}]);
		const viewed = event("Page Viewed", { url: `${shop}/cennik`, path: "/cennik" });
		expect((await tab.send([viewed], {})).news).toEqual({
			happened: [{ experience: "tagged", name: "Tag Added", of: "CENNIK" }],
		});
		const next = await tab.open("/kosiarki");
		expect(next.show.find(({ experience: id }) => id === "tagged")?.visit).toEqual({
			happened: [{ name: "Tag Added", of: "CENNIK" }],
		});
		expect(await tab.claim("tagged")).toBe(true);
		expect((await tab.send([], {})).news).toBeUndefined();
	});

	it("nothing, where nothing waits for anything", async () => {
		const key = await published({ experiences: [experience("a")] });
		const tab = new Tab(new Browser(key));
		expect((await tab.open("/")).show.map(({ visit }) => visit)).toEqual([undefined]);
		expect("news" in (await tab.send([event("Product Added", {})], {}))).toBe(false);
	});
});

async function look(tab: Tab | undefined) {
	const { cell, visitor } = partsOf(tab?.browser.token);
	await later(30 * minute);
	return inspectIn(cellOf(env, site, cell), visitor, "/");
}
