// What every question of the API answers to the wrong caller, to hostile bodies and to what is too large; what definitions
// are refused for; and that all of it is described.

import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { api } from "../../worker/admin/api.ts";
import { app } from "../../worker/index.ts";
import { type Complaint, everyone, people, refusal } from "./asked.ts";
import { Browser, call, drain, edge, env, freshWorld, publish, site } from "./world.ts";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish();
});

const questions = ["conditions/check", "conditions/people", "explain", "segments/returning/preview"];

describe("every question", () => {
	it.each(questions)("%s is nobody's business without the operator's token", async (path) => {
		for (const authorization of ["", "Bearer", "Bearer no", `Bearer ${key}`]) {
			const response = await exports.default.fetch(`${edge}/api/sites/${site}/${path}`, {
				method: "POST",
				headers: { authorization },
				body: JSON.stringify({ condition: everyone }),
			});
			expect([response.status, await response.json()]).toEqual([401, { error: "unauthorised" }]);
		}
	});

	it.each(questions)("%s refuses hostile bodies, and never with a fault", async (path) => {
		const person = "nobody";
		const leaf = { field: "score", test: { op: ">=", n: 1 } };
		const bodies: readonly (string | object)[] = [
			"",
			"null",
			"[]",
			"{",
			'"condition"',
			`{"condition":${'{"not":'.repeat(3_000)}{"all":[]}${"}".repeat(3_000)}}`,
			`{"condition":${'{"not":'.repeat(12)}{"all":[]}${"}".repeat(12)},"person":"nobody"}`,
			{ condition: null, person },
			{ condition: [leaf], person },
			{ condition: { all: Array(101).fill(leaf) }, person },
			{ condition: { all: [leaf], any: [leaf] }, person },
			{ condition: { field: "constructor", test: {} }, person },
			{ condition: { field: "segment", segment: "__proto__" }, person },
			{ condition: { field: "tag", tag: "toString", count: { op: ">=", n: 1 } }, person },
			{ condition: { field: "attribute", name: "a\u0000", test: { op: "exists" } }, person },
			{ condition: { ...leaf, test: { op: ">=", n: 1e308 } }, person },
			{ condition: leaf, person, extra: 1 },
			'{"condition":{"all":[]},"person":"nobody","__proto__":{"x":1}}',
		];
		for (const body of bodies) {
			const response = await exports.default.fetch(`${edge}/api/sites/${site}/${path}`, {
				method: "POST",
				headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
				body: typeof body === "string" ? body : JSON.stringify(body),
			});
			expect({ body, status: response.status }).toEqual({ body, status: 422 });
			expect(await response.json()).toHaveProperty("problems");
		}
	});

	it("takes texts as texts, whatever they hold", async () => {
		const browser = new Browser(key);
		await browser.view("/cennik", "");
		await drain(browser.token);
		for (const value of [
			"' OR 1=1 --",
			'"); DROP TABLE people; --',
			"%",
			"_",
			"*",
			"?1",
			"$[0]",
			"\\",
			"💥",
		]) {
			const condition = {
				any: [
					{ field: "city", test: { op: "is", value } },
					{ field: "attribute", name: "name", test: { op: "contains", value } },
				],
			};
			expect((await people(condition)).count).toBe(0);
		}
		expect((await people(everyone)).count).toBe(1);
	});

	it("of a site that is not there is not found, and of none at all is malformed", async () => {
		expect(await refusal("conditions/people", { condition: everyone }, "nowhere")).toEqual([
			404,
			{ error: "site-unknown" },
		]);
		expect(await refusal("conditions/people", { condition: everyone }, "No_Site")).toEqual([
			400,
			{ error: "site-malformed" },
		]);
	});

	it("tells that the database does not answer, and nothing of why", async () => {
		await env.DB.exec("DROP TABLE people");
		for (const path of ["conditions/people", "segments/returning/preview"]) {
			const [status, complaint] = await refusal(path, { condition: everyone });
			expect([status, complaint]).toEqual([503, { error: "database-unavailable", id: expect.any(String) }]);
		}
		const asked = await refusal("explain", { condition: everyone, person: "nobody" });
		expect(asked[0]).toBe(503);
	});
});

describe("definitions", () => {
	const saved = async (segments: readonly { id: string; condition: unknown }[]) => {
		const all = segments.map((one) => ({ name: one.id, ...one }));
		const response = await call("PUT", `${site}/definitions`, {
			tagRules: [],
			scoreRules: [],
			experiences: [],
			segments: all,
		});
		return [response.status, await response.json<Complaint>()] as const;
	};
	const is = (segment: string) => ({ field: "segment", segment });

	it("that mention a segment which is not there are refused with the place", async () => {
		expect(await saved([{ id: "a", condition: { all: [everyone, { not: is("b") }] } }])).toEqual([
			422,
			{
				error: "inconsistent",
				problems: [{ at: "a.all.1.not.segment", why: "segment-unknown", segments: ["b"] }],
			},
		]);
	});

	it("that mention each other are refused with all of them", async () => {
		const [status, { problems }] = await saved([
			{ id: "a", condition: { not: is("b") } },
			{ id: "b", condition: { any: [is("c")] } },
			{ id: "c", condition: is("a") },
		]);
		expect(status).toBe(422);
		expect(problems?.[0]).toMatchObject({
			why: "segment-cycle",
			segments: expect.arrayContaining(["a", "b", "c"]),
		});
	});

	it("that double from one to the next are refused where they become too much", async () => {
		const doubling = Array.from({ length: 12 }, (_, i) => ({
			id: `s${i}`,
			condition: i === 0 ? everyone : { any: [is(`s${i - 1}`), is(`s${i - 1}`)] },
		}));
		const [status, { problems }] = await saved(doubling);
		expect(status).toBe(422);
		expect(problems?.map(({ why }) => why)).toEqual(expect.arrayContaining(["too-many-nodes"]));
	});

	it("that cost too much are refused with the place within", async () => {
		const reversed = { field: "score", test: { op: "between", from: 2, to: 1 } };
		expect(await saved([{ id: "a", condition: { any: [reversed] } }])).toEqual([
			422,
			{ error: "inconsistent", problems: [{ at: "a.any.0.test", why: "range-reversed" }] },
		]);
	});
});

describe("the description of the API", () => {
	it("has every route, and nothing that it refers to is missing", async () => {
		const response = await exports.default.fetch(`${edge}/api/openapi.json`, {
			headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
		});
		const text = await response.text();
		const document: {
			openapi: string;
			paths: Record<string, Record<string, object>>;
			components: { schemas: object };
		} = JSON.parse(text);
		expect(document.openapi).toBe("3.1.0");
		const isOfTheEdge = (path: string) => path.startsWith("/v1/");
		const described = Object.entries(document.paths).flatMap(([path, methods]) =>
			isOfTheEdge(path) ? [] : Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
		);
		// What pages and SDKs call by one letter is described under its name; a page for people is no call.
		const named = app.routes
			.filter(
				({ method, path }) => (method === "POST" || path === "/v1/frame") && /^\/v1\/[a-z]{2,}/.test(path),
			)
			.map(({ path }) => path);
		expect(Object.keys(document.paths).filter(isOfTheEdge).toSorted()).toEqual(
			[...new Set(named)].filter((path) => !["/v1/import", "/v1/me"].includes(path)).toSorted(),
		);
		const served = api.routes
			.filter(({ method }) => method !== "ALL")
			.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
		expect(described.toSorted()).toEqual([...new Set(served)].toSorted());
		const referred = Array.from(
			text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g),
			([, name]) => name,
		);
		expect(referred).toContain("Condition");
		expect(
			[...new Set(referred)].filter((name) => !Object.hasOwn(document.components.schemas, name ?? "")),
		).toEqual([]);
		expect(text).not.toContain('"$defs"');
	});
});
