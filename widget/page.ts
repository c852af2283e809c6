// Page views, and how long and how far each was really read.

import type { CollectEvent } from "../worker/protocol/collect.ts";
import type { Offer } from "../worker/protocol/experience.ts";
import { guard, on } from "./guard.ts";
import type { Host, Moment, Onlooker, Stage } from "./host.ts";
import { lastSeconds, newEvent } from "./queue.ts";
import { consent, cut, enter, note, say, sendLast, view, wake } from "./transport.ts";
import { settings } from "./wire.ts";

const idleMs = 60_000;
/** As `performance.navigation` numbers it: the newer way to ask weighs three times as much. */
const reloaded = 1;
const reloadSeconds = 30;
const ownLinkMs = 2_000;
/** Not every browser tells of a route, and routers touch the address several times in one go. */
const routeMs = 250;
const longest = 2_048;
const lookMs = 1_000;

let presentMs = 0;
let countedAt = 0;
let inputAt = 0;
let deepest = 0;
let ownLinkAt = -ownLinkMs;
/** Where the visitor came from to this document; not known where it is too long or may be kept from us. */
let arrivedFrom: string | undefined;
let stage: Stage | undefined;
export const heard: [moment: Moment, task: unknown][] = [];

export const host: Host = {
	newEvent,
	note,
	ask: wake,
	heard,
	view: () => view,
	say: (word) => say(word, 1),
	presentMs: () => {
		count();
		return presentMs;
	},
	depth,
	consent: () => consent,
};

/** Adds the time since the last call, up to a minute after the last input. */
function count(): void {
	const now = performance.now();
	presentMs += Math.max(0, Math.min(now, inputAt + idleMs) - countedAt);
	countedAt = now;
}

/** A page out of sight has no input, until it comes back. */
function countInput(): void {
	count();
	inputAt = document.hidden ? -idleMs : countedAt;
}

function depth(): number {
	deepest = Math.max(deepest, scrollY + innerHeight);
	return Math.min(100, Math.round((100 * deepest) / document.documentElement.scrollHeight));
}

/** The address without its fragment, and without its query where it would be refused for its length. */
function address(): string {
	const bare = location.origin + location.pathname;
	const url = bare + location.search;
	return url.length <= longest ? url : bare;
}

const load = guard(async (chunk: string, use: (loaded: never) => unknown) =>
	use((await import(`${settings.edge}${settings.chunks}${chunk}.js`)) as never),
);

function begin(referrer: string | undefined, name = "Page Viewed", props?: CollectEvent["props"]): void {
	const page = { url: address(), referrer, title: document.title.slice(0, 200) };
	countInput();
	presentMs = deepest = 0;
	enter({
		// JSON leaves out a referrer that is not known.
		event: newEvent(name, { ...props, path: location.pathname, ...page } as CollectEvent["props"]),
		page,
		undecided: true,
	});
	settings.also?.map((chunk) => load(chunk, (onlooker: Onlooker) => onlooker.look(host, settings)));
	// It asks when it has looked, so that what it found goes along; but nobody waits for it long.
	setTimeout(wake, settings.collect && lookMs);
}

function end(): void {
	if (view) {
		const seconds = Math.round(host.presentMs() / 1000);
		const { id, props } = view.event;
		note(newEvent("Page Left", { view: id, path: props.path as string, seconds, scroll: depth() }));
	}
	stage?.leave();
}

/**
 * What the page view that is being read was offered. It came over the wire as it was, and may be anything. The first says
 * by which chunk all of them are drawn.
 */
export function show(offers: readonly Offer[]): void {
	const shown = view;
	if (offers?.[0]?.chunk) {
		load(offers[0].chunk, (loaded: Stage) => {
			stage = loaded;
			if (shown === view) stage.show(offers, host);
		});
	}
}

/** The page view is over, and another begins. Whatever came before on this document was this site. */
export function turnTo(props?: CollectEvent["props"], name?: string): void {
	end();
	begin(view ? view.page.url : arrivedFrom, name, props);
}

/** `asks`: on this site pages are seen before the visitor has agreed. `own`: it says itself when a page view begins. */
export function watch(asks: boolean | undefined, own: boolean): void {
	const before = document.referrer;
	const isReload = performance.navigation.type === reloaded;
	// Where an earlier page may have had no consent, an empty referrer is unknown and not direct.
	if (before.length <= longest && (before || !asks || history.length < 2)) arrivedFrom = before;
	if (!own) {
		turnTo({}, isReload && (lastSeconds() as number) < reloadSeconds ? "Page Reloaded" : undefined);
		setInterval(
			guard(() => {
				if (address() !== view?.page.url) turnTo();
			}),
			routeMs,
		);
	}
	for (const kind of ["pointermove", "keydown", "visibilitychange"] as const) on(kind, countInput);
	on("scroll", () => {
		countInput();
		depth();
	});
	on("click", (event) => {
		countInput();
		const link = (event.composedPath()[0] as Element).closest("a");
		if (link?.origin === location.origin) ownLinkAt = performance.now();
	});
	on("pagehide", () => {
		end();
		cut();
		// The next page's request takes the queue along, where there is a next page.
		if (performance.now() - ownLinkAt > ownLinkMs) sendLast();
	});
	on("pageshow", (event) => {
		if (event.persisted) begin(view?.page.url);
	});
}
