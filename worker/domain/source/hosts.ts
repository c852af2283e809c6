// Whose a host is. The tables (listed.ts, ours.ts) are lists of words, read once into maps:
//   google.pl         that host, with and without `www.` or `m.`
//   .facebook.com     that host and all below it
//   google.*          in any country: google.pl, google.co.uk
//   fb.me=facebook    a name other than the host's own
//   !.facebook.com    known as `facebook` too, where a link names its source so
//   ig                a bare name, no host
//   ?p,q              the search engines that follow send the phrase in `p`, or else in `q`

import { fold } from "../text.ts";
import * as listed from "./listed.ts";
import * as ours from "./ours.ts";

export type Kind = "search" | "social" | "video" | "shopping" | "assistant" | "mail";

/** `name` is what a touch calls it; `queries` are the parameters in which a search engine may send the phrase. */
export interface Known {
	readonly kind: Kind;
	readonly name: string;
	readonly queries: readonly string[];
}
interface Owner {
	readonly kind: Kind;
	readonly queries: readonly string[];
	readonly name?: string;
}

interface Hosts<T> {
	readonly exact: Map<string, T>;
	readonly within: Map<string, T>;
}

/** No key has more labels; a host is looked up by no more, however long somebody makes it. */
const mostLabels = 8;

function add<T>({ exact, within }: Hosts<T>, key: string, value: T): void {
	if (key.startsWith(".")) within.set(key.slice(1), value);
	else exact.set(key, value);
}

/** What the longest key says that fits the host, and the part of the host that it fits. */
function find<T>(
	{ exact, within }: Hosts<T>,
	host: string,
): readonly [value: T, fitting: string] | undefined {
	const country = countryStart(host);
	for (const from of labelStarts(host)) {
		const here = host.slice(from);
		const anywhere = `${host.slice(from, country)}*`;
		const same = isSameHost(host, from) ? (exact.get(here) ?? exact.get(anywhere)) : undefined;
		const value = same ?? within.get(here) ?? within.get(anywhere);
		if (value !== undefined) return [value, here];
	}
	return undefined;
}

/** Where the last labels begin, longest rest first. */
function labelStarts(host: string): readonly number[] {
	const starts: number[] = [];
	for (let dot = host.length; dot > 0 && starts.length < mostLabels; starts.push(dot + 1))
		dot = host.lastIndexOf(".", dot - 1);
	return starts.reverse();
}

function isSameHost(host: string, from: number): boolean {
	return from === 0 || (from === 4 && host.startsWith("www.")) || (from === 2 && host.startsWith("m."));
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

/** Where a host's country or other public suffix begins, as far as that can be told from the host. */
function countryStart(host: string): number {
	const last = host.lastIndexOf(".");
	const under = last > 0 ? host.lastIndexOf(".", last - 1) : -1;
	const isUnder = under >= 0 && host.length - last === 3 && underCountries.has(host.slice(under + 1, last));
	return (isUnder ? under : last) + 1;
}

const owners: Hosts<Owner> = { exact: new Map(), within: new Map() };
const names = new Map<string, Kind>();
const detours: Hosts<true> = { exact: new Map(), within: new Map() };

for (const [kind, words] of [
	["search", listed.search],
	["shopping", listed.shopping],
	["social", listed.social],
	["video", listed.video],
	["assistant", listed.assistants],
	// Ours come last, for the last word counts.
	["search", ours.search],
	["shopping", ours.shopping],
	["social", ours.social],
	["video", ours.video],
	["assistant", ours.assistants],
	["mail", ours.mail],
] as const)
	enter(kind, words);
for (const name of ours.shoppingNames) names.set(name, "shopping");
for (const word of wordsOf(ours.detours)) add(detours, word, true);

function enter(kind: Kind, words: string): void {
	let owner: Owner = { kind, queries: [] };
	for (const word of wordsOf(words)) {
		if (word.startsWith("?")) {
			owner = { kind, queries: word.slice(1).split(",") };
			continue;
		}
		const isNameToo = word.startsWith("!");
		const [key = "", name] = (isNameToo ? word.slice(1) : word).split("=");
		if (!key.includes(".")) names.set(key, kind);
		else add(owners, key, name === undefined ? owner : { ...owner, name });
		if (isNameToo) names.set(labelOf(key.replace(/^\./, "")), kind);
	}
}

function wordsOf(text: string): readonly string[] {
	return text.trim().split(/\s+/);
}

/**
 * Whose a folded host is, by the longest entry that fits it. Search engines, networks and video sites go by their
 * label (`google`, `facebook`), so that all their hosts are one source; the others by their host (`ceneo.pl`).
 */
export function knownHost(host: string): Known | undefined {
	const found = find(owners, host);
	if (!found) return isWebmail(host) ? { kind: "mail", name: host, queries: [] } : undefined;
	const [{ kind, queries, name }, fitting] = found;
	const isByLabel = kind === "search" || kind === "social" || kind === "video";
	return { kind, queries, name: name ?? (isByLabel ? labelOf(host) : fitting) };
}

/** What a link's own word for its source is: a bare name, or a host. Folded already. */
export function kindOf(source: string): Kind | undefined {
	return names.get(source) ?? (source.includes(".") ? knownHost(siteOf(source))?.kind : undefined);
}

/** Where visitors are sent on the way to buying or signing in, and come back from: it refers no one. */
export function isDetour(host: string): boolean {
	return find(detours, host) !== undefined;
}

/** Nobody can list the webmail of every company; but they all call it so. */
function isWebmail(host: string): boolean {
	const labels = host.split(".");
	return labels.length > 2 && ours.webmailLabels.has(labels[0] ?? "");
}

/** `www.google.co.uk` → `google`: the label before the public suffix. */
function labelOf(host: string): string {
	const dot = countryStart(host) - 1;
	return dot > 0 ? host.slice(host.lastIndexOf(".", dot - 1) + 1, dot) : host;
}

/** Hosts of one site differ in `www` alone; a blog on a sub-domain of its own is another site, unless it is said to be ours. */
export function siteOf(host: string): string {
	const folded = fold(host);
	const bare = folded.startsWith("www.") ? folded.slice(4) : folded;
	return bare.endsWith(".") ? bare.slice(0, -1) : bare;
}
