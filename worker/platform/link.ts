// Links that we sign: l1.<key id>.<kind>.<site>.<cell>.<subject>.<issued>.<expires>.<mac>, instants in seconds, base 36.
// The MAC is over all that stands before it, so that nothing in it can be swapped; the site stands in it because a page of
// ours knows of no other way whose it is. No personal word is in any of them.

import { isSigned, type Keyring, macOf } from "./key.ts";

/**
 * `personal`: from a message or a card, to the site, proves *linked*. `confirmation`: to our page, where a button confirms
 * once. `confirmed`: from there to the site, proves *verified* once. `unsubscribe`: to our page, where a button withdraws.
 * `preview`: to the site, shows its own people what is not published.
 */
const letters = {
	personal: "l",
	confirmation: "c",
	confirmed: "p",
	unsubscribe: "u",
	preview: "v",
} as const;
export type LinkKind = keyof typeof letters;

/** `subject` is a person, or what a cell knows the matter by. Instants are epoch ms, exact to the second. */
export interface Link {
	readonly kind: LinkKind;
	readonly site: string;
	readonly cell: string;
	readonly subject: string;
	readonly issuedAt: number;
	readonly expiresAt: number;
}

const shape =
	/^(l1\.[A-Za-z0-9_-]{1,32}\.([lcpuv])\.([a-z0-9-]{1,64})\.([a-z]{2}-[a-z]{2,6}-[0-9]{1,4})\.([A-Za-z0-9_~-]{1,200})\.([0-9a-z]{1,8})\.([0-9a-z]{1,8}))\.([A-Za-z0-9_-]{22})$/;
/** Where pages of the site are told of them; the widget takes them out of the address bar before anything else looks. */
export const personalParameter = "wl";
export const confirmedParameter = "wc";
export const previewParameter = "wp";
/** Our machines' clocks differ a little. */
const skewMs = 60_000;

export async function signLink(keyring: Keyring, link: Link): Promise<string> {
	const { kind, site, cell, subject, issuedAt, expiresAt } = link;
	const instants = [issuedAt, expiresAt].map((at) => Math.floor(at / 1_000).toString(36));
	const text = ["l1", keyring.current, letters[kind], site, cell, subject, ...instants].join(".");
	const signed = `${text}.${await macOf(keyring, keyring.current, signedText(text))}`;
	if (!shape.test(signed)) throw new Error("a link is signed that nobody could read");
	return signed;
}

/** Nothing for whatever we did not sign, signed for another use, or signed too long ago. */
export async function readLink(
	keyring: Keyring,
	kind: LinkKind,
	text: string,
	now: number,
): Promise<Link | undefined> {
	const [, signed = "", letter, site = "", cell = "", subject = "", issued = "", expires = "", mac = ""] =
		shape.exec(text) ?? [];
	if (letter !== letters[kind]) return undefined;
	const keyId = signed.split(".")[1] ?? "";
	if (!(await isSigned(keyring, keyId, signedText(signed), mac))) return undefined;
	const [issuedAt = 0, expiresAt = 0] = [issued, expires].map((at) => Number.parseInt(at, 36) * 1_000);
	if (now >= expiresAt || issuedAt > now + skewMs) return undefined;
	return { kind, site, cell, subject, issuedAt, expiresAt };
}

/** What an unsubscribing link withdraws, as its subject: none of the three has a tilde. */
export function unsubscribing(person: string, channel: string, purpose: string): string {
	return `${person}~${channel}~${purpose}`;
}

export function unsubscribedBy({ subject }: Link): {
	readonly person: string;
	readonly channel: string;
	readonly purpose: string;
} {
	const [person = "", channel = "", purpose = ""] = subject.split("~");
	return { person, channel, purpose };
}

function signedText(text: string): string {
	return `link:${text}`;
}
