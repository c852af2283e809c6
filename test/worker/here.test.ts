// Experiences that ask of the page they are to open on: what the page says of itself travels with the request.

import { beforeEach, expect, test } from "vitest";
import type { PageCondition } from "../../worker/domain/page.ts";
import type { CollectResponse } from "../../worker/protocol/collect.ts";
import type { Experience } from "../../worker/protocol/site.ts";
import { definitions } from "../shop/definitions.ts";
import { Browser, call, drain, event, freshWorld, partsOf, publish, shop, site } from "./world.ts";

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
