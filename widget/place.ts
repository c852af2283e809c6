// Finds the place within the page that something is for, puts it there and keeps it there. Whatever the visitor already
// sees stays where it is: what would move it waits until nobody looks, or is left out.
//
// What stands in a place is covered by a shadow root on the page's own element, with no node of the page touched: a
// framework that hydrates the page, or draws it anew, finds all as it left it. Only what goes beside an element is put
// among the page's nodes, and not before the page is hydrated.

import type { Place } from "../worker/protocol/experience.ts";
import { guard } from "./guard.ts";

type Put = Extract<Place, { selector: string }>["put"];
export type Missed = "too-late" | "no-room" | "no-place";

export interface Seating {
	readonly place: Place;
	/** Whether what the page has there may still give way; after that it stays. */
	readonly isLate: () => boolean;
	/** Granted already: nobody need be asked. */
	readonly isGranted: boolean;
	/** Asked once, when there is room; what is granted is shown. */
	readonly claim: () => Promise<boolean>;
	readonly onShown: (takeAway: () => void) => void;
	readonly onMissed: (why: Missed) => void;
	/** The page view is over. */
	readonly signal: AbortSignal;
}

/** A way of being on the page. */
interface Seat {
	readonly put: () => void;
	readonly takeBack: () => void;
	/** Where what comes after it begins, in pixels from the window's upper edge. */
	readonly edge: () => number;
	/** Whether it is all to be seen. */
	readonly isWhole: () => boolean;
	/** Whether the page's own content gives way to it. */
	readonly replaces: boolean;
}

const mostReturns = 10;
const hydratingMs = 100;
/** Less than this nobody sees, nor does the browser count it. */
const pixel = 1;

/** Puts it there as soon as it can be; `onShown` gets what takes it away again and gives the place back to the page. */
export function keepAt(element: HTMLElement, seating: Seating): void {
	const { place, isLate, isGranted, claim, onShown, onMissed, signal } = seating;
	let seat: Seat | undefined;
	let missed: Missed | undefined = "no-place";
	let claimed: "asking" | "granted" | undefined = isGranted ? "granted" : undefined;
	let returns = 0;
	let timer = 0;
	const ended = new AbortController();
	const watch = new MutationObserver(guard(look));

	function end(): void {
		if (ended.signal.aborted) return;
		ended.abort();
		watch.disconnect();
		clearTimeout(timer);
		seat?.takeBack();
		if (missed) onMissed(missed);
	}

	function look(): void {
		if (element.isConnected || claimed === "asking" || ended.signal.aborted) return;
		const target = targetOf(place);
		const next = target && seatOf(target, element, place);
		if (next) sit(next);
		else if (target) {
			clearTimeout(timer);
			timer = setTimeout(guard(look), hydratingMs);
		}
		// What we did ourselves is no news.
		watch.takeRecords();
	}

	function sit(next: Seat): void {
		// Taken away by the page, and put back before that is painted.
		if (seat) {
			if (returns++ < mostReturns) next.put();
			seat = next;
		} else if (next.replaces && isLate()) {
			missed = "too-late";
			end();
		} else if (!fits(next, claimed === undefined)) {
			missed = "no-room";
			if (next.replaces) end();
		} else if (claimed) {
			missed = undefined;
			seat = next;
			onShown(end);
		} else {
			claimed = "asking";
			claim().then(
				guard((isNow) => {
					claimed = "granted";
					if (isNow) return look();
					missed = undefined;
					end();
				}),
			);
		}
	}

	watch.observe(document, { childList: true, subtree: true });
	for (const kind of ["scroll", "load"]) {
		addEventListener(kind, guard(look), { capture: true, passive: true, signal: ended.signal });
	}
	signal.addEventListener("abort", () => seat ?? end());
	look();
}

function targetOf(place: Place): Element | undefined {
	const selector = "slot" in place ? `[data-witaj="${place.slot}"]` : place.selector;
	return document.querySelector(selector) ?? undefined;
}

/** Nothing where it cannot be put there yet. */
function seatOf(target: Element, element: HTMLElement, place: Place): Seat | undefined {
	const put = "slot" in place ? "slot" : place.put;
	const cover = put === "before" || put === "after" ? undefined : coverOf(target);
	if (cover) return seatWithin(target, cover, element, put);
	return isHydrated(target) ? seatBeside(target, element, put === "slot" ? "instead" : put) : undefined;
}

/** Tries it out, all before the browser paints: what the visitor sees must not move. */
function fits(seat: Seat, onlyTry: boolean): boolean {
	const before = seat.edge();
	seat.put();
	const after = seat.edge();
	const moves = Math.abs(after - before) > pixel && isSeen(Math.min(before, after));
	const fit = !moves && seat.isWhole();
	if (!fit || onlyTry) seat.takeBack();
	return fit;
}

/** Whether the visitor sees what begins there move. Above the window the browser makes up for it, where it can. */
function isSeen(edge: number): boolean {
	return edge < innerHeight && (edge > 0 || !CSS.supports("overflow-anchor", "auto"));
}

interface Cover {
	readonly root: ShadowRoot;
	readonly sheet: CSSStyleSheet;
}
/** A root cannot be taken off again; empty but for a slot it changes nothing. */
const covers = new WeakMap<Element, Cover>();

/** Nothing where the element can have none, or has one of its own. */
function coverOf(target: Element): Cover | undefined {
	const known = covers.get(target);
	if (known) return known;
	try {
		const root = target.attachShadow({ mode: "open" });
		const sheet = new CSSStyleSheet();
		root.adoptedStyleSheets = [sheet];
		root.append(document.createElement("slot"));
		covers.set(target, { root, sheet });
	} catch {
		// Such elements are many: pictures, links, lists, tables.
	}
	return covers.get(target);
}

/** What stood there had a box. Ours has its own. */
const covering = [
	"display:grid",
	"grid-template:1fr/minmax(0,1fr)",
	"place-items:stretch",
	"box-sizing:border-box",
	"padding:0",
	"border:0",
	"background:none",
	"box-shadow:none",
	"min-block-size",
].join("!important;");

function seatWithin(target: Element, { root, sheet }: Cover, element: HTMLElement, put: Put | "slot"): Seat {
	const replaces = put !== "inside" && target.childNodes.length > 0;
	const { height } = target.getBoundingClientRect();
	const content = root.querySelector("slot");
	return {
		replaces,
		edge: () => target.getBoundingClientRect().bottom,
		isWhole: () => put === "inside" || element.offsetHeight <= target.clientHeight + pixel,
		put: () => {
			root.append(element);
			if (put === "inside") return;
			content?.remove();
			// Its place stays as large as it was.
			sheet.replaceSync(`:host{${covering}:${height}px!important}`);
		},
		takeBack: () => {
			element.remove();
			sheet.replaceSync("");
			if (content) root.prepend(content);
		},
	};
}

const hidden = "data-witaj-hidden";
let hiding: CSSStyleSheet | undefined;

function seatBeside(target: Element, element: HTMLElement, put: Put): Seat {
	const replaces = put === "instead";
	const next = put === "before" ? target : target.nextElementSibling;
	return {
		replaces,
		edge: () =>
			next?.getBoundingClientRect().top ?? target.parentElement?.getBoundingClientRect().bottom ?? 0,
		isWhole: () => true,
		put: () => {
			if (put === "inside") target.append(element);
			else target[put === "before" ? "before" : "after"](element);
			if (!replaces) return;
			if (!hiding) {
				hiding = new CSSStyleSheet();
				hiding.replaceSync(`[${hidden}]{display:none!important}`);
				document.adoptedStyleSheets = [...document.adoptedStyleSheets, hiding];
			}
			target.setAttribute(hidden, "");
		},
		takeBack: () => {
			element.remove();
			if (replaces) target.removeAttribute(hidden);
		},
	};
}

/** React throws away a page that is not as it was rendered: until it has taken the element over, nothing goes beside it. */
function isHydrated(target: Element): boolean {
	const has = (node: Node, mark: string) => Object.keys(node).some((key) => key.startsWith(mark));
	for (let node: Node | null = target; node; node = node.parentNode) {
		if (has(node, "__reactContainer$")) return has(target, "__reactFiber$");
	}
	return document.readyState === "complete";
}

/** Once, when half of it has come into view. */
export function whenSeen(element: Element, task: () => void, signal: AbortSignal): void {
	const watch = new IntersectionObserver(
		guard((entries: IntersectionObserverEntry[]) => {
			if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
			watch.disconnect();
			task();
		}),
		{ threshold: 0.5 },
	);
	watch.observe(element);
	signal.addEventListener("abort", () => watch.disconnect());
}
