// What a preview is lent in place of the page's own: it asks nobody and tells nobody. What the server remembers of a visitor's
// visit, this tab remembers of a preview's by itself, from when somebody came to the site.

import type { CollectEvent } from "../../worker/protocol/collect.ts";
import type { Offer, VisitSoFar } from "../../worker/protocol/experience.ts";
import type { Host } from "../host.ts";
import type { View } from "../wire.ts";

const key = "witaj.preview";
const mostHappened = 100;

let soFar: VisitSoFar = {};
/** The page view that was counted last, and the seconds before it. */
let counted: View | undefined;
let before = 0;

function remember(next: VisitSoFar): void {
	soFar = { ...soFar, ...next };
	try {
		sessionStorage[key] = JSON.stringify(soFar);
	} catch {
		// Storage may be absent, full or forbidden: then the visit is this document.
	}
}

try {
	// Whoever comes from elsewhere, as by the link, begins anew.
	if (document.referrer.startsWith(`${location.origin}/`)) soFar = { ...JSON.parse(sessionStorage[key]) };
} catch {
	// Nothing is remembered.
}

function hear({ name, props = {} }: CollectEvent): void {
	if (name.startsWith("Page ")) return;
	const said = Object.values(props).map((value) => ({ name, of: `${value}` }));
	remember({ happened: [{ name }, ...said, ...(soFar.happened ?? [])].slice(0, mostHappened) });
	if (name === "Cart Updated") remember({ cart: Number(props.value) });
}

/** The offer as of this page of the visit, and who it is lent. A preview is of one offer alone. */
export function lend(offer: Offer, host: Host, signal: AbortSignal): readonly [Offer, Host] {
	const view = host.view();
	if (view !== counted) {
		before = soFar.seconds ?? 0;
		remember({ pages: (soFar.pages ?? 0) + 1 });
	}
	counted = view;
	const visit = { ...soFar, seconds: before };
	signal.addEventListener("abort", () => remember({ seconds: before + host.presentMs() / 1000 }));
	const { given } = offer;
	const lent: Host = {
		...host,
		note: () => {},
		ask: async ({ events = [], claims = [] } = {}) => {
			const grants = [...events, ...claims].map(
				({ id }) => ({ id, verdict: "ok", granted: true, ...(given && { given }) }) as const,
			);
			return { verdicts: grants, grants, show: [] };
		},
		heard: [],
	};
	host.hear = (event) => {
		hear(event);
		lent.hear?.(event);
	};
	return [{ ...offer, visit }, lent];
}
