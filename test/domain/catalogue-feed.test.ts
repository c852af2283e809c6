// Feeds as shops write them: well, badly, and with bad intent.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FeedItem, itemsOf } from "../../worker/domain/catalogue/feed/feed.ts";

const sample = join(import.meta.dirname, "../../../shared/data/feeds/google_feed_sample.xml");

function read(text: string, piece = 65_536): FeedItem[] {
	const pieces = Array.from({ length: Math.ceil(text.length / piece) }, (_, n) =>
		text.slice(n * piece, (n + 1) * piece),
	);
	return [...itemsOf(pieces, "PLN")];
}
const productsIn = (items: readonly FeedItem[]) =>
	items.flatMap((item) => (item.is === "item" && item.read.is === "product" ? [item.read.product] : []));
const endOf = (items: readonly FeedItem[]) => {
	const last = items.at(-1);
	return last?.is === "end" ? last.why : undefined;
};

const rss = (items: string) =>
	`<?xml version="1.0"?>\n<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Sklep</title>\n${items}</channel></rss>`;
const item = (id: string, more = "") =>
	`<item><g:id>${id}</g:id><title>Kosiarka ${id}</title><link>https://shop.example/${id}</link><g:price>1 299,00 PLN</g:price>${more}</item>\n`;

describe("a feed", () => {
	it.skipIf(!existsSync(sample))("of Google's own example is read whole (needs ../shared/data/feeds)", () => {
		const products = productsIn(read(readFileSync(sample, "utf8")));
		expect(products.map(({ id, group, price, currency }) => [id, group, price, currency])).toEqual([
			["celebird-eg-variants-apparel-upi-001", "dz1", 10_529, "USD"],
			["celebird-eg-variants-apparel-upi-002", "dz1", 10_529, "USD"],
		]);
		expect(products[0]).toMatchObject({
			categories: ["accessories", "watches"],
			labels: { color: "Black", size: "44mm" },
			url: expect.stringContaining("&color=Black&size=44mm"),
		});
		expect(products[1]?.labels.color).toBe("White/Yellow");
	});

	it("in RSS has Google's names before those of RSS, and nothing of what is nested in an item", () => {
		const more =
			"<g:title>Kosiarka <![CDATA[<b>Pro</b> & cicha]]></g:title><g:shipping><g:price>0 PLN</g:price><g:id>no</g:id></g:shipping>";
		expect(productsIn(read(rss(item("a", more))))).toMatchObject([
			{ id: "a", name: "Kosiarka Pro & cicha", price: 129_900 },
		]);
	});

	it("in Atom has its addresses in attributes", () => {
		const entry =
			'<entry><g:id>a</g:id><title>A</title><link rel="alternate" href="https://shop.example/a"/><g:price>5 PLN</g:price></entry>';
		expect(productsIn(read(`<feed xmlns="http://www.w3.org/2005/Atom">${entry}</feed>`))).toMatchObject([
			{ id: "a", url: "https://shop.example/a" },
		]);
	});

	it("of Ceneo has its own names, in what it offers and in what it has wrong", () => {
		const offers = (list: string) =>
			`<?xml version="1.0" encoding="utf-8"?><offers version="1">${list}</offers>`;
		const offer = `<o id="7" url="https://shop.example/7?a=1&amp;b=2" price="1299.90" avail="90"><cat><![CDATA[Ogród/Kosiarki]]></cat>
			<name><![CDATA[Kosiarka "Ż"]]></name><imgs><main url="https://shop.example/7.jpg"/><i url="https://x.example/1.jpg"/></imgs>
			<attrs><a name="Producent"><![CDATA[Kosiarz]]></a><a name="Kolor">zielony</a></attrs></o>`;
		expect(productsIn(read(offers(offer)))).toEqual([
			{
				id: "7",
				name: 'Kosiarka "Ż"',
				url: "https://shop.example/7?a=1&b=2",
				image: "https://shop.example/7.jpg",
				currency: "PLN",
				price: 129_990,
				availability: "backorder",
				brand: "Kosiarz",
				categories: ["Ogród", "Kosiarki"],
				labels: { color: "zielony" },
			},
		]);
		const [wrong] = read(offers('<o id="8" url="shop" price="tanio" avail="1"/>'));
		expect(wrong?.is === "item" && wrong.read.faults.map(({ field }) => field)).toEqual([
			"name",
			"url",
			"price",
		]);
		const soldOut = offer.replace('avail="90"', 'avail="1" stock="0"');
		expect(productsIn(read(offers(soldOut)))[0]?.availability).toBe("out-of-stock");
	});

	it.each(["\t", ";", ",", "|"])("in a table may be parted by %j", (sign) => {
		const row = (cells: string[]) => `${cells.join(sign)}\r\n`;
		const text =
			row(["id", "Title", "g:link", "price", "image link", "color"]) +
			row(["a", "Kosiarka", "https://shop.example/a", "12.50 PLN", "https://shop.example/a.jpg", "red"]) +
			row(["b", '"Kosa ""Ż"""', "https://shop.example/b", "10 PLN", "", ""]);
		expect(productsIn(read(`\ufeff${text}`))).toMatchObject([
			{ id: "a", price: 1_250, image: "https://shop.example/a.jpg", labels: { color: "red" } },
			{ id: "b", name: 'Kosa "Ż"' },
		]);
	});

	it("says of each item what is wrong, with its line, and loses no other for it", () => {
		const items = read(
			rss(
				item("a") +
					item("b").replace("1 299,00 PLN", "0 zł") +
					item("").replace("https:", "javascript:") +
					item("d"),
			),
		);
		expect(productsIn(items).map(({ id }) => id)).toEqual(["a", "d"]);
		const faults = items.flatMap((one) =>
			one.is === "item" ? one.read.faults.map(({ field, is }) => `${one.line} ${field} ${is}`) : [],
		);
		expect(faults).toEqual(["4 price not-a-price", "5 id missing", "5 link not-an-address"]);
	});

	it("whose elements are not closed, or closed twice, loses what they are in at most", () => {
		const unclosed = item("b").replace("</title>", "").replace("</item>", "");
		const items = read(rss(item("a") + unclosed + item("c", "</b></g:none> 5 < 6 & 7")));
		const ids = productsIn(items).map(({ id }) => id);
		expect([ids.includes("a"), ids.includes("c"), endOf(items)]).toEqual([true, true, undefined]);
		expect(items.filter((one) => one.is === "item" && one.read.faults.length > 0)).toHaveLength(2);
	});

	it("that ends in its middle is none, whatever stood before", () => {
		const text = rss(item("a") + item("b"));
		for (const cut of [text.length - 5, text.indexOf("</item>") + 3, text.indexOf("<title>Kosiarka b") + 9])
			expect(endOf(read(text.slice(0, cut)))).toBe("broken-off");
	});

	it.each([
		["has-doctype", `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>${rss(item("&b;"))}`],
		["too-deep", rss(`<item>${"<a>".repeat(100_000)}`)],
		["tag-too-long", rss(`<item a="${"x".repeat(100_000)}">`)],
		["unknown-format", "<html><body>Zaloguj się</body></html>"],
		["unknown-format", "imię;nazwisko\r\nJan;Kowalski\r\n"],
		["columns-missing", "id;title\r\n1;Kosiarka\r\n"],
		["no-products", "  \n"],
	])("is refused: %s", (why, text) => {
		expect(endOf(read(text))).toBe(why);
	});

	it("holds no more of ten million characters than a field may have", () => {
		const items = read(rss(item("a", `<description>${"x".repeat(10_000_000)}</description>`) + item("b")));
		expect(productsIn(items).map(({ id }) => id)).toEqual(["a", "b"]);
		const [long] = read(rss(item("a").replace("<title>", `<title>${"x".repeat(10_000_000)}`)));
		expect(long).toMatchObject({ read: { is: "refused", faults: [{ field: "title", is: "too-long" }] } });
	});

	it("takes more items than it may have for none of it", () => {
		const table = `id;title;link;price\n${"a;A;https://a.example/;1\n".repeat(100_001)}`;
		expect(endOf(read(table))).toBe("too-many-items");
	});

	it("has in its names characters by name and by number, and no tags", () => {
		const named = item("a").replace(
			"Kosiarka a",
			"Kosiarka &amp;oacute;&#380;&#x26; &lt;script&gt;alert(1)&lt;/script&gt; &unknown;",
		);
		expect(productsIn(read(rss(named)))[0]?.name).toBe("Kosiarka óż& alert(1) &unknown;");
	});

	it("is the same however it is cut into pieces", () => {
		const text = rss(
			item("a", "<g:brand>A &amp; B</g:brand>") + item("b", "<![CDATA[ ]]]>]]><!-- <item> -->") + item("c"),
		);
		const whole = read(text);
		expect(productsIn(whole)).toHaveLength(3);
		for (let piece = 1; piece < 40; piece++) expect(read(text, piece)).toEqual(whole);
	});

	it("is read to its end whatever is in it", () => {
		const part = fc.oneof(
			fc.constantFrom(
				"<item>",
				"</item>",
				"<g:id>",
				"</g:id>",
				"<",
				">",
				"&",
				"&amp;",
				"<![CDATA[",
				"]]>",
				"<!--",
				"-->",
				'"',
				"<?x",
				"?>",
				"<!",
				"\n",
				item("x"),
			),
			fc.string({ maxLength: 5 }),
		);
		fc.assert(
			fc.property(fc.array(part, { maxLength: 40 }), fc.integer({ min: 1, max: 20 }), (parts, piece) => {
				const items = read(rss(parts.join("")), piece);
				expect(items.slice(0, -1).every((one) => one.is === "item")).toBe(true);
			}),
		);
	});
});
