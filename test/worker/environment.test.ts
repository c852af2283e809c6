import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { inspectIn } from "../../worker/admin/inspect.ts";
import type { Environment } from "../../worker/domain/facts.ts";
import { cellOf } from "../../worker/platform/name.ts";
import { placeOf } from "../../worker/platform/place.ts";
import type { CollectResponse } from "../../worker/protocol/collect.ts";
import { edge, env, event, freshWorld, partsOf, publish, shop, site } from "./world.ts";

const inKrakow = {
	country: "PL",
	continent: "EU",
	region: "Lesser Poland",
	regionCode: "12",
	city: "Krakow",
	latitude: "50.06143",
	longitude: "19.93658",
	timezone: "Europe/Warsaw",
};
const placeIn = (cf: object) => placeOf(new Request(edge, { cf: cf as IncomingRequestCfProperties }));

describe("a place", () => {
	it("of Poland is by its official names, to a kilometre", () => {
		expect(placeIn(inKrakow)).toEqual({
			country: "PL",
			region: "małopolskie",
			city: "Kraków",
			latitude: 50.06,
			longitude: 19.94,
			timeZone: "Europe/Warsaw",
			continent: "EU",
			regionCode: "12",
		});
	});

	it("has its voivodeship by number, by letters or by name", () => {
		const { regionCode, ...unnumbered } = inKrakow;
		const { region, ...unnamed } = unnumbered;
		for (const cf of [
			{ ...inKrakow, regionCode: "MA" },
			{ ...inKrakow, regionCode: "?" },
			unnumbered,
			unnamed,
		])
			expect(placeIn(cf).region).toBe("małopolskie");
	});

	it("of elsewhere is as the platform spells it", () => {
		const { region, city } = placeIn({ country: "US", region: "Indiana", regionCode: "IN", city: "Warsaw" });
		expect([region, city]).toEqual(["Indiana", "Warsaw"]);
	});

	it("is no country where it is Tor or nowhere, and no point where it has none", () => {
		for (const country of ["T1", "XX"]) expect(placeIn({ country })).toEqual({});
		for (const latitude of ["", "north", "91", null])
			expect(placeIn({ latitude, longitude: "19.9" })).toEqual({});
		expect(placeIn({ latitude: "0", longitude: "0" })).toEqual({ latitude: 0, longitude: 0 });
	});
});

/** What a visitor's card knows after one page view, sent with such a place and such headers. */
async function environmentOf(
	cf: object,
	headers: Record<string, string>,
	page = `${shop}/`,
): Promise<Environment | null> {
	const key = await publish();
	const response = await exports.default.fetch(`${edge}/v1/collect`, {
		method: "POST",
		headers: { "content-type": "text/plain", origin: shop, ...headers },
		body: JSON.stringify({
			site: key,
			consent: "granted",
			page: { url: page, language: "pl-PL", visible: true },
			decide: false,
			sentAt: Date.now(),
			events: [event("Page Viewed", { url: page, path: "/" })],
		}),
		cf: cf as RequestInitCfProperties,
	});
	const { token } = await response.json<CollectResponse>();
	const { cell, visitor } = partsOf(token);
	const seen = await inspectIn(cellOf(env, site, cell), visitor, "/");
	return seen?.environment ?? null;
}

describe("the environment of a page view", () => {
	beforeEach(freshWorld);

	it("is what the browser, its hints and the platform say", async () => {
		const environment = await environmentOf(inKrakow, {
			"user-agent":
				"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
			"sec-ch-ua": '"Chromium";v="142", "Brave";v="142", "Not_A Brand";v="99"',
			"sec-ch-ua-platform": '"Windows"',
			"sec-ch-ua-platform-version": '"15.0.0"',
		});
		expect(environment).toEqual({
			browser: "Brave",
			version: 142,
			system: "Windows",
			systemVersion: "11",
			device: "desktop",
			language: "pl",
			timeZone: "Europe/Warsaw",
			country: "PL",
			region: "małopolskie",
			city: "Kraków",
			latitude: 50.06,
			longitude: 19.94,
		});
	});

	it("has nothing of what nobody said", async () => {
		expect(await environmentOf({}, { "user-agent": "a browser of one's own" })).toEqual({ language: "pl" });
	});

	it("of the demo's visitor from Kraków is Kraków's alone", async () => {
		const texas = { country: "US", region: "Texas", city: "Austin", latitude: "30.27", longitude: "-97.74" };
		const page = "http://krakow-abcdef.witaj.localhost/";
		const { language, ...place } = {
			...(await environmentOf(texas, { "user-agent": "a browser of one's own" }, page)),
		};
		expect(place).toEqual({
			country: "PL",
			region: "małopolskie",
			city: "Kraków",
			latitude: 50.06,
			longitude: 19.94,
		});
	});
});
