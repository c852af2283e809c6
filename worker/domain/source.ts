// Where a visit came from: the touch that the first page view of a visit carries.

import { type Channel, channelOf, isSearch } from "./source/channel.ts";
import { type Click, clickOf } from "./source/clicks.ts";
import { isDetour, type Kind, knownHost, siteOf } from "./source/hosts.ts";

/** Each member is text as it came; absent where the page told nothing. */
export interface Touch {
	readonly source: string;
	readonly medium: string;
	readonly campaign?: string;
	/** What was clicked, where a campaign has several: `utm_content`. */
	readonly content?: string;
	/** The words looked for: `utm_term`, or what the search engine still tells. */
	readonly phrase?: string;
	readonly referrer?: string;
	readonly landing: string;
	/** The kind of an advertisement's click id (`gclid`), and the id. */
	readonly click?: string;
	readonly clickId?: string;
	/** Absent in touches from before channels were told. */
	readonly channel?: Channel;
}

/** Whether a search engine sent a visitor who looks at the page on a phone: it lands there. */
export function isLanding(device: string | undefined, touch: Touch | undefined): boolean {
	return device === "phone" && isSearch(touch?.channel);
}

/** A URL taken apart by the shell: folded host, path, and the first value of each query parameter. */
export interface Address {
	readonly host: string;
	readonly path: string;
	readonly params: Readonly<Record<string, string>>;
}

/** Who sent the visitor, and how. */
interface Origin {
	readonly source: string;
	readonly medium: string;
}

const direct: Origin = { source: "(direct)", medium: "(none)" };
const media: Readonly<Record<Kind, string>> = {
	search: "organic",
	social: "social",
	video: "video",
	shopping: "referral",
	// Google's own word for it since May 2026.
	assistant: "ai-assistant",
	mail: "email",
};

/**
 * The touch of a page view, or none where the page was reached from the same site or on the way back from paying.
 * `referrer` is the page before; none where the browser tells none: then the touch is direct, `(direct)` / `(none)`.
 * `ownHosts` are the site's other hosts; that of the page is one of its own anyway.
 */
export function touchOf(
	page: Address,
	referrer: Address | undefined,
	ownHosts: readonly string[] = [],
): Touch | undefined {
	const { params } = page;
	const before = referrer?.host ? referrer : undefined;
	const click = clickOf(params);
	const origin = originOf(page, before, click, ownHosts);
	if (!origin) return undefined;
	const campaign = text(params.utm_campaign);
	return {
		...origin,
		channel: channelOf({ ...origin, campaign }),
		landing: page.path.toWellFormed(),
		...told("campaign", campaign),
		...told("content", text(params.utm_content)),
		...told("phrase", text(params.utm_term) ?? (before && text(askedOf(before)))),
		...told("referrer", before && text(before.host + before.path)),
		...told("click", click?.parameter),
		...told("clickId", click && text(click.id)),
	};
}

/**
 * What a link says of itself counts before what the browser says of the page before: first the campaign's own words,
 * then the click id that an advertiser's system added, then the referrer.
 */
function originOf(
	page: Address,
	before: Address | undefined,
	click: Click | undefined,
	ownHosts: readonly string[],
): Origin | undefined {
	const { params } = page;
	const source = text(params.utm_source);
	const medium = text(params.utm_medium);
	const isBack =
		before !== undefined && (isOwn(before.host, page.host, ownHosts) || isDetour(siteOf(before.host)));
	// Links within a site drag parameters along; only what was not there before makes it another arrival.
	if (isBack && (!(source || click) || isDragged(page, before, click?.parameter))) return undefined;
	if (source) return { source, medium: medium ?? click?.medium ?? direct.medium };
	const referral = before && !isBack ? referralOf(before) : undefined;
	const origin = click && (click.isSure || !referral) ? click : referral;
	if (origin) return { source: origin.source, medium: medium ?? origin.medium };
	// Somebody made this link for a campaign, and forgot to say for whose: it was not typed in.
	return medium || text(params.utm_campaign)
		? { source: "(not set)", medium: medium ?? "(not set)" }
		: direct;
}

function referralOf({ host }: Address): Origin {
	const known = knownHost(siteOf(host));
	if (known) return { source: known.name, medium: media[known.kind] };
	return { source: text(siteOf(host)) ?? "(not set)", medium: "referral" };
}

function askedOf({ host, params }: Address): string | undefined {
	const queries = knownHost(siteOf(host))?.queries ?? [];
	return queries.map((query) => params[query]).find(Boolean);
}

function isOwn(host: string, pageHost: string, ownHosts: readonly string[]): boolean {
	const site = siteOf(host);
	return site === siteOf(pageHost) || ownHosts.some((own) => siteOf(own) === site);
}

const campaignParameters = ["utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term"];

function isDragged(page: Address, before: Address, click: string | undefined): boolean {
	const parameters = click === undefined ? campaignParameters : [...campaignParameters, click];
	return parameters.every((name) => page.params[name] === before.params[name]);
}

/** What can be stored and compared; nothing where there is none. */
function text(sent: string | undefined): string | undefined {
	return sent?.toWellFormed().trim() || undefined;
}

function told<Name extends string>(name: Name, value: string | undefined): { readonly [N in Name]?: string };
function told(name: string, value: string | undefined): Readonly<Record<string, string>> {
	return value === undefined ? {} : { [name]: value };
}
