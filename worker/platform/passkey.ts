// Passkeys (WebAuthn, level 2): what an authenticator signed is looked at here, its key was handed over by a browser that was
// signed in. No attestation is asked for, so none is read: which make of authenticator it is, is its owner's business.

import { base64UrlOf, bytesOf } from "./base64.ts";
import { isSame } from "./key.ts";

/** Where it was made and is used: the page's origin, and its host as the relying party. */
export interface Place {
	readonly origin: string;
	readonly challenge: string;
}

/** What `navigator.credentials.get` answered, in base64url. */
export interface Assertion {
	readonly id: string;
	readonly clientData: string;
	readonly authenticatorData: string;
	readonly signature: string;
}

export interface Key {
	/** SPKI in base64url. */
	readonly publicKey: string;
	/** COSE: one of `algorithms`. */
	readonly algorithm: number;
}

/** ES256, EdDSA and RS256: what all authenticators make one of. The first that one knows it takes. */
export const algorithms = [-7, -8, -257] as const;

const userPresent = 0x01;
const userVerified = 0x04;
/** The digest of the host, the flags and how often it signed. */
const headBytes = 37;
const aaguidBytes = 16;

/** The challenge that the browser says was signed; nothing where it says none. */
export function challengeIn(clientData: string): string | undefined {
	const said = clientDataOf(clientData);
	return typeof said?.challenge === "string" ? said.challenge : undefined;
}

/** The id of what was made, and how often it signed; nothing where it was not made here, now and by a person. */
export async function readCreation(
	made: { readonly clientData: string; readonly authenticatorData: string },
	place: Place,
): Promise<{ readonly id: string; readonly uses: number } | undefined> {
	const bytes = bytesOf(made.authenticatorData);
	if (!bytes || !isSaidHere(made.clientData, "webauthn.create", place)) return undefined;
	const uses = await usesIn(bytes, place);
	const [high = 0, low = 0] = bytes.subarray(headBytes + aaguidBytes);
	const from = headBytes + aaguidBytes + 2;
	const id = bytes.subarray(from, from + high * 256 + low);
	if (uses === undefined || id.length === 0 || id.length !== high * 256 + low) return undefined;
	return { id: base64UrlOf(id), uses };
}

/** How often the authenticator says that it signed; nothing where the key did not sign this, here and now. */
export async function readAssertion(
	assertion: Assertion,
	key: Key,
	place: Place,
): Promise<number | undefined> {
	const data = bytesOf(assertion.authenticatorData);
	const client = bytesOf(assertion.clientData);
	const signature = bytesOf(assertion.signature);
	if (!data || !client || !signature) return undefined;
	if (!isSaidHere(assertion.clientData, "webauthn.get", place)) return undefined;
	const uses = await usesIn(data, place);
	if (uses === undefined) return undefined;
	const signed = new Uint8Array([...data, ...new Uint8Array(await crypto.subtle.digest("SHA-256", client))]);
	return (await isSignedBy(key, signature, signed)) ? uses : undefined;
}

/** Whether the browser's key is one that we can use. */
export async function isKey(key: Key): Promise<boolean> {
	return (await imported(key)) !== undefined;
}

function clientDataOf(text: string): Readonly<Record<string, unknown>> | undefined {
	const bytes = bytesOf(text);
	if (!bytes) return undefined;
	try {
		return Object(JSON.parse(new TextDecoder().decode(bytes)));
	} catch {
		// What is no JSON says nothing.
		return undefined;
	}
}

function isSaidHere(clientData: string, type: string, { origin, challenge }: Place): boolean {
	const said = clientDataOf(clientData);
	return (
		said?.type === type &&
		said.origin === origin &&
		said.crossOrigin !== true &&
		typeof said.challenge === "string" &&
		isSame(said.challenge, challenge)
	);
}

/** Nothing where it is for another host, or the person was not there, or did not prove to it who they are. */
async function usesIn(data: Uint8Array<ArrayBuffer>, { origin }: Place): Promise<number | undefined> {
	if (data.length < headBytes) return undefined;
	const host = new TextEncoder().encode(new URL(origin).hostname);
	const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", host));
	if (!isSame(base64UrlOf(data.subarray(0, 32)), base64UrlOf(digest))) return undefined;
	const flags = data[32] ?? 0;
	if ((flags & userPresent) === 0 || (flags & userVerified) === 0) return undefined;
	return new DataView(data.buffer, data.byteOffset).getUint32(33);
}

const schemes: ReadonlyMap<
	number,
	{ readonly name: string; readonly namedCurve?: string; readonly hash?: string }
> = new Map([
	[-7, { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" }],
	[-8, { name: "Ed25519" }],
	[-257, { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }],
]);

async function imported({ publicKey, algorithm }: Key): Promise<CryptoKey | undefined> {
	const scheme = schemes.get(algorithm);
	const bytes = bytesOf(publicKey);
	if (!scheme || !bytes) return undefined;
	try {
		return await crypto.subtle.importKey("spki", bytes, scheme, false, ["verify"]);
	} catch {
		// The platform's only way to say that it is no such key.
		return undefined;
	}
}

async function isSignedBy(
	key: Key,
	signature: Uint8Array<ArrayBuffer>,
	signed: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
	const scheme = schemes.get(key.algorithm);
	const known = await imported(key);
	const raw = key.algorithm === -7 ? rawOf(signature) : signature;
	return scheme && known && raw ? crypto.subtle.verify(scheme, known, raw, signed) : false;
}

/** Authenticators write the two numbers of an ECDSA signature in DER, Web Crypto wants them side by side. */
function rawOf(der: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
	const raw = new Uint8Array(64);
	let place = 2;
	if (der[0] !== 0x30 || der[1] !== der.length - 2) return undefined;
	for (const end of [32, 64]) {
		const length = der[place + 1] ?? 0;
		const number = der.subarray(place + 2, place + 2 + length);
		if (der[place] !== 0x02 || length === 0 || number.length !== length) return undefined;
		const digits = number[0] === 0 ? number.subarray(1) : number;
		if (digits.length > 32) return undefined;
		raw.set(digits, end - digits.length);
		place += 2 + length;
	}
	return place === der.length ? raw : undefined;
}
