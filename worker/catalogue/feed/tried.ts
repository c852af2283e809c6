// A feed that is only tried: its beginning is fetched and read, and nothing is kept.

import { type Format, itemsOf } from "../../domain/catalogue/feed/feed.ts";
import { catalogueLimits } from "../../domain/catalogue/limits.ts";
import type { Product } from "../../domain/catalogue/product.ts";
import { safeFetch } from "../../platform/fetch.ts";
import { decoderOf, PackageBomb, unpacked } from "./file.ts";
import type { FeedProblem, FeedSettings, RunFault } from "./run.ts";

const tryMs = 15_000;
const shownProducts = 5;
const shownProblems = 20;

/** Of its beginning: as much as `isWhole` says. */
export interface TriedFeed {
	readonly fault?: RunFault;
	readonly isWhole: boolean;
	readonly format?: Format;
	readonly items: number;
	readonly good: number;
	readonly products: readonly Product[];
	readonly problems: readonly FeedProblem[];
}

export async function tryFeed(
	{ url, currency }: Pick<FeedSettings, "url" | "currency">,
	local: string | undefined,
): Promise<TriedFeed> {
	const failed = (fault: RunFault): TriedFeed => {
		return { fault, isWhole: false, items: 0, good: 0, products: [], problems: [] };
	};
	try {
		const fetched = await safeFetch(url, { timeoutMs: tryMs, local }, beginningOf);
		return fetched.is === "refused" ? failed(fetched.fault) : read(fetched.value, currency);
	} catch (error) {
		return failed({ is: error instanceof PackageBomb ? "too-large" : "broken-package" });
	}
}

async function beginningOf({ body }: Response): Promise<{ text: string; isWhole: boolean }> {
	const pieces: Uint8Array[] = [];
	let length = 0;
	for await (const piece of body ? unpacked(body) : []) {
		pieces.push(piece);
		length += piece.length;
		if (length >= catalogueLimits.triedBytes) break;
	}
	const bytes = new Uint8Array(length);
	let at = 0;
	for (const piece of pieces) {
		bytes.set(piece, at);
		at += piece.length;
	}
	return { text: decoderOf(bytes).decode(bytes), isWhole: length < catalogueLimits.triedBytes };
}

function read({ text, isWhole }: { text: string; isWhole: boolean }, currency: string): TriedFeed {
	const products: Product[] = [];
	const problems: FeedProblem[] = [];
	const counted: { format?: Format; items: number; good: number; fault?: RunFault } = { items: 0, good: 0 };
	for (const item of itemsOf([text], currency)) {
		if (item.is === "end") {
			// Where only the beginning is here, that it breaks off is no news.
			if (isWhole || item.why !== "broken-off") counted.fault = { is: item.why, line: item.line };
			break;
		}
		counted.format = item.format;
		counted.items++;
		const { line, read: found } = item;
		const isTaken = found.is === "product";
		if (isTaken) counted.good++;
		if (isTaken && products.length < shownProducts) products.push(found.product);
		const id = isTaken ? found.product.id : (found.id ?? null);
		for (const fault of found.faults)
			if (problems.length < shownProblems) problems.push({ ...fault, line, id, isTaken });
	}
	return { ...counted, isWhole, products, problems };
}
