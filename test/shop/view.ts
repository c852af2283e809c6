// What a page needs to know of the request: language, cart, and the shop's three modes (consent, tag, policy),
// which a query switches and a cookie remembers.

import { type Line, readCart } from "./orders.ts";
import { type Lang, type Text, type Words, words } from "./words.ts";

export type View = {
	lang: Lang;
	/** Without the language's prefix. */
	path: string;
	query: URLSearchParams;
	words: Words;
	lines: readonly Line[];
	customer: string | undefined;
	consent: "off" | "unanswered" | "yes" | "no";
	hasTag: boolean;
	isStrict: boolean;
};

export type Cookies = ReadonlyMap<string, string>;

const dayS = 86_400;

export function readCookies(header: string | undefined): Cookies {
	const cookies = new Map<string, string>();
	for (const pair of (header ?? "").split(";")) {
		const at = pair.indexOf("=");
		if (at > 0) cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
	}
	return cookies;
}

export function formatCookie(name: string, value: string | undefined, flags = ""): string {
	return `${name}=${value ?? ""}; Path=/; SameSite=Lax; Max-Age=${value ? 30 * dayS : 0}${flags}`;
}

/** The cookies that the queries `consent`, `witaj` and `csp` of this request set and end. */
export function switchModes(query: URLSearchParams): ReadonlyMap<string, string | undefined> {
	const changes = new Map<string, string | undefined>();
	const wanted = { consent: query.get("consent"), tag: query.get("witaj"), csp: query.get("csp") };
	if (wanted.consent === "ask") changes.set("consentmode", "ask");
	// Ending the mode forgets the answer too, so that the next time asks again.
	if (wanted.consent === "off") changes.set("consentmode", undefined).set("consent", undefined);
	if (wanted.tag === "off" || wanted.tag === "on")
		changes.set("tag", wanted.tag === "off" ? "off" : undefined);
	if (wanted.csp === "on" || wanted.csp === "off") changes.set("csp", wanted.csp === "on" ? "on" : undefined);
	return changes;
}

function decodeCustomer(cookie: string | undefined): string | undefined {
	try {
		return cookie ? decodeURIComponent(cookie) : undefined;
	} catch {
		// Not written by us: nobody is signed in.
		return undefined;
	}
}

function readConsent(find: (name: string) => string | undefined): View["consent"] {
	if (find("consentmode") !== "ask") return "off";
	const answer = find("consent");
	return answer === "yes" || answer === "no" ? answer : "unanswered";
}

export function createView(url: URL, cookies: Cookies, isAlwaysStrict: boolean): View {
	const isEnglish = url.pathname === "/en" || url.pathname.startsWith("/en/");
	const lang: Lang = isEnglish ? "en" : "pl";
	const rest = isEnglish ? url.pathname.slice(3) : url.pathname;
	const changes = switchModes(url.searchParams);
	const find = (name: string) => (changes.has(name) ? changes.get(name) : cookies.get(name));
	return {
		lang,
		path: rest.replace(/(.)\/$/, "$1") || "/",
		query: url.searchParams,
		words: words[lang],
		lines: readCart(cookies.get("cart")),
		customer: decodeCustomer(cookies.get("customer")),
		consent: readConsent(find),
		hasTag: find("tag") !== "off",
		isStrict: isAlwaysStrict || find("csp") === "on",
	};
}

export function linkTo(view: View, path: string): string {
	if (view.lang === "pl") return path;
	return path === "/" ? "/en" : `/en${path}`;
}

export function say(view: View, text: Text): string {
	return text[view.lang];
}
