// Codes of an authenticator: TOTP (RFC 6238) with what all of them know, SHA-1, six digits and thirty seconds.

import { isSame } from "./key.ts";

const stepMs = 30_000;
const secretBytes = 20;
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

export function makeTotpSecret(): Uint8Array<ArrayBuffer> {
	return crypto.getRandomValues(new Uint8Array(secretBytes));
}

/**
 * The step whose code this is, of the present one and its neighbours: clocks differ. Whoever takes a code remembers its step
 * and takes none that is not later.
 */
export async function stepOf(
	secret: Uint8Array<ArrayBuffer>,
	code: string,
	now: number,
): Promise<number | undefined> {
	const present = Math.floor(now / stepMs);
	for (const step of [present, present - 1, present + 1])
		if (isSame(code, await codeAt(secret, step))) return step;
	return undefined;
}

/** The code of one step: so many times thirty seconds since 1970. */
export async function codeAt(secret: Uint8Array<ArrayBuffer>, step: number): Promise<string> {
	const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-1" }, false, ["sign"]);
	const counter = new DataView(new ArrayBuffer(8));
	counter.setBigUint64(0, BigInt(step));
	const mac = new DataView(await crypto.subtle.sign("HMAC", key, counter.buffer));
	const place = mac.getUint8(mac.byteLength - 1) & 0xf;
	return String((mac.getUint32(place) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** RFC 4648, as authenticators want it typed. */
export function base32Of(bytes: Uint8Array): string {
	const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
	const groups = bits.match(/.{1,5}/g) ?? [];
	return groups.map((group) => letters[Number.parseInt(group.padEnd(5, "0"), 2)]).join("");
}
