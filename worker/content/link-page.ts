// The pages behind the links in messages, as HTML: no script, and no style but its own.

import type { LinkPage, LinkPageCall } from "./call.ts";
import { Html, html } from "./me/html.ts";

const words = {
	pl: {
		title: "Twój adres e-mail",
		asks: "Czy to Twój adres? Potwierdź, jeśli to Ty podałeś lub podałaś go na naszej stronie.",
		confirm: "Potwierdzam",
		done: "Dziękujemy, adres jest potwierdzony.",
		already: "Ten adres jest już potwierdzony.",
		leaves: "Czy wypisać ten adres z listy odbiorców?",
		unsubscribe: "Wypisz mnie",
		left: "Adres jest wypisany. Nie napiszemy więcej w tej sprawie.",
		gone: "Ten link wygasł albo jest niepełny.",
		back: "Wróć na stronę",
	},
	en: {
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
	},
} as const;

/** What the button of a page that asks says. */
const buttons = { asks: "confirm", leaves: "unsubscribe" } as const;

const style =
	"body{margin:0;font:17px/1.5 system-ui,sans-serif;color:#1c1c1c;background:#f4f5f4}main{max-width:30rem;margin:12vh auto;padding:2rem;background:#fff;border-radius:12px}h1{margin:0 0 1rem;font-size:1.25rem}p{margin:0 0 1.25rem}button{font:inherit;padding:.7rem 1.4rem;border:0;border-radius:8px;color:#fff;background:#1f6f4a;cursor:pointer}button:focus-visible,a:focus-visible{outline:3px solid #14507a;outline-offset:2px}@media(prefers-color-scheme:dark){body{color:#eee;background:#161816}main{background:#232623}a{color:#9fd3b6}}";
let styleHash: Promise<string> | undefined;

export async function linkPage({ language, says, site, wording, back }: LinkPageCall): Promise<LinkPage> {
	const its = words[language];
	const heading = site === undefined ? its.title : `${site}: ${its.title.toLowerCase()}`;
	const button = says === "asks" || says === "leaves" ? its[buttons[says]] : undefined;
	const lines = [
		...(wording === undefined ? [] : [html`<p>${wording}</p>`]),
		...(button === undefined ? [] : [html`<form method="post"><button>${button}</button></form>`]),
		...(back === undefined ? [] : [html`<p><a href="${back}">${its.back}</a></p>`]),
	];
	const body = html`<h1>${heading}</h1><p>${its[says]}</p>${lines}`;
	// Nothing in it is to be written otherwise: what it is held against is its digest.
	const sheet = new Html(style);
	const page = html`<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${heading}</title><style>${sheet}</style></head><body><main>${body}</main></body></html>`;
	styleHash ??= hashOf(style);
	return { html: page.text, style: await styleHash };
}

async function hashOf(text: string): Promise<string> {
	const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
	return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
}
