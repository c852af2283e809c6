// The visitor token: v1.<key id>.<cell>.<uuidv7>.<mac>. The cell's name is signed with it, so a visitor is found
// without a look-up, and the number of cells can grow without a rehash.

import { isSigned, type Keyring, macOf } from "./key.ts";

export interface VisitorToken {
	readonly cell: string;
	readonly visitor: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const cellPattern = /^[a-z]{2}-[a-z]{2,6}-[0-9]{1,4}$/;

export async function signToken(keyring: Keyring, site: string, token: VisitorToken): Promise<string> {
	const { current } = keyring;
	const mac = await macOf(keyring, current, signedText(site, token));
	return `v1.${current}.${token.cell}.${token.visitor}.${mac}`;
}

/** Nothing for whatever we did not sign for this site: then the browser is a new visitor. */
export async function verifyToken(
	keyring: Keyring,
	site: string,
	text: string,
): Promise<VisitorToken | undefined> {
	const [version, keyId, cell, visitor, mac, ...more] = text.split(".");
	if (version !== "v1" || more.length > 0) return undefined;
	if (!keyId || !cell || !visitor || !mac || !hasTokenShape({ cell, visitor })) return undefined;
	return (await isSigned(keyring, keyId, signedText(site, { cell, visitor }), mac))
		? { cell, visitor }
		: undefined;
}

export function hasTokenShape({ cell, visitor }: VisitorToken): boolean {
	return cellPattern.test(cell) && uuid.test(visitor);
}

function signedText(site: string, { cell, visitor }: VisitorToken): string {
	return `visitor:${site}:${cell}:${visitor}`;
}

/** The mark that keeps the site's own staff out of its figures. */
export async function signStaffMark(keyring: Keyring, site: string): Promise<string> {
	return `s1.${keyring.current}.${await macOf(keyring, keyring.current, `staff:${site}`)}`;
}

export async function isStaffMark(keyring: Keyring, site: string, text: string): Promise<boolean> {
	const [version, keyId, mac, ...more] = text.split(".");
	if (version !== "s1" || more.length > 0 || !keyId || !mac) return false;
	return isSigned(keyring, keyId, `staff:${site}`, mac);
}

/** A site's public key: its id with a short check, so that an invented key costs no look-up. */
export async function siteKeyOf(keyring: Keyring, site: string): Promise<string> {
	const mac = await macOf(keyring, keyring.current, `site:${site}`);
	return `${site}.${mac?.slice(0, siteCheckLength)}`;
}

export async function siteOfKey(keyring: Keyring, key: string): Promise<string | undefined> {
	const dot = key.lastIndexOf(".");
	const site = key.slice(0, dot);
	if (dot < 1 || !/^[a-z0-9-]{1,64}$/.test(site)) return undefined;
	const check = key.slice(dot + 1);
	for (const keyId of keyring.keys.keys())
		if (await isSigned(keyring, keyId, `site:${site}`, check, siteCheckLength)) return site;
	return undefined;
}

const siteCheckLength = 8;
