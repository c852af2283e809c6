// When an offer opens. Only on a visible page, and never by touching history.

import type { Offer, Trigger } from "../worker/protocol/experience.ts";
import { guard } from "./guard.ts";
import type { Host } from "./host.ts";

const pollMs = 250;

/**
 * Leaving by touch: after five seconds and a screen of reading, a finger sends the page up by two fifths of the
 * screen within 0.3 s. Seen in at least three scroll events: a jump to the top is a route's or a link's doing.
 */
const gesture = { afterMs: 5_000, share: 0.4, withinMs: 300, events: 3 };

function listen(
	target: EventTarget,
	kind: string,
	task: (event: Event) => unknown,
	signal: AbortSignal,
): void {
	target.addEventListener(kind, guard(task), { passive: true, signal });
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

/** Fires when any, or the last of all, of what it waits for has come: once, though others come later. */
export function arm({ trigger }: Offer, host: Host, fire: () => unknown, signal: AbortSignal): void {
	const all = "any" in trigger ? trigger.any : "all" in trigger ? trigger.all : [trigger];
	let left = "any" in trigger ? 1 : all.length;
	for (const one of all) armOne(one, host, () => --left || fire(), signal);
}

function armOne(trigger: Trigger, host: Host, fire: () => unknown, signal: AbortSignal): void {
	// Each fires once.
	const own = new AbortController();
	signal.addEventListener("abort", () => own.abort());
	const once = () => {
		if (own.signal.aborted) return;
		own.abort();
		fire();
	};
	if (trigger.kind === "at-once") whenVisible(signal).then(once);
	else if (trigger.kind === "presence") {
		const timer = setInterval(
			guard(() => {
				if (!document.hidden && host.presentMs() >= trigger.seconds * 1000) once();
			}),
			pollMs,
		);
		own.signal.addEventListener("abort", () => clearInterval(timer));
	} else if (trigger.kind === "scroll") {
		const look = () => {
			if (host.depth() >= trigger.depth) whenVisible(signal).then(once);
		};
		// Coming back to the middle of a page counts; what fits on the screen without scrolling does not.
		if (scrollY > 0) look();
		listen(window, "scroll", look, own.signal);
	} else if (trigger.kind === "exit") {
		if (matchMedia("(hover: hover) and (pointer: fine)").matches) watchMouse(once, own.signal);
		else watchFinger(host, once, own.signal);
	}
}

function watchMouse(leave: () => void, signal: AbortSignal): void {
	listen(
		document.documentElement,
		"mouseleave",
		(event) => {
			if (event instanceof MouseEvent && event.clientY <= 0) leave();
		},
		signal,
	);
}

function watchFinger(host: Host, leave: () => void, signal: AbortSignal): void {
	let deepest = scrollY;
	let recent: { at: number; top: number }[] = [];
	listen(
		window,
		"scroll",
		() => {
			const now = performance.now();
			const top = scrollY;
			deepest = Math.max(deepest, top);
			recent = recent.filter((step) => now - step.at < gesture.withinMs);
			recent.push({ at: now, top });
			const up = Math.max(...recent.map((step) => step.top)) - top;
			if (
				recent.length >= gesture.events &&
				up >= gesture.share * innerHeight &&
				deepest >= innerHeight &&
				host.presentMs() >= gesture.afterMs
			) {
				leave();
			}
		},
		signal,
	);
}
