// Secret keys: made for a site's servers, shown once, kept as digests, and revoked; and what the public key may not.

import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { uuidv7 } from "../../worker/platform/id.ts";
import { siteOf } from "../../worker/platform/name.ts";
import { makeSecretKey, post } from "./servers.ts";
import { call, env, freshWorld, publish, site } from "./world.ts";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish();
});

const event = { userId: "42", event: "Clicked" };
const anna = { identifiers: { email: "anna@example.com" } };
const refusal = async (answer: Promise<Response>) => {
	const { status, ...response } = { status: (await answer).status, ...(await (await answer).json<object>()) };
	return [status, (response as { error?: string }).error ?? "taken"];
};

describe("a secret key", () => {
	it("is shown once, listed without itself, and kept as a digest", async () => {
		const made = await (
			await call("POST", `${site}/secret-keys`, { name: "till", scopes: ["events"] })
		).json<{ id: string; key: string }>();
		expect(made).toMatchObject({ name: "till", scopes: ["events"], revokedAt: null });
		const list = await (await call("GET", `${site}/secret-keys`)).json();
		const { key: shown, ...known } = made;
		expect(list).toEqual({ keys: [known] });
		const [, , , secret = ""] = shown.split(".");
		await runInDurableObject(siteOf(env, site), (_site, { storage }) => {
			const rows = storage.sql.exec("SELECT * FROM secret_keys").toArray();
			expect(JSON.stringify(rows)).not.toContain(secret);
			expect(secret.length).toBe(32);
		});
	});

	it("holds as soon as it is made, for what it was made for and nothing else", async () => {
		const events = await makeSecretKey(["events"]);
		const people = await makeSecretKey(["people"]);
		expect(await refusal(post("track", event, events))).toEqual([200, "taken"]);
		expect(await refusal(post("track", event, people))).toEqual([403, "scope-missing"]);
		expect(await refusal(post("people/read", anna, events))).toEqual([403, "scope-missing"]);
		expect(await refusal(post("people/read", anna, people))).toEqual([404, "person-unknown"]);
	});

	it("that is revoked holds no longer, and stays in the list", async () => {
		const secret = await makeSecretKey();
		const [, , id] = secret.split(".");
		expect(await refusal(post("track", event, secret))).toEqual([200, "taken"]);
		expect((await call("DELETE", `${site}/secret-keys/${id}`)).status).toBe(200);
		await expect
			.poll(() => refusal(post("track", event, secret)), { timeout: 20_000 })
			.toEqual([401, "key-unknown"]);
		const { keys } = await (await call("GET", `${site}/secret-keys`)).json<{
			keys: { revokedAt: number | null }[];
		}>();
		expect(keys[0]?.revokedAt).toBeGreaterThan(0);
		expect((await call("DELETE", `${site}/secret-keys/nobody`)).status).toBe(404);
	});

	it("that nobody made costs no question, and one of another site opens nothing here", async () => {
		await publish({ site: "another" });
		const secret = await makeSecretKey(["events", "people"], "another");
		const [prefix, , id, chance, check] = secret.split(".");
		const forged = [
			`${prefix}.${site}.${id}.${chance}.${check}`,
			`${prefix}.another.${id}.${chance}x.${check}`,
			`${prefix}.another.other.${chance}.${check}`,
			secret.slice(0, -1),
			"sk....",
			"sk.a.b.c.d",
		];
		for (const one of forged) expect(await refusal(post("track", event, one))).toEqual([401, "key-unknown"]);
		expect(await refusal(post("track", event, secret))).toEqual([200, "taken"]);
		expect(
			await env.DB.prepare("SELECT count(*) AS n FROM people WHERE site = ?1").bind(site).first("n"),
		).toBe(0);
	});

	it("is refused out of a page, where everybody could read it", async () => {
		const secret = await makeSecretKey();
		const page = { origin: "https://shop.example" };
		expect(await refusal(post("track", event, secret, page))).toEqual([403, "secret-key-in-a-page"]);
		expect(await refusal(post("people/read", anna, secret, page))).toEqual([403, "secret-key-in-a-page"]);
	});

	it("is made for something, and for nothing that there is not", async () => {
		for (const wrong of [
			{},
			{ name: "", scopes: ["events"] },
			{ name: "x", scopes: [] },
			{ name: "x", scopes: ["all"] },
			{ name: "x", scopes: ["events", "events"] },
		])
			expect((await call("POST", `${site}/secret-keys`, wrong)).status).toBe(422);
	});
});

describe("what only a server may do is refused with the public key", () => {
	const id = uuidv7(Date.now());
	const acts: Readonly<Record<string, readonly [string, object]>> = {
		"reading a person": ["people/read", anna],
		"changing a person": ["people", { people: [{ id, ...anna, attributes: { name: "Eve" } }] }],
		"adding a tag": ["acts", { acts: [{ id, ...anna, act: { kind: "tag", tag: "VIP" } }] }],
		"taking a tag off": ["acts", { acts: [{ id, ...anna, act: { kind: "untag", tag: "VIP" } }] }],
		"giving points": ["acts", { acts: [{ id, ...anna, act: { kind: "points", points: 100 } }] }],
		"spending points": [
			"acts",
			{ acts: [{ id, ...anna, act: { kind: "spend", programme: "club", reward: "bon" } }] },
		],
		"an event of a card": ["events", { events: [{ id, ...anna, name: "Clicked" }] }],
		"an order of a card": ["orders", { orders: [{ id, ...anna, status: "completed", order_id: "o1" }] }],
	};

	it.each(Object.entries(acts))("%s", async (_name, [path, body]) => {
		expect(await refusal(post(path, body, key))).toEqual([403, "secret-key-required"]);
		expect(await refusal(post(path, body, undefined))).toEqual([401, "key-missing"]);
		expect(await refusal(post(path, body, "nonsense"))).toEqual([401, "key-unknown"]);
		const bearer = { authorization: `Bearer ${key}` };
		expect(await refusal(post(path, body, undefined, bearer))).toEqual([403, "secret-key-required"]);
		expect(await env.DB.prepare("SELECT count(*) AS n FROM people").first("n")).toBe(0);
	});
});
