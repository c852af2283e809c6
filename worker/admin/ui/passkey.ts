// Passkeys, as the browser makes them and signs with them.

import type { PasskeyChallenge } from "../../protocol/account.ts";
import { call } from "./api/call.ts";

export const knowsPasskeys = "PublicKeyCredential" in globalThis;

const bytesOf = (text: string) =>
	Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const textOf = (buffer: ArrayBuffer) =>
	btoa(String.fromCharCode(...new Uint8Array(buffer)))
		.replaceAll("+", "-")
		.replaceAll("/", "_")
		.replaceAll("=", "");

/** Undefined where the person, or the browser, did not want to. */
async function unlessDeclined<T>(asking: Promise<T>): Promise<T | undefined> {
	try {
		return await asking;
	} catch (error) {
		if (error instanceof DOMException) return undefined;
		throw error;
	}
}

/** What proves to the API who one is. `at` is where the challenge comes from. */
export async function signWithPasskey(at: "/api/session/challenge" | "/api/account/passkeys/challenge") {
	const { challenge, host } = await call<PasskeyChallenge>("POST", at);
	const asking = navigator.credentials.get({
		publicKey: { challenge: bytesOf(challenge), rpId: host, userVerification: "required" },
	});
	const key = await unlessDeclined(asking);
	if (!(key instanceof PublicKeyCredential)) return undefined;
	const { response, rawId } = key;
	if (!(response instanceof AuthenticatorAssertionResponse)) return undefined;
	return {
		id: textOf(rawId),
		clientData: textOf(response.clientDataJSON),
		authenticatorData: textOf(response.authenticatorData),
		signature: textOf(response.signature),
	};
}

/** One more for whoever is signed in. Answers whether there is one now. */
export async function makePasskey(
	name: string,
	{ id, email, name: displayName }: { readonly id: string; readonly email: string; readonly name: string },
): Promise<boolean> {
	const { challenge, host, algorithms } = await call<PasskeyChallenge>(
		"POST",
		"/api/account/passkeys/challenge",
	);
	const asking = navigator.credentials.create({
		publicKey: {
			challenge: bytesOf(challenge),
			rp: { id: host, name: "Witaj" },
			user: { id: new TextEncoder().encode(id), name: email, displayName },
			pubKeyCredParams: algorithms.map((alg) => ({ type: "public-key", alg })),
			authenticatorSelection: { residentKey: "required", userVerification: "required" },
		},
	});
	const key = await unlessDeclined(asking);
	if (!(key instanceof PublicKeyCredential)) return false;
	const { response } = key;
	if (!(response instanceof AuthenticatorAttestationResponse)) return false;
	const publicKey = response.getPublicKey();
	if (!publicKey) return false;
	await call("POST", "/api/account/passkeys", {
		name,
		clientData: textOf(response.clientDataJSON),
		authenticatorData: textOf(response.getAuthenticatorData()),
		publicKey: textOf(publicKey),
		algorithm: response.getPublicKeyAlgorithm(),
	});
	return true;
}
