// A page with Google's tags, structured data and forms of its own, and nothing of ours but the script.

import type { Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import {
	complaints,
	events,
	newPage,
	nothing,
	requests,
	say,
	seenBy,
	setUp,
	soon,
	stopClock,
	stored,
	stub,
} from "../support/host.ts";

setUp();

const json = (value: unknown) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`;
const mower = {
	"@type": "Product",
	sku: "K-40",
	name: "Kosiarka",
	offers: { price: "999.00", priceCurrency: "PLN" },
};
/** As Google has everybody write it. */
const gtag = "window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments) }";
const viewItem = '{ currency: "PLN", items: [{ item_id: "K-40", item_name: "Kosiarka", price: 999 }] }';
const names = () => stub.received.flatMap((one) => one.events.map(({ name }) => name));
const run = (page: Page, script: string) => page.evaluate((text) => new Function(text)(), script);

beforeEach(() => {
	stub.collect = { dataLayer: true, schema: true, forms: ["form.contact", "[["] };
});

describe("Google's tags", () => {
	test("are heard, what they pushed before us and what they push after, and go on as before", async () => {
		stub.head = () => `<script>${gtag}
			gtag("event", "view_item", ${viewItem});
			const own = dataLayer.push;
			dataLayer.push = function (...pushed) { Object.assign(window, { wrapped: pushed.length }); return own.apply(this, pushed) };
		</script>`;
		const page = await newPage();
		// It asks when it has looked, or after a second that does not pass.
		await stopClock(page);
		await page.goto(`${stub.page}/`);
		await requests(1);
		// What stood there before the first request goes along with it.
		expect(names()).toEqual(["Page Viewed", "Product Viewed"]);
		await page.clock.resume();
		const answer = await page.evaluate(() => {
			const layer = (window as unknown as { dataLayer: unknown[] }).dataLayer;
			const ecommerce = {
				currency: "PLN",
				value: 999,
				items: [{ item_id: "K-40", price: 999, quantity: 1 }],
			};
			const length = layer.push({ ecommerce: null }, { event: "add_to_cart", ecommerce });
			return { length, is: layer.length, wrapped: (window as unknown as { wrapped: number }).wrapped };
		});
		expect(answer).toEqual({ length: 3, is: 3, wrapped: 2 });
		await soon(() => events("Product Added")[0]?.props).toEqual({
			product_id: "K-40",
			price: 999,
			quantity: 1,
			currency: "PLN",
		});
		expect(complaints).toEqual([]);
	});

	test("and structured data that say the same product are one event; the page is about it", async () => {
		stub.head = () =>
			`<script>${gtag} gtag("event", "view_item", ${viewItem})</script>${json(mower)}${json("")}`;
		const page = await newPage();
		await stopClock(page);
		await page.goto(`${stub.page}/`);
		await requests(1);
		expect(names()).toEqual(["Page Viewed", "Product Viewed"]);
		expect(stub.received[0]?.page.product).toEqual({
			id: "K-40",
			name: "Kosiarka",
			price: 999,
			currency: "PLN",
		});
		expect(stub.received[0]?.decide).toBe(true);
		expect(stub.received).toHaveLength(1);
		await page.clock.resume();
		// A route that still shows the data of the page before is not about it.
		await run(page, 'history.pushState({}, "", "/route")');
		await requests(2);
		expect(stub.received[1]?.page).not.toHaveProperty("product");
		expect(events("Product Viewed")).toHaveLength(1);
	});
});

test("Microdata say what JSON-LD does", async () => {
	stub.head = () => `</head><body><div itemscope itemtype="https://schema.org/Product">
		<meta itemprop="sku" content="K-40"><b itemprop="name">Kosiarka</b>
		<div itemprop="brand" itemscope itemtype="https://schema.org/Brand"><i itemprop="name">Zielony</i></div>
		<div itemprop="offers" itemscope itemtype="https://schema.org/Offer">
			<span itemprop="price" content="999.00">999 zł</span><meta itemprop="priceCurrency" content="PLN"></div></div>`;
	const page = await newPage();
	await page.goto(`${stub.page}/`);
	await soon(() => events("Product Viewed")[0]?.props).toEqual({
		product_id: "K-40",
		name: "Kosiarka",
		brand: "Zielony",
		price: 999,
		currency: "PLN",
		url: `${stub.page}/`,
	});
});

test("a form of the site is picked up with what has a name, never what is secret, and is sent as ever", async () => {
	stub.head = () => `</head><body><form class="contact" id="leave" action="/next">
		<input name="id" value="7"><input name="email" type="email" autocomplete="username"><input name="fullName"><input name="password" type="password" autocomplete="current-password">
		<input name="card-name" autocomplete="cc-name"><input name="email_token" type="hidden" value="secret">
		<input name="newsletter" type="checkbox"><textarea name="message"></textarea><button>Wyślij</button></form>
		<form class="other"><input name="email" value="other@example.pl"></form>`;
	const page = await newPage();
	await stopClock(page);
	await page.goto(`${stub.page}/`);
	await requests(1);
	await page.fill("[name=email]", " ala@example.pl ");
	await page.fill("[name=fullName]", "Ala Nowak");
	await page.fill("[name=password]", "hunter2");
	await page.fill("[name=card-name]", "ALA NOWAK");
	await page.check("[name=newsletter]");
	await page.fill("[name=message]", "Dzień dobry");
	await page.click("text=Wyślij");
	await page.waitForURL("**/next?*");
	await soon(() => events("Form Submitted")[0]?.props).toEqual({
		form: "leave",
		email: "ala@example.pl",
		name: "Ala Nowak",
		newsletter: true,
	});
	// Chromium has something of its own to say of the site's password field.
	expect(complaints.filter((one) => !one.startsWith("[DOM]"))).toEqual([]);
});

describe("consent that a banner asks for", () => {
	const banner = (state: string) =>
		`<script>${gtag} gtag("consent", "default", { analytics_storage: "${state}", ad_storage: "${state}" })</script>`;
	const answer = (state: string) =>
		`gtag("consent", "update", { analytics_storage: "${state}", ad_storage: "${state}" })`;

	test("in Google's Consent Mode holds for us: nothing before, everything after, nothing again", async () => {
		stub.consent = "ask";
		stub.collect = { consent: ["google"] };
		stub.head = () => banner("denied");
		const page = await newPage();
		await page.goto(`${stub.page}/`);
		await requests(1);
		expect(stub.received[0]).toMatchObject({ consent: "required", decide: true, events: [] });
		expect(await stored(page)).toEqual(nothing);
		await run(page, answer("granted"));
		await soon(() => stub.received.at(-1)?.consent).toBe("granted");
		await run(page, answer("denied"));
		await soon(() => stub.received.at(-1)?.consent).toBe("denied");
		expect(await stored(page)).toEqual(nothing);
		expect(complaints).toEqual([]);
	});

	test("is weighed with what we were told ourselves, and the strictest holds", async () => {
		stub.collect = { consent: ["google", "tcf"] };
		stub.head = () => `${banner("granted")}<script>window.__tcfapi = (command, version, tell) => {
			Object.assign(window, { tell: (data) => tell(data, true) }); tell({ eventStatus: "cmpuishown" }, true) }</script>`;
		const page = await newPage();
		await page.goto(`${stub.page}/`);
		await requests(1);
		expect(stub.received[0]?.consent).toBe("required");
		await say(page, "consent", "granted");
		await page.waitForFunction(() => "tell" in window);
		const all =
			'{ eventStatus: "useractioncomplete", purpose: { consents: { 1: true, 5: true, 6: true, 8: true } } }';
		await run(page, `tell(${all})`);
		await soon(() => stub.received.at(-1)?.consent).toBe("granted");
		await say(page, "consent", "denied");
		await soon(() => stub.received.at(-1)?.consent).toBe("denied");
		await run(page, answer("granted"));
		await say(page, "track", "After");
		await page.goto("about:blank");
		expect(names()).not.toContain("After");
	});
});

test("a chunk that does not come holds nothing up for long, and nobody complains", async () => {
	const page = await newPage();
	await page.route("**/*.collector.js", () => {});
	await page.goto(`${stub.page}/`);
	await requests(1);
	expect(names()).toEqual(["Page Viewed"]);
	expect((await seenBy(page)).shift).toBe(0);
	expect(complaints).toEqual([]);
});

test("under the strictest policy all of it works, and nothing is violated", async () => {
	stub.head = () => json(mower);
	const page = await newPage();
	await page.goto(`${stub.page}/?csp`);
	await soon(() => events("Product Viewed").length).toBe(1);
	expect((await seenBy(page)).violations.filter((one) => one.includes("collector"))).toEqual([]);
});
