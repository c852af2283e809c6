// What must be read again and yet stand nowhere in plain: sealed by AES-256-GCM under a key that no database has. What is
// sealed names its key, so that keys can be changed, and is bound to whose it is, so that nobody can move it elsewhere.

import { base64UrlOf, bytesOf } from "./base64.ts";

const ivBytes = 12;
const encoder = new TextEncoder();

/** `secret` is JSON {key id: secret}; the first seals. */
export async function seal(secret: string, whose: string, plain: Uint8Array<ArrayBuffer>): Promise<string> {
	const [first] = Object.entries(JSON.parse(secret) as Record<string, string>);
	if (!first) throw new Error("ACCOUNT_KEYS holds no key");
	const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
	const algorithm = { name: "AES-GCM", iv, additionalData: encoder.encode(whose) };
	const sealed = await crypto.subtle.encrypt(algorithm, await keyOf(first[1]), plain);
	return ["s1", first[0], base64UrlOf(iv), base64UrlOf(new Uint8Array(sealed))].join(".");
}

/** Throws where it was sealed for somebody else, under a key that is gone, or was touched. */
export async function unseal(secret: string, whose: string, text: string): Promise<Uint8Array<ArrayBuffer>> {
	const [version, id = "", ivText = "", sealedText = ""] = text.split(".");
	const key = new Map(Object.entries(JSON.parse(secret) as Record<string, string>)).get(id);
	const [iv, sealed] = [bytesOf(ivText), bytesOf(sealedText)];
	if (version !== "s1" || key === undefined || !iv || !sealed) throw new Error("nobody can unseal this");
	const algorithm = { name: "AES-GCM", iv, additionalData: encoder.encode(whose) };
	return new Uint8Array(await crypto.subtle.decrypt(algorithm, await keyOf(key), sealed));
}

async function keyOf(secret: string): Promise<CryptoKey> {
	const material = await crypto.subtle.importKey("raw", encoder.encode(secret), "HKDF", false, ["deriveKey"]);
	const derivation = {
		name: "HKDF",
		hash: "SHA-256",
		salt: new Uint8Array(),
		info: encoder.encode("witaj account"),
	};
	return crypto.subtle.deriveKey(derivation, material, { name: "AES-GCM", length: 256 }, false, [
		"encrypt",
		"decrypt",
	]);
}
