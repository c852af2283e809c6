// Our own pages behind the links in messages: /c/:token confirms, /u/:token unsubscribes. A GET shows a button and does
// nothing, for mail scanners open every link; the POST of its form acts. Plain HTML, no script, nothing from elsewhere.

import type { LinkPageCall } from "../content/call.ts";
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
	const link = await linkOf(env, "confirmation", token);
	const asked = link && (await cellOf(env, link.site, link.cell).confirmation(link.subject));
	if (!asked) return page(request, env, 404, "gone");
	const { site, wording, page: back } = asked;
	if (asked.isConfirmed) return page(request, env, 200, "already", { site, back });
	return page(request, env, 200, "asks", { site, wording, leadsTo: back });
}

/** Confirms once, and sends the browser to the page that was stored when it was asked, with a proof for that page. */
export async function confirm(request: Request, env: EdgeEnv, token: string): Promise<Response> {
	const link = await linkOf(env, "confirmation", token);
	const confirmed = link && (await cellOf(env, link.site, link.cell).confirm(link.subject));
	if (!link || !confirmed) return page(request, env, 404, "gone");
	const { site, page: back, isNew } = confirmed;
	if (!isNew) return page(request, env, 200, "already", { site, back });
	if (back === undefined) return page(request, env, 200, "done", { site });
	const issuedAt = Date.now();
	const proof: Link = { ...link, kind: "confirmed", issuedAt, expiresAt: issuedAt + proofMs };
	const url = new URL(back);
	url.searchParams.set(confirmedParameter, await signLink(keyringOf(env.TOKEN_KEYS), proof));
	return new Response(null, { status: 303, headers: { ...plain, location: url.href } });
}

export async function showUnsubscribing(request: Request, env: EdgeEnv, token: string): Promise<Response> {
	const matter = await matterOf(env, token);
	return matter ? page(request, env, 200, "leaves") : page(request, env, 404, "gone");
}

/** The button of our page, and the one that mailboxes show themselves (RFC 8058): both mean it. */
export async function unsubscribe(request: Request, env: EdgeEnv, token: string): Promise<Response> {
	const matter = await matterOf(env, token);
	if (!matter) return page(request, env, 404, "gone");
	const { link, person, channel, purpose } = matter;
	const done = await cellOf(env, link.site, link.cell).unsubscribe(person, channel, purpose);
	return page(request, env, 200, "left", { site: done?.site });
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

/** `leadsTo`: where the form may end up, which browsers hold against the policy of the page that holds it. */
async function page(
	request: Request,
	env: EdgeEnv,
	status: number,
	says: LinkPageCall["says"],
	{
		leadsTo,
		...more
	}: Omit<LinkPageCall, "language" | "says"> & { readonly leadsTo?: string | undefined } = {},
): Promise<Response> {
	const language = /^pl\b/i.test(request.headers.get("accept-language") ?? "") ? "pl" : "en";
	const { html, style } = await env.CONTENT.linkPage({ language, says, ...more });
	const goesOn = leadsTo === undefined ? "" : ` ${new URL(leadsTo).origin}`;
	return new Response(html, {
		status,
		headers: {
			...plain,
			"content-type": "text/html; charset=utf-8",
			"content-security-policy": `default-src 'none'; style-src '${style}'; form-action 'self'${goesOn}; base-uri 'none'; frame-ancestors 'none'`,
			"content-language": language,
		},
	});
}
