// The visitor's own page as HTML: no script, and no style but its own.

import type { Self } from "../../cell/self.ts";
import { type Channel, channels } from "../../domain/consent.ts";
import type { StoryLine } from "../../protocol/history.ts";
import { type Html, html } from "./html.ts";
import { style } from "./style.ts";
import { type Language, type Words, words } from "./words.ts";

export interface Told {
	readonly site: string;
	readonly name: string;
	readonly language: Language;
	readonly timeZone: string;
	readonly currency: string | undefined;
	readonly nonce: string;
}

export interface Shown {
	readonly self: Self;
	/** What of it the visitor may put right. */
	readonly correctable: readonly string[];
	readonly story: readonly StoryLine[];
	readonly pass: string;
	readonly done?: "correct" | "pause" | "resume";
}

export type Message = "nobody" | "expired" | "forgotten" | "forgetting";

export function messagePage(told: Told, message: Message): string {
	const its = words[told.language];
	const text = message === "forgotten" || message === "forgetting" ? its.done[message] : its[message];
	return frame(told, html`<h1>${its.title}</h1><p class="note" role="status">${text}</p>`);
}

export function selfPage(told: Told, { self, correctable, story, pass, done }: Shown): string {
	const its = words[told.language];
	const hidden = html`<input type="hidden" name="site" value="${told.site}"><input type="hidden" name="pass" value="${pass}"><input type="hidden" name="lang" value="${told.language}">`;
	return frame(
		told,
		html`<form method="post" class="language"><input type="hidden" name="site" value="${told.site}"><input type="hidden" name="pass" value="${pass}"><button name="lang" value="${told.language === "pl" ? "en" : "pl"}" lang="${told.language === "pl" ? "en" : "pl"}">${its.other}</button></form>
<h1>${its.title}</h1>
<p>${its.intro(told.name)}</p>
${done && html`<p class="note" role="status">${its.done[done]}</p>`}
<p class="faint">${its.proof[self.proof ?? "none"]}</p>
${details(self, correctable, its, hidden)}
${seen(self, told, its)}
${history(story, told, its)}
${consents(self, told, its)}
${conclusions(self, told, its)}
<section><h2>${its.control}</h2>
${self.isPaused ? html`<p class="note">${its.paused}</p>` : html`<p>${its.pauseWhat}</p>`}
<form method="post">${hidden}<button name="act" value="${self.isPaused ? "resume" : "pause"}">${self.isPaused ? its.resume : its.pause}</button></form>
<details><summary>${its.forget}</summary><p>${its.forgetWhat}</p>
<form method="post">${hidden}<button class="grave" name="act" value="forget">${its.sure}</button></form></details></section>`,
	);
}

function details({ card }: Self, correctable: readonly string[], its: Words, hidden: Html): Html {
	const rows = card.attributes.map(({ name, value }) => {
		const label = its.attributes[name] ?? name;
		const text = typeof value === "object" ? value.join(", ") : String(value);
		return correctable.includes(name)
			? html`<label><span>${label}</span><input name="${name}" value="${text}" maxlength="200" autocomplete="off"></label>`
			: html`<div><span>${label}</span><b>${text}</b></div>`;
	});
	if (rows.length === 0)
		return html`<section><h2>${its.told}</h2><p class="faint">${its.noneTold}</p></section>`;
	const hasName = card.attributes.some(({ name }) => name === "name");
	const more = hasName
		? []
		: [
				html`<label><span>${its.attributes.name}</span><input name="name" maxlength="200" autocomplete="off"></label>`,
			];
	return html`<section><h2>${its.told}</h2><form method="post" class="rows">${hidden}${[...rows, ...more]}<button name="act" value="correct">${its.save}</button></form></section>`;
}

function seen({ card }: Self, told: Told, its: Words): Html {
	const { browser, system, city, country } = card.environment ?? {};
	const { source } = card.lastTouch ?? {};
	const rows: readonly (readonly [string, string | undefined])[] = [
		[its.first, card.firstSeenAt === null ? undefined : dated(card.firstSeenAt, told)],
		[its.visits, String(card.visits)],
		[its.browser, [browser, system].filter(Boolean).join(", ") || undefined],
		[its.place, [city, country].filter(Boolean).join(", ") || undefined],
		[its.source, source === "(direct)" ? its.direct : source],
		[its.ordered, card.orders.length === 0 ? undefined : ordered(card.orders, told, its)],
	];
	return html`<section><h2>${its.seen}</h2><div class="rows">${rows.flatMap(([label, text]) =>
		text === undefined ? [] : [html`<div><span>${label}</span><b>${text}</b></div>`],
	)}</div></section>`;
}

function ordered(orders: Self["card"]["orders"], { language, currency }: Told, its: Words): string {
	const amount = orders.reduce((sum, { hundredths }) => sum + hundredths, 0) / 100;
	const money = new Intl.NumberFormat(language, currency ? { style: "currency", currency } : {});
	return its.orders(String(orders.length), money.format(amount));
}

function history(story: readonly StoryLine[], told: Told, its: Words): Html {
	const lines = story
		.filter(({ name }) => name !== "Page Left")
		.map(({ at, name, props }) => {
			const what = [props.name, props.title, props.path].find((one) => typeof one === "string" && one !== "");
			return html`<li><time>${dated(at, told)}</time> ${its.events[name] ?? name}${what === undefined ? "" : html`: <b>${String(what)}</b>`}</li>`;
		});
	if (lines.length === 0)
		return html`<section><h2>${its.history}</h2><p class="faint">${its.noHistory}</p></section>`;
	return html`<section><h2>${its.history}</h2><ol>${lines}</ol></section>`;
}

function consents({ card }: Self, told: Told, its: Words): Html {
	if (card.consents.length === 0)
		return html`<section><h2>${its.agreed}</h2><p class="faint">${its.noneAgreed}</p></section>`;
	const rows = card.consents.map(({ channel, purpose, state, at }) => {
		const name = isChannel(channel) ? its.channels[channel] : channel;
		return html`<div><span>${name}: ${purpose}</span><b>${its.consents[state]}, ${dated(at, told)}</b></div>`;
	});
	return html`<section><h2>${its.agreed}</h2><div class="rows">${rows}</div></section>`;
}

function conclusions({ card, proof }: Self, told: Told, its: Words): Html {
	const list = (texts: readonly string[]) => (texts.length > 0 ? texts.join(", ") : its.nothing);
	const number = new Intl.NumberFormat(told.language);
	const rows = [
		[its.tags, list(card.tags.map(({ tag, count }) => (count > 1 ? `${tag} (${count})` : tag)))],
		[its.points, number.format(card.score)],
		[its.interests, list(card.interests.map(({ value }) => value))],
		...(proof === "verified" ? [[its.groups, list(card.segments.map(({ id }) => id))]] : []),
	];
	return html`<section><h2>${its.made}</h2><div class="rows">${rows.map(([label, text]) => html`<div><span>${label}</span><b>${text}</b></div>`)}</div></section>`;
}

const isChannel = (text: string): text is Channel => channels.some((channel) => channel === text);

function dated(at: number, { language, timeZone }: Told): string {
	const locale = language === "pl" ? "pl-PL" : "en-GB";
	return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone }).format(at);
}

function frame({ language, nonce }: Told, body: Html): string {
	return html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><link rel="icon" href="data:,"><title>${words[language].title}</title>
<style nonce="${nonce}">${style}</style></head><body><main>${body}</main></body></html>`.text;
}
