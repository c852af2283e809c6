// A site's secret key: sk.<site>.<id>.<secret>.<check>. The check says that we made it, so that an invented one costs no
// look-up; whether it still holds, the site's object knows, which keeps a digest of the secret alone.

import { isSigned, type Keyring, macOf } from "./key.ts";

/** What a secret key says of itself. `digest` is what is kept of it. */
export interface SecretKey {
	readonly site: string;
	readonly id: string;
	readonly digest: string;
}

const prefix = "sk";
const checkLength = 8;
/** 192 bits: a digest of so much chance needs no salt. */
const secretBytes = 24;

export async function makeSecretKey(
	keyring: Keyring,
	site: string,
	id: string,
): Promise<{ readonly key: string; readonly digest: string }> {
	const bytes = crypto.getRandomValues(new Uint8Array(secretBytes));
	const secret = btoa(String.fromCharCode(...bytes))
		.replaceAll("+", "-")
		.replaceAll("/", "_");
	const check = (await macOf(keyring, keyring.current, signedText(site, id, secret)))?.slice(0, checkLength);
	return { key: [prefix, site, id, secret, check].join("."), digest: await digestOf(secret) };
}

export function isSecret(key: string): boolean {
	return key.startsWith(`${prefix}.`) && key.split(".").length === 5;
}

/** Nothing for whatever we did not make. */
export async function readSecretKey(keyring: Keyring, key: string): Promise<SecretKey | undefined> {
	const [, site = "", id = "", secret = "", check = ""] = isSecret(key) ? key.split(".") : [];
	if (!/^[a-z0-9-]{1,64}$/.test(site) || !/^[a-z0-9-]{1,64}$/.test(id) || secret.length > 64)
		return undefined;
	const text = signedText(site, id, secret);
	for (const keyId of keyring.keys.keys())
		if (await isSigned(keyring, keyId, text, check, checkLength))
			return { site, id, digest: await digestOf(secret) };
	return undefined;
}

function signedText(site: string, id: string, secret: string): string {
	return `secret:${site}:${id}:${secret}`;
}

async function digestOf(secret: string): Promise<string> {
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
	return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
