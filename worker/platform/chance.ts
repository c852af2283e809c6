// What opens a door is chance alone, and what is kept of it a digest: of 256 bits of chance it needs no salt.

import { hash } from "node:crypto";
import { base64UrlOf } from "./base64.ts";

const tokenBytes = 32;

/** 256 bits in base64url, 43 characters. */
export function makeToken(): string {
	return base64UrlOf(crypto.getRandomValues(new Uint8Array(tokenBytes)));
}

/** `kind` keeps what opens one door from being tried at another. */
export function digestOfToken(
	kind: "session" | "invitation" | "recovery" | "challenge" | "code" | "guess",
	token: string,
): string {
	return hash("sha256", `${kind} ${token}`, "hex");
}
