// Tokens of a site's own login, and those that are none: each class of attack by its name, at least ten of each.

import { beforeAll, describe, expect, test } from "vitest";
import { type Login, unfitKey, verifyJwt } from "../../worker/platform/jwt.ts";

const now = Date.UTC(2026, 10, 22, 12);
const seconds = now / 1_000;
const encoder = new TextEncoder();
const claims = {
	sub: "user-7",
	aud: "shop",
	iss: "https://shop.example",
	exp: seconds + 300,
	iat: seconds - 10,
	email: "ewa@example.com",
	email_verified: true,
};

type Algorithm = Login["algorithm"];
type Sign = (text: string) => Promise<ArrayBuffer>;
interface Party {
	readonly login: Login;
	readonly sign: Sign;
}

const base64url = (bytes: Uint8Array | string): string =>
	Buffer.from(bytes as Uint8Array)
		.toString("base64url")
		.replace(/=+$/, "");
const json = (value: unknown): string => base64url(encoder.encode(JSON.stringify(value)));

async function jwt(sign: Sign, payload: object, header: object): Promise<string> {
	const text = `${json(header)}.${json(payload)}`;
	return `${text}.${base64url(new Uint8Array(await sign(text)))}`;
}

async function pem(key: CryptoKey): Promise<string> {
	const spki = Buffer.from(await crypto.subtle.exportKey("spki", key)).toString("base64");
	return `-----BEGIN PUBLIC KEY-----\n${spki.match(/.{1,64}/g)?.join("\n")}\n-----END PUBLIC KEY-----\n`;
}

async function rsa(modulusLength = 2_048): Promise<Party & { jwk: string }> {
	const how = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength };
	const usages = ["sign", "verify"] as const;
	const publicExponent = new Uint8Array([1, 0, 1]);
	const pair = await crypto.subtle.generateKey({ ...how, publicExponent }, true, usages);
	return {
		login: { algorithm: "RS256", key: await pem(pair.publicKey), audience: "shop", issuer: claims.iss },
		jwk: JSON.stringify(await crypto.subtle.exportKey("jwk", pair.publicKey)),
		sign: (text) => crypto.subtle.sign(how.name, pair.privateKey, encoder.encode(text)),
	};
}

async function elliptic(): Promise<Party> {
	const how = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
	const pair = await crypto.subtle.generateKey(how, true, ["sign", "verify"]);
	const key = JSON.stringify(await crypto.subtle.exportKey("jwk", pair.publicKey));
	return {
		login: { algorithm: "ES256", key, audience: "shop", issuer: claims.iss },
		sign: (text) => crypto.subtle.sign(how, pair.privateKey, encoder.encode(text)),
	};
}

async function shared(secret = "a secret that nobody else has, 32"): Promise<Party> {
	const how = { name: "HMAC", hash: "SHA-256" };
	const key = await crypto.subtle.importKey("raw", encoder.encode(secret), how, false, ["sign"]);
	return {
		login: { algorithm: "HS256", key: secret, audience: "shop", issuer: claims.iss },
		sign: (text) => crypto.subtle.sign("HMAC", key, encoder.encode(text)),
	};
}

let parties: Readonly<Record<Algorithm, Party>>;
let jwk: string;
beforeAll(async () => {
	const withRsa = await rsa();
	({ jwk } = withRsa);
	parties = { RS256: withRsa, ES256: await elliptic(), HS256: await shared() };
});

const algorithms: readonly Algorithm[] = ["RS256", "ES256", "HS256"];
const tokenOf = (algorithm: Algorithm, change: object = {}, header: object = {}) =>
	jwt(parties[algorithm].sign, { ...claims, ...change }, { alg: algorithm, typ: "JWT", ...header });
const verify = (algorithm: Algorithm, token: string, change: Partial<Login> = {}) =>
	verifyJwt(token, { ...parties[algorithm].login, ...change }, now);
const tens = Array.from({ length: 10 }, (_, i) => i);

/** None of these is let in, by any of the algorithms. */
async function refused(make: (algorithm: Algorithm) => Promise<readonly string[]>): Promise<void> {
	for (const algorithm of algorithms) {
		const tokens = await make(algorithm);
		expect(tokens.length).toBeGreaterThanOrEqual(10);
		for (const token of tokens) expect(await verify(algorithm, token), token).toBeUndefined();
	}
}
const each = (algorithm: Algorithm, changes: readonly object[], header: object = {}) =>
	Promise.all(changes.map((change) => tokenOf(algorithm, change, header)));

describe("a token of the site's own login", () => {
	test.each(algorithms)("signed with %s says who it is", async (algorithm) => {
		const expected = { subject: "user-7", email: "ewa@example.com" };
		expect(await verify(algorithm, await tokenOf(algorithm))).toEqual(expected);
		const many = await tokenOf(algorithm, { aud: ["other", "shop"] });
		expect(await verify(algorithm, many)).toEqual(expected);
	});

	test("may be verified by a JWK as well as by a PEM", async () => {
		expect(await verify("RS256", await tokenOf("RS256"), { key: jwk })).toMatchObject({ subject: "user-7" });
	});

	test("vouches for no address that the login has not verified", async () => {
		for (const email_verified of [false, "true", 1, null, undefined]) {
			const token = await tokenOf("HS256", { email_verified });
			expect(await verify("HS256", token)).toEqual({ subject: "user-7" });
		}
	});

	test("is good for a minute more, because clocks differ, and not for longer", async () => {
		const late = (by: number) => tokenOf("HS256", { exp: seconds - by });
		expect(await verify("HS256", await late(59))).toBeDefined();
		expect(await verify("HS256", await late(60))).toBeUndefined();
	});
});

describe("refused", () => {
	test("expired, or with no end", () =>
		refused((algorithm) =>
			each(algorithm, [
				...tens.map((i) => ({ exp: seconds - 60 - i ** 5 })),
				{ exp: undefined },
				{ exp: String(seconds + 300) },
				{ exp: null },
				{ exp: -1 },
			]),
		));

	test("not yet valid", () =>
		refused((algorithm) =>
			each(algorithm, [
				...tens.map((i) => ({ nbf: seconds + 61 + i ** 5 })),
				...tens.map((i) => ({ iat: seconds + 61 + i ** 5 })),
				{ nbf: "0" },
			]),
		));

	test("for another audience", () =>
		refused((algorithm) =>
			each(
				algorithm,
				[
					"",
					"Shop",
					"shop ",
					"sho",
					"shop2",
					"shop/",
					null,
					0,
					undefined,
					[],
					["other"],
					[["shop"]],
					{ shop: 1 },
				].map((aud) => ({ aud })),
			),
		));

	test("of another issuer", () =>
		refused((algorithm) =>
			each(
				algorithm,
				[
					"",
					"https://shop.example/",
					"https://shop.example.evil.example",
					"http://shop.example",
					null,
					undefined,
					0,
					[claims.iss],
					{ a: 1 },
					"shop",
				].map((iss) => ({ iss })),
			),
		));

	test("unsigned, or signed in a way that the token chose", () =>
		refused(async (algorithm) => {
			const names = [
				"none",
				"None",
				"NONE",
				"nOnE",
				"",
				null,
				undefined,
				[algorithm],
				"RS384",
				"PS256",
				"EdDSA",
				"HS512",
			];
			const signed = await Promise.all(names.map((alg) => tokenOf(algorithm, {}, { alg })));
			const unsigned = signed.map((token) => token.replace(/[^.]+$/, ""));
			const bare = `${json({ alg: algorithm })}.${json(claims)}.`;
			return [...signed, ...unsigned, bare, bare.slice(0, -1)];
		}));

	test("HS256 with the public key as the secret", async () => {
		const { key } = parties.RS256.login;
		const secrets = [key, key.trim(), jwk, ...tens.map((i) => key.slice(0, key.length - i - 1))];
		for (const secret of secrets) {
			const { sign } = await shared(secret);
			const token = await jwt(sign, claims, { alg: "HS256" });
			expect(await verify("RS256", token)).toBeUndefined();
			const asRs256 = await jwt(sign, claims, { alg: "RS256" });
			expect(await verify("RS256", asRs256)).toBeUndefined();
		}
		const { sign } = await shared(key);
		const token = await jwt(sign, claims, { alg: "HS256" });
		expect(await verifyJwt(token, { ...parties.RS256.login, algorithm: "HS256" }, now)).toBeUndefined();
	});

	test("signed with another's key", () =>
		refused(async (algorithm) => {
			const make = {
				RS256: () => rsa(),
				ES256: elliptic,
				HS256: () => shared(`${Math.random()}`.padEnd(40, "x")),
			};
			const other = await make[algorithm]();
			return Promise.all(
				tens.map((i) => jwt(other.sign, { ...claims, sub: `user-${i}` }, { alg: algorithm })),
			);
		}));

	test("with one letter changed, anywhere", () =>
		refused(async (algorithm) => {
			const token = await tokenOf(algorithm);
			return Array.from(token, (letter, i) => {
				const other = letter === "." ? "A" : letter === "A" ? "B" : "A";
				return token.slice(0, i) + other + token.slice(i + 1);
			});
		}));

	test("with bits set that nobody reads", () =>
		refused(async (algorithm) => {
			const token = await tokenOf(algorithm);
			const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
			const others = [...alphabet].filter((letter) => !token.endsWith(letter));
			return [...others.map((letter) => token.slice(0, -1) + letter), `${token}=`, `${token}==`, `${token} `];
		}));

	test("cut short, or too long", () =>
		refused(async (algorithm) => {
			const token = await tokenOf(algorithm);
			const cut = Array.from(token, (_letter, i) => token.slice(0, i));
			return [...cut, `${token}.`, `${token}.a`, `.${token}`, `${token}${token}`];
		}));

	test("put together of two", () =>
		refused(async (algorithm) => {
			const tokens = await each(
				algorithm,
				tens.map((i) => ({ sub: `user-${i}` })),
			);
			const parts = tokens.map((token) => token.split("."));
			const mixed = parts.flatMap(([head, body], i) =>
				parts.flatMap(([, , mac], k) => (i === k ? [] : [`${head}.${body}.${mac}`])),
			);
			const swapped = parts.map(([head, body, mac]) => `${body}.${head}.${mac}`);
			return [...mixed, ...swapped];
		}));

	test("with an extension that would have to be understood", () =>
		refused((algorithm) =>
			Promise.all(
				tens.map((i) => tokenOf(algorithm, {}, { crit: [`x${i}`], [`x${i}`]: true, b64: i % 2 === 0 })),
			),
		));

	test("of nobody", () =>
		refused((algorithm) =>
			each(
				algorithm,
				["", undefined, null, 7, 0, [], ["user-7"], {}, true, "x".repeat(256), false].map((sub) => ({ sub })),
			),
		));

	test("what is no token at all", async () => {
		const texts = [
			"",
			".",
			"..",
			"...",
			"a.b.c",
			"null.null.null",
			`${json([])}.${json([])}.AA`,
			"é.é.é",
			" . . ",
			"{}.{}.{}",
		];
		for (const algorithm of algorithms)
			for (const text of texts) expect(await verify(algorithm, text)).toBeUndefined();
	});

	test("an RSA key of 1,024 bits vouches for nobody", async () => {
		const weak = await rsa(1_024);
		const token = await jwt(weak.sign, claims, { alg: "RS256" });
		expect(await verifyJwt(token, weak.login, now)).toBeUndefined();
	});
});

test("a key that is unfit is told before it is published", async () => {
	const { key } = parties.RS256.login;
	expect(unfitKey({ algorithm: "RS256", key })).toBeUndefined();
	expect(unfitKey({ algorithm: "RS256", key: jwk })).toBeUndefined();
	expect(unfitKey({ algorithm: "ES256", key: parties.ES256.login.key })).toBeUndefined();
	expect(unfitKey({ algorithm: "HS256", key: "x".repeat(32) })).toBeUndefined();
	for (const unfit of [
		{ algorithm: "HS256", key: "short" },
		{ algorithm: "HS256", key },
		{ algorithm: "HS256", key: jwk },
		{ algorithm: "RS256", key: "x".repeat(40) },
		{ algorithm: "ES256", key: jwk },
		{ algorithm: "RS256", key: key.replaceAll("PUBLIC", "PRIVATE") },
		{ algorithm: "RS256", key: JSON.stringify({ ...JSON.parse(jwk), d: "AQAB" }) },
		{ algorithm: "RS256", key: `${key}${key}` },
		{ algorithm: "RS256", key: "-----BEGIN PUBLIC KEY-----" },
		{ algorithm: "RS256", key: "{" },
	] as const)
		expect(unfitKey(unfit)).toBeTypeOf("string");
});
