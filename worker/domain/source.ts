// Where a visit came from: the touch that the first page view of a visit carries.

import { fold } from "./text.ts";

/** Each member is text as it came; absent where the page told nothing. */
export interface Touch {
	readonly source: string;
	readonly medium: string;
	readonly campaign?: string;
	readonly phrase?: string;
	readonly referrer?: string;
	readonly landing: string;
}

/** A URL taken apart by the shell: folded host, path, and the first value of each query parameter. */
export interface Address {
	readonly host: string;
	readonly path: string;
	readonly params: Readonly<Record<string, string>>;
}

/** Search engines by the label of their host, with the query parameter in which they send the phrase, where they do. */
const searchEngines: ReadonlyMap<string, string> = new Map([
	["google", "q"],
	["bing", "q"],
	["duckduckgo", "q"],
	["yahoo", "p"],
	["yandex", "text"],
	["ecosia", "q"],
	["qwant", "q"],
	["seznam", "q"],
	["startpage", "query"],
]);
const socialNetworks: ReadonlySet<string> = new Set([
	"facebook",
	"instagram",
	"linkedin",
	"pinterest",
	"tiktok",
	"youtube",
	"reddit",
	"x",
	"wykop",
]);

/**
 * The touch of a page view, or none where the page was reached from the same site.
 * `referrer` is the page before; none where the browser tells none: then the touch is direct.
 */
export function touchOf(page: Address, referrer: Address | undefined): Touch | undefined {
	const { params } = page;
	const rest = {
		landing: page.path,
		...(params.utm_campaign ? { campaign: params.utm_campaign } : {}),
		...(referrer ? { referrer: referrer.host + referrer.path } : {}),
	};
	if (params.utm_source) {
		const medium = params.utm_medium ?? "(none)";
		return { source: params.utm_source, medium, ...rest, ...phrase(params.utm_term) };
	}
	if (params.gclid) return { source: "google", medium: "cpc", ...rest, ...phrase(params.utm_term) };
	if (!referrer) return { source: "(direct)", medium: "(none)", ...rest };
	if (siteOf(referrer.host) === siteOf(page.host)) return undefined;
	const label = labelOf(referrer.host);
	const parameter = searchEngines.get(label);
	if (parameter) {
		const asked = params.utm_term ?? referrer.params[parameter];
		return { source: label, medium: "organic", ...rest, ...phrase(asked) };
	}
	if (socialNetworks.has(label)) return { source: label, medium: "social", ...rest };
	return { source: referrer.host, medium: "referral", ...rest };
}

function phrase(text: string | undefined): { phrase?: string } {
	return text ? { phrase: text } : {};
}

/** Labels that countries put before their own: `co.uk`, `com.pl`. */
const underCountries: ReadonlySet<string> = new Set([
	"ac",
	"co",
	"com",
	"edu",
	"gov",
	"ne",
	"net",
	"or",
	"org",
]);

/** `www.google.co.uk` → `google`: the label before the public suffix, as far as that can be told from the host. */
function labelOf(host: string): string {
	const labels = fold(host).split(".");
	const [country = "", under = ""] = labels.toReversed();
	const suffix = labels.length > 2 && country.length === 2 && underCountries.has(under) ? 2 : 1;
	return labels[labels.length - 1 - suffix] ?? host;
}

/** Hosts of one site differ in `www` alone; a blog on a sub-domain of its own is another site that refers. */
function siteOf(host: string): string {
	return fold(host).replace(/^www\./, "");
}
