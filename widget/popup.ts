// The chunk that draws, loaded when there is something to show: arms the triggers, claims, opens. Over the page one at a
// time; within it each in its place.

import type { Offer } from "../worker/protocol/experience.ts";
import { claim, miss } from "./claim.ts";
import { guard } from "./guard.ts";
import type { Host } from "./host.ts";
import { type Extra, load } from "./load.ts";
import { isFrame, isOffer, listsIn } from "./offer.ts";
import { tell } from "./tell.ts";
import { arm, isHere, whenVisible } from "./trigger.ts";
import { areBlocks, chunksOf, know } from "./ui/blocks.tsx";
import { knowFields } from "./ui/fields.tsx";
import { give } from "./ui/session.ts";
import { openDialog } from "./ui/stage.tsx";
import { further } from "./ui/theme.ts";

/** Of this page view; aborted when it is over or decided anew. */
let pending = new AbortController();
/** What lies over the page now. */
let over: string | undefined;
/** What was shown in this page view, with what takes it away without a trace. */
const standing = new Map<string, () => void>();
let frame: Extra["frame"] | undefined;
/** Without consent the server remembers nothing, so this document must. */
const closed = new Set<string>();

export function show(offers: readonly Offer[], host: Host): void {
	disarm();
	const { signal } = pending;
	const open = offers.filter(
		(offer) => isOffer(offer) && !closed.has(offer.experience) && !standing.has(offer.experience),
	);
	tell(host, "decided", { experiences: open.map(({ experience }) => experience) });
	const frames = open.filter(isFrame);
	if (frames.length > 0) {
		guard(async () => {
			frame = await load("frame");
			if (!signal.aborted) frame.place(frames, host, signal);
		})();
	}
	for (const offer of open) {
		if (isFrame(offer)) continue;
		give(offer, offer.given);
		if (offer.claim) owe(offer, host, signal);
		// Fetched now, so that it is there when it opens.
		const ready = guard(prepare)(offer);
		const wait = (one: Offer, lent: Host) =>
			arm(
				one,
				lent,
				guard(async () => (await ready) && openClaimed(one, lent, signal)),
				signal,
			);
		if (!offer.preview) wait(offer, host);
		else
			guard(async () => {
				const { lend } = await load("preview");
				if (!signal.aborted) wait(...lend(offer, host, signal));
			})();
	}
}

export function leave(): void {
	disarm();
	for (const vanish of standing.values()) vanish();
	standing.clear();
	frame?.leave();
}

function disarm(): void {
	pending.abort();
	pending = new AbortController();
}

/** Loads what draws the offer's blocks. Rejects where one of them is not what it should be. */
async function prepare(offer: Offer): Promise<true> {
	for (const { kinds = {}, fields = {}, css } of await Promise.all(Array.from(chunksOf(offer), load))) {
		know(kinds);
		knowFields(fields);
		further.add(css);
	}
	if (!listsIn(offer).every(areBlocks)) throw offer;
	return true;
}

async function openClaimed(offer: Offer, host: Host, signal: AbortSignal): Promise<void> {
	const { surface, content, experience } = offer;
	const ask = () => isGranted(offer, host, signal);
	const remember = () => {
		if (host.consent() !== "granted") closed.add(experience);
	};
	if (surface.kind === "inline") {
		const { place } = await load("inline");
		place(offer, host, ask, signal, (vanish) => standing.set(experience, vanish), remember);
		return;
	}
	// Loaded before it is claimed: what cannot be drawn is not shown.
	const open = surface.kind === "modal" && !content.teaser ? openDialog : (await load("surface")).open;
	if (over || !(await ask())) return;
	await whenVisible(signal);
	// The world went on meanwhile.
	if (over || signal.aborted || !isHere(host)) return;
	over = experience;
	standing.set(
		experience,
		open(offer, host, () => {
			over = undefined;
			remember();
		}),
	);
}

async function isGranted(offer: Offer, host: Host, signal: AbortSignal): Promise<boolean> {
	const grant = await claim(offer, host);
	if (grant?.given) give(offer, grant.given);
	if (grant?.id) owe(offer, host, signal);
	return !!grant;
}

/** It is granted: where the page view ends before it was shown, that is taken back. What stands within the page says so itself. */
function owe(offer: Offer, host: Host, signal: AbortSignal): void {
	if (offer.surface.kind === "inline" || offer.preview) return;
	const look = () => standing.has(offer.experience) || miss(offer, host, "left");
	if (signal.aborted) look();
	signal.addEventListener("abort", look);
}
