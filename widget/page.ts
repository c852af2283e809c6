// Page views, and how long and how far each was really read.

import type { Offer } from "../worker/protocol/experience.ts";
import { guard, on } from "./guard.ts";
import type { Host, Stage } from "./host.ts";
import { newEvent } from "./queue.ts";
import { isFresh, stamp } from "./storage.ts";
import { consent, cut, enter, note, sendLast, view, wake } from "./transport.ts";
import { settings, type View } from "./wire.ts";

const idleMs = 60_000;
const reloadMs = 30_000;
const ownLinkMs = 2_000;
/** Routers touch the address several times in one go. */
const routeMs = 50;
const routerMs = 300;
const longest = 2_048;

let presentMs = 0;
let countedAt = 0;
let inputAt = 0;
let deepest = 0;
let ownLinkAt = -ownLinkMs;
let stage: Stage | undefined;

const host: Host = {
	newEvent,
	note,
	ask: wake,
	presentMs: () => {
		count();
		return presentMs;
	},
	depth,
	mayIdentify: () => consent === "granted",
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
	return url.length > longest ? bare : url;
}

function begin(referrer: string | undefined, name = "Page Viewed"): void {
	const url = address();
	countInput();
	presentMs = deepest = 0;
	stamp(url);
	const begun: View = {
		event: newEvent(name, {
			path: location.pathname,
			url,
			title: document.title.slice(0, 300),
			...(referrer !== undefined && { referrer }),
		}),
		page: { url, referrer },
		undecided: true,
		show: guard(async (offers: readonly Offer[]) => {
			if (!offers.length) return;
			stage = (await import(settings.edge + settings.popup)) as Stage;
			if (begun === view) stage.show(offers, host);
		}),
	};
	enter(begun);
}

function end(): void {
	if (view) {
		const seconds = Math.round(host.presentMs() / 1000);
		const { path = "" } = view.event.props;
		note(newEvent("Page Left", { view: view.event.id, path, seconds, scroll: depth() }));
	}
	stage?.leave();
}

/** `asks`: on this site pages are seen before the visitor has agreed. */
export function watch(asks: boolean): void {
	const before = document.referrer;
	const isReload = performance.getEntriesByType("navigation")[0]?.toJSON().type === "reload";
	begin(
		// Where an earlier page may have had no consent, an empty referrer is unknown and not direct.
		before.length > longest || (!before && asks && history.length > 1) ? undefined : before,
		isReload && isFresh(address(), reloadMs) ? "Page Reloaded" : undefined,
	);
	on("pointermove", countInput);
	on("keydown", countInput);
	on("scroll", () => {
		countInput();
		depth();
	});
	on("visibilitychange", countInput);
	on("click", (event) => {
		countInput();
		const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
		if (link?.origin === location.origin) ownLinkAt = performance.now();
		setTimeout(look, routerMs);
	});
	// Browsers without the Navigation API tell of `popstate` alone; most other changes follow a click.
	on("currententrychange", route, window.navigation ?? window);
	on("popstate", route);
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

function route(): void {
	setTimeout(look, routeMs);
}

const look = guard(() => {
	if (address() === view?.page.url) return;
	end();
	// Whatever came before on this page was this site.
	begin(view?.page.url);
});
