// What opens an account beside a password: codes of an authenticator, recovery codes, passkeys.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type * as z from "zod/mini";
import { base64UrlOf } from "../../worker/platform/base64.ts";
import { algorithms } from "../../worker/platform/passkey.ts";
import { codeAt, makeTotpSecret, stepOf } from "../../worker/platform/totp.ts";
import type * as schema from "../../worker/protocol/account.schema.ts";
import { bytesOfBase32 } from "../support/base32.ts";
import { account, log, password, Screen, signedIn } from "./colleagues.ts";
import { edge, env, freshWorld, site } from "./world.ts";

const ada = "ada@shop.example";
const stepMs = 30_000;
const present = () => Math.floor(Date.now() / stepMs);

beforeEach(async () => {
	// In the middle of a step: the one before is still good when it comes, however long that takes.
	vi.useFakeTimers({ toFake: ["Date"], now: (present() + 0.5) * stepMs });
	await freshWorld();
	await account(ada, { [site]: "owner" });
});

afterEach(() => void vi.useRealTimers());

describe("a code", () => {
	it("is what RFC 6238 says, and good for the step before and after", async () => {
		const secret = bytesIn("12345678901234567890");
		// The last six of the eight digits of its appendix B.
		const table = { 59: "287082", 1111111109: "081804", 1234567890: "005924", 2000000000: "279037" };
		for (const [second, code] of Object.entries(table)) {
			const step = Math.floor(Number(second) / 30);
			expect(await codeAt(secret, step)).toBe(code);
			for (const [late, is] of [
				[-2, undefined],
				[-1, step],
				[0, step],
				[1, step],
				[2, undefined],
			] as const)
				expect(await stepOf(secret, code, (step + late) * stepMs)).toBe(is);
		}
		expect(makeTotpSecret()).toHaveLength(20);
	});
});

/** Turns the second factor on; answers with the authenticator's secret and the recovery codes. */
async function withFactor(screen: Screen) {
	const { secret, uri } = await screen.ask<z.infer<typeof schema.SecondFactorBegun>>(
		"POST",
		"/account/second-factor",
	);
	expect(uri).toBe(`otpauth://totp/Witaj%3Aada%40shop.example?secret=${secret}&issuer=Witaj`);
	const bytes = bytesOfBase32(secret);
	const { codes } = await screen.ask<z.infer<typeof schema.RecoveryCodes>>("PUT", "/account/second-factor", {
		code: await codeAt(bytes, present() - 1),
	});
	return { secret: bytes, written: secret, codes };
}

const signIn = (code?: string) =>
	new Screen().refusal("POST", "/session", { email: ada, password, ...(code && { code }) });

describe("a second factor", () => {
	it("holds from its first right code on, and is asked for beside the password", async () => {
		const screen = await signedIn(ada);
		await screen.ask("POST", "/account/second-factor");
		expect(await screen.refusal("PUT", "/account/second-factor", { code: "000000" })).toEqual([
			422,
			"code-refused",
		]);
		expect(await signIn()).toEqual([200, "taken"]);
		const { secret, codes } = await withFactor(screen);
		expect(codes).toHaveLength(10);
		expect(await signIn()).toEqual([401, "code-required"]);
		expect(await signIn("000000")).toEqual([401, "code-refused"]);
		expect(await signIn(await codeAt(secret, present()))).toEqual([200, "taken"]);
		expect(await screen.refusal("POST", "/account/second-factor")).toEqual([409, "second-factor-there"]);
		expect((await log()).map(({ act }) => act)).toContain("second-factor.added");
	});

	it("takes no code twice, nor one of before the last", async () => {
		const { secret } = await withFactor(await signedIn(ada));
		const now = present();
		const [late, code] = [await codeAt(secret, now - 1), await codeAt(secret, now)];
		expect(await signIn(late)).toEqual([401, "code-refused"]);
		const both = await Promise.all([signIn(code), signIn(code)]);
		expect(both.map(([status]) => status).toSorted()).toEqual([200, 401]);
		expect(await signIn(code)).toEqual([401, "code-refused"]);
	});

	it("is opened by each recovery code once, however it is typed", async () => {
		const screen = await signedIn(ada);
		const { codes } = await withFactor(screen);
		const [one = "", two = ""] = codes;
		expect(await signIn(one)).toEqual([200, "taken"]);
		expect(await signIn(one)).toEqual([401, "code-refused"]);
		expect(await signIn(two.toLowerCase().replaceAll("-", " "))).toEqual([200, "taken"]);
		expect(await screen.ask("GET", "/account")).toMatchObject({ hasSecondFactor: true, recoveryCodes: 8 });
		await screen.ask("POST", "/account/recovery-codes");
		expect(await signIn(codes[2])).toEqual([401, "code-refused"]);
	});

	it("stands nowhere in plain, and neither do its recovery codes", async () => {
		const { secret, written, codes } = await withFactor(await signedIn(ada));
		const tables = await env.DB.batch([
			env.DB.prepare("SELECT * FROM accounts"),
			env.DB.prepare("SELECT * FROM recovery_codes"),
			env.DB.prepare("SELECT * FROM audit"),
		]);
		const text = JSON.stringify(tables.map(({ results }) => results));
		for (const plain of [
			written,
			base64UrlOf(secret),
			...codes,
			...codes.map((code) => code.replaceAll("-", "")),
		])
			expect(text).not.toContain(plain);
	});

	it("is nobody else's: sealed for one account, it opens no other", async () => {
		await account("eve@shop.example", { [site]: "owner" });
		const { secret } = await withFactor(await signedIn(ada));
		await env.DB.exec(
			"UPDATE accounts SET second_factor = (SELECT second_factor FROM accounts WHERE email = 'ada@shop.example'), second_factor_at = 1 WHERE email = 'eve@shop.example'",
		);
		const code = await codeAt(secret, present());
		const response = await new Screen().send("POST", "/session", {
			email: "eve@shop.example",
			password,
			code,
		});
		expect(response.status).toBe(500);
	});

	it("is guessed at ten times in a quarter of an hour, and then no more, right or not", async () => {
		const { secret } = await withFactor(await signedIn(ada));
		for (let n = 0; n < 10; n++) expect((await signIn("000000"))[0]).toBe(401);
		expect(await signIn(await codeAt(secret, present()))).toEqual([429, "too-many-guesses"]);
	}, 60_000);

	it("is taken away by whoever proved just now who they are, with its codes", async () => {
		const screen = await signedIn(ada);
		const { codes } = await withFactor(screen);
		await screen.ask("DELETE", "/account/second-factor");
		expect(await signIn()).toEqual([200, "taken"]);
		expect(await screen.ask("GET", "/account")).toMatchObject({ hasSecondFactor: false, recoveryCodes: 0 });
		expect(codes).toHaveLength(10);
	});
});

type Challenge = z.infer<typeof schema.PasskeyChallenge>;
const bytesIn = (text: string) => new Uint8Array(new TextEncoder().encode(text));
const sha256 = async (bytes: Uint8Array<ArrayBuffer>) =>
	new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

const schemes = {
	[-7]: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
	[-8]: { name: "Ed25519" },
	[-257]: {
		name: "RSASSA-PKCS1-v1_5",
		modulusLength: 2048,
		publicExponent: new Uint8Array([1, 0, 1]),
		hash: "SHA-256",
	},
} as const;

interface Lies {
	readonly origin?: string;
	readonly type?: string;
	readonly host?: string;
	readonly flags?: number;
	readonly crossOrigin?: boolean;
}

/** An authenticator of our own. */
class Authenticator {
	readonly id = crypto.getRandomValues(new Uint8Array(32));
	uses = 0;
	readonly #keys: CryptoKeyPair;
	readonly #algorithm: keyof typeof schemes;

	constructor(keys: CryptoKeyPair, algorithm: keyof typeof schemes) {
		this.#keys = keys;
		this.#algorithm = algorithm;
	}

	static async make(algorithm: keyof typeof schemes = -7): Promise<Authenticator> {
		const keys = await crypto.subtle.generateKey(schemes[algorithm], true, ["sign", "verify"]);
		return new Authenticator(keys as CryptoKeyPair, algorithm);
	}

	async create(challenge: string, lies: Lies = {}) {
		const length = new Uint8Array([0, this.id.length]);
		const more = new Uint8Array([...new Uint8Array(16), ...length, ...this.id]);
		const spki = (await crypto.subtle.exportKey("spki", this.#keys.publicKey)) as ArrayBuffer;
		return {
			name: "Key",
			clientData: base64UrlOf(this.#client(challenge, { type: "webauthn.create", ...lies })),
			authenticatorData: base64UrlOf(await this.#data({ flags: 0x45, ...lies }, more)),
			publicKey: base64UrlOf(new Uint8Array(spki)),
			algorithm: this.#algorithm as number,
		};
	}

	async get(challenge: string, lies: Lies = {}) {
		this.uses++;
		const client = this.#client(challenge, { type: "webauthn.get", ...lies });
		const data = await this.#data({ flags: 0x05, ...lies });
		const signed = new Uint8Array([...data, ...(await sha256(client))]);
		const raw = new Uint8Array(
			await crypto.subtle.sign(schemes[this.#algorithm], this.#keys.privateKey, signed),
		);
		return {
			id: base64UrlOf(this.id),
			clientData: base64UrlOf(client),
			authenticatorData: base64UrlOf(data),
			signature: base64UrlOf(this.#algorithm === -7 ? derOf(raw) : raw),
		};
	}

	#client(challenge: string, { type, origin = edge, crossOrigin = false }: Lies) {
		return bytesIn(JSON.stringify({ type, challenge, origin, crossOrigin }));
	}

	async #data({ host = new URL(edge).hostname, flags = 0 }: Lies, more: Uint8Array = new Uint8Array()) {
		const count = new Uint8Array(4);
		new DataView(count.buffer).setUint32(0, this.uses);
		return new Uint8Array([...(await sha256(bytesIn(host))), flags, ...count, ...more]);
	}
}

function derOf(raw: Uint8Array): Uint8Array {
	const numbers = [raw.subarray(0, 32), raw.subarray(32)].map((number) => {
		const digits = number.subarray(number.findIndex((byte) => byte !== 0));
		const positive = (digits[0] ?? 0) > 127 ? [0, ...digits] : [...digits];
		return [2, positive.length, ...positive];
	});
	const both = numbers.flat();
	return new Uint8Array([0x30, both.length, ...both]);
}

async function challengeFor(screen: Screen, path: string): Promise<string> {
	const { challenge, host } = await screen.ask<Challenge>("POST", path);
	expect(host).toBe(new URL(edge).hostname);
	return challenge;
}

async function withPasskey(screen: Screen, algorithm: keyof typeof schemes = -7): Promise<Authenticator> {
	const one = await Authenticator.make(algorithm);
	await screen.ask(
		"POST",
		"/account/passkeys",
		await one.create(await challengeFor(screen, "/account/passkeys/challenge")),
	);
	return one;
}

async function enter(one: Authenticator, lies: Lies = {}, challenge?: string) {
	const screen = new Screen();
	const asked = challenge ?? (await challengeFor(screen, "/session/challenge"));
	return screen.refusal("POST", "/session", { passkey: await one.get(asked, lies) });
}

describe("a passkey", () => {
	it.each(algorithms)(
		"of algorithm %i signs its owner in, without a password and without a code",
		async (algorithm) => {
			const screen = await signedIn(ada);
			const one = await withPasskey(screen, algorithm);
			await withFactor(screen);
			for (let n = 0; n < 3; n++) expect(await enter(one)).toEqual([200, "taken"]);
			const { passkeys } = await screen.ask<z.infer<typeof schema.Passkeys>>("GET", "/account/passkeys");
			expect(passkeys).toEqual([
				{ id: base64UrlOf(one.id), name: "Key", createdAt: expect.any(Number), usedAt: expect.any(Number) },
			]);
			await screen.ask("DELETE", `/account/passkeys/${base64UrlOf(one.id)}`);
			expect(await enter(one)).toEqual([401, "sign-in-refused"]);
		},
	);

	it("signs for this page, this host and this moment alone, and with its person there", async () => {
		const one = await withPasskey(await signedIn(ada));
		const lies: readonly Lies[] = [
			{ origin: "https://evil.example" },
			{ host: "evil.example" },
			{ type: "webauthn.create" },
			{ crossOrigin: true },
			{ flags: 0x01 },
			{ flags: 0x04 },
		];
		for (const lie of lies) expect(await enter(one, lie)).toEqual([401, "sign-in-refused"]);
		expect(await enter(one)).toEqual([200, "taken"]);
	});

	it("signs a challenge once, one of ours, and within five minutes", async () => {
		const one = await withPasskey(await signedIn(ada));
		const challenge = await challengeFor(new Screen(), "/session/challenge");
		expect(await enter(one, {}, challenge)).toEqual([200, "taken"]);
		expect(await enter(one, {}, challenge)).toEqual([401, "sign-in-refused"]);
		expect(await enter(one, {}, "x".repeat(43))).toEqual([401, "sign-in-refused"]);
		const late = await challengeFor(new Screen(), "/session/challenge");
		await env.DB.exec("UPDATE challenges SET expires_at = 1");
		expect(await enter(one, {}, late)).toEqual([401, "sign-in-refused"]);
		const others = await challengeFor(await signedIn(ada), "/account/passkeys/challenge");
		expect(await enter(one, {}, others)).toEqual([401, "sign-in-refused"]);
	});

	it("that signed less often than before is a copy, and opens nothing", async () => {
		const one = await withPasskey(await signedIn(ada));
		one.uses = 5;
		expect(await enter(one)).toEqual([200, "taken"]);
		one.uses = 3;
		expect(await enter(one)).toEqual([401, "sign-in-refused"]);
	});

	it("with another's signature, or a broken one, opens nothing", async () => {
		const screen = await signedIn(ada);
		const [one, other] = [await withPasskey(screen), await Authenticator.make()];
		const challenge = () => challengeFor(new Screen(), "/session/challenge");
		const forged = { ...(await other.get(await challenge())), id: base64UrlOf(one.id) };
		expect(await new Screen().refusal("POST", "/session", { passkey: forged })).toEqual([
			401,
			"sign-in-refused",
		]);
		for (const broken of ["", "AA", "MAYCAQECAQE", "MEQC"]) {
			const passkey = { ...(await one.get(await challenge())), signature: broken };
			expect(await new Screen().refusal("POST", "/session", { passkey })).toEqual([401, "sign-in-refused"]);
		}
	});

	it("proves anew who is signed in, where it is theirs", async () => {
		await account("eve@shop.example", { [site]: "owner" });
		const [mine, eve] = [await signedIn(ada), await signedIn("eve@shop.example")];
		const [one, hers] = [await withPasskey(mine), await withPasskey(eve)];
		const confirm = async (by: Authenticator) =>
			mine.refusal("POST", "/session/confirmation", {
				passkey: await by.get(await challengeFor(mine, "/account/passkeys/challenge")),
			});
		expect(await confirm(hers)).toEqual([401, "sign-in-refused"]);
		expect(await confirm(one)).toEqual([200, "taken"]);
	});

	it("is added once, and only as a browser of ours made it", async () => {
		const screen = await signedIn(ada);
		const one = await withPasskey(screen);
		const challenge = () => challengeFor(screen, "/account/passkeys/challenge");
		const add = async (body: object) => screen.refusal("POST", "/account/passkeys", body);
		expect(await add(await one.create(await challenge()))).toEqual([409, "passkey-there"]);
		const other = await Authenticator.make();
		for (const lie of [{ origin: "https://evil.example" }, { host: "evil.example" }, { flags: 0x41 }])
			expect(await add(await other.create(await challenge(), lie))).toEqual([422, "passkey-refused"]);
		const made = async () => other.create(await challenge());
		for (const wrong of [
			{ publicKey: "AAAA" },
			{ algorithm: -999 },
			{ authenticatorData: "AAAA" },
			{ clientData: "AAAA" },
		])
			expect(await add({ ...(await made()), ...wrong })).toEqual([422, "passkey-refused"]);
		expect(await add(await other.create("x".repeat(43)))).toEqual([422, "passkey-refused"]);
		expect(await add(await made())).toEqual([200, "taken"]);
	});
});
