// Tokens of a site's own login: a JWT (RFC 7519) of one pinned algorithm, for one audience, unexpired. Verified by hand
// with WebCrypto, because so little of the standard is let in: one algorithm that the site chose and never the token,
// one key, no extensions, no unsigned token, no encryption.

/** `key`: for HS256 the secret; else the public key as PEM (SPKI) or as JSON of a JWK. */
export interface Login {
	readonly algorithm: "RS256" | "ES256" | "HS256";
	readonly key: string;
	readonly audience: string;
	readonly issuer?: string | undefined;
}

/** Whom the login vouches for. `email` only where the login says that it was verified. */
export interface Claims {
	readonly subject: string;
	readonly email?: string;
}

interface Method {
	readonly import: { readonly name: string; readonly hash?: string; readonly namedCurve?: string };
	readonly verify: { readonly name: string; readonly hash?: string };
}

const methods: Readonly<Record<Login["algorithm"], Method>> = {
	RS256: { import: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, verify: { name: "RSASSA-PKCS1-v1_5" } },
	ES256: { import: { name: "ECDSA", namedCurve: "P-256" }, verify: { name: "ECDSA", hash: "SHA-256" } },
	HS256: { import: { name: "HMAC", hash: "SHA-256" }, verify: { name: "HMAC" } },
};
const leastModulusBits = 2_048;
const leastSecret = 32;
/** The site's clock and ours differ a little. */
const leewaySeconds = 60;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** What is wrong with a key, before anything is published that would verify with it; nothing where it is fit. */
export function unfitKey({ algorithm, key }: Pick<Login, "algorithm" | "key">): string | undefined {
	const looksPublic = /-----BEGIN|^\s*\{/.test(key);
	if (/PRIVATE KEY/.test(key)) return "a private key is nobody's business but the login's";
	if (algorithm === "HS256") {
		// Whoever has the public key could sign with it.
		if (looksPublic) return "HS256 takes a secret, not a public key";
		return key.length < leastSecret ? "a secret has 32 characters at least" : undefined;
	}
	if (!looksPublic) return `${algorithm} takes a public key: PEM, or JSON of a JWK`;
	if (!key.trimStart().startsWith("{"))
		return pemOf(key) ? undefined : "a PEM holds one key, BEGIN PUBLIC KEY";
	const jwk = jsonOf(key);
	if (!jwk || jwk.kty !== (algorithm === "RS256" ? "RSA" : "EC")) return `the JWK is no key for ${algorithm}`;
	return Object.hasOwn(jwk, "d") ? "a private key is nobody's business but the login's" : undefined;
}

/** Whom the token vouches for; nothing where it is not all that it has to be. `now` is epoch ms. */
export async function verifyJwt(text: string, login: Login, now: number): Promise<Claims | undefined> {
	const [head = "", body = "", mac = "", ...more] = text.split(".");
	if (more.length > 0) return undefined;
	const header = jsonOf(textOf(head));
	// Extensions that are critical are unknown to us; which algorithm it is the site has said, not the token.
	if (!header || header.alg !== login.algorithm || Object.hasOwn(header, "crit")) return undefined;
	const signature = bytesOf(mac);
	const key = await keyOf(login);
	if (!signature || !key) return undefined;
	const signed = encoder.encode(`${head}.${body}`);
	const { verify } = methods[login.algorithm];
	if (!(await crypto.subtle.verify(verify, key, signature, signed))) return undefined;
	const claims = jsonOf(textOf(body));
	return claims && isFor(claims, login, Math.floor(now / 1_000)) ? claimsOf(claims) : undefined;
}

function isFor(claims: Record<string, unknown>, { audience, issuer }: Login, now: number): boolean {
	const { exp, nbf, iat, aud, iss } = claims;
	if (typeof exp !== "number" || now >= exp + leewaySeconds) return false;
	for (const from of [nbf, iat])
		if (from !== undefined && !(typeof from === "number" && from <= now + leewaySeconds)) return false;
	if (Array.isArray(aud) ? !aud.includes(audience) : aud !== audience) return false;
	return issuer === undefined || iss === issuer;
}

function claimsOf({ sub, email, email_verified }: Record<string, unknown>): Claims | undefined {
	if (typeof sub !== "string" || sub === "" || sub.length > 255) return undefined;
	return { subject: sub, ...(email_verified === true && typeof email === "string" ? { email } : {}) };
}

/** Imported once for each isolate. */
const keys = new Map<string, Promise<CryptoKey | undefined>>();
const rememberedKeys = 100;

function keyOf(login: Login): Promise<CryptoKey | undefined> {
	const name = `${login.algorithm} ${login.key}`;
	const known = keys.get(name) ?? importKey(login);
	if (keys.size >= rememberedKeys) keys.clear();
	keys.set(name, known);
	return known;
}

async function importKey({ algorithm, key }: Login): Promise<CryptoKey | undefined> {
	if (unfitKey({ algorithm, key }) !== undefined) return undefined;
	const { import: how } = methods[algorithm];
	try {
		const imported = await importAs(algorithm, key, how);
		const { modulusLength } = imported.algorithm as { readonly modulusLength?: number };
		return algorithm === "RS256" && !(modulusLength && modulusLength >= leastModulusBits)
			? undefined
			: imported;
	} catch {
		// The platform's only way to say that it is no such key: nobody can log in with it.
		return undefined;
	}
}

function importAs(algorithm: Login["algorithm"], key: string, how: Method["import"]): Promise<CryptoKey> {
	if (algorithm === "HS256")
		return crypto.subtle.importKey("raw", encoder.encode(key), how, false, ["verify"]);
	if (!key.trimStart().startsWith("{"))
		return crypto.subtle.importKey("spki", pemOf(key) ?? new Uint8Array(), how, false, ["verify"]);
	const { kty, n, e, crv, x, y } = JSON.parse(key) as JsonWebKey;
	// No more of it than the key itself: what it says of its use is for others.
	const bare = algorithm === "RS256" ? { kty, n, e } : { kty, crv, x, y };
	return crypto.subtle.importKey("jwk", bare as JsonWebKey, how, false, ["verify"]);
}

function pemOf(pem: string): Uint8Array<ArrayBuffer> | undefined {
	const body = /^\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/.exec(pem)?.[1];
	if (body === undefined) return undefined;
	try {
		return Uint8Array.from(atob(body.replace(/\s/g, "")), (letter) => letter.charCodeAt(0));
	} catch {
		// Not base64: no key.
		return undefined;
	}
}

/** base64url as the standard wants it: bits that nobody reads are zero, or two texts would be one signature. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
	if (!/^[A-Za-z0-9_-]+$/.test(text) || text.length % 4 === 1) return undefined;
	const plain = text.replaceAll("-", "+").replaceAll("_", "/");
	const binary = atob(plain);
	if (btoa(binary).replace(/=+$/, "") !== plain) return undefined;
	return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

function textOf(base64url: string): string | undefined {
	const bytes = bytesOf(base64url);
	try {
		return bytes && utf8.decode(bytes);
	} catch {
		// Not UTF-8: no JSON either.
		return undefined;
	}
}

function jsonOf(text: string | undefined): Record<string, unknown> | undefined {
	if (text === undefined) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === "object" && value !== null && !Array.isArray(value)
			? (value as Record<string, unknown>)
			: undefined;
	} catch {
		// What is no JSON says nothing.
		return undefined;
	}
}
