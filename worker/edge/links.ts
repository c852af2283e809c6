// Our own pages behind the links in messages: /c/:token confirms, /u/:token unsubscribes. A GET shows a button and does
// nothing, for mail scanners open every link; the POST of its form acts. What is written on them: content/link-page.ts.

import type { LinkPageCall } from "../content/link-page.ts";
import { channels } from "../domain/consent.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { keyringOf } from "../platform/key.ts";
import {
	confirmedParameter,
	type Link,
	type LinkKind,
	readLink,
	signLink,
	unsubscribedBy,
} from "../platform/link.ts";
import { cellOf } from "../platform/name.ts";

/** How long the proof of a confirmation is good for on the way to the site's page. */
const proofMs = 10 * 60_000;

/** Shows what is asked; confirms nothing. */
export async function showConfirmation(request: Request, env: EdgeEnv, token: string): Promise<Response> {
	const page = pageFor(request, env);
	const link = await linkOf(env, "confirmation", token);
	const asked = link && (await cellOf(env, link.site, link.cell).confirmation(link.subject));
	if (!asked) return page(404, { says: "gone" });
	if (asked.isConfirmed) return page(200, { says: "already", site: asked.site, back: asked.page });
	const { site, wording, page: leadsTo } = asked;
	return page(200, { says: "asks", wording, site, button: "confirm", leadsTo });
}

/** Confirms once, and sends the browser to the page that was stored when it was asked, with a proof for that page. */
export async function confirm(request: Request, env: EdgeEnv, token: string): Promise<Response> {
	const page = pageFor(request, env);
	const link = await linkOf(env, "confirmation", token);
	const confirmed = link && (await cellOf(env, link.site, link.cell).confirm(link.subject));
	if (!link || !confirmed) return page(404, { says: "gone" });
	const { site, page: back, isNew } = confirmed;
	if (!isNew) return page(200, { says: "already", site, back });
	if (back === undefined) return page(200, { says: "done", site });
	const issuedAt = Date.now();
	const proof: Link = { ...link, kind: "confirmed", issuedAt, expiresAt: issuedAt + proofMs };
	const url = new URL(back);
	url.searchParams.set(confirmedParameter, await signLink(keyringOf(env.TOKEN_KEYS), proof));
	return new Response(null, { status: 303, headers: { ...plain, location: url.href } });
}

export async function showUnsubscribing(request: Request, env: EdgeEnv, token: string): Promise<Response> {
	const page = pageFor(request, env);
	const matter = await matterOf(env, token);
	return matter ? page(200, { says: "leaves", button: "unsubscribe" }) : page(404, { says: "gone" });
}

/** The button of our page, and the one that mailboxes show themselves (RFC 8058): both mean it. */
export async function unsubscribe(request: Request, env: EdgeEnv, token: string): Promise<Response> {
	const page = pageFor(request, env);
	const matter = await matterOf(env, token);
	if (!matter) return page(404, { says: "gone" });
	const { link, person, channel, purpose } = matter;
	const done = await cellOf(env, link.site, link.cell).unsubscribe(person, channel, purpose);
	return page(200, { says: "left", site: done?.site });
}

async function matterOf(env: EdgeEnv, token: string) {
	const link = await linkOf(env, "unsubscribe", token);
	if (!link) return undefined;
	const { person, channel: named, purpose } = unsubscribedBy(link);
	const channel = channels.find((one) => one === named);
	return channel && { link, person, channel, purpose };
}

function linkOf(env: EdgeEnv, kind: LinkKind, token: string): Promise<Link | undefined> {
	return readLink(keyringOf(env.TOKEN_KEYS), kind, token, Date.now());
}

const plain = {
	"cache-control": "no-store",
	// The address of the page is the secret.
	"referrer-policy": "no-referrer",
	"x-content-type-options": "nosniff",
	"x-robots-tag": "noindex",
} as const;

/** In the language of whoever asks. */
function pageFor(request: Request, env: EdgeEnv) {
	const language = /^pl\b/i.test(request.headers.get("accept-language") ?? "") ? "pl" : "en";
	return async (status: number, call: Omit<LinkPageCall, "language">): Promise<Response> => {
		const { html, policy } = await env.CONTENT.linkPage({ ...call, language });
		return new Response(html, {
			status,
			headers: {
				...plain,
				"content-type": "text/html; charset=utf-8",
				"content-security-policy": policy,
				"content-language": language,
			},
		});
	};
}
