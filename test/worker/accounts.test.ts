// Signing in: the first account, passwords, sessions and their cookie, and how few guesses anybody has.

import crypto from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type * as z from "zod/mini";
import { cost, hashPassword, isPassword } from "../../worker/platform/password.ts";
import type * as schema from "../../worker/protocol/account.schema.ts";
import { account, log, password, Screen, signedIn } from "./colleagues.ts";
import { edge, env, freshWorld, publish, site } from "./world.ts";

type Whoami = z.infer<typeof schema.Whoami>;
type Sessions = z.infer<typeof schema.Sessions>;

const operator = { authorization: `Bearer ${env.ADMIN_TOKEN}` };
const ada = "ada@shop.example";

beforeEach(freshWorld);

describe("a password", () => {
	it("is kept as what scrypt makes of it, as dear as production lets it be and no dearer", async () => {
		expect(cost).toEqual({ N: 2 ** 14, r: 8, p: 5 });
		expect(cost.N * cost.r * cost.p).toBeLessThanOrEqual(2 ** 20);
		const [one, other] = await Promise.all([hashPassword(password), hashPassword(password)]);
		expect(one).toMatch(/^scrypt\$16384\$8\$5\$[\w-]{22}\$[\w-]{43}$/);
		expect(one).not.toBe(other);
		expect(await isPassword(password, one)).toBe(true);
		expect(await isPassword(`${password} `, one)).toBe(false);
		expect(await isPassword(password, null)).toBe(false);
	});

	it("is read by the parameters that its hash names", async () => {
		const salt = Buffer.from("0123456789abcdef");
		const key = crypto.scryptSync("as it was", salt, 32, { N: 1024, r: 8, p: 1 });
		const old = `scrypt$1024$8$1$${salt.toString("base64url")}$${key.toString("base64url")}`;
		expect(await isPassword("as it was", old)).toBe(true);
		expect(await isPassword("as it is", old)).toBe(false);
	});

	it("is one password, however a keyboard composes its letters", async () => {
		const hash = await hashPassword("za\u017c\u00f3\u0142\u0107 g\u0119\u015bl\u0105");
		expect(await isPassword("zaz\u0307o\u0301\u0142c\u0301 ge\u0328s\u0301la\u0328", hash)).toBe(true);
	});
});

describe("the first account", () => {
	const owner = { email: "Owner@Shop.example", name: "Owner", password };

	it("is made with the operator's token, once, and owns every site", async () => {
		await publish();
		const screen = new Screen();
		expect(await screen.ask<Whoami>("GET", "/session")).toMatchObject({ account: null, needsSetup: true });
		expect(await screen.refusal("POST", "/setup", owner)).toEqual([401, "unauthorised"]);
		const wrong = new Screen({ authorization: "Bearer guessed" });
		expect(await wrong.refusal("POST", "/setup", owner)).toEqual([401, "unauthorised"]);
		const first = new Screen(operator);
		await first.ask("POST", "/setup", owner);
		expect(await first.refusal("POST", "/setup", { ...owner, email: "second@shop.example" })).toEqual([
			409,
			"set-up-already",
		]);
		await screen.signIn("owner@shop.example");
		const me = await screen.ask<Whoami>("GET", "/session");
		expect(me).toMatchObject({
			account: { email: "owner@shop.example", name: "Owner" },
			sites: [{ id: site, role: "owner" }],
			needsSetup: false,
		});
	});

	it("is one, however many are made at once", async () => {
		const answers = await Promise.all(
			[1, 2, 3].map((n) =>
				new Screen(operator).send("POST", "/setup", { ...owner, email: `owner-${n}@shop.example` }),
			),
		);
		expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
		expect(await env.DB.prepare("SELECT count(*) AS n FROM accounts").first("n")).toBe(1);
	});

	it("asks for an address and for ten characters", async () => {
		const first = new Screen(operator);
		for (const wrong of [
			{ ...owner, password: "short" },
			{ ...owner, email: "nobody" },
			{ ...owner, name: " " },
		])
			expect((await first.send("POST", "/setup", wrong)).status).toBe(422);
	});
});

describe("a session", () => {
	beforeEach(() => account(ada, { [site]: "owner" }));

	it("is carried by a cookie that no script, no other site and no plain connection sees", async () => {
		const response = await new Screen().signIn(ada);
		const [cookie = "", ...attributes] = (response.headers.get("set-cookie") ?? "").split("; ");
		expect(cookie).toMatch(/^__Host-session=[\w-]{43}$/);
		expect(attributes.toSorted()).toEqual([
			"HttpOnly",
			"Max-Age=2592000",
			"Path=/",
			"SameSite=Lax",
			"Secure",
		]);
		expect(response.headers.get("cache-control")).toBe("no-store");
	});

	it("stands in the database as a digest alone", async () => {
		const screen = await signedIn(ada);
		const token = screen.cookie?.split("=")[1] ?? "";
		const { results } = await env.DB.prepare("SELECT * FROM sessions").all();
		expect(results).toHaveLength(1);
		expect(JSON.stringify(results)).not.toContain(token);
	});

	it("opens what its account may, until it is signed out", async () => {
		const screen = await signedIn(ada);
		const { cookie } = screen;
		expect((await screen.send("GET", `/sites/${site}/team`)).status).toBe(200);
		await screen.ask("DELETE", "/session");
		expect(screen.cookie).toBeUndefined();
		const thief = new Screen();
		thief.cookie = cookie;
		expect(await thief.refusal("GET", `/sites/${site}/team`)).toEqual([401, "unauthorised"]);
	});

	it("ends by itself: a month after it began, or a week after it was last used", async () => {
		for (const lapse of ["expires_at = 1", `seen_at = ${Date.now() - 8 * 86_400_000}`]) {
			const screen = await signedIn(ada);
			await env.DB.exec(`UPDATE sessions SET ${lapse}`);
			expect(await screen.refusal("GET", "/account")).toEqual([401, "unauthorised"]);
		}
	});

	it("takes the place of the one that the browser had", async () => {
		const screen = await signedIn(ada);
		const { cookie } = screen;
		await screen.signIn(ada);
		expect(screen.cookie).not.toBe(cookie);
		expect(await env.DB.prepare("SELECT count(*) AS n FROM sessions").first("n")).toBe(1);
	});

	it("is listed for whoever has it, and ended by them from anywhere", async () => {
		const here = await signedIn(ada);
		const there = new Screen({
			"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
		});
		await there.signIn(ada);
		const { sessions } = await here.ask<Sessions>("GET", "/account/sessions");
		expect(sessions.map(({ isThis, agent }) => [isThis, agent]).toSorted()).toEqual([
			[false, "Firefox, Linux"],
			[true, ""],
		]);
		const other = sessions.find(({ isThis }) => !isThis)?.id;
		await here.ask("DELETE", `/account/sessions/${other}`);
		expect((await there.send("GET", "/account")).status).toBe(401);
		expect((await here.send("GET", "/account")).status).toBe(200);
		expect(await here.refusal("DELETE", `/account/sessions/${other}`)).toEqual([404, "session-unknown"]);
	});

	it("of somebody else is nobody's to end", async () => {
		await account("eve@shop.example", { [site]: "owner" });
		const [mine, eve] = [await signedIn(ada), await signedIn("eve@shop.example")];
		const { sessions } = await mine.ask<Sessions>("GET", "/account/sessions");
		expect(await eve.refusal("DELETE", `/account/sessions/${sessions[0]?.id}`)).toEqual([
			404,
			"session-unknown",
		]);
		expect((await mine.send("GET", "/account")).status).toBe(200);
	});

	it("ends when the password changes, but for the one that changes it", async () => {
		const [here, there] = [await signedIn(ada), await signedIn(ada)];
		await here.ask("PUT", "/account/password", { password: "another pass phrase" });
		expect((await there.send("GET", "/account")).status).toBe(401);
		expect((await here.send("GET", "/account")).status).toBe(200);
		expect((await new Screen().signIn(ada)).status).toBe(401);
		expect((await new Screen().signIn(ada, "another pass phrase")).status).toBe(200);
	});

	it("is not begun by a password that was changed while it was looked at", async () => {
		const here = await signedIn(ada);
		const scrypt = crypto.scrypt;
		let changes = 0;
		const spy = vi.spyOn(crypto, "scrypt").mockImplementation((...given: unknown[]) => {
			const done = given.at(-1) as (...answer: unknown[]) => void;
			const later = async (...answer: unknown[]) => {
				if (changes++ === 0) await here.ask("PUT", "/account/password", { password: "another pass phrase" });
				done(...answer);
			};
			Reflect.apply(scrypt, crypto, [...given.slice(0, -1), later]);
		});
		try {
			expect((await new Screen().signIn(ada)).status).toBe(401);
		} finally {
			spy.mockRestore();
		}
	});

	it("changes no password where its owner has not proven for a quarter of an hour who they are", async () => {
		const screen = await signedIn(ada);
		await env.DB.prepare("UPDATE sessions SET confirmed_at = ?1")
			.bind(Date.now() - 16 * 60_000)
			.run();
		const change = () => screen.refusal("PUT", "/account/password", { password: "another pass phrase" });
		expect(await change()).toEqual([403, "confirmation-needed"]);
		expect(await screen.refusal("POST", "/session/confirmation", { password: "guessed" })).toEqual([
			401,
			"sign-in-refused",
		]);
		await screen.ask("POST", "/session/confirmation", { password });
		expect(await change()).toEqual([200, "taken"]);
	});
});

describe("guessing", () => {
	const from = (address: string) => new Screen({ "cf-connecting-ip": address });

	beforeEach(() => account(ada, { [site]: "owner" }));

	it("sounds the same whether or not there is such an account", async () => {
		const answers = await Promise.all(
			[ada, "nobody@shop.example"].map(async (email) => {
				const response = await new Screen().signIn(email, "guessed");
				return [response.status, await response.text(), response.headers.get("set-cookie")];
			}),
		);
		expect(answers[0]).toEqual([401, '{"error":"sign-in-refused"}', null]);
		expect(answers[1]).toEqual(answers[0]);
	});

	it("is stopped before anything is hashed: after ten at one account from one network", async () => {
		const hashes = vi.spyOn(crypto, "scrypt");
		try {
			const statuses: number[] = [];
			for (let n = 0; n < 12; n++) statuses.push((await from("1.2.3.4").signIn(ada, "guessed")).status);
			expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
			expect(hashes).toHaveBeenCalledTimes(10);
			const late = await from("1.2.3.4").signIn(ada);
			expect(late.status).toBe(429);
			expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(800);
			expect((await from("1.2.3.5").signIn(ada)).status).toBe(200);
			expect(hashes).toHaveBeenCalledTimes(11);
		} finally {
			hashes.mockRestore();
		}
	});

	it("is stopped before anything is hashed: fifty from one network, and fifty at one account", async () => {
		const hashes = vi.spyOn(crypto, "scrypt").mockImplementation((...given: unknown[]) => {
			(given.at(-1) as (error: null, key: Uint8Array) => void)(null, new Uint8Array(32));
		});
		try {
			for (let n = 0; n < 60; n++)
				await from("2001:db8:1:2::1").signIn(`somebody-${n}@shop.example`, "guessed");
			expect(hashes).toHaveBeenCalledTimes(50);
			expect((await from("2001:db8:1:2:ffff::").signIn(ada)).status).toBe(429);
			for (let n = 0; n < 60; n++) await from(`10.0.0.${n}`).signIn(ada, "guessed");
			expect(hashes).toHaveBeenCalledTimes(100);
		} finally {
			hashes.mockRestore();
		}
	});

	it("is counted by digests, and no sign-in that was right is", async () => {
		for (let n = 0; n < 15; n++) expect((await from("1.2.3.4").signIn(ada)).status).toBe(200);
		const { results } = await env.DB.prepare("SELECT * FROM guesses").all();
		expect(JSON.stringify(results)).not.toMatch(/ada|1\.2\.3\.4/);
		expect(results.map(({ count }) => count)).toEqual([0, 0, 0]);
	});
});

describe("the operator's token", () => {
	it("opens every site as ever, and is named as such in the log", async () => {
		await publish();
		const rows = await log();
		expect(rows.map(({ act }) => act)).toEqual(["settings.saved", "definitions.saved", "site.published"]);
		for (const row of rows) expect(row).toMatchObject({ account: null, site, outcome: "done" });
	});

	it("that is wrong is refused, and no cookie beside it counts", async () => {
		await account(ada, { [site]: "owner" });
		const screen = await signedIn(ada);
		const wrong = await screen.send("GET", "/account", undefined, { authorization: "Bearer guessed" });
		expect(wrong.status).toBe(401);
		expect(edge).toMatch(/^https:/);
	});
});
