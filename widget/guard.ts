// The host page never notices us: every entry from the browser into our code goes through here, once.

/** `task`, but whatever it throws ends here: an error of ours is not the page's business, nor its console's. */
export function guard<Args extends unknown[]>(
	task: (...args: Args) => unknown,
): (...args: Args) => Promise<void> {
	return async (...args) => {
		try {
			await task(...args);
		} catch {
			// Nothing to say and nobody to say it to.
		}
	};
}

interface Kinds extends WindowEventMap {
	currententrychange: Event;
	prerenderingchange: Event;
	visibilitychange: Event;
}

/**
 * Listens without ever holding up a scroll, and before the page's own listeners can stop the event. What happens to
 * the document passes the window on its way down, even where it would not bubble.
 */
export function on<Kind extends keyof Kinds>(
	kind: Kind,
	task: (event: Kinds[Kind]) => unknown,
	target: EventTarget = window,
): void {
	target.addEventListener(kind, guard(task as (event: Event) => unknown), { capture: true, passive: true });
}
