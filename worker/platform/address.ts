import type { Address } from "../domain/source.ts";

/** Android's apps refer as `android-app://<package>`. */
const protocols: ReadonlySet<string> = new Set(["https:", "http:", "android-app:"]);

/** One request asks for its page several times, and a shop's pages come again. */
const known = new Map<string, Address | undefined>();
const remembered = 200;

/** A web address taken apart, or nothing where the text is none. Of a repeated parameter the first counts. */
export function addressOf(text: string): Address | undefined {
	if (known.has(text)) return known.get(text);
	const address = parse(text);
	if (known.size >= remembered) known.clear();
	known.set(text, address);
	return address;
}

function parse(text: string): Address | undefined {
	const url = URL.parse(text);
	if (!url || !protocols.has(url.protocol)) return undefined;
	const params: Record<string, string> = Object.create(null);
	if (url.search !== "") for (const [name, value] of url.searchParams) params[name] ??= value;
	return { host: url.hostname, path: url.pathname, params };
}
