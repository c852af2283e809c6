// Our own pages behind the links in messages: /c/:token confirms, /u/:token unsubscribes. A GET shows a button and does
// nothing, for mail scanners open every link; the POST of its form acts. Plain HTML, no script, nothing from elsewhere.

import { channels } from "../domain/consent.ts";
import { escapeHtml } from "../domain/letter.ts";
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
	const words = wordsFor(request);
	const link = await linkOf(env, "confirmation", token);
	const asked = link && (await cellOf(env, link.site, link.cell).confirmation(link.subject));
	if (!asked) return page(words, 404, [words.gone]);
	if (asked.isConfirmed) return page(words, 200, [words.already], { site: asked.site, back: asked.page });
	const lines = asked.wording === undefined ? [words.asks] : [words.asks, asked.wording];
	return page(words, 200, lines, { site: asked.site, button: words.confirm, leadsTo: asked.page });
}

/** Confirms once, and sends the browser to the page that was stored when it was asked, with a proof for that page. */
export async function confirm(request: Request, env: EdgeEnv, token: string): Promise<Response> {
	const words = wordsFor(request);
	const link = await linkOf(env, "confirmation", token);
	const confirmed = link && (await cellOf(env, link.site, link.cell).confirm(link.subject));
	if (!link || !confirmed) return page(words, 404, [words.gone]);
	const { site, page: back, isNew } = confirmed;
	if (!isNew) return page(words, 200, [words.already], { site, back });
	if (back === undefined) return page(words, 200, [words.done], { site });
	const issuedAt = Date.now();
	const proof: Link = { ...link, kind: "confirmed", issuedAt, expiresAt: issuedAt + proofMs };
	const url = new URL(back);
	url.searchParams.set(confirmedParameter, await signLink(keyringOf(env.TOKEN_KEYS), proof));
	return new Response(null, { status: 303, headers: { ...plain, location: url.href } });
}

export async function showUnsubscribing(request: Request, env: EdgeEnv, token: string): Promise<Response> {
	const words = wordsFor(request);
	const matter = await matterOf(env, token);
	return matter
		? page(words, 200, [words.leaves], { button: words.unsubscribe })
		: page(words, 404, [words.gone]);
}

/** The button of our page, and the one that mailboxes show themselves (RFC 8058): both mean it. */
export async function unsubscribe(request: Request, env: EdgeEnv, token: string): Promise<Response> {
	const words = wordsFor(request);
	const matter = await matterOf(env, token);
	if (!matter) return page(words, 404, [words.gone]);
	const { link, person, channel, purpose } = matter;
	const done = await cellOf(env, link.site, link.cell).unsubscribe(person, channel, purpose);
	return page(words, 200, [words.left], { site: done?.site });
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

interface Words {
	readonly language: "pl" | "en";
	readonly title: string;
	readonly asks: string;
	readonly confirm: string;
	readonly done: string;
	readonly already: string;
	readonly leaves: string;
	readonly unsubscribe: string;
	readonly left: string;
	readonly gone: string;
	readonly back: string;
}

const pl: Words = {
	language: "pl",
	title: "Twój adres e-mail",
	asks: "Czy to Twój adres? Potwierdź, jeśli to Ty podałeś lub podałaś go na naszej stronie.",
	confirm: "Potwierdzam",
	done: "Dziękujemy, adres jest potwierdzony.",
	already: "Ten adres jest już potwierdzony.",
	leaves: "Czy wypisać ten adres z listy odbiorców?",
	unsubscribe: "Wypisz mnie",
	left: "Adres jest wypisany. Nie napiszemy więcej w tej sprawie.",
	gone: "Ten odnośnik wygasł albo jest niepełny.",
	back: "Wróć na stronę",
};
const en: Words = {
	language: "en",
	title: "Your e-mail address",
	asks: "Is this your address? Confirm it if it was you who gave it on our site.",
	confirm: "I confirm",
	done: "Thank you, the address is confirmed.",
	already: "This address is confirmed already.",
	leaves: "Take this address off the list of recipients?",
	unsubscribe: "Unsubscribe",
	left: "The address is off the list. We will not write about this again.",
	gone: "This link has expired or is incomplete.",
	back: "Back to the site",
};

function wordsFor(request: Request): Words {
	return /^pl\b/i.test(request.headers.get("accept-language") ?? "") ? pl : en;
}

const plain = {
	"cache-control": "no-store",
	// The address of the page is the secret.
	"referrer-policy": "no-referrer",
	"x-content-type-options": "nosniff",
	"x-robots-tag": "noindex",
} as const;

const style =
	"body{margin:0;font:17px/1.5 system-ui,sans-serif;color:#1c1c1c;background:#f4f5f4}main{max-width:30rem;margin:12vh auto;padding:2rem;background:#fff;border-radius:12px}h1{margin:0 0 1rem;font-size:1.25rem}p{margin:0 0 1.25rem}button{font:inherit;padding:.7rem 1.4rem;border:0;border-radius:8px;color:#fff;background:#1f6f4a;cursor:pointer}button:focus-visible,a:focus-visible{outline:3px solid #14507a;outline-offset:2px}@media(prefers-color-scheme:dark){body{color:#eee;background:#161816}main{background:#232623}a{color:#9fd3b6}}";
let styleHash: Promise<string> | undefined;

/** `leadsTo`: where the form may end up, which browsers hold against the policy of the page that holds it. */
async function page(
	words: Words,
	status: number,
	lines: readonly string[],
	{ site, button, back, leadsTo }: PageParts = {},
): Promise<Response> {
	const goesOn = leadsTo === undefined ? "" : ` ${new URL(leadsTo).origin}`;
	styleHash ??= hashOf(style);
	const policy = `default-src 'none'; style-src 'sha256-${await styleHash}'; form-action 'self'${goesOn}; base-uri 'none'; frame-ancestors 'none'`;
	const heading = site === undefined ? words.title : `${site}: ${words.title.toLowerCase()}`;
	const body = [
		`<h1>${escapeHtml(heading)}</h1>`,
		...lines.map((line) => `<p>${escapeHtml(line)}</p>`),
		button === undefined ? "" : `<form method="post"><button>${escapeHtml(button)}</button></form>`,
		back === undefined ? "" : `<p><a href="${escapeHtml(back)}">${escapeHtml(words.back)}</a></p>`,
	].join("");
	const html = `<!doctype html><html lang="${words.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(heading)}</title><style>${style}</style></head><body><main>${body}</main></body></html>`;
	const type = "text/html; charset=utf-8";
	return new Response(html, {
		status,
		headers: {
			...plain,
			"content-type": type,
			"content-security-policy": policy,
			"content-language": words.language,
		},
	});
}

interface PageParts {
	readonly site?: string | undefined;
	readonly button?: string | undefined;
	readonly back?: string | undefined;
	readonly leadsTo?: string | undefined;
}

async function hashOf(text: string): Promise<string> {
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
	return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
