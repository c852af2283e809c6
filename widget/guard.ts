// The host page never notices us: every entry from the browser into our code goes through here, once.

/** `task`, but whatever it throws ends here: an error of ours is not the page's business, nor its console's. */
export function guard<Args extends unknown[], Result>(
	task: (...args: Args) => Result | Promise<Result>,
): (...args: Args) => Promise<Result | undefined> {
	return async (...args) => {
		try {
			return await task(...args);
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
 * Listens before the page's own listeners can stop the event; to nothing that could hold up a scroll. What happens to the
 * document passes the window on its way down, even where it would not bubble.
 */
export function on<Kind extends keyof Kinds>(
	kind: Kind,
	task: (event: Kinds[Kind]) => unknown,
	target: EventTarget = window,
): void {
	target.addEventListener(kind, guard(task as (event: Event) => unknown), true);
}
