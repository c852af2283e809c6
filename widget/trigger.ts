// When an offer opens. Only on a visible page, and never by touching history. What most wait for is watched here, the rest
// by a chunk of its own.

import type { Offer, Trigger } from "../worker/protocol/experience.ts";
import { guard } from "./guard.ts";
import type { Host } from "./host.ts";
import { load } from "./load.ts";

const pollMs = 250;

/** Passive: nothing that is watched is ever held up. */
export function listen(
	target: EventTarget,
	kind: string,
	task: (event: Event) => unknown,
	signal: AbortSignal,
	capture = false,
): void {
	target.addEventListener(kind, guard(task), { passive: true, capture, signal });
}

/** Again and again, until it is no longer wanted. */
export function poll(look: () => unknown, signal: AbortSignal): void {
	const timer = setInterval(guard(look), pollMs);
	signal.addEventListener("abort", () => clearInterval(timer));
}

/** Never resolves on a page that is left before it was seen again. */
export function whenVisible(signal: AbortSignal): Promise<void> {
	return new Promise((seen) => {
		const look = () => {
			if (!document.hidden) seen();
		};
		look();
		listen(document, "visibilitychange", look, signal);
	});
}

/** Whether the address is still that of the page view: a route may change before anybody is told. */
export function isHere(host: Host): boolean {
	return host.view()?.page.url.split("?")[0] === location.origin + location.pathname;
}

/** Fires when any, or the last of all, of what it waits for has come: once, though others come later. */
export function arm(offer: Offer, host: Host, fire: () => unknown, signal: AbortSignal): void {
	const { trigger } = offer;
	const all = "any" in trigger ? trigger.any : "all" in trigger ? trigger.all : [trigger];
	let left = "any" in trigger ? 1 : all.length;
	for (const one of all) armOne(one, offer, host, () => --left || (isHere(host) && fire()), signal);
}

function armOne(trigger: Trigger, offer: Offer, host: Host, fire: () => unknown, signal: AbortSignal): void {
	// Each fires once.
	const own = new AbortController();
	signal.addEventListener("abort", () => own.abort());
	const once = () => {
		if (own.signal.aborted) return;
		own.abort();
		fire();
	};
	const { pages = 1, seconds = 0 } = offer.visit ?? {};
	if (trigger.kind === "at-once" || (trigger.kind === "pages" && pages >= trigger.n))
		whenVisible(signal).then(once);
	else if (trigger.kind === "presence") {
		const before = trigger.of === "visit" ? seconds : 0;
		poll(() => {
			if (!document.hidden && host.presentMs() >= (trigger.seconds - before) * 1000) once();
		}, own.signal);
	} else if (trigger.kind === "scroll") {
		const look = () => {
			if (host.depth() >= trigger.depth) whenVisible(signal).then(once);
		};
		// Coming back to the middle of a page counts; what fits on the screen without scrolling does not.
		if (scrollY > 0) look();
		listen(window, "scroll", look, own.signal);
	} else guard(async () => (await load("triggers")).watch(trigger, offer, host, once, own.signal))();
}
