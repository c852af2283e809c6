// The one script tag. Reads what the site and the visitor allow, takes commands, starts watching the page.

import type { CollectEvent } from "../worker/protocol/collect.ts";
import { guard, on } from "./guard.ts";
import type { Moment } from "./host.ts";
import { heard, turnTo, watch } from "./page.ts";
import { consentKey, drop, eventPrefix, keys, proofKey, read, staffKey, tokenKey, write } from "./storage.ts";
import { say, track } from "./transport.ts";
import { settings } from "./wire.ts";

type Props = CollectEvent["props"];
type Command =
	| [name: "consent", state: "granted" | "denied"]
	| [name: "track", event: string, props?: Props]
	/** `token`: a JWT of the site's own login. */
	| [name: "identify", traits: Props, proof?: { token?: string }]
	| [name: "page", props?: Props]
	| [name: "reset"]
	| [name: "on", moment: Moment, task: (detail: unknown) => unknown];

interface Api {
	(...command: Command): unknown;
	q?: Iterable<Command>;
	ready?: boolean;
}

declare global {
	interface Window {
		/** Before the script is there the page puts a function here that collects its calls in `q`. */
		witaj?: Api;
	}
	interface Document {
		readonly prerendering?: boolean;
	}
	interface Navigator {
		readonly globalPrivacyControl?: boolean;
	}
}

const longestProof = 2_048;

/** A page that is rendered ahead may never be shown: until it is, it is nobody's visit, and nothing is done in it. */
function whenShown(task: () => void): void {
	if (document.prerendering) on("prerenderingchange", task);
	else task();
}

/**
 * Kept until a server has answered, and until then no other: a link's comes once, a login's with every page. One over the
 * protocol's bound would have every request refused.
 */
function prove(kind: string, token: string | undefined): void {
	if (token && !read(proofKey))
		write(proofKey, JSON.stringify({ kind, token: token.slice(0, longestProof) }));
}

/** No banner overrides the browser's own refusal. */
const sayOwn = (word: string | undefined) => say(navigator.globalPrivacyControl ? "denied" : word);

const run: Api = guard((...[name, what, more]: Command) =>
	whenShown(() => {
		if (name === "track") track(what, more);
		else if (name === "identify") {
			track("Identified", what);
			prove("jwt", more?.token);
		} else if (name === "page") turnTo(what);
		else if (name === "reset") {
			// What the last one could prove is not the next one's.
			drop(proofKey);
			track("Reset");
		} else if (name === "on") heard.push([what, more]);
		else if (/^consent,(granted|denied)$/.test(`${name},${what}`)) {
			sayOwn(what);
			// Where nobody asks, only this mark, which identifies nobody, keeps the refusal.
			write(consentKey, what, what === "denied" && !settings.asks);
		}
	}),
);

/** What a link says for us leaves the address bar before anything else reads it, and is in no history. */
function takeMarks(): void {
	const url = new URL(location.href);
	for (const [name, kind] of [["wl", "link"], ["wc", "confirmed"], ["witaj-staff"], ["wp"]] as const) {
		const mark = url.searchParams.get(name);
		if (!mark) continue;
		if (kind) prove(kind, mark);
		// What they did as staff is no visitor's, though it may still wait.
		else if (mark === "off") [staffKey, ...keys(eventPrefix)].forEach(drop);
		// Over the protocol's bound it would have every request refused.
		else write(staffKey, mark.slice(0, 200));
		url.searchParams.delete(name);
		history.replaceState(history.state, "", url);
	}
}

guard(() => {
	const early = window.witaj;
	// Two tags on one page are one.
	if (early?.ready) return;
	window.witaj = run;
	run.ready = true;
	const data = document.currentScript?.dataset;
	takeMarks();
	whenShown(() => {
		const said = data?.consent ?? read(consentKey);
		sayOwn(said ?? (settings.asks ? "" : "granted"));
		// What another tab was told of consent holds here too; so does what the page before this one was told last, of
		// which a page rendered ahead may not have heard. Whoever takes it back takes both away, and no token is a word.
		on("storage", ({ key, newValue }) => {
			if (key === consentKey || key === tokenKey) run("consent", (newValue ?? "denied") as "denied");
		});
		watch(settings.asks || said === "ask", data?.pages === "own");
	});
	for (const command of early?.q ?? []) run(...command);
})();
