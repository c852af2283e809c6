// Letting colleagues in, and the way back to one's account: links that work once, for a while, and stand nowhere.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type * as z from "zod/mini";
import { keptLetters } from "../../worker/admin/letters.ts";
import type * as schema from "../../worker/protocol/account.schema.ts";
import { account, log, password, Screen, signedIn } from "./colleagues.ts";
import { edge, env, freshWorld, publish, site } from "./world.ts";

type Made = z.infer<typeof schema.InvitationMade>;
type Whoami = z.infer<typeof schema.Whoami>;

const ada = "ada@shop.example";
const bob = "bob@shop.example";
let owner: Screen;

beforeEach(async () => {
	await freshWorld();
	await publish();
	await account(ada, { [site]: "owner" });
	owner = await signedIn(ada);
	keptLetters.length = 0;
});

// What goes on behind an answer is over before the next test empties the database: it answers in turn.
afterEach(async () => {
	await env.DB.prepare("SELECT 1").run();
});

const tokenOf = (url: string) => url.split("#")[1] ?? "";
const invite = (email = bob, role = "marketer") =>
	owner.ask<Made>("POST", `/sites/${site}/invitations`, { email, role, language: "en" });
const accept = (screen: Screen, token: string, more: object = { name: "Bob", password }) =>
	screen.refusal("POST", "/invitation/acceptance", { token, ...more });

describe("an invitation", () => {
	it("makes an account with the role it names, and signs it in", async () => {
		const { url, isMailed } = await invite();
		expect(url).toMatch(/^https:\/\/edge\.example\/admin\/invitation#[\w-]{43}$/);
		expect(isMailed).toBe(false);
		const screen = new Screen();
		const token = tokenOf(url);
		expect(await screen.ask("POST", "/invitation", { token })).toEqual({
			site: { id: site, name: expect.any(String) },
			role: "marketer",
			email: bob,
			hasAccount: false,
		});
		expect(await accept(screen, token)).toEqual([200, "taken"]);
		const me = await screen.ask<Whoami>("GET", "/session");
		expect(me.account).toMatchObject({ email: bob, name: "Bob" });
		expect(me.sites).toMatchObject([{ id: site, role: "marketer" }]);
		const rows = await log();
		expect(rows.slice(-2)).toMatchObject([
			{ act: "invitation.made", site, about: { role: "marketer" } },
			{ act: "invitation.accepted", site, account: me.account?.id },
		]);
		expect(JSON.stringify(rows)).not.toContain(bob);
	});

	it("is written to the colleague in their language, with the link", async () => {
		const { url } = await invite();
		expect(keptLetters[0]).toMatchObject({ to: { address: bob } });
		expect(keptLetters[0]?.text).toContain(url);
		await owner.ask("POST", `/sites/${site}/invitations`, { email: bob, role: "agent", language: "pl" });
		expect(keptLetters[0]?.subject).toContain("Zaproszenie");
	});

	it("works once, however many accept it at once", async () => {
		const token = tokenOf((await invite()).url);
		const answers = await Promise.all([1, 2, 3].map(() => accept(new Screen(), token)));
		expect(answers.filter(([status]) => status === 200)).toHaveLength(1);
		expect(await accept(new Screen(), token)).toEqual([404, "link-unknown"]);
		expect(await env.DB.prepare("SELECT count(*) AS n FROM accounts").first("n")).toBe(2);
	});

	it("works for seven days, until it is taken back, and for nobody who invents one", async () => {
		const gone = await invite();
		await owner.ask("DELETE", `/sites/${site}/invitations/${gone.id}`);
		expect(await accept(new Screen(), tokenOf(gone.url))).toEqual([404, "link-unknown"]);
		const late = await invite();
		expect(late.expiresAt - Date.now()).toBeLessThanOrEqual(7 * 86_400_000);
		await env.DB.exec("UPDATE invitations SET expires_at = 1");
		expect(await accept(new Screen(), tokenOf(late.url))).toEqual([404, "link-unknown"]);
		expect(await accept(new Screen(), "x".repeat(43))).toEqual([404, "link-unknown"]);
		expect((await new Screen().send("POST", "/invitation", { token: "short" })).status).toBe(422);
	});

	it("stands in the database as a digest alone", async () => {
		const { url, id } = await invite();
		const { results } = await env.DB.prepare("SELECT * FROM invitations").all();
		expect(JSON.stringify(results)).not.toContain(tokenOf(url));
		expect(await owner.ask("GET", `/sites/${site}/invitations`)).toEqual({
			invitations: [
				{ id, email: bob, role: "marketer", madeAt: expect.any(Number), expiresAt: expect.any(Number) },
			],
		});
	});

	it("adds a site to whoever has an account, once they have signed in; what they are there already, they stay", async () => {
		await account(bob, { elsewhere: "owner" });
		const token = tokenOf((await invite()).url);
		expect(await accept(new Screen(), token)).toEqual([409, "account-there"]);
		const screen = await signedIn(bob);
		expect(await accept(screen, token, {})).toEqual([200, "taken"]);
		const roles = async (of: Screen) =>
			(await of.ask<{ sites: { id: string; role: string }[] }>("GET", "/sites")).sites;
		expect(await roles(screen)).toMatchObject([{ id: site, role: "marketer" }]);
		expect(await accept(owner, tokenOf((await invite(ada, "analyst")).url), {})).toEqual([200, "taken"]);
		expect(await roles(owner)).toMatchObject([{ id: site, role: "owner" }]);
	});

	it("asks a new colleague for a name and a password", async () => {
		const token = tokenOf((await invite()).url);
		const response = await new Screen().send("POST", "/invitation/acceptance", { token });
		expect([response.status, await response.json()]).toEqual([
			422,
			{
				error: "malformed",
				problems: [
					{ at: "name", why: "required" },
					{ at: "password", why: "required" },
				],
			},
		]);
		expect(await accept(new Screen(), token)).toEqual([200, "taken"]);
	});
});

describe("a team", () => {
	it("never is without an owner", async () => {
		const eve = await account("eve@shop.example", { [site]: "agent" });
		const { account: me } = await owner.ask<Whoami>("GET", "/session");
		const own = `/sites/${site}/team/${me?.id}`;
		expect(await owner.refusal("PUT", own, { role: "marketer" })).toEqual([409, "last-owner"]);
		expect(await owner.refusal("DELETE", own)).toEqual([409, "last-owner"]);
		await owner.ask("PUT", `/sites/${site}/team/${eve}`, { role: "owner" });
		await owner.ask("DELETE", own);
		expect(await owner.refusal("GET", `/sites/${site}/team`)).toEqual([403, "site-refused"]);
		expect(await owner.refusal("DELETE", `/sites/${site}/team/nobody`)).toEqual([403, "site-refused"]);
		const second = await signedIn("eve@shop.example");
		expect(await second.refusal("DELETE", `/sites/${site}/team/nobody`)).toEqual([404, "member-unknown"]);
		const { members } = await second.ask<z.infer<typeof schema.Team>>("GET", `/sites/${site}/team`);
		expect(members).toMatchObject([{ account: eve, role: "owner", hasSecondFactor: false }]);
	});

	it("loses its rights at once, not when a session ends", async () => {
		const eve = await account("eve@shop.example", { [site]: "marketer" });
		const hers = await signedIn("eve@shop.example");
		expect((await hers.send("POST", `/sites/${site}/publish`)).status).toBe(200);
		await owner.ask("PUT", `/sites/${site}/team/${eve}`, { role: "analyst" });
		expect(await hers.refusal("POST", `/sites/${site}/publish`)).toEqual([403, "role-refused"]);
	});

	it("has a site more where its owner makes one, under an id that nobody else can have taken", async () => {
		const made = await Promise.all(
			[1, 2].map(() => owner.ask<{ id: string }>("POST", "/sites", { name: "Mój Sklep & Ogród" })),
		);
		for (const { id } of made) expect(id).toMatch(/^moj-sklep-ogrod-[a-z0-9]{5}$/);
		expect(made[0]?.id).not.toBe(made[1]?.id);
		await owner.ask("POST", `/sites/${made[0]?.id}/publish`);
		const { sites } = await owner.ask<z.infer<typeof schema.MySites>>("GET", "/sites");
		expect(sites).toHaveLength(3);
		expect(sites.map(({ role }) => role)).toEqual(["owner", "owner", "owner"]);
	});
});

describe("a lost password", () => {
	const forget = (email: string, screen = new Screen()) =>
		screen.send("POST", "/recovery", { email, language: "en" });
	const recovered = (token: string, own = "another pass phrase") =>
		new Screen().refusal("PUT", "/recovery", { token, password: own });
	async function link(email = ada): Promise<string> {
		keptLetters.length = 0;
		await forget(email);
		const letter = await expect
			.poll(() => keptLetters[0])
			.toBeDefined()
			.then(() => keptLetters[0]);
		return /#([\w-]{43})/.exec(letter?.text ?? "")?.[1] ?? "";
	}

	it("sounds the same whether or not the address is known", async () => {
		const answers = await Promise.all(
			[ada, "nobody@shop.example"].map(async (email) => {
				const response = await forget(email);
				return [response.status, await response.text(), [...response.headers].toSorted()];
			}),
		);
		expect(answers[0]).toEqual(answers[1]);
		expect(answers[0]?.slice(0, 2)).toEqual([200, '{"ok":true}']);
		await expect.poll(() => keptLetters.length).toBe(1);
		expect(keptLetters[0]?.to.address).toBe(ada);
		expect(keptLetters[0]?.text).toContain(`${edge}/admin/recovery#`);
	});

	it("is made anew by the link, once, and every session ends", async () => {
		const token = await link();
		expect(await recovered("x".repeat(43))).toEqual([404, "link-unknown"]);
		const both = await Promise.all([recovered(token), recovered(token)]);
		expect(both.map(([status]) => status).toSorted()).toEqual([200, 404]);
		expect((await owner.send("GET", "/account")).status).toBe(401);
		expect((await new Screen().signIn(ada)).status).toBe(401);
		expect((await new Screen().signIn(ada, "another pass phrase")).status).toBe(200);
		expect((await log()).at(-2)).toMatchObject({ act: "password.recovered", site: null });
	});

	it("is found within the hour, by the last link as by any before it", async () => {
		const token = await link();
		await env.DB.exec("UPDATE recoveries SET expires_at = 1");
		expect(await recovered(token)).toEqual([404, "link-unknown"]);
		const [one, two] = [await link(), await link()];
		expect(await recovered(one)).toEqual([200, "taken"]);
		expect(await recovered(two)).toEqual([404, "link-unknown"]);
		const { results } = await env.DB.prepare("SELECT * FROM recoveries").all();
		expect(results).toEqual([]);
	});

	it("is asked for three times in a quarter of an hour, and no more", async () => {
		const statuses = [];
		for (let n = 0; n < 4; n++) statuses.push((await forget("nobody@shop.example")).status);
		expect(statuses).toEqual([200, 200, 200, 429]);
	});

	it("takes from whoever only said that the address is theirs what they would come back by", async () => {
		await env.DB.exec("UPDATE accounts SET second_factor = 's', second_factor_at = 1");
		await env.DB.exec(
			"INSERT INTO passkeys (id, account, name, public_key, algorithm, uses, created_at) SELECT 'x', id, 'k', 'k', -7, 0, 1 FROM accounts",
		);
		expect(await recovered(await link())).toEqual([200, "taken"]);
		const hers = new Screen();
		expect((await hers.signIn(ada, "another pass phrase")).status).toBe(200);
		expect(await hers.ask("GET", "/account")).toMatchObject({ hasSecondFactor: false, isProven: true });
		expect(await env.DB.prepare("SELECT count(*) AS n FROM passkeys").first("n")).toBe(0);
		await env.DB.exec("UPDATE accounts SET second_factor = 's', second_factor_at = 1");
		expect(await recovered(await link(), "a third pass phrase")).toEqual([200, "taken"]);
		expect(
			await new Screen().refusal("POST", "/session", { email: ada, password: "a third pass phrase" }),
		).toEqual([401, "code-required"]);
	});
});
