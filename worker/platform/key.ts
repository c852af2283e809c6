// What only we can have made: visitor tokens, the staff mark, and the check that a public site key carries.
// One secret serves each through its own prefix, so that a MAC of one kind never passes for another.

const encoder = new TextEncoder();

export interface Keyring {
	/** Signs new things. */
	readonly current: string;
	readonly keys: ReadonlyMap<string, Promise<CryptoKey>>;
}

const keyrings = new Map<string, Keyring>();

/** The keys of the `TOKEN_KEYS` secret, imported once for each isolate. */
export function keyringOf(secret: string): Keyring {
	const known = keyrings.get(secret);
	if (known) return known;
	const entries = Object.entries(JSON.parse(secret) as Record<string, string>);
	const [first] = entries;
	if (!first) throw new Error("TOKEN_KEYS holds no key");
	const keys = new Map(entries.map(([id, value]) => [id, importKey(value)]));
	const keyring = { current: first[0], keys };
	keyrings.set(secret, keyring);
	return keyring;
}

function importKey(secret: string): Promise<CryptoKey> {
	const algorithm = { name: "HMAC", hash: "SHA-256" };
	return crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["sign", "verify"]);
}

/** 128 bits of HMAC-SHA-256 in base64url, 22 characters. */
export async function macOf(keyring: Keyring, keyId: string, text: string): Promise<string | undefined> {
	const key = await keyring.keys.get(keyId);
	if (!key) return undefined;
	const mac = await crypto.subtle.sign("HMAC", key, encoder.encode(text));
	return btoa(String.fromCharCode(...new Uint8Array(mac, 0, 16)))
		.replaceAll("+", "-")
		.replaceAll("/", "_")
		.slice(0, macLength);
}

/** What was found to be signed, by key and text: of the few thousand that an isolate meets, most come again. */
const known = new WeakMap<CryptoKey, Map<string, string>>();
const rememberedMacs = 5_000;

/** Whether `mac` is what the key makes of the text, or its first `length` characters where fewer are asked for. */
export async function isSigned(
	keyring: Keyring,
	keyId: string,
	text: string,
	mac: string,
	length: number = macLength,
): Promise<boolean> {
	const key = await keyring.keys.get(keyId);
	if (!key) return false;
	const remembered = known.get(key) ?? new Map<string, string>();
	known.set(key, remembered);
	const expected = remembered.get(text) ?? (await macOf(keyring, keyId, text))?.slice(0, length);
	if (expected === undefined || !isSame(mac, expected)) return false;
	// Only what was signed is remembered: forgeries must not push it out.
	if (remembered.size >= rememberedMacs) remembered.clear();
	remembered.set(text, expected);
	return true;
}

const macLength = 22;

/** Compares without telling by its duration where the two differ. */
export function isSame(a: string, b: string): boolean {
	if (a.length !== b.length) return false;
	let difference = 0;
	for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
	return difference === 0;
}
