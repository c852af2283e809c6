// What a browser brings to prove whose it is, looked into: by signature here, and where something may be used but once,
// by the cell that remembers. Whatever is not all that it has to be proves nothing, and nobody is told why.

import { type Identifier, normalise, type Owner } from "../domain/contact.ts";
import type { Proof } from "../domain/proof.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { verifyJwt } from "../platform/jwt.ts";
import { keyringOf } from "../platform/key.ts";
import { readLink } from "../platform/link.ts";
import { cellOf, siteOf } from "../platform/name.ts";
import type { Proof as Brought } from "../protocol/collect.ts";
import type { Login } from "../protocol/site.ts";
import { Recent } from "./recent.ts";

/**
 * Of a link its person. Of what was confirmed, and of a login, the identifiers: whose they are the directory says, and
 * never the person who typed them.
 */
export interface Proven {
	readonly proof: Exclude<Proof, "typed">;
	readonly person?: Owner;
	readonly identifiers: readonly Identifier[];
}

/**
 * What it proves, or nothing. `by` is the visitor who brings it, where it is one already: what may be used once may be
 * used by them again, because an answer may be lost.
 */
export async function proven(
	env: EdgeEnv,
	site: string,
	{ kind, token }: Brought,
	by?: string,
): Promise<Proven | undefined> {
	const now = Date.now();
	switch (kind) {
		case "link": {
			const link = await readLink(keyringOf(env.TOKEN_KEYS), "personal", token, now);
			if (link?.site !== site) return undefined;
			const person = await cellOf(env, site, link.cell).whoIs(link.subject);
			return person && { proof: "linked", person, identifiers: [] };
		}
		case "confirmed": {
			const link = await readLink(keyringOf(env.TOKEN_KEYS), "confirmed", token, now);
			if (link?.site !== site) return undefined;
			const email = await cellOf(env, site, link.cell).redeem(link.subject, by);
			return email === undefined
				? undefined
				: { proof: "verified", identifiers: [{ kind: "email", value: email }] };
		}
		case "jwt": {
			const login = await logins.of(env, site);
			const claims = login && (await verifyJwt(token, login, now));
			const user = claims && normalise("user", claims.subject);
			// Were one login's id made the same as another's, the one would be let into the other's card.
			if (user?.value !== claims?.subject || !user) return undefined;
			const email = claims?.email === undefined ? undefined : normalise("email", claims.email);
			return { proof: "verified", identifiers: email ? [user, email] : [user] };
		}
	}
}

/** Whoever is logged in brings a token with each page, also where the site has no login. */
const logins = new Recent<Login | null>(async (env, site) => (await siteOf(env, site).login()) ?? null);
