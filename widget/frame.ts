// The chunk of recommendation frames. It stands by itself, so that a page that shows no more than these loads no more.

import type { Offer } from "../worker/protocol/experience.ts";
import { claim } from "./claim.ts";
import frame from "./frame/frame.css";
import css from "./frame/products.css";
import { areProducts, element, productsOf } from "./frame/products.ts";
import { guard } from "./guard.ts";
import type { Host, Stage } from "./host.ts";
import { isFrame } from "./offer.ts";
import { seat } from "./seat.ts";
import { tell } from "./tell.ts";
import { lookOf, sheetOf } from "./ui/look.ts";

let pending = new AbortController();
/** What was shown in this page view, with what takes it away. */
const standing = new Map<string, () => void>();
let others: Stage | undefined;

/** What is no plain frame is drawn by the chunk of pop-ups, which draws everything. */
export function show(offers: readonly Offer[], host: Host): void {
	pending.abort();
	pending = new AbortController();
	const { signal } = pending;
	if (offers.every(isFrame)) {
		tell(host, "decided", { experiences: offers.map(({ experience }) => experience) });
		place(offers, host, signal);
		return;
	}
	guard(async () => {
		others = (await import(import.meta.url.replace(/frame(?=\.js$)/, "popup"))) as Stage;
		if (!signal.aborted) others.show(offers, host);
	})();
}

export function leave(): void {
	pending.abort();
	for (const takeAway of standing.values()) takeAway();
	standing.clear();
	others?.leave();
}

/** Puts each of these in its place. */
export function place(offers: readonly Offer[], host: Host, signal: AbortSignal): void {
	for (const offer of offers) if (!standing.has(offer.experience)) guard(placeOne)(offer, host, signal);
}

function placeOne(offer: Offer, host: Host, signal: AbortSignal): void {
	const { language, content, theme } = offer;
	const drawn = content.blocks.flatMap((block): HTMLElement[] => {
		if (block.kind === "heading") return [element("h2", {}, String(block.text))];
		return block.kind === "products" && areProducts(block) ? [productsOf(block, offer, host)] : [];
	});
	if (!drawn.some(({ localName }) => localName !== "h2")) return;
	const outer = document.createElement("witaj-frame");
	const root = outer.attachShadow({ mode: "open" });
	root.adoptedStyleSheets = [sheetOf(frame + css), lookOf(theme, true)];
	const section = element("section", { "aria-label": content.label, lang: language }, ...drawn);
	root.append(section);
	seat(outer, offer, host, {
		claim: async () => !!(await claim(offer, host)),
		signal,
		onShown: (takeAway) => standing.set(offer.experience, takeAway),
	});
}
