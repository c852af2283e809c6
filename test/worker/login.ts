// The login of the site's own users, and what a stranger may make of its tokens.

export const login = {
	algorithm: "HS256",
	key: "a secret of the shop and of nobody else",
	audience: "witaj",
} as const;

const encoder = new TextEncoder();

/** With these claims and none else. `header` is what it says of itself; it is signed as HS256 all the same. */
export async function jwt(
	claims: object,
	{ key = login.key, header = { alg: "HS256" } }: { key?: string | undefined; header?: object } = {},
): Promise<string> {
	const how = { name: "HMAC", hash: "SHA-256" };
	const imported = await crypto.subtle.importKey("raw", encoder.encode(key), how, false, ["sign"]);
	const text = [header, claims].map((part) => base64url(JSON.stringify(part))).join(".");
	const mac = new Uint8Array(await crypto.subtle.sign("HMAC", imported, encoder.encode(text)));
	return `${text}.${base64url(String.fromCharCode(...mac))}`;
}

/** Of the login, for a minute. */
export function loggedIn(sub: string, email?: string): Promise<string> {
	return jwt(claimsOf(sub, email));
}

export function claimsOf(sub: string, email?: string) {
	const exp = Math.floor(Date.now() / 1_000) + 60;
	return { sub, aud: login.audience, exp, ...(email && { email, email_verified: true }) };
}

export function base64url(text: string): string {
	return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
