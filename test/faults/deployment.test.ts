// A deployment as it is uploaded: three Workers that share objects and a database. Everything else here runs all in one.

import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { definitions, settings } from "../shop/definitions.ts";
import { answered, pageView, publish, send } from "../support/client.ts";
import { localSecrets, neighbour, startEdge } from "../support/edge.ts";
import { until } from "../support/faulty-edge.ts";
import type { Edge } from "../support/runtime.ts";

const root = join(import.meta.dirname, "../..");
const site = "deployed";
const shop = "https://shop.example";
const operator = { authorization: `Bearer ${localSecrets.ADMIN_TOKEN}` };

let edge: Edge;
let admin: string;
let key: string;

beforeAll(async () => {
	edge = await startEdge({
		port: 0,
		script: join(root, "dist/worker/index.js"),
		bindings: { LOCAL: "", ADMIN_TOKEN: "" },
		beside: [
			{
				...neighbour("admin"),
				bindings: {
					ADMIN_TOKEN: localSecrets.ADMIN_TOKEN,
					ACCOUNT_KEYS: localSecrets.ACCOUNT_KEYS,
				},
				unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
			},
		],
	});
	admin = await edge.urlOf("witaj-admin");
	({ key } = await publish(admin, site, settings, definitions));
});
afterAll(() => edge.stop());

async function explain<T>(body: object): Promise<T> {
	const asked = { method: "POST", headers: operator, body: JSON.stringify(body) };
	return (await (await fetch(`${admin}/api/sites/${site}/explain`, asked)).json()) as T;
}

it("shows visitors what was published in the admin, and the admin why", async () => {
	let token: string | undefined;
	for (let views = 0; views < 3; views++)
		token = (await answered(await send(edge.url, pageView(key, `${shop}/cennik`, token)))).token ?? token;
	const { show } = await answered(await send(edge.url, pageView(key, `${shop}/blog/`, token)));
	expect(show).toHaveLength(1);
	const person = await until(
		() => edge.db.prepare("SELECT id FROM people WHERE site = ?").bind(site).first<string>("id"),
		(id) => id !== null,
	);
	expect(await explain({ segment: "ready-to-buy", person })).toMatchObject({
		is: true,
		until: expect.any(Number),
		memberSince: expect.any(Number),
		sentence: { en: expect.stringContaining(" "), pl: expect.stringContaining(" ") },
	});
	const page = await explain<{ candidates: unknown[] }>({ page: { url: `${shop}/` }, person });
	expect(page.candidates).toHaveLength(definitions.experiences.length);
	for (const of of [{ tag: "CENNIK" }, { score: null }])
		expect(await explain({ ...of, person })).toMatchObject({ is: true, isWhole: true });
});

it("answers nothing of the admin's where visitors come, and nothing of theirs where the admin does", async () => {
	for (const path of ["/api/openapi.json", `/api/sites/${site}/keys`, "/demo"])
		expect((await fetch(edge.url + path, { headers: operator })).status).toBe(404);
	for (const path of ["/healthz", `/w.js?site=${key}`, "/demo"])
		expect((await fetch(admin + path)).status).toBe(404);
	expect((await send(admin, pageView(key, `${shop}/`))).status).toBe(404);
	expect((await fetch(`${admin}/api/openapi.json`)).status).toBe(401);
	expect((await fetch(`${edge.url}/w.js?site=${key}`)).status).toBe(200);
});

it("is set up by the operator alone, once, and signs people in by a cookie that no other Worker sees", async () => {
	const account = { email: "owner@shop.example", name: "Owner", password: "a long pass phrase" };
	const post = (path: string, body: object, headers: Record<string, string> = { origin: admin }) =>
		fetch(`${admin}/api${path}`, { method: "POST", headers, body: JSON.stringify(body) });
	expect((await post("/setup", account)).status).toBe(401);
	expect((await post("/setup", account, operator)).status).toBe(200);
	expect((await post("/setup", account, operator)).status).toBe(409);
	expect((await post("/session", account, {})).status).toBe(403);
	const { email, password } = account;
	const signedIn = await post("/session", { email, password });
	expect(await signedIn.json()).toMatchObject({ account: { email }, sites: [{ id: site, role: "owner" }] });
	expect(signedIn.headers.get("set-cookie")).toMatch(
		/^__Host-session=[\w-]{43}; .*HttpOnly; Secure; SameSite=Lax/,
	);
	expect((await fetch(`${edge.url}/api/session`)).status).toBe(404);
});
