// What a condition's field may be asked for: values that the site really has, and nobody else's.

import { beforeEach, describe, expect, it } from "vitest";
import type * as z from "zod/mini";
import type { Suggestions } from "../../worker/protocol/suggestion.schema.ts";
import { drainAll, Importing } from "./importing.ts";
import { Browser, call, drain, freshWorld, publish, site } from "./world.ts";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish();
	await publish({ site: "other" });
	const file = [
		"email,imię,miasto,ulubiony kolor,tagi",
		"anna@example.com,Anna,Łódź,zielony,VIP|Hurt",
		"jan@example.com,Jan,Łódź,zielony,VIP",
		"ola@example.com,Ola,Gdynia,niebieski,",
		"ewa@example.com,Ewa,łódź,,",
	].join("\n");
	await (await Importing.upload(file)).run();
	await drainAll();
});

async function suggested(query: Record<string, string>, of = site): Promise<z.infer<typeof Suggestions>> {
	const answer = await call("GET", `${of}/suggestions?${new URLSearchParams(query)}`);
	if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
	return answer.json();
}
const values = async (query: Record<string, string>, of = site) =>
	(await suggested(query, of)).values.map(({ value, count }) => [value, count]);

describe("suggestions", () => {
	it("are real values of attributes, the most frequent first, found without accents and in any case", async () => {
		expect(await values({ field: "attribute.city" })).toEqual([
			["Łódź", 3],
			["Gdynia", 1],
		]);
		expect(await values({ field: "attribute.city", q: "LODZ" })).toEqual([["Łódź", 3]]);
		expect(await values({ field: "attribute.ulubiony kolor", q: "ziel" })).toEqual([["zielony", 2]]);
		expect(await values({ field: "attribute", q: "ulub" })).toEqual([["ulubiony kolor", 3]]);
		expect(await values({ field: "tag" })).toEqual([
			["VIP", 2],
			["Hurt", 1],
		]);
	});

	it("are paths, sources, campaigns and phrases of visits, anonymous ones among them", async () => {
		for (const path of ["/cennik", "/cennik", "/blog/jak-kosić"]) {
			const browser = new Browser(key);
			await browser.view(`${path}?utm_source=Gazetka&utm_campaign=Wiosna&utm_term=kosiarki`, "");
			await drain(browser.token);
		}
		expect(await values({ field: "path" })).toEqual([
			["/cennik", 2],
			["/blog/jak-kosic", 1],
		]);
		expect(await values({ field: "path", q: "kosić" })).toEqual([["/blog/jak-kosic", 1]]);
		expect(await values({ field: "last.source" })).toEqual([["Gazetka", 3]]);
		expect(await values({ field: "first.campaign", q: "wio" })).toEqual([["Wiosna", 3]]);
		expect(await values({ field: "first.phrase" })).toEqual([["kosiarki", 3]]);
	});

	it("are names of events, and what their properties held, coupon codes among them", async () => {
		const browser = new Browser(key);
		await browser.view("/");
		await browser.track("Form Submitted", { experience: "blog-newsletter", email: "ewa@example.com" });
		await browser.track("Order Completed", { order_id: "a", revenue: 10, coupon: "WIOSNA10" });
		await drain(browser.token);
		expect((await values({ field: "event", q: "order" })).map(([name]) => name)).toEqual(["Order Completed"]);
		expect(await values({ field: "coupon" })).toEqual([["WIOSNA10", 1]]);
		const experience = { field: "property", event: "Form Submitted", name: "experience" };
		expect(await values(experience)).toEqual([["blog-newsletter", 1]]);
		const names = await values({ field: "property", event: "Order Completed", q: "cou" });
		expect(names).toEqual([["coupon", 1]]);
	});

	it("are segments, experiences and lists by their names, with how many people a segment has", async () => {
		const { values: segments } = await suggested({ field: "segment" });
		expect(segments.length).toBeGreaterThan(2);
		expect(segments.every(({ label, count }) => label !== null && count !== null)).toBe(true);
		const { values: experiences } = await suggested({ field: "experience", q: "newsletter" });
		expect(experiences.map(({ value }) => value)).toContain("blog-newsletter");
	});

	it("are nothing that tells who somebody is", async () => {
		for (const name of ["email", "phone", "name", "firstName", "lastName", "birthday"])
			expect(await values({ field: `attribute.${name}` })).toEqual([]);
		expect(await values({ field: "property", event: "Form Submitted", name: "email" })).toEqual([]);
	});

	it("are never another site's", async () => {
		for (const field of ["attribute.city", "tag", "path", "attribute.ulubiony kolor", "event", "coupon"])
			expect([field, await values({ field }, "other")]).toEqual([field, []]);
	});

	it("take whatever is asked as a text, and refuse fields that are none", async () => {
		for (const q of ["' OR 1=1 --", "%", '"', "$[0]", "\\", "💥"])
			expect(await values({ field: "attribute.city", q })).toEqual([]);
		for (const field of ['attribute.a"b', "attribute.__proto__", "attribute.a' --"])
			expect(await values({ field })).toEqual([]);
		for (const query of [{ field: "password" }, { field: "property" }, { field: "tag", limit: "500" }, {}]) {
			const answer = await call("GET", `${site}/suggestions?${new URLSearchParams(Object.entries(query))}`);
			expect([query, answer.status]).toEqual([query, 422]);
		}
		expect((await call("GET", "nowhere/suggestions?field=tag")).status).toBe(404);
	});
});
