// Whoever may not, cannot: every route of the router, for every role, at their own site and at somebody else's, with ids of
// either in the path, in the query and in the body. What a route may, its policy says; here nothing is said twice.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mayAs, type Role, roles } from "../../worker/domain/role.ts";
import { account, password, Screen, signedIn } from "./colleagues.ts";
import { type Route, routes } from "./routes.ts";
import { bodyOf, pathOf, stateOf, type Tenant, tenant } from "./tenants.ts";
import { env, freshWorld, settled } from "./world.ts";

const ofSites = routes.filter(({ path }) => path.includes(":site"));
const ofNoSite = routes.filter(({ path }) => !path.includes(":site"));

let mine: Tenant;
let theirs: Tenant;
let outsider: Screen;
let before: string;
let attempts = 0;

beforeAll(async () => {
	await freshWorld();
	[mine, theirs] = [await tenant("mine"), await tenant("theirs")];
	await account("owner@elsewhere.example", { elsewhere: "owner" });
	outsider = await signedIn("owner@elsewhere.example");
	before = await stateOf(theirs.site);
});

const nobody = new Screen();
const guesser = new Screen({ authorization: "Bearer guessed" });
const isRole = (needs: string): needs is Role => roles.some((role) => role === needs);

/** What is sent to a route, each in another place. */
function variantsOf({ method, path, name }: Route, site: string, of: Tenant, other: Tenant) {
	const own = { ...of.ids, site };
	const body = method === "GET" ? undefined : bodyOf(name, of);
	const crossed = { site: other.site, person: other.ids.person ?? "", segment: other.ids.segment ?? "" };
	const withBody = body !== undefined && typeof body === "object" ? { ...body, ...crossed } : body;
	return [
		{ path: pathOf(path, own), body },
		{ path: pathOf(path, { ...other.ids, site }), body },
		{ path: `${pathOf(path, own)}?${new URLSearchParams(crossed)}`, body },
		{ path: pathOf(path, own), body: withBody },
		{ path: pathOf(path, { ...own, site: `${other.site}%2F..%2F${site}` }), body },
	];
}

async function refused(screen: Screen, method: string, { path, body }: { path: string; body: unknown }) {
	attempts++;
	const response = await screen.send(method, path, body);
	const text = await response.text();
	const isRefused = response.status === 401 || response.status === 403;
	if (!isRefused || text.includes(theirs.canary)) return [`${method} ${path}: ${response.status} ${text}`];
	return [];
}

async function passing(screen: Screen, site: string, of: Tenant, other: Tenant, which: readonly Route[]) {
	const passed: string[] = [];
	for (const route of which)
		for (const variant of variantsOf(route, site, of, other))
			passed.push(...(await refused(screen, route.method, variant)));
	return passed;
}

describe("every route of the API", () => {
	it("declares its policy, before anything else that it does", () => {
		expect(routes.filter(({ policy }) => !policy).map(({ name }) => name)).toEqual([]);
		expect(routes.length).toBeGreaterThan(80);
	});

	it("that is of a site asks for a role there, and any other for none", () => {
		expect(ofSites.filter(({ policy }) => !isRole(policy?.needs ?? "")).map(({ name }) => name)).toEqual([]);
		expect(ofNoSite.filter(({ policy }) => isRole(policy?.needs ?? "")).map(({ name }) => name)).toEqual([]);
	});

	it("that could change something writes into the log, but for questions that need a body", () => {
		const silent = ofSites.filter(({ method, policy }) => !policy?.act && method !== "GET");
		for (const { name } of silent) expect(name).toMatch(/\/(check|explain|people|preview|qualifying|try)$/);
	});
});

describe("nobody gets at a site", () => {
	it.each([...roles])(
		"of others: as its %s elsewhere",
		async (role) => {
			expect(await passing(mine.screens[role], theirs.site, theirs, mine, ofSites)).toEqual([]);
		},
		300_000,
	);

	it.each([...roles])(
		"of others, with their own ids in it: as its %s elsewhere",
		async (role) => {
			expect(await passing(mine.screens[role], theirs.site, mine, theirs, ofSites)).toEqual([]);
		},
		300_000,
	);

	it("without a role anywhere near, without a session, or with a token that is nobody's", async () => {
		for (const screen of [outsider, nobody, guesser])
			expect(await passing(screen, theirs.site, theirs, mine, ofSites)).toEqual([]);
	}, 300_000);

	it.each(["marketer", "agent", "analyst"] as const)(
		"of their own beyond what a %s may",
		async (role) => {
			const beyond = ofSites.filter(
				({ policy }) => policy && isRole(policy.needs) && !mayAs(role, policy.needs),
			);
			expect(beyond.length).toBeGreaterThan(5);
			expect(await passing(mine.screens[role], mine.site, mine, theirs, beyond)).toEqual([]);
		},
		300_000,
	);
});

describe("whoever may at their own site", () => {
	it.each(["marketer", "owner"] as const)(
		"as %s gets nothing of another's by its ids",
		async (role) => {
			const screen = mine.screens[role];
			const leaks: string[] = [];
			const may = ofSites.filter(({ policy }) => policy && isRole(policy.needs) && mayAs(role, policy.needs));
			// What takes away comes last.
			for (const route of may.toSorted((a, b) => order(a) - order(b))) {
				const body = route.method === "GET" ? undefined : bodyOf(route.name, theirs);
				// Of settings and definitions, products and codes the body is the caller's own words.
				const said = body === undefined ? undefined : relabelled(body);
				const crossed = new URLSearchParams({ ...theirs.ids, after: theirs.ids.person ?? "" });
				for (const path of [
					pathOf(route.path, { ...theirs.ids, site: mine.site }),
					`${pathOf(route.path, { ...theirs.ids, site: mine.site })}?${crossed}`,
					`${pathOf(route.path, mine.ids)}?${crossed}`,
				]) {
					attempts++;
					const response = await screen.send(route.method, path, said);
					const text = await response.text();
					if (text.includes(theirs.canary)) leaks.push(`${route.name} ${path}: ${text.slice(0, 300)}`);
				}
			}
			expect(leaks).toEqual([]);
		},
		300_000,
	);
});

const order = ({ method }: Route) => (method === "DELETE" ? 1 : 0);

/** Ids of theirs, words of ours: what comes back of theirs was not said by us. */
function relabelled(body: unknown): unknown {
	return JSON.parse(JSON.stringify(body).replaceAll(theirs.canary, mine.canary));
}

describe("what belongs to no site", () => {
	it("is nobody's without a session, and nobody else's with one", async () => {
		const closed = ofNoSite.filter(({ policy }) => policy?.needs !== "anyone");
		for (const screen of [nobody, guesser])
			expect(await passing(screen, "", theirs, mine, closed)).toEqual([]);
		const { sessions } = await theirs.screens.owner.ask<{ sessions: { id: string }[] }>(
			"GET",
			"/account/sessions",
		);
		for (const { id } of sessions) {
			attempts++;
			expect((await mine.screens.owner.send("DELETE", `/account/sessions/${id}`)).status).toBe(404);
		}
		attempts++;
		expect(
			await mine.screens.owner.refusal("POST", "/setup", { email: "a@b.example", name: "A", password }),
		).toEqual([403, "operator-needed"]);
		for (const role of ["marketer", "agent", "analyst"] as const) {
			attempts++;
			expect(await mine.screens[role].refusal("POST", "/sites", { name: "New" })).toEqual([
				403,
				"role-refused",
			]);
		}
	}, 300_000);

	it("that could take an account away asks for fresh proof", async () => {
		const stale = await signedIn(`owner@${mine.canary}.example`);
		await env.DB.prepare(
			"UPDATE sessions SET confirmed_at = 0 WHERE seen_at = (SELECT max(seen_at) FROM sessions)",
		).run();
		for (const { method, path } of ofNoSite.filter(({ policy }) => policy?.needs === "confirmed")) {
			attempts++;
			expect(await stale.refusal(method, pathOf(path, mine.ids), {})).toEqual([403, "confirmation-needed"]);
		}
	});
});

afterAll(async () => {
	expect(attempts).toBeGreaterThanOrEqual(3_000);
	expect(await stateOf(theirs.site)).toBe(before);
	await settled(mine.site);
});
