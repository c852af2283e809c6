import { expect, test } from "vitest";
import { type Address, type Touch, touchOf } from "../../worker/domain/source.ts";

function address(url: string): Address {
	const { host, pathname, searchParams } = new URL(url);
	return { host, path: pathname, params: Object.fromEntries(searchParams) };
}

const page = "https://ogrod.example/kosiarki";
const direct = { source: "(direct)", medium: "(none)", landing: "/kosiarki" };
const cases: readonly [name: string, page: string, referrer: string | undefined, touch: Touch | undefined][] =
	[
		["no referrer is direct", page, undefined, direct],
		["a page of the same site is no touch", page, "https://ogrod.example/", undefined],
		["nor is one with www", page, "https://www.ogrod.example/", undefined],
		[
			"a search engine that keeps the phrase to itself",
			page,
			"https://www.google.com/",
			{ source: "google", medium: "organic", landing: "/kosiarki", referrer: "www.google.com/" },
		],
		[
			"a search engine of a country, with the phrase",
			page,
			"https://www.google.co.uk/search?q=kosiarka+akumulatorowa",
			{
				source: "google",
				medium: "organic",
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
			{ source: "ulotka", medium: "(none)", landing: "/kosiarki" },
		],
		[
			"an advertisement's click",
			`${page}?gclid=abc`,
			"https://www.google.com/",
			{ source: "google", medium: "cpc", landing: "/kosiarki", referrer: "www.google.com/" },
		],
		[
			"a social network on its mobile host",
			page,
			"https://m.facebook.com/",
			{ source: "facebook", medium: "social", landing: "/kosiarki", referrer: "m.facebook.com/" },
		],
		[
			"a social network of one letter",
			page,
			"https://www.x.com/",
			{ source: "x", medium: "social", landing: "/kosiarki", referrer: "www.x.com/" },
		],
		[
			"any other site",
			page,
			"https://forum.dzialkowiec.example/watek/7",
			{
				source: "forum.dzialkowiec.example",
				medium: "referral",
				landing: "/kosiarki",
				referrer: "forum.dzialkowiec.example/watek/7",
			},
		],
	];

test.each(cases)("%s", (_name, from, referrer, touch) => {
	expect(touchOf(address(from), referrer === undefined ? undefined : address(referrer))).toEqual(touch);
});
