// The one script tag. Reads what the site and the visitor allow, takes commands, starts watching the page.

import type { CollectEvent } from "../worker/protocol/collect.ts";
import { guard, on } from "./guard.ts";
import { watch } from "./page.ts";
import { newEvent } from "./queue.ts";
import { attempt, consentKey, drop, eventPrefix, keys, read, staffKey, tokenKey, write } from "./storage.ts";
import { allow, consent, deny, note, wake } from "./transport.ts";
import { settings } from "./wire.ts";

type Command =
	| [name: "consent", state: "granted" | "denied"]
	| [name: "track", event: string, props?: CollectEvent["props"]];

declare global {
	interface Window {
		/** Before the script is there the page puts a function here that collects its calls in `q`. */
		witaj?: ((...command: Command) => unknown) & { q?: Iterable<Command>; ready?: boolean };
	}
	interface Document {
		readonly prerendering?: boolean;
	}
	interface Navigator {
		readonly globalPrivacyControl?: boolean;
	}
}

const flushMs = 1_000;
const staffParameter = "witaj-staff";
const optedOut = navigator.globalPrivacyControl;

/** A page that is rendered ahead may never be shown: until it is, it is nobody's visit, and nothing is done in it. */
function whenShown(task: () => void): void {
	if (document.prerendering) on("prerenderingchange", task);
	else task();
}

const run = guard((...[name, what, props]: Command) =>
	whenShown(() => {
		if (name === "track") {
			note(newEvent(what, props));
			setTimeout(wake, flushMs);
		} else if (name === "consent" && consent !== what) {
			if (what === "denied") {
				deny();
				// Where nobody asks, only this mark, which identifies nobody, keeps the refusal.
				if (settings.consent !== "ask") {
					attempt(() => {
						localStorage[consentKey] = what;
					});
				}
			}
			if (what === "granted" && !optedOut) {
				write(consentKey, what);
				allow();
			}
		}
	}),
);

/** The staff's mark comes in a link, and leaves the address bar before anything else reads it. */
function takeStaffMark(): void {
	const url = new URL(location.href);
	const mark = url.searchParams.get(staffParameter);
	if (!mark) return;
	// What they did as staff is no visitor's, though it may still wait.
	if (mark === "off") [staffKey, ...keys(eventPrefix)].forEach(drop);
	// Over the protocol's bound it would have every request refused.
	else write(staffKey, mark.slice(0, 200));
	url.searchParams.delete(staffParameter);
	history.replaceState(history.state, "", url);
}

guard(() => {
	const early = window.witaj;
	// Two tags on one page are one.
	if (early?.ready) return;
	window.witaj = Object.assign(run, { ready: true });
	const script = document.currentScript;
	whenShown(() => {
		const said = script?.dataset.consent ?? read(consentKey);
		const asks = settings.consent === "ask" || said === "ask";
		if (optedOut || said === "denied") deny();
		else if (!asks || said === "granted") allow();
		// Another tab took its consent back.
		on("storage", (event) => {
			if (event.key === tokenKey && !event.newValue && consent === "granted") deny();
		});
		takeStaffMark();
		watch(asks);
	});
	for (const command of early?.q ?? []) run(...command);
})();
