// Makes worker/domain/source/listed.ts of the public lists of traffic sources: Matomo's (CC0) and Google Analytics'
// categories (MIT). `node test/support/sources.ts` writes it anew where the lists are at hand.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
export const lists = join(root, "../shared/data/traffic-sources");
export const areListsHere = existsSync(lists);
export const listed = join(root, "worker/domain/source/listed.ts");

type Kind = "assistant" | "shopping" | "video" | "social" | "search";
/** A host as a list has it: `isWide` where all below it belong to it. */
interface Entry {
	readonly host: string;
	readonly kind: Kind;
	readonly isWide: boolean;
	/** Parameters with the phrase; none where no list tells. */
	readonly queries?: string;
	readonly name?: string;
}

/** Hosts that the lists have wrong for us. */
const mistaken: ReadonlySet<string> = new Set([
	// A portal's news are no search result; its search is szukaj.onet.pl.
	"onet.pl",
	// Signing in refers no one.
	"login.live.com",
	// Letters, not searches.
	"email.seznam.cz",
	"mail.rambler.ru",
	"mail.yandex.ru",
]);
/** Below these are other people's sites, or other things than the one that is listed. */
const narrow: ReadonlySet<string> = new Set(
	`blog.com blogs.com blogsome.com blogspot.com canalblog.com centerblog.net cocolog-nifty.com edublogs.org exblog.jp
	fc2.com livedoor.com ning.com over-blog.com overblog.com rtl.de s3.amazonaws.com shopify.com stripe.com typepad.com
	unblog.fr vg.no weebly.com wordpress.com wordpress.org`.split(/\s+/),
);
/** Search engines all of whose hosts are: the lists name them one by one. */
const wide: ReadonlySet<string> = new Set(
	"bing.com duckduckgo.com ecosia.org ixquick.com ixquick.de qwant.com startpage.com".split(" "),
);
/** So many countries, and it is at home in all of them; but `t` is somebody else in each. */
const manyCountries = 3;
const shortestName = 4;
/** As most engines of which no list tells do. */
const commonQueries = "q";
const countries = /\.(?:(?:ac|co|com|edu|gov|ne|net|or|org)\.[a-z]{2}|[a-z]+)$/;

/** The file's text. */
export function listedText(): string {
	const { names, sorted } = gather();
	const marked = new Set<string>();
	for (const [name, kind] of names) {
		const [first] = sorted
			.filter((one) => one.kind === kind && labelOf(one.host) === name)
			.toSorted((a, b) => a.host.length - b.host.length);
		marked.add(first?.host ?? name);
	}
	const words = (kind: Kind, queries: string | undefined) => [
		...sorted
			.filter((one) => one.kind === kind && one.queries === queries)
			.map((one) => wordOf(one, marked.has(one.host))),
	];
	const bare = (kind: Kind) => [...marked].filter((name) => !name.includes(".") && names.get(name) === kind);
	const table = (name: string, lines: readonly string[]) =>
		`export const ${name} = \`\n${lines.join("\n")}\n\`;\n`;
	const plain = (name: string, kind: Kind) =>
		table(name, inLines([...words(kind, undefined), ...bare(kind)]));
	const queries = [...new Set(sorted.flatMap((one) => one.queries ?? []))].sort();
	const engines = queries.map((one) => [`?${one.replaceAll(" ", ",")}`, ...words("search", one)]);
	return `// Made by test/support/sources.ts of Matomo's lists (CC0) and of Google Analytics' categories (MIT), in the words
// that hosts.ts reads. Not edited by hand: what they leave out is in ours.ts.

${table("search", [...engines.flatMap(inLines), ...inLines(bare("search"))])}
${plain("shopping", "shopping")}
${plain("social", "social")}
${plain("video", "video")}
${plain("assistants", "assistant")}`;
}

/** Every host once, by the list that knows best: what Google calls a network is none of Matomo's search engines. */
function gather(): { names: ReadonlyMap<string, Kind>; sorted: readonly Entry[] } {
	const names = new Map<string, Kind>();
	const taken = new Map<string, Entry>();
	const engines = engineEntries();
	const take = (entry: Entry) => {
		if (mistaken.has(entry.host)) return;
		const known = taken.get(entry.host);
		const isWide = (entry.isWide || wide.has(entry.host)) && !narrow.has(entry.host);
		if (!known) taken.set(entry.host, { ...entry, isWide });
		else if (entry.queries && known.kind === "search" && !known.queries)
			taken.set(entry.host, { ...known, isWide: known.isWide || isWide, queries: entry.queries });
	};
	for (const entry of namedEntries("AIAssistants.yml", "assistant")) take(entry);
	for (const [source, kind] of categories()) {
		if (source.includes(".")) take({ host: source, kind, isWide: kind !== "search" });
		// "Google Shopping" is two words, and so in ours.ts.
		else if (!source.includes(" ")) names.set(source, kind);
	}
	for (const entry of namedEntries("Socials.yml", "social")) take(entry);
	for (const entry of engines) take(entry);
	const entries = withoutCovered(anywhere([...taken.values()])).map((one) =>
		one.kind === "search" ? { ...one, queries: one.queries ?? commonQueries } : one,
	);
	return { names, sorted: entries.toSorted((a, b) => (a.host < b.host ? -1 : 1)) };
}

function wordOf({ host, isWide, name }: Entry, isNameToo: boolean): string {
	return `${isNameToo ? "!" : ""}${isWide ? "." : ""}${host}${name ? `=${name}` : ""}`;
}

/** Words in lines that can be read. */
function inLines(words: readonly string[]): readonly string[] {
	const lines: string[] = [];
	for (const word of words) {
		const last = lines.at(-1);
		if (last === undefined || last.length + word.length >= 110) lines.push(word);
		else lines[lines.length - 1] = `${last} ${word}`;
	}
	return lines;
}

function labelOf(host: string): string {
	return host.replace(/\.\*$/, "").replace(countries, "").split(".").at(-1) ?? host;
}

/** `pinterest.de`, `pinterest.fr`, `pinterest.pt` → `pinterest.*`. */
function anywhere(entries: readonly Entry[]): readonly Entry[] {
	const variants = Map.groupBy(entries, ({ host, kind }) => `${kind} ${host.replace(countries, ".*")}`);
	const seen = new Map<string, Entry>();
	for (const entry of entries) {
		const key = entry.host.replace(countries, ".*");
		const isMany = (variants.get(`${entry.kind} ${key}`)?.length ?? 0) >= manyCountries;
		const isName = key.split(".").length === 2 && labelOf(key).length >= shortestName;
		const host = isMany && isName ? key : entry.host;
		const known = seen.get(host);
		if (!known || (entry.queries && !known.queries)) seen.set(host, { ...entry, host });
	}
	return [...seen.values()];
}

/** Without what a wider entry of the same meaning says already. */
function withoutCovered(entries: readonly Entry[]): readonly Entry[] {
	const known = new Map(entries.map((one) => [one.host, one]));
	const isAlike = (a: Entry, b: Entry | undefined) =>
		b !== undefined && a.kind === b.kind && (a.queries ?? b.queries) === b.queries && a.name === b.name;
	return entries.filter((entry) => {
		const own = entry.host.replace(countries, ".*");
		if (own !== entry.host && isAlike(entry, known.get(own))) return false;
		const labels = entry.host.split(".");
		const above = labels.slice(1).map((_, i) => labels.slice(i + 1).join("."));
		const around = above.flatMap((host) => [known.get(host), known.get(host.replace(countries, ".*"))]);
		return !around.some((one) => one?.isWide && isAlike(entry, one));
	});
}

function categories(): readonly (readonly [source: string, kind: Kind])[] {
	const kinds: Readonly<Record<string, Kind>> = {
		SOURCE_CATEGORY_SEARCH: "search",
		SOURCE_CATEGORY_SOCIAL: "social",
		SOURCE_CATEGORY_VIDEO: "video",
		SOURCE_CATEGORY_SHOPPING: "shopping",
	};
	const rows = linesOf("ga4_source_categories.csv").slice(1);
	return rows.flatMap((row) => {
		const [source = "", category = ""] = row.toLowerCase().split(",");
		const kind = kinds[category.toUpperCase()];
		return kind ? [[source, kind] as const] : [];
	});
}

/** Lists of the form `Name:` and, below it, `- host`. An assistant goes by the first of its hosts. */
function namedEntries(file: string, kind: Kind): readonly Entry[] {
	const entries: Entry[] = [];
	let first: string | undefined;
	for (const line of linesOf(file)) {
		const host = hostOf(/^\s+- (.+)$/.exec(line)?.[1] ?? "");
		if (!line.startsWith(" ")) first = undefined;
		else if (host) {
			const isNamed = kind === "assistant" && first !== undefined;
			entries.push({ host, kind, isWide: true, ...(isNamed && first ? { name: first } : {}) });
			first ??= host;
		}
	}
	return entries;
}

/** Matomo's engines: blocks of hosts (`urls`) with the parameters (`params`) that hold the phrase. */
function engineEntries(): readonly Entry[] {
	const entries: Entry[] = [];
	let section = "";
	let urls: string[] = [];
	let params: string[] = [];
	const close = () => {
		const queries = params.filter((one) => /^[\w.]+$/.test(one)).join(" ");
		for (const url of urls) {
			const host = hostOf(url.replace(/^\{\}\./, ""));
			if (host)
				entries.push({ host, kind: "search", isWide: url.startsWith("{}."), ...(queries && { queries }) });
		}
		urls = [];
		params = [];
	};
	for (const line of linesOf("SearchEngines.yml")) {
		section = /^ {4}(\w+):/.exec(line)?.[1] ?? section;
		if (!line.startsWith("    ")) close();
		const item = /^ {6}- (.+)$/.exec(line)?.[1]?.replaceAll("'", "");
		if (item && section === "urls") urls.push(item);
		if (item && section === "params") params.push(item);
	}
	close();
	// The wide one first: of two entries for one host the first counts.
	return entries.toSorted((a, b) => Number(b.isWide) - Number(a.isWide));
}

/** A host without `www.`; nothing for a path, an app (ours.ts names those) or a hidden service. */
function hostOf(text: string): string | undefined {
	const host = text
		.replaceAll(/['"]/g, "")
		.replace(/^www\./, "")
		.replace(/\.\{\}$/, ".*");
	return /^(?:com|org)\.|android|\.onion$|[/{}]/.test(host) ? undefined : host;
}

function linesOf(file: string): readonly string[] {
	return readFileSync(join(lists, file), "utf8")
		.split(/\r?\n/)
		.filter((line) => line.trim() && !line.startsWith("#"));
}

if (import.meta.main) writeFileSync(listed, listedText());
