import type { Address } from "../domain/source.ts";

/** A web address taken apart, or nothing where the text is none. Of a repeated parameter the first counts. */
export function addressOf(text: string): Address | undefined {
	const url = URL.parse(text);
	if (url?.protocol !== "https:" && url?.protocol !== "http:") return undefined;
	const params: Record<string, string> = Object.create(null);
	if (url.search !== "") for (const [name, value] of url.searchParams) params[name] ??= value;
	return { host: url.hostname, path: url.pathname, params };
}
