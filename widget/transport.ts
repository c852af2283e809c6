// Who speaks to the edge, and when: one request at a time, and as long as nobody here has a token over all tabs where
// the browser has Web Locks, so that two new tabs do not become two visitors. Knows what the visitor allowed, and lets
// no more than that out.

import type { CollectEvent, CollectRequest, CollectResponse, Consent } from "../worker/protocol/collect.ts";
import { guard } from "./guard.ts";
import type { Ask, Word } from "./host.ts";
import { host, show } from "./page.ts";
import { eventOf, newEvent, nextKeys, push, settle } from "./queue.ts";
import { drop, keep, proofKey, read, staffKey, tokenKey, wipe, write } from "./storage.ts";
import { isAnswer, type Loose, type Part, type Received, settings, type View } from "./wire.ts";

type Answer = CollectResponse | undefined;

const flushMs = 1_000;
const timeoutMs = 8_000;
const firstRetryMs = 4_000;
const mostRetries = 6;
/** What one tab stores, another may see some milliseconds later, and no event tells when: locks travel faster. */
const settlingMs = 100;

export let consent: Consent = "required";
export let view: View | undefined;
/** The token that the server does not yet know to be revoked; empty where there is none that we know of. */
let revoked: string | undefined;
let turn = Promise.resolve() as Promise<Answer>;
let retries = 0;
let cutter = new AbortController();
const words: Word[] = [undefined, settings.collect?.consent && "required"];

export function enter(next: View): void {
	view = next;
	note(next.event);
}

export function note(event: CollectEvent): void {
	host.hear?.(event);
	if (consent !== "denied") push(event);
}

export function track(name: string, props?: CollectEvent["props"]): void {
	note(newEvent(name, props));
	setTimeout(wake, flushMs);
}

/** What is said of consent: by ourselves, and by the others who are asked (`1`). Of both the strictest holds. */
export function say(word: Word, by = 0): void {
	words[by] = word;
	if (words.includes("denied")) deny();
	else if (words.includes("granted") && !words.includes("required")) allow();
}

/** The page that is being read is sent as it was when it was loaded, and decided anew. */
function allow(): void {
	if (consent === "granted") return;
	consent = "granted";
	revoked = undefined;
	keep();
	if (view) {
		push(view.event);
		view.undecided = true;
		wake();
	}
}

/** Forgets everything here, and has it forgotten there where there may be something. */
function deny(): void {
	if (consent === "denied") return;
	const token = read(tokenKey);
	if (consent === "granted" || token !== undefined) revoked = token ?? "";
	consent = "denied";
	wipe();
	wake();
}

/**
 * Takes a turn after those before it; none of them ever rejects. A held or awaited lock keeps a page out of the
 * back/forward cache: `cut` ends both. And who asks for a lock that a page in that cache holds has the page thrown out
 * there and then: the next one, rendered ahead, may ask before the last one was told that it is left. So no lock is
 * asked for without need; with a token, two tabs at most send an event twice, which counts once.
 */
export function wake(ask?: Ask): Promise<Answer> {
	turn = turn.then(
		guard((): Promise<Answer> => {
			cutter = new AbortController();
			const task = () => takeTurn(ask);
			return read(tokenKey) === undefined && navigator.locks
				? navigator.locks.request(tokenKey, { signal: cutter.signal }, task)
				: task();
		}),
	);
	return turn;
}

export function cut(): void {
	cutter.abort();
}

/** The page dies: what waits is sent without waiting for an answer, and so stays in the queue. */
export function sendLast(): void {
	const events = nextKeys().map(eventOf);
	// Who has no token yet would become a visitor whom nobody recognises.
	if (view && consent === "granted" && read(tokenKey) !== undefined && events.length) {
		exchange({ decide: false, events }, true);
	}
}

async function takeTurn(ask?: Ask): Promise<Answer> {
	const granted = consent === "granted";
	const entered = view;
	const waiting = granted ? nextKeys() : [];
	const proof = granted && read(proofKey);
	const decide = consent !== "denied" && !!entered?.undecided;
	const telling = revoked;
	if (!entered || (ask && !granted) || !(ask || telling !== undefined || decide || waiting.length)) {
		return;
	}
	entered.undecided &&= !decide;
	const received = await exchange({
		decide,
		...ask,
		events: waiting.map(eventOf).concat(ask?.events ?? []),
	});
	if (isAnswer(received)) {
		retries = 0;
		if (telling === revoked) revoked = undefined;
		if (consent === "granted") write(tokenKey, received.token ?? read(tokenKey) ?? "");
		// Taken back while the answer was on its way.
		else if (revoked === "") revoked = received.token ?? "";
		if (settle(waiting, received.verdicts)) retry();
		if (proof) drop(proofKey);
		if (decide && entered === view) show(received.show);
		// Whoever waits for this turn is to find the token.
		if (received.token) await new Promise((done) => setTimeout(done, settlingMs));
		return received;
	}
	if (!received?.error) {
		entered.undecided ||= decide;
		retry();
		// Such a body would be refused for ever, and whatever waits behind it with it.
	} else if (/^body/.test(received.error as string)) waiting.concat(proofKey).forEach(drop);
	return;
}

/** Later and later, and no two pages in step; the next page tries anyway. */
function retry(): void {
	if (retries < mostRetries) setTimeout(wake, firstRetryMs * 2 ** retries++ * (0.5 + Math.random()));
}

/** The body is sent as text/plain, so that no browser asks for permission first. Nothing where nobody answered. */
const exchange = guard(async (part: Part, keepalive?: boolean): Promise<Received> => {
	const granted = consent === "granted";
	const body: Loose<Omit<CollectRequest, "events" | "proof" | "staff">> &
		Part & { staff?: string | undefined; proof?: unknown } = {
		...part,
		site: settings.site,
		consent,
		token: (granted ? read(tokenKey) : revoked) || undefined,
		...(granted && { staff: read(staffKey), proof: eventOf(proofKey) }),
		page: {
			...(view as View).page,
			view: granted ? (view as View).event.id : undefined,
			language: (document.documentElement.lang || navigator.language).slice(0, 35),
			visible: !document.hidden,
		},
		sentAt: Date.now(),
	};
	const own = cutter;
	setTimeout(() => own.abort(), timeoutMs);
	const response = await fetch(`${settings.edge}/v1/collect`, {
		method: "POST",
		body: JSON.stringify(body),
		signal: keepalive ? null : own.signal,
		keepalive: !!keepalive,
	});
	if (response.status < 500) return await response.json();
});
