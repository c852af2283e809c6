// Experiences that ask of the page they are to open on: what the page says of itself travels with the request.

import { exports } from "cloudflare:workers";
import { beforeEach, expect, test, vi } from "vitest";
import type { PageCondition } from "../../worker/domain/page.ts";
import type { CollectResponse } from "../../worker/protocol/collect.ts";
import type { Experience } from "../../worker/protocol/site.ts";
import { definitions } from "../shop/definitions.ts";
import {
	Browser,
	call,
	chrome,
	drain,
	edge,
	event,
	freshWorld,
	partsOf,
	publish,
	shop,
	site,
} from "./world.ts";

const here: PageCondition = {
	all: [
		{ field: "page.title", test: { op: "contains", value: "kosiarka" } },
		{ field: "page.product.category", test: { op: "is", value: "Kosiarki" } },
		{ field: "page.product.price", test: { op: ">=", n: 400 } },
	],
};
const [any] = definitions.experiences;
if (!any) throw new Error("the shop shows nothing");
const { segment: _, ...shown } = any;
const offer: Experience = { ...shown, id: "raty", pages: { only: [], except: [] }, here };
const product = { id: "k-40", name: "Łoś 40", category: "Kosiarki", price: 100, currency: "EUR" };

/** A browser in another time zone, as the platform tells of it. */
class Traveller extends Browser {
	readonly timezone: string;

	constructor(key: string, timezone: string) {
		super(key);
		this.timezone = timezone;
	}

	override post(body: unknown): Promise<Response> {
		return exports.default.fetch(`${edge}/v1/collect`, {
			method: "POST",
			headers: { "content-type": "text/plain", "user-agent": chrome, origin: shop },
			body: JSON.stringify(body),
			cf: { timezone: this.timezone },
		});
	}
}

let browser: Browser;
beforeEach(async () => {
	await freshWorld();
	const rates = { EUR: 4.3 };
	browser = new Browser(await publish({ settings: { rates }, definitions: { experiences: [offer] } }));
});

async function view(said: object): Promise<CollectResponse> {
	const page = { url: `${shop}/p/k-40`, language: "pl", visible: true, ...said };
	return browser.send([event("Page Viewed", { path: "/p/k-40" })], "/p/k-40", { decide: true, page });
}

test("opens on the page of such a product, whose price counts in the site's currency", async () => {
	const title = "Kosiarka Łoś 40";
	expect((await view({ title, product })).show).toMatchObject([{ experience: "raty" }]);
	expect((await view({ title, product: { ...product, price: 90 } })).show).toEqual([]);
	expect((await view({ title, product: { ...product, currency: "USD" } })).show).toEqual([]);
	expect((await view({ title: "Cennik", product })).show).toEqual([]);
	expect((await view({ title })).show).toEqual([]);
});

test("opens in the hours and on the days of the clock that it goes by, the visitor's or the site's", async () => {
	const evening = (zone: "visitor" | "site"): PageCondition => ({
		all: [
			{ field: "page.hour", from: 20, to: 24, zone },
			{ field: "page.weekday", days: [7], zone },
		],
	});
	const of = (zone: "visitor" | "site"): Experience => ({ ...offer, id: zone, here: evening(zone) });
	const settings = { timeZone: "Europe/Warsaw" };
	browser = new Browser(
		await publish({ settings, definitions: { experiences: [of("site"), of("visitor")] } }),
	);
	const shownAt = async (instant: number, timezone: string) => {
		vi.setSystemTime(instant);
		const traveller = new Traveller(browser.key, timezone);
		const { show } = await traveller.send([event("Page Viewed", { path: "/" })], "/", { decide: true });
		return show.map(({ experience }) => experience);
	};
	// 22 November 2026 is a Sunday. At 21:30 in Warsaw it is 05:30 on Monday in Tokyo, and 12:30 in Los Angeles.
	vi.useFakeTimers({ toFake: ["Date"] });
	try {
		const sunday = Date.UTC(2026, 10, 22, 20, 30);
		expect(await shownAt(sunday, "Asia/Tokyo")).toEqual(["site"]);
		expect(await shownAt(sunday, "Europe/Warsaw")).toHaveLength(1);
		expect(await shownAt(sunday + 9 * 3_600_000, "America/Los_Angeles")).toEqual(["visitor"]);
		expect(await shownAt(sunday + 86_400_000, "Europe/Warsaw")).toEqual([]);
	} finally {
		vi.useRealTimers();
	}
});

test("a page that tells of its product wrongly loses that, and nothing beside it", async () => {
	for (const wrong of [
		{ product: { ...product, price: "100" } },
		{ product: { ...product, id: "" } },
		{ product: { ...product, name: { evil: true } } },
		{ product: [product], title: "x".repeat(3_000) },
	]) {
		const { verdicts, show } = await view({ title: "Kosiarka", ...wrong });
		expect([verdicts.map(({ verdict }) => verdict), show]).toEqual([["ok"], []]);
	}
});

test("why it does not open there is told of a page that is asked about", async () => {
	await view({});
	await drain(browser.token);
	const person = partsOf(browser.token).visitor;
	const asked = { url: "/p/k-40", title: "Kosiarka", product: { ...product, price: 50 } };
	const answer = await call("POST", `${site}/explain`, { page: asked, person });
	expect(JSON.stringify(await answer.json())).toContain("cena produktu na stronie wynosi co najmniej 400");
});
