// GET /demo/outbox: the messages that a developer's machine keeps instead of sending them, with links that work.

import { keptLetters } from "../admin/letters.ts";
import type { ShownMail } from "../cell/mails.ts";
import { escapeHtml } from "../domain/letter.ts";
import type { LocalEnv } from "../platform/env.ts";
import { cellOf, deskOf, siteOf } from "../platform/name.ts";

const style =
	"body{max-width:44rem;margin:2rem auto;padding:0 1rem;font:16px/1.5 system-ui,sans-serif;color:#1c1c1c;background:#f4f5f4}article{margin:0 0 1.5rem;padding:1.25rem 1.5rem;background:#fff;border-radius:12px}h1{font-size:1.4rem}h2{margin:0;font-size:1.1rem}p{margin:.25rem 0 1rem;color:#5c5c5c}div{white-space:pre-wrap;overflow-wrap:anywhere}@media(prefers-color-scheme:dark){body{color:#eee;background:#161816}article{background:#232623}p{color:#aaa}a{color:#9fd3b6}}";

/** The newest first. Looks anew every few seconds, for a message leaves a moment after the form. */
export async function outboxOf(env: LocalEnv, site: string): Promise<Response> {
	const cells = await siteOf(env, site).cells();
	const kept = [...cells.map((cell) => cellOf(env, site, cell)), deskOf(env, site)];
	const all = await Promise.all(kept.map((one) => one.shownMails()));
	const own = keptLetters.map(({ from, to, ...letter }) => ({
		...letter,
		from: from.address,
		to: to.address,
	}));
	const mails = [...all.flat(), ...own].sort((a, b) => b.at - a.at);
	const nonce = crypto.randomUUID();
	const body =
		mails.length > 0 ? mails.map(article).join("") : "<p>No message yet. Nic jeszcze nie wysłano.</p>";
	const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Outbox</title><style nonce="${nonce}">${style}</style></head><body><h1>Outbox · Poczta</h1>${body}</body></html>`;
	return new Response(html, {
		headers: {
			"content-type": "text/html; charset=utf-8",
			"cache-control": "no-store",
			"x-content-type-options": "nosniff",
			"referrer-policy": "no-referrer",
			"content-security-policy": `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
			refresh: "3",
		},
	});
}

type Shown = Pick<ShownMail, "from" | "to" | "subject" | "text" | "at">;

function article({ from, to, subject, text, at }: Shown): string {
	const when = new Date(at).toISOString();
	return `<article><h2>${escapeHtml(subject)}</h2><p>${escapeHtml(from)} → ${escapeHtml(to)} · <time datetime="${when}">${when.slice(11, 19)}</time></p><div>${linked(text)}</div></article>`;
}

/** The text as it was sent, its addresses as links. */
function linked(text: string): string {
	return escapeHtml(text).replace(/https?:\/\/[^\s<]+/g, (url) => `<a href="${url}">${url}</a>`);
}
