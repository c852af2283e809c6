// What a page of ours carries to prove that its form is ours, and whose: signed, and good for an hour.

import { isSigned, type Keyring, macOf } from "./key.ts";
import { hasTokenShape, type VisitorToken } from "./token.ts";

const lifeMs = 3_600_000;

export async function signPass(
	keyring: Keyring,
	site: string,
	whose: VisitorToken,
	now: number,
): Promise<string> {
	const until = now + lifeMs;
	const mac = await macOf(keyring, keyring.current, signedText(site, whose, until));
	return ["p1", keyring.current, whose.cell, whose.visitor, until, mac].join(".");
}

/** Nothing for what we did not sign for this site, or long ago. */
export async function verifyPass(
	keyring: Keyring,
	site: string,
	text: string,
	now: number,
): Promise<VisitorToken | undefined> {
	const [version, keyId, cell, visitor, until, mac, ...more] = text.split(".");
	if (version !== "p1" || more.length > 0 || !keyId || !cell || !visitor || !mac) return undefined;
	const whose = { cell, visitor };
	const end = Number(until);
	if (!hasTokenShape(whose) || !Number.isInteger(end) || end <= now || end > now + lifeMs) return undefined;
	return (await isSigned(keyring, keyId, signedText(site, whose, end), mac)) ? whose : undefined;
}

function signedText(site: string, { cell, visitor }: VisitorToken, until: number): string {
	return `pass:${site}:${cell}:${visitor}:${until}`;
}
