// The chunk of recommendation frames. It stands by itself, so that a page that shows no more than these loads no more.

import type { Offer } from "../worker/protocol/experience.ts";
import { claim } from "./claim.ts";
import frame from "./frame/frame.css";
import css from "./frame/products.css";
import { areProducts, element, productsOf } from "./frame/products.ts";
import { isFrame } from "./frame/simple.ts";
import { guard } from "./guard.ts";
import type { Host, Stage } from "./host.ts";
import { keepAt, whenSeen } from "./place.ts";
import { tell } from "./tell.ts";
import { lookOf, sheetOf } from "./ui/look.ts";

/** As in `inline`: after so long into the page view the visitor reads what the page has there. */
const lateMs = 300;

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
	const { experience, revision, language, surface, content, theme } = offer;
	if (surface.kind !== "inline") return;
	const drawn = content.blocks.flatMap((block): HTMLElement[] => {
		if (block.kind === "heading") return [element("h2", {}, String(block.text))];
		return block.kind === "products" && areProducts(block) ? [productsOf(block, offer, host)] : [];
	});
	if (!drawn.some(({ localName }) => localName !== "h2")) return;
	const began = host.view()?.event.at ?? 0;
	const outer = document.createElement("witaj-frame");
	const root = outer.attachShadow({ mode: "open" });
	root.adoptedStyleSheets = [sheetOf(frame + css), lookOf(theme)];
	const section = element("section", { "aria-label": content.label, lang: language }, ...drawn);
	root.append(section);
	const props = { experience, revision };
	keepAt(outer, {
		place: surface.place,
		isLate: () => Date.now() - began > lateMs,
		claim: async () => !!(await claim(offer, host)),
		signal,
		onShown: (takeAway) => {
			standing.set(experience, takeAway);
			tell(host, "shown", props);
			whenSeen(outer, () => host.note(host.newEvent("Experience Seen", props)), signal);
		},
		onMissed: (why) => host.note(host.newEvent("Experience Missed", { ...props, why })),
	});
}
