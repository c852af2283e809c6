// Runs inside the measured page, before anything of its own.

export interface Seen {
	largest: number;
	/** Whether the largest paint was an element of ours. */
	isOurs: boolean;
	shift: number;
	interaction: number;
	blocking: number;
	/** The longest that one script of ours ran in a frame that came late, in ms; and how long all of them did. */
	ourLongest: number;
	ours: number;
	restored: boolean;
}

interface LateFrame extends PerformanceEntry {
	readonly scripts?: readonly { readonly sourceURL: string; readonly duration: number }[];
}

declare global {
	interface Window {
		seen: Seen;
	}
}

/** Self-contained: only its text reaches the page. `edge` is where our scripts come from. */
export function watchPage(edge: string): void {
	const seen: Seen = {
		largest: 0,
		isOurs: false,
		shift: 0,
		interaction: 0,
		blocking: 0,
		ourLongest: 0,
		ours: 0,
		restored: false,
	};
	window.seen = seen;
	const watch = (options: PerformanceObserverInit, take: (entry: PerformanceEntry) => void) =>
		new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
			buffered: true,
			...options,
		});
	watch({ type: "largest-contentful-paint" }, (entry) => {
		seen.largest = entry.startTime;
		// An element in a shadow tree is told as none.
		const element = "element" in entry && entry.element instanceof Element ? entry.element : undefined;
		seen.isOurs = element === undefined || element.getRootNode() !== document;
	});
	watch({ type: "layout-shift" }, (entry) => {
		const { value, hadRecentInput } = entry.toJSON();
		if (!hadRecentInput) seen.shift += value;
	});
	watch({ type: "event", durationThreshold: 16 } as PerformanceObserverInit, (entry) => {
		if (entry.toJSON().interactionId) seen.interaction = Math.max(seen.interaction, entry.duration);
	});
	watch({ type: "longtask" }, ({ duration }) => {
		seen.blocking += Math.max(0, duration - 50);
	});
	watch({ type: "long-animation-frame" }, (entry) => {
		for (const { sourceURL, duration } of (entry as LateFrame).scripts ?? []) {
			if (!sourceURL.startsWith(edge)) continue;
			seen.ourLongest = Math.max(seen.ourLongest, duration);
			seen.ours += duration;
		}
	});
	addEventListener("pageshow", ({ persisted }) => {
		seen.restored = persisted;
	});
}
