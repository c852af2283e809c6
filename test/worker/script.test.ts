import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { prefix } from "../../dist/widget/bundle.js";
import { edge, freshWorld, publish } from "./world.ts";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish({ settings: { consent: "ask" } });
});

const get = (path: string) => exports.default.fetch(edge + path);

describe("the script tag", () => {
	it("brings the loader with the site's public settings in it, to be cached for a while", async () => {
		const response = await get(`/w.js?site=${key}`);
		expect(response.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
		expect(response.headers.get("cache-control")).toMatch(/^public, max-age=300\b/);
		const settings = { site: key, edge, chunks: `/w/${prefix}`, asks: true };
		expect(await response.text()).toContain(JSON.stringify(settings));
	});

	it("says what the site wants understood of its pages, where it wants that", async () => {
		const collect = { dataLayer: true, forms: ["form.contact"], consent: ["google" as const] };
		const other = await publish({ site: "collecting", settings: { consent: "not-needed", collect } });
		const settings = { site: other, edge, chunks: `/w/${prefix}`, also: ["collector"], collect };
		expect(await (await get(`/w.js?site=${other}`)).text()).toContain(JSON.stringify(settings));
	});

	it("on the site's own zone sends to the route that it came by", async () => {
		expect(await (await get(`/_w/w.js?site=${key}`)).text()).toContain(`"edge":"${edge}/_w"`);
		expect((await get(`/_w/w/${prefix}popup.js`)).status).toBe(200);
	});

	it("with a key that is not ours runs nothing, and says why to whoever looks", async () => {
		for (const invented of ["", "demo", "demo.AAAAAAAA", "other.x", `${key}"};alert(1)`]) {
			const response = await get(`/w.js?site=${encodeURIComponent(invented)}`);
			expect(response.status).toBe(404);
			expect(response.headers.get("cache-control")).toBe("no-store");
			expect(await response.text()).toMatch(/^\/\*[^*]*\*\/$/);
		}
	});
});

describe("a chunk", () => {
	it("is kept for good, since its name changes with its content, and any page may import it", async () => {
		const response = await get(`/w/${prefix}popup.js`);
		expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
		expect(response.headers.get("access-control-allow-origin")).toBe("*");
		expect((await get("/w/constructor")).status).toBe(404);
	});

	it("that a marketer's own HTML stands in is of no origin, also under a route of the site's own", async () => {
		for (const route of ["", "/_w"]) {
			const response = await get(`${route}/w/${prefix}sandbox`);
			expect(response.headers.get("content-type")).toMatch(/^text\/html/);
			expect(response.headers.get("content-security-policy")).toMatch(
				/^sandbox allow-scripts( allow-popups\S*)*$/,
			);
		}
	});
});

describe("/healthz", () => {
	it("answers with JSON", async () => {
		expect(await (await get("/healthz")).json()).toEqual({ ok: true });
	});
});
