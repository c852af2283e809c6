import fc from "fast-check";
import { expect, test } from "vitest";
import { channelOf } from "../../worker/domain/source/channel.ts";
import { type Address, type Touch, touchOf } from "../../worker/domain/source.ts";
import { addressOf } from "../../worker/platform/address.ts";

function address(url: string): Address {
	const taken = addressOf(url);
	if (!taken) throw new Error(`no address: ${url}`);
	return taken;
}

const page = "https://ogrod.example/kosiarki";
const direct: Touch = { source: "(direct)", medium: "(none)", channel: "Direct", landing: "/kosiarki" };
const cases: readonly [name: string, page: string, referrer: string | undefined, touch: Touch | undefined][] =
	[
		["no referrer is direct", page, undefined, direct],
		["a page of the same site is no touch", page, "https://ogrod.example/", undefined],
		["nor is one with www", page, "https://www.ogrod.example/", undefined],
		[
			"a search engine that keeps the phrase to itself",
			page,
			"https://www.google.com/",
			{
				source: "google",
				medium: "organic",
				channel: "Organic Search",
				landing: "/kosiarki",
				referrer: "www.google.com/",
			},
		],
		[
			"a search engine of a country, with the phrase",
			page,
			"https://www.google.co.uk/search?q=kosiarka+akumulatorowa",
			{
				source: "google",
				medium: "organic",
				channel: "Organic Search",
				landing: "/kosiarki",
				referrer: "www.google.co.uk/search",
				phrase: "kosiarka akumulatorowa",
			},
		],
		[
			"a search engine with a parameter of its own",
			page,
			"https://pl.search.yahoo.com/search?p=traktorek",
			{
				source: "yahoo",
				medium: "organic",
				channel: "Organic Search",
				landing: "/kosiarki",
				referrer: "pl.search.yahoo.com/search",
				phrase: "traktorek",
			},
		],
		[
			"a campaign, whatever the referrer",
			`${page}?utm_source=newsletter&utm_medium=email&utm_campaign=wiosna&utm_term=kosa`,
			"https://www.google.com/",
			{
				source: "newsletter",
				medium: "email",
				channel: "Email",
				landing: "/kosiarki",
				campaign: "wiosna",
				referrer: "www.google.com/",
				phrase: "kosa",
			},
		],
		[
			"a campaign that names no medium",
			`${page}?utm_source=ulotka`,
			undefined,
			{ source: "ulotka", medium: "(none)", channel: "Unassigned", landing: "/kosiarki" },
		],
		[
			"an advertisement's click",
			`${page}?gclid=abc`,
			"https://www.google.com/",
			{
				source: "google",
				medium: "cpc",
				channel: "Paid Search",
				landing: "/kosiarki",
				referrer: "www.google.com/",
				click: "gclid",
				clickId: "abc",
			},
		],
		[
			"a social network on its mobile host",
			page,
			"https://m.facebook.com/",
			{
				source: "facebook",
				medium: "social",
				channel: "Organic Social",
				landing: "/kosiarki",
				referrer: "m.facebook.com/",
			},
		],
		[
			"a social network of one letter",
			page,
			"https://www.x.com/",
			{
				source: "x",
				medium: "social",
				channel: "Organic Social",
				landing: "/kosiarki",
				referrer: "www.x.com/",
			},
		],
		[
			"any other site",
			page,
			"https://forum.dzialkowiec.example/watek/7",
			{
				source: "forum.dzialkowiec.example",
				medium: "referral",
				channel: "Referral",
				landing: "/kosiarki",
				referrer: "forum.dzialkowiec.example/watek/7",
			},
		],
	];

test.each(cases)("%s", (_name, from, referrer, touch) => {
	expect(touchOf(address(from), referrer === undefined ? undefined : address(referrer))).toEqual(touch);
});

test("a touch tells all that its link said", () => {
	const from = `${page}?utm_source=google&utm_medium=cpc&utm_campaign=shop&utm_content=baner+2&utm_term=kosa&gclid=Ab-1`;
	expect(touchOf(address(from), address("https://www.google.pl/search?q=kosy"))).toEqual({
		source: "google",
		medium: "cpc",
		channel: "Paid Shopping",
		campaign: "shop",
		content: "baner 2",
		phrase: "kosa",
		referrer: "www.google.pl/search",
		landing: "/kosiarki",
		click: "gclid",
		clickId: "Ab-1",
	} satisfies Touch);
});

const words = fc.oneof(
	fc.string({ unit: "binary" }),
	fc.constantFrom("", " ", "\0", "\ud800", "google", "www.", ".", "..", "cross-network", "__proto__"),
);
const hosts = fc.oneof(
	words,
	fc
		.array(fc.constantFrom("www", "m", "mail", "google", "co", "uk", "pl", "com", "facebook", "t", ""), {
			maxLength: 9,
		})
		.map((labels) => labels.join(".")),
);
const names = [
	"utm_source",
	"utm_medium",
	"utm_campaign",
	"utm_content",
	"utm_term",
	"gclid",
	"fbclid",
	"mc_cid",
	"q",
];
const addresses: fc.Arbitrary<Address> = fc.record({
	host: hosts,
	path: words,
	params: fc.dictionary(fc.constantFrom(...names), words),
});

test("whatever is sent, a touch is text that can be stored, and its channel follows from it", () => {
	fc.assert(
		fc.property(
			addresses,
			fc.option(addresses, { nil: undefined }),
			fc.array(hosts, { maxLength: 2 }),
			(from, before, own) => {
				const touch = touchOf(from, before, own);
				if (!touch) return;
				for (const member of Object.values(touch)) expect(member.isWellFormed()).toBe(true);
				expect(touch.source).not.toBe("");
				expect(touch.medium).not.toBe("");
				expect(touch.channel).toBe(channelOf(touch));
			},
		),
	);
});

test("however long somebody makes a host, it is looked up at once", () => {
	const host = `${"a.".repeat(5_000)}google.com`;
	const startedAt = performance.now();
	for (let i = 0; i < 100; i++) touchOf(address(page), { host, path: "/", params: {} });
	expect((performance.now() - startedAt) / 100).toBeLessThan(20);
});
