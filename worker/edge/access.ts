// Who sends: a page or a program with the site's public key, or the site's own server with a secret one. What anyone can
// read in a page proves nothing; a secret key is the site's word.

import { callerOf } from "../platform/caller.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { isSame, keyringOf } from "../platform/key.ts";
import { siteOf } from "../platform/name.ts";
import { isSecret, readSecretKey } from "../platform/secret.ts";
import { siteOfKey } from "../platform/token.ts";
import type { Scope } from "../protocol/key.ts";
import type { ValidKey } from "../site/secrets.ts";
import { Recent } from "./recent.ts";

export type Sender =
	| { readonly is: "anyone"; readonly site: string; readonly isPage: boolean }
	| { readonly is: "server"; readonly site: string; readonly scopes: readonly Scope[] };

export type AccessError =
	| "key-missing"
	| "key-unknown"
	| "origin-refused"
	/** It stands in a page, where everybody reads it. */
	| "secret-key-in-a-page"
	| "secret-key-required"
	| "scope-missing"
	| "too-many-requests";

export type Access = { readonly is: "sender"; readonly sender: Sender } | Refused;
type Refused = { readonly is: "refused"; readonly code: AccessError };

export const accessStatus: Record<AccessError, number> = {
	"key-missing": 401,
	"key-unknown": 401,
	"origin-refused": 403,
	"secret-key-in-a-page": 403,
	"secret-key-required": 403,
	"scope-missing": 403,
	"too-many-requests": 429,
};

/** `said` is the key out of the body, for whoever cannot send a header. */
export async function accessOf(request: Request, env: EdgeEnv, said?: string): Promise<Access> {
	const key = keyIn(request.headers.get("authorization")) ?? said;
	if (!key) return refused("key-missing");
	const origin = request.headers.get("origin");
	return isSecret(key) ? serverWith(key, origin, env) : anyoneWith(key, origin, request, env);
}

/** The same for what only a server may do. */
export async function serverOf(request: Request, env: EdgeEnv, scope: Scope): Promise<Access> {
	const access = await accessOf(request, env);
	if (access.is === "refused") return access;
	const { sender } = access;
	if (sender.is === "anyone") return refused("secret-key-required");
	return sender.scopes.includes(scope) ? access : refused("scope-missing");
}

async function serverWith(key: string, origin: string | null, env: EdgeEnv): Promise<Access> {
	const shown = await readSecretKey(keyringOf(env.SITE_KEYS), key);
	if (!shown) return refused("key-unknown");
	if (origin !== null) return refused("secret-key-in-a-page");
	const { site, id, digest } = shown;
	if (!(await env.CALLERS.limit({ key: `${site}/${id}` })).success) return refused("too-many-requests");
	const isShown = (one: ValidKey) => one.id === id && isSame(one.digest, digest);
	const remembered = (await accesses.of(env, site))?.keys.find(isShown);
	// One that we made and do not remember may have been made just now.
	const known = remembered ?? (await accesses.of(env, site, 0))?.keys.find(isShown);
	return known
		? { is: "sender", sender: { is: "server", site, scopes: known.scopes } }
		: refused("key-unknown");
}

async function anyoneWith(
	key: string,
	origin: string | null,
	request: Request,
	env: EdgeEnv,
): Promise<Access> {
	const site = await siteOfKey(keyringOf(env.SITE_KEYS), key);
	const known = site === undefined ? undefined : await accesses.of(env, site);
	if (site === undefined || !known) return refused("key-unknown");
	const { origins } = known;
	if (origin !== null && origins.length > 0 && !origins.includes(origin)) return refused("origin-refused");
	const { success } = await env.CALLERS.limit({ key: `${site} ${callerOf(request)}` });
	return success
		? { is: "sender", sender: { is: "anyone", site, isPage: origin !== null } }
		: refused("too-many-requests");
}

function refused(code: AccessError): Refused {
	return { is: "refused", code };
}

/** Of Basic authorisation the user's name, as Segment has it. */
function keyIn(authorisation: string | null): string | undefined {
	const [, scheme = "", text = ""] = /^(Basic|Bearer) +(\S+)$/i.exec(authorisation ?? "") ?? [];
	if (scheme.toLowerCase() !== "basic") return text || undefined;
	try {
		return atob(text).split(":", 1)[0] || undefined;
	} catch {
		// What is no Base64 names nobody.
		return undefined;
	}
}

/** A key that is revoked is refused everywhere so much later. */
const accesses = new Recent((env, site) => siteOf(env, site).access());
