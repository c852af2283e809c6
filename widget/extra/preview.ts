// What a preview is lent in place of the page's own: it asks nobody and tells nobody. What the server remembers of a visitor's
// visit, this tab remembers of a preview's by itself, from when somebody came to the site.

import type { CollectEvent } from "../../worker/protocol/collect.ts";
import type { Offer, VisitSoFar } from "../../worker/protocol/experience.ts";
import { guard } from "../guard.ts";
import type { Host } from "../host.ts";
import type { View } from "../wire.ts";

type SoFar = VisitSoFar & Required<Pick<VisitSoFar, "pages" | "seconds" | "happened">>;

const key = "witaj.preview";
const mostHappened = 100;

let soFar: SoFar = { pages: 0, seconds: 0, happened: [] };
/** The page view that was counted last, and the seconds before it. */
let counted: View | undefined;
let before = 0;

/** Storage may be absent, full or forbidden: then the visit is this document. */
const remember = guard((next: Partial<SoFar>) => {
	soFar = { ...soFar, ...next };
	sessionStorage.setItem(key, JSON.stringify(soFar));
});

/** Whoever comes from elsewhere, as by the link, begins anew. */
const recall = guard(() => {
	if (document.referrer.startsWith(`${location.origin}/`))
		soFar = { ...soFar, ...JSON.parse(sessionStorage.getItem(key) ?? "{}") };
});

function hear({ name, props = {} }: CollectEvent): void {
	if (name.startsWith("Page ")) return;
	const said = Object.values(props).map((value) => ({ name, of: `${value}` }));
	const isCart = name === "Cart Updated" && typeof props.value === "number";
	remember({
		happened: [{ name }, ...said, ...soFar.happened].slice(0, mostHappened),
		...(isCart && { cart: Number(props.value) }),
	});
}

/** The offer as of this page of the visit, and who it is lent. */
export function lend(offer: Offer, host: Host, signal: AbortSignal): readonly [Offer, Host] {
	const view = host.view();
	if (!counted) recall();
	if (view !== counted) {
		before = soFar.seconds;
		remember({ pages: soFar.pages + 1 });
	}
	counted = view;
	const visit = { ...soFar, seconds: before };
	signal.addEventListener("abort", () => remember({ seconds: before + Math.round(host.presentMs() / 1000) }));
	host.hear = hear;
	const { given } = offer;
	const lent: Host = {
		...host,
		note: () => {},
		ask: async ({ events = [], claims = [] } = {}) => ({
			verdicts: events.map(({ id }) => ({ id, verdict: "ok" })),
			show: [],
			grants: [...events, ...claims].map(({ id }) => ({ id, granted: true, ...(given && { given }) })),
		}),
		heard: [],
		get hear() {
			return host.hear;
		},
		set hear(ear) {
			host.hear = (event) => {
				hear(event);
				ear?.(event);
			};
		},
	};
	return [{ ...offer, visit }, lent];
}
