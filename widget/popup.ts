// The chunk that draws pop-ups, loaded when there is one to show: arms the triggers, claims, opens, one at a time.

import type { Offer } from "../worker/protocol/experience.ts";
import { guard } from "./guard.ts";
import type { Host } from "./host.ts";
import { load } from "./load.ts";
import { isOffer } from "./offer.ts";
import { tell } from "./tell.ts";
import { arm, isHere, whenVisible } from "./trigger.ts";
import { open } from "./ui/stage.tsx";

/** Of this page view; aborted when it is over or decided anew. */
let pending = new AbortController();
let close: (() => void) | undefined;
/** Without consent the server remembers nothing, so this document must. */
const closed = new Set<string>();

export function show(offers: readonly Offer[], host: Host): void {
	disarm();
	const { signal } = pending;
	const open = offers.filter((offer) => isOffer(offer) && !closed.has(offer.experience));
	tell(host, "decided", { experiences: open.map(({ experience }) => experience) });
	for (const offer of open) {
		arm(
			offer,
			host,
			guard(async () => {
				const lent = offer.preview ? (await load("preview")).muted(host, offer) : host;
				return openClaimed(offer, lent, signal);
			}),
			signal,
		);
	}
}

export function leave(): void {
	disarm();
	close?.();
}

function disarm(): void {
	pending.abort();
	pending = new AbortController();
}

async function openClaimed(offer: Offer, host: Host, signal: AbortSignal): Promise<void> {
	// Before it is claimed: what cannot be drawn is not shown.
	const css = offer.surface.kind === "full" ? (await load("surface")).sheets.full : "";
	if (close || !(await isGranted(offer, host))) return;
	await whenVisible(signal);
	// The world went on meanwhile.
	if (close || signal.aborted || !isHere(host)) return;
	const onClosed = () => {
		close = undefined;
		if (host.consent() !== "granted") closed.add(offer.experience);
	};
	close = open(offer, host, onClosed, css);
}

/** What is granted counts as shown, so it is asked for at the last moment. Without consent there is nothing to count. */
async function isGranted(offer: Offer, host: Host): Promise<boolean> {
	if (offer.claim !== undefined || host.consent() !== "granted") return true;
	const { id } = host.newEvent("");
	const answer = await host.ask({ claims: [{ id, experience: offer.experience }] });
	return answer?.grants?.some((grant) => grant.id === id && grant.granted) ?? false;
}
