// The chunk that draws pop-ups, loaded when there is one to show: arms the triggers, claims, opens, one at a time.

import type { Offer } from "../worker/protocol/experience.ts";
import { guard } from "./guard.ts";
import type { Host } from "./host.ts";
import { load } from "./load.ts";
import { isOffer, listsIn } from "./offer.ts";
import { tell } from "./tell.ts";
import { arm, whenVisible } from "./trigger.ts";
import { areBlocks, chunksOf, know } from "./ui/blocks.tsx";
import { knowFields } from "./ui/fields.tsx";
import { give } from "./ui/session.ts";
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
		give(offer, offer.given);
		// Fetched now, so that it is there when it opens.
		const ready = guard(prepare)(offer);
		arm(
			offer,
			host,
			guard(async () => openClaimed(offer, host, signal, await ready)),
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

/** Loads what draws the offer, and gives the style sheets of that. Rejects where something of the offer is not what it should be. */
async function prepare(offer: Offer): Promise<string> {
	const sheets = offer.surface.kind === "full" ? [(await load("surface")).sheets.full] : [];
	const extras = await Promise.all(Array.from(chunksOf(offer), load));
	for (const { kinds = {}, fields = {}, css } of extras) {
		know(kinds);
		knowFields(fields);
		sheets.push(css);
	}
	if (!listsIn(offer).every(areBlocks)) throw offer;
	return sheets.join("");
}

/** `css` is not there where the offer cannot be drawn: then it is not claimed either. */
async function openClaimed(
	offer: Offer,
	host: Host,
	signal: AbortSignal,
	css: string | undefined,
): Promise<void> {
	if (css === undefined || close || !(await isGranted(offer, host))) return;
	await whenVisible(signal);
	// The world went on meanwhile.
	if (close || signal.aborted) return;
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
	const grant = answer?.grants?.find((one) => one.id === id);
	if (!grant?.granted) return false;
	give(offer, grant.given);
	return true;
}
