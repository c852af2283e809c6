// What is understood of a page besides its events: schema.org's product, the fields of a form, what a banner was told.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { modeAfter, strictest, wordOfMode, wordOfTcf } from "../../widget/collect/consent.ts";
import { mayTake, propOf } from "../../widget/collect/field.ts";
import { productOfPage } from "../../widget/collect/product.ts";
import { PageProduct } from "../../worker/protocol/collect.schema.ts";

const mower = {
	"@context": "https://schema.org",
	"@type": "Product",
	sku: "K-40",
	name: "Kosiarka 40 V",
	category: "Kosiarki",
	brand: { "@type": "Brand", name: "Zielony" },
	offers: { "@type": "Offer", price: "1299.00", priceCurrency: "PLN" },
};
const said = {
	id: "K-40",
	name: "Kosiarka 40 V",
	category: "Kosiarki",
	brand: "Zielony",
	price: 1_299,
	currency: "PLN",
};

describe("the product that a page is about", () => {
	it("is found by itself, in a list, in a graph and as a page's main thing", () => {
		for (const nodes of [
			[mower],
			[[{ "@type": "BreadcrumbList" }, mower]],
			[{ "@graph": [{ "@type": "WebPage" }, mower] }],
			[{ "@type": "ItemPage", mainEntity: mower }],
			[{ ...mower, "@type": ["Product", "Thing"] }],
			[{ ...mower, "@type": ["https://schema.org/Product"] }],
		]) {
			expect(productOfPage(nodes)).toEqual(said);
		}
	});

	it("has the price of its cheapest offer, however the offers are written", () => {
		const priced = (offers: unknown) => productOfPage([{ ...mower, offers }]);
		const cheap = { price: 999, priceCurrency: "PLN" };
		expect(priced([{ price: "1299", priceCurrency: "PLN" }, cheap])?.price).toBe(999);
		expect(priced({ "@type": "AggregateOffer", lowPrice: "999.00", priceCurrency: "PLN" })?.price).toBe(999);
		expect(priced({ priceSpecification: [cheap] })).toMatchObject({ price: 999, currency: "PLN" });
		expect(priced(undefined)).not.toHaveProperty("price");
	});

	it("said twice is one, and of several there is none: that is a list", () => {
		const { brand: _, ...rest } = mower;
		expect(productOfPage([rest, mower])).toEqual(said);
		expect(productOfPage([mower, { ...mower, sku: "K-50" }])).toBeUndefined();
		expect(productOfPage([{ "@type": "ItemList", itemListElement: [mower] }])).toBeUndefined();
		expect(productOfPage([{ "@type": "Article", mentions: mower }, { "@type": "Product" }])).toBeUndefined();
	});

	it("is what our protocol takes, whatever a page says", () => {
		const key = fc.constantFrom(
			"@type",
			"@graph",
			"sku",
			"name",
			"brand",
			"offers",
			"price",
			"priceCurrency",
		);
		const leaf = fc.oneof(fc.constant("Product"), fc.string(), fc.double(), fc.constant(null));
		const { tree } = fc.letrec((tie) => ({
			tree: fc.oneof(
				{ maxDepth: 5 },
				leaf,
				fc.array(tie("tree"), { maxLength: 3 }),
				fc.dictionary(key, tie("tree")),
			),
		}));
		fc.assert(
			fc.property(fc.array(tree), (nodes) => {
				const product = productOfPage(nodes);
				if (product) expect(PageProduct.safeParse(product).success).toBe(true);
			}),
		);
	});
});

const examples = join(import.meta.dirname, "../../../shared/data/products/schemaorg-product.json");

describe.skipIf(!existsSync(examples))(
	"schema.org's own examples (skipped where the shared data is not there)",
	() => {
		it("say their product", () => {
			const all: { types: string; json: string; jsonld_valid: boolean }[] = JSON.parse(
				readFileSync(examples, "utf8"),
			);
			const products = Object.fromEntries(
				all.flatMap(({ types, json, jsonld_valid }) => {
					const blocks = Array.from(
						json.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g),
						([, text]) => text ?? "",
					);
					const product = jsonld_valid && productOfPage(blocks.map((text) => JSON.parse(text)));
					return product ? [[types.split(" ")[0], product]] : [];
				}),
			);
			expect(products).toMatchObject({
				"#eg-0010": { name: 'Kenmore White 17" Microwave', price: 55, currency: "USD" },
				"#eg-0011": { name: 'Dell UltraSharp 30" LCD Monitor', price: 1_250, currency: "USD" },
			});
			// An invoice, an order, an event or a restaurant's offer is no product's page.
			for (const other of ["#eg-0375", "#eg-0376", "#eg-0461", "#eg-0397"])
				expect(products).not.toHaveProperty(other);
		});
	},
);

describe("of a form", () => {
	const field = (name: string, more: Partial<Parameters<typeof propOf>[0]> = {}) => ({
		name,
		id: "",
		type: "text",
		autocomplete: "",
		...more,
	});

	it.each([
		["email", {}, "email"],
		["x", { type: "email" }, "email"],
		["twoj_e-mail", {}, "email"],
		["customer[phone]", {}, "phone"],
		["telefon", {}, "phone"],
		["q7", { autocomplete: "section-a given-name" }, "first_name"],
		["imię", {}, "first_name"],
		["nazwisko", {}, "last_name"],
		["fullName", {}, "name"],
		["zgoda_newsletter", { type: "checkbox" }, "zgoda_newsletter"],
	])("%s %j is taken as %s", (name, more, prop) => {
		expect(propOf(field(name, more))).toBe(prop);
	});

	it.each([
		["password", {}],
		["email", { type: "password" }],
		["email", { type: "hidden" }],
		["csrf_token", { type: "hidden" }],
		["name", { autocomplete: "cc-name" }],
		["phone", { autocomplete: "one-time-code" }],
		["cardholder_name", {}],
		["cardName", {}],
		["name", { id: "card-name" }],
		["cvv", {}],
		["pesel", {}],
		["numerKarty", {}],
		["iban", {}],
		["hasło", {}],
		["api-token-email", {}],
		["pinCode", { type: "checkbox" }],
	])("%s %j is never read", (name, more) => {
		expect(mayTake(field(name, more))).toBe(false);
		expect(propOf(field(name, more))).toBeUndefined();
	});

	it("what has no name with us is the site's: a message, an address, a choice", () => {
		for (const name of ["message", "street", "wiadomosc", "quantity", "discard", ""]) {
			expect(propOf(field(name))).toBeUndefined();
		}
		expect(propOf(field("__proto__", { type: "checkbox" }))).toBeUndefined();
	});
});

describe("what a banner was told", () => {
	const wordAfter = (...pushed: unknown[]) => wordOfMode(pushed.reduce(modeAfter, undefined));
	const granted = { analytics_storage: "granted", ad_storage: "granted", personalization_storage: "granted" };
	const denied = { analytics_storage: "denied", ad_storage: "denied" };

	it("of Google's Consent Mode: a default is no answer, and the strictest signal decides", () => {
		expect(wordAfter({ event: "gtm.js" }, ["event", "view_item", {}])).toBe("required");
		expect(wordAfter(["consent", "default", denied])).toBe("required");
		expect(wordAfter(["consent", "default", granted])).toBe("granted");
		expect(wordAfter(["consent", "default", denied], ["consent", "update", granted])).toBe("granted");
		expect(wordAfter(["consent", "default", denied], ["consent", "update", denied])).toBe("denied");
		expect(wordAfter(["consent", "update", { ...granted, ad_storage: "denied" }])).toBe("denied");
		expect(wordAfter(["consent", "update", { ad_storage: "granted" }])).toBe("denied");
		expect(wordAfter(["consent", "update", denied], ["consent", "default", granted])).toBe("denied");
	});

	it("of the TCF: nothing before it was answered, and all of the purposes 1, 5, 6 and 8", () => {
		const purpose = (...ids: number[]) => ({ consents: Object.fromEntries(ids.map((id) => [id, true])) });
		expect(wordOfTcf({ eventStatus: "cmpuishown", purpose: purpose(1, 5, 6, 8) })).toBe("required");
		expect(wordOfTcf({ eventStatus: "useractioncomplete", purpose: purpose(1, 5, 6, 8) })).toBe("granted");
		expect(wordOfTcf({ eventStatus: "tcloaded", purpose: purpose(1, 8) })).toBe("denied");
		expect(wordOfTcf({ eventStatus: "tcloaded" })).toBe("denied");
		expect(wordOfTcf({ gdprApplies: false })).toBe("granted");
		expect(wordOfTcf(undefined)).toBe("required");
	});

	it("of several, the strictest", () => {
		expect(strictest(["granted", "granted"])).toBe("granted");
		expect(strictest(["granted", "required"])).toBe("required");
		expect(strictest(["required", "denied"])).toBe("denied");
	});
});
