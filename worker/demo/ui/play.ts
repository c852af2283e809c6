// A persona on stage: a fresh host for each, so that its browser storage is its own. Kept in the address's fragment,
// so that a reload of the demo meets the same visitor.

import { hostOf, isPersonaHost, type Persona, personas, stage } from "../persona.ts";
import type { Lang } from "./words.ts";

export interface Play {
	readonly persona: Persona;
	readonly host: string;
	readonly origin: string;
	/** The page that the shop opens with. */
	readonly start: string;
	readonly isResumed: boolean;
}

const queries: Readonly<Record<Persona, string>> = {
	new: "",
	google: "?utm_source=google&utm_medium=organic&utm_term=kosiarka",
	krakow: "",
	phone: "",
	returning: "",
	consent: "?consent=ask",
};

export function startPlay(persona: Persona, shop: string, lang: Lang): Play {
	const random = Math.random().toString(36).slice(2, 10).padEnd(8, "0");
	const host = hostOf(persona, random);
	const url = new URL(location.href);
	url.hash = host.replace(`.${stage}`, "");
	history.replaceState(history.state, "", url);
	return playAt(host, persona, shop, lang, false);
}

export function resumePlay(shop: string, lang: Lang): Play | undefined {
	const label = location.hash.slice(1);
	const host = `${label}.${stage}`;
	const persona = personas.find((one) => label.startsWith(`${one}-`));
	return persona && isPersonaHost(host) ? playAt(host, persona, shop, lang, true) : undefined;
}

function playAt(host: string, persona: Persona, shop: string, lang: Lang, isResumed: boolean): Play {
	const address = new URL(shop);
	address.hostname = host;
	const start = pathIn(lang, "/") + queries[persona];
	return { persona, host, origin: address.origin, start, isResumed };
}

/** The shop's English pages stand under a prefix. */
export function pathIn(lang: Lang, path: string): string {
	if (lang === "pl") return path;
	return path === "/" ? "/en" : `/en${path}`;
}
