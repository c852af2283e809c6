// What few offers wait for: leaving, elements, clicks, idleness, the cart, and whatever the page or the server says that
// happened. A kind that is not known here never fires.

import type { CollectEvent } from "../../worker/protocol/collect.ts";
import type { News, Offer, Trigger } from "../../worker/protocol/experience.ts";
import { guard } from "../guard.ts";
import type { Ask, Host } from "../host.ts";
import { listen, poll, whenVisible } from "../trigger.ts";

/**
 * Leaving by touch: after five seconds and a screen of reading, a finger sends the page up by two fifths of the
 * screen within 0.3 s. Seen in at least three scroll events: a jump to the top is a route's or a link's doing.
 */
const gesture = { afterMs: 5_000, share: 0.4, withinMs: 300, events: 3 };

/** What the server made happen is asked for calmly, and not for ever. */
const askMs = 20_000;
const mostAsks = 15;
/** Soon after the page said something, for what the server makes of it; it takes what waits to be sent along. */
const soonMs = 900;

const inputs = ["pointermove", "pointerdown", "touchmove", "wheel", "scroll", "keydown"];
const cartEvents = ["Cart Updated", "Product Added", "Product Removed"];

export function watch(
	trigger: Trigger,
	offer: Offer,
	host: Host,
	fire: () => unknown,
	signal: AbortSignal,
): void {
	const fireSeen = () => whenVisible(signal).then(fire);
	switch (trigger.kind) {
		case "exit":
			if (matchMedia("(hover: hover) and (pointer: fine)").matches) watchMouse(fire, signal);
			else watchFinger(host, fire, signal);
			break;
		case "seen":
			watchElement(trigger.selector, fire, signal);
			break;
		case "idle":
			watchIdle(trigger.seconds, fire, signal);
			break;
		case "click":
			watchClicks(trigger.selector, fire, signal);
			break;
		case "return": {
			let isAway = false;
			listen(
				document,
				"visibilitychange",
				() => {
					if (isAway) fire();
					isAway = document.hidden;
				},
				signal,
			);
			break;
		}
		case "copy":
			listen(document, "copy", fire, signal, true);
			break;
		case "cart": {
			const { from } = trigger;
			if (from === undefined) waitFor(cartEvents, undefined, offer, host, fireSeen, signal);
			else {
				const look = (value: unknown) => {
					if ((value as number) >= from) fireSeen();
				};
				look(offer.visit?.cart);
				hearWith(
					(event, news) => {
						look(news?.cart);
						// In another currency it is worth what the server says.
						const { name, props } = event ?? {};
						if (name === cartEvents[0] && !props?.currency) look(props?.value);
					},
					host,
					signal,
				);
			}
			break;
		}
		case "event":
			waitFor([trigger.name], trigger.of, offer, host, fireSeen, signal);
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

/** It may come late, and be drawn anew: what is there now is watched. Of what is taller than the screen, half a screen. */
function watchElement(selector: string, fire: () => void, signal: AbortSignal): void {
	let watched: Element | null = null;
	const observer = new IntersectionObserver(
		guard((entries: readonly IntersectionObserverEntry[]) => {
			const isSeen = entries.some(
				({ intersectionRatio, intersectionRect }) =>
					intersectionRatio >= 0.5 || intersectionRect.height >= innerHeight / 2,
			);
			if (isSeen && !document.hidden) fire();
		}),
		{ threshold: Array.from({ length: 21 }, (_, n) => n / 20) },
	);
	signal.addEventListener("abort", () => observer.disconnect());
	const look = () => {
		const found = document.querySelector(selector);
		if (found === watched) return;
		observer.disconnect();
		watched = found;
		if (found) observer.observe(found);
	};
	look();
	poll(look, signal);
}

function watchIdle(seconds: number, fire: () => void, signal: AbortSignal): void {
	let since = performance.now();
	const restart = () => {
		since = performance.now();
	};
	for (const kind of inputs) listen(window, kind, restart, signal, true);
	listen(document, "visibilitychange", restart, signal);
	poll(() => {
		if (!document.hidden && performance.now() - since >= seconds * 1000) fire();
	}, signal);
}

/** Before the page's own listeners can stop it, and in its open shadow roots too. */
function watchClicks(selector: string, fire: () => void, signal: AbortSignal): void {
	listen(
		window,
		"click",
		(event) => {
			if (event.composedPath().some((node) => node instanceof Element && node.matches(selector))) fire();
		},
		signal,
		true,
	);
}

/** `of` is what one of its properties says. */
function waitFor(
	names: readonly string[],
	of: string | undefined,
	{ experience, visit }: Offer,
	host: Host,
	fire: () => unknown,
	signal: AbortSignal,
): void {
	const isOne = (one: { name: string; of?: string }) => names.includes(one.name) && one.of === of;
	if (visit?.happened?.some(isOne)) fire();
	hearWith(
		(event, news) => {
			const isSaid =
				event &&
				names.includes(event.name) &&
				(of === undefined || Object.values(event.props ?? {}).some((value) => `${value}` === of));
			if (isSaid || news?.happened?.some((one) => one.experience === experience && isOne(one))) fire();
		},
		host,
		signal,
	);
}

/** Told what the page says happened, or what the server knows of by now. */
type Ear = (event: CollectEvent | undefined, news?: News) => void;
const ears = new Set<Ear>();
let timer: ReturnType<typeof setInterval>;

function hearWith(ear: Ear, host: Host, signal: AbortSignal): void {
	// It may have fired already.
	if (signal.aborted) return;
	ears.add(ear);
	signal.addEventListener("abort", () => {
		ears.delete(ear);
		if (ears.size > 0) return;
		clearInterval(timer);
		host.hear = undefined;
	});
	if (ears.size > 1) return;
	let asks = 0;
	host.hear = guard((event: CollectEvent) => {
		for (const one of [...ears]) one(event);
		setTimeout(() => ask(host), soonMs);
	});
	timer = setInterval(() => {
		if (!document.hidden && asks++ < mostAsks) ask(host, {});
	}, askMs);
}

const ask = guard(async (host: Host, what?: Ask) => {
	const answer = await host.ask(what);
	for (const one of [...ears]) one(undefined, answer?.news);
});
