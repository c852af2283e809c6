// Our own pages behind the links in messages: a heading, some lines, a button. Plain HTML, no script, nothing from elsewhere.

import { escapeHtml } from "../domain/letter.ts";

/** What such a page says, by name. */
export type Saying = "asks" | "done" | "already" | "leaves" | "left" | "gone";

export interface LinkPageCall {
	readonly language: "pl" | "en";
	readonly says: Saying;
	/** In the site's own words. */
	readonly wording?: string | undefined;
	readonly site?: string | undefined;
	readonly button?: "confirm" | "unsubscribe" | undefined;
	/** Where the browser goes on. */
	readonly back?: string | undefined;
	/** Where the form may end up, which browsers hold against the policy of the page that holds it. */
	readonly leadsTo?: string | undefined;
}

export interface LinkPage {
	readonly html: string;
	/** Its content security policy. */
	readonly policy: string;
}

interface Words extends Readonly<Record<Saying | "confirm" | "unsubscribe", string>> {
	readonly title: string;
	readonly back: string;
}

const pl: Words = {
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

const style =
	"body{margin:0;font:17px/1.5 system-ui,sans-serif;color:#1c1c1c;background:#f4f5f4}main{max-width:30rem;margin:12vh auto;padding:2rem;background:#fff;border-radius:12px}h1{margin:0 0 1rem;font-size:1.25rem}p{margin:0 0 1.25rem}button{font:inherit;padding:.7rem 1.4rem;border:0;border-radius:8px;color:#fff;background:#1f6f4a;cursor:pointer}button:focus-visible,a:focus-visible{outline:3px solid #14507a;outline-offset:2px}@media(prefers-color-scheme:dark){body{color:#eee;background:#161816}main{background:#232623}a{color:#9fd3b6}}";
let styleHash: Promise<string> | undefined;

export async function linkPage(call: LinkPageCall): Promise<LinkPage> {
	const { language, says, wording, site, button, back, leadsTo } = call;
	const words = language === "pl" ? pl : en;
	const goesOn = leadsTo === undefined ? "" : ` ${new URL(leadsTo).origin}`;
	styleHash ??= hashOf(style);
	const policy = `default-src 'none'; style-src 'sha256-${await styleHash}'; form-action 'self'${goesOn}; base-uri 'none'; frame-ancestors 'none'`;
	const heading = site === undefined ? words.title : `${site}: ${words.title.toLowerCase()}`;
	const lines = wording === undefined ? [words[says]] : [words[says], wording];
	const body = [
		`<h1>${escapeHtml(heading)}</h1>`,
		...lines.map((line) => `<p>${escapeHtml(line)}</p>`),
		button === undefined ? "" : `<form method="post"><button>${escapeHtml(words[button])}</button></form>`,
		back === undefined ? "" : `<p><a href="${escapeHtml(back)}">${escapeHtml(words.back)}</a></p>`,
	].join("");
	const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(heading)}</title><style>${style}</style></head><body><main>${body}</main></body></html>`;
	return { html, policy };
}

async function hashOf(text: string): Promise<string> {
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
	return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
