// What is done leaves one row in the log, and nothing else does; and no page but ours does anything.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as z from "zod/mini";
import { isOwnOrigin } from "../../worker/admin/policy.ts";
import { addEntry, entriesOfSite } from "../../worker/data/audit.ts";
import { digestOf } from "../../worker/platform/digest.ts";
import { type Audit, acts } from "../../worker/protocol/audit.schema.ts";
import { log, Screen, signedIn } from "./colleagues.ts";
import { routes } from "./routes.ts";
import { bodyOf, pathOf, stateOf, type Tenant, tenant } from "./tenants.ts";
import { edge, env, freshWorld, settled } from "./world.ts";

type Page = z.infer<typeof Audit>;

let mine: Tenant;
const at = (rest: string) => `/sites/mine/${rest}`;
/** What is not about anybody's ids. */
const said: Readonly<Record<string, object>> = {
	"site.published": { definitions: [] },
	"site.made": { name: "New" },
	"account.changed": { name: "New" },
	"feed.set": { url: "https://shop.example/feed.xml", currency: "PLN" },
};
const count = () => env.DB.prepare("SELECT count(*) AS n FROM audit").first<number>("n");

beforeAll(async () => {
	await freshWorld();
	mine = await tenant("mine");
});

afterAll(() => settled("mine"));

describe("a page that is not ours", () => {
	const foreign = {
		"of another site": "https://evil.example",
		"of one that sounds alike": `${edge}.evil.example`,
		"of the same host without TLS": edge.replace("https:", "http:"),
		"of the same host at another port": `${edge}:8443`,
		"in a sandbox": "null",
		"that says nothing of itself": "",
	};

	it.each(Object.entries(foreign))(
		"does nothing by the cookie of whoever is signed in: %s",
		async (_, origin) => {
			const [before, rows] = [await stateOf("mine"), await count()];
			const passed: string[] = [];
			for (const { name, method, path } of routes.filter((route) => route.method !== "GET")) {
				const screen = new Screen();
				screen.cookie = mine.screens.owner.cookie;
				const response = await screen.send(method, pathOf(path, mine.ids), bodyOf(name, mine), { origin });
				const { error } = await response.json<{ error: string }>();
				if (response.status !== 403 || error !== "origin-refused") passed.push(`${name}: ${response.status}`);
				if (response.headers.has("set-cookie")) passed.push(`${name} sets a cookie`);
			}
			expect(passed).toEqual([]);
			expect(await stateOf("mine")).toBe(before);
			expect(await count()).toBe(rows);
		},
		120_000,
	);

	it("opens no socket", () => {
		const opening = (origin?: string) =>
			new Request(`${edge}/api/live`, { headers: { upgrade: "websocket", ...(origin && { origin }) } });
		expect(isOwnOrigin(opening(edge))).toBe(true);
		for (const origin of Object.values(foreign)) expect(isOwnOrigin(opening(origin))).toBe(false);
	});

	it("reads nothing, for no answer may be shared with it or kept", async () => {
		for (const { path } of routes.filter(({ method }) => method === "GET").slice(0, 20)) {
			const response = await mine.screens.owner.send("GET", pathOf(path, mine.ids));
			expect(response.headers.get("access-control-allow-origin")).toBeNull();
			expect(response.headers.get("cache-control")).toBe("no-store");
			expect(response.headers.get("cross-origin-resource-policy")).toBe("same-origin");
			expect(response.headers.get("x-content-type-options")).toBe("nosniff");
		}
	});
});

describe("the log", () => {
	it("says of a preview nothing, for nothing was done", async () => {
		const { person = "" } = mine.ids;
		const rows = await count();
		await mine.screens.marketer.ask("POST", at(`people/${person}/merge`), { into: person, preview: true });
		expect(await count()).toBe(rows);
	});

	it("holds nothing that is personal or secret, and names people by digests", async () => {
		const { person = "" } = mine.ids;
		await mine.screens.agent.ask("POST", at("acts"), bodyOf("POST /sites/:site/acts", mine));
		await mine.screens.marketer.send("GET", at(`people/${person}/export`));
		const text = JSON.stringify(await log());
		expect(text).not.toContain(mine.canary);
		expect(text).not.toContain(person);
		expect(text).toContain(digestOf("person", person));
		const found = await mine.screens.owner.ask<Page>("GET", at(`audit?person=${person}`));
		expect(found.rows.map(({ act }) => act)).toEqual(["person.exported"]);
	});

	it("is only ever added to: the database itself refuses all else", async () => {
		for (const statement of [
			"UPDATE audit SET act = 'x'",
			"DELETE FROM audit",
			"UPDATE audit SET about = '{}'",
		])
			await expect(env.DB.prepare(statement).run()).rejects.toThrow("only ever added to");
		expect(await count()).toBeGreaterThan(0);
		const [first] = await entriesOfSite(env.DB, "mine", { limit: 1 });
		const again = {
			id: first?.id ?? "",
			at: 1,
			site: "mine",
			account: null,
			act: "site.made",
			about: {},
		} as const;
		await addEntry(env.DB, { ...again, outcome: "done" });
		expect((await entriesOfSite(env.DB, "mine", { limit: 1 }))[0]).toEqual(first);
	});

	it("is read by owners, page by page, by act, by whom and by when", async () => {
		const { owner, marketer } = mine.screens;
		for (let n = 0; n < 5; n++) await marketer.ask("POST", at("publish"));
		const all = await owner.ask<Page>("GET", at("audit?limit=200"));
		expect(all.next).toBeNull();
		const pages: Page["rows"] = [];
		for (let next: string | null = "ffffffff-ffff-7fff-bfff-ffffffffffff"; next; ) {
			const page: Page = await owner.ask<Page>("GET", at(`audit?limit=3&before=${next}`));
			pages.push(...page.rows);
			next = page.next;
		}
		expect(pages).toEqual(all.rows);
		const published = await owner.ask<Page>("GET", at("audit?act=site.published"));
		expect(published.rows).toHaveLength(6);
		expect(published.rows[0]).toMatchObject({
			account: { name: "marketer", email: `marketer@${mine.canary}.example` },
			about: { revision: 6 },
			outcome: "done",
		});
		const byOperator = await owner.ask<Page>("GET", at("audit?act=site.published&by=operator"));
		expect(byOperator.rows.map(({ account }) => account)).toEqual([null]);
		const [last] = published.rows;
		const since = await owner.ask<Page>("GET", at(`audit?since=${last?.at}&act=site.published`));
		expect(since.rows[0]).toEqual(last);
		expect((await owner.ask<Page>("GET", at("audit?until=1"))).rows).toEqual([]);
		expect(await owner.refusal("GET", at("audit?act=nothing"))).toEqual([422, "malformed"]);
		expect(await marketer.refusal("GET", at("audit"))).toEqual([403, "role-refused"]);
	}, 60_000);

	it("tells everybody what they did to their own account", async () => {
		await signedIn(`agent@${mine.canary}.example`);
		const { rows } = await mine.screens.agent.ask<Page>("GET", "/account/audit");
		expect(rows.map(({ act }) => act)).toEqual(["session.begun"]);
	});

	it("gets one row of each act, with who did it, and none of a question or of what was refused", async () => {
		const { owner, marketer, agent } = mine.screens;
		const { person = "", key, account, invitation, import: upload } = mine.ids;
		const done: readonly (readonly [Screen, string, string, string])[] = [
			[marketer, "PUT", at("definitions"), "definitions.saved"],
			[marketer, "POST", at("publish"), "site.published"],
			[owner, "PUT", at("settings"), "settings.saved"],
			[agent, "POST", at("acts"), "people.acted-on"],
			[agent, "POST", at(`people/${person}/link`), "link.made"],
			[agent, "POST", at(`people/${person}/unsubscribing`), "unsubscribing.made"],
			[marketer, "POST", at("people/conflicts"), "conflict.settled"],
			[marketer, "GET", at(`people/${person}/export`), "person.exported"],
			[marketer, "POST", at("export"), "people.exported"],
			[marketer, "POST", at("experiences/ready-to-buy/preview"), "preview.made"],
			[marketer, "POST", at("pools/more/codes"), "codes.added"],
			[marketer, "POST", at("past/apply"), "past.applied"],
			[marketer, "PUT", at("products"), "products.put"],
			[marketer, "PATCH", at("products"), "products.changed"],
			[marketer, "DELETE", at("products"), "products.removed"],
			[marketer, "PUT", at("catalogue/feed"), "feed.set"],
			[marketer, "DELETE", at("catalogue/feed"), "feed.removed"],
			[marketer, "POST", at("imports"), "import.uploaded"],
			[marketer, "PUT", at(`imports/${upload}/plan`), "import.planned"],
			[owner, "POST", at("secret-keys"), "secret-key.made"],
			[owner, "DELETE", at(`secret-keys/${key}`), "secret-key.revoked"],
			[owner, "POST", at("invitations"), "invitation.made"],
			[owner, "DELETE", at(`invitations/${invitation}`), "invitation.revoked"],
			[owner, "PUT", at(`team/${account}`), "member.changed"],
			[owner, "DELETE", at(`team/${account}`), "member.removed"],
			[owner, "DELETE", at(`people/${person}`), "person.erased"],
			[owner, "POST", "/sites", "site.made"],
			[owner, "PATCH", "/account", "account.changed"],
			[owner, "DELETE", "/account/sessions", "session.ended"],
			[owner, "DELETE", "/session", "session.ended"],
		];
		for (const [screen, method, path, act] of done) {
			const before = await log();
			const pattern = path
				.replace(/^\/sites\/mine/, "/sites/:site")
				.replace(person, ":person")
				.replace("experiences/ready-to-buy", "experiences/:experience")
				.replace("pools/more", "pools/:pool")
				.replace(account ?? "", ":account")
				.replace(`imports/${upload}`, "imports/:import");
			const body = said[act] ?? bodyOf(`${method} ${pattern}`, mine);
			const response = await screen.send(method, path, method === "GET" ? undefined : body);
			expect([act, response.status], await response.clone().text()).toEqual([
				act,
				expect.toSatisfy((n) => n < 300),
			]);
			await response.arrayBuffer();
			const after = await log();
			expect(after.slice(before.length).map((row) => row.act)).toEqual([act]);
			expect(after.at(-1)).toMatchObject({ outcome: "done", account: expect.any(String) });
		}
		const rows = await count();
		for (const { name, method, path } of routes.filter(
			({ policy, path }) => !policy?.act && !path.endsWith("/try"),
		))
			await (await marketer.send(method, pathOf(path, mine.ids), bodyOf(name, mine))).text();
		await mine.screens.analyst.send("POST", at("publish"));
		await mine.screens.marketer.send("POST", at("acts"), { nonsense: true });
		expect(await count()).toBe(rows);
	}, 120_000);

	it("has a name for each act, and each name is some route's, but of what is done by itself when its time has come", () => {
		const declared = [...routes.flatMap(({ policy }) => policy?.act ?? []), "site.removed"];
		expect([...new Set(declared)].toSorted()).toEqual([...acts].toSorted());
	});
});
