// Who speaks to the edge, and when: one request at a time, and as long as nobody here has a token over all tabs where
// the browser has Web Locks, so that two new tabs do not become two visitors. Knows what the visitor allowed, and lets
// no more than that out.

import type {
	CollectEvent,
	CollectRequest,
	CollectResponse,
	Consent,
	Page,
} from "../worker/protocol/collect.ts";
import type { Ask } from "./host.ts";
import { eventOf, nextKeys, push, settle } from "./queue.ts";
import { drop, keep, read, staffKey, stamp, tokenKey, wipe, write } from "./storage.ts";
import { isAnswer, type Loose, type Part, type Received, settings, type View } from "./wire.ts";

type Answer = CollectResponse | undefined;

const timeoutMs = 8_000;
const firstRetryMs = 4_000;
const mostRetries = 6;
/** What one tab stores, another may see some milliseconds later, and no event tells when: locks travel faster. */
const settlingMs = 100;

export let consent: Consent = "required";
export let view: View | undefined;
/** A revocation that the server does not know of yet, and the token that it is to forget. */
let revoked: { token?: string | undefined } | undefined;
let turn: Promise<Answer> = Promise.resolve(undefined);
let retries = 0;
let cutter = new AbortController();

export function enter(next: View): void {
	view = next;
	note(next.event);
	wake();
}

export function note(event: CollectEvent): void {
	if (consent !== "denied") push(event);
}

/** The page that is being read is sent as it was when it was loaded, and decided anew. */
export function allow(): void {
	consent = "granted";
	revoked = undefined;
	keep();
	if (view) {
		stamp(view.page.url);
		push(view.event);
		view.undecided = true;
		wake();
	}
}

/** Forgets everything here, and has it forgotten there where there may be something. */
export function deny(): void {
	const token = read(tokenKey);
	if (consent === "granted" || token !== undefined) revoked = { token };
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
	turn = turn
		.then(() => {
			const task = () => takeTurn(ask);
			return consent === "granted" && read(tokenKey) === undefined && navigator.locks
				? navigator.locks.request(tokenKey, { signal: cutter.signal }, task)
				: task();
		})
		.catch(() => undefined);
	return turn;
}

export function cut(): void {
	cutter.abort();
	cutter = new AbortController();
}

/** The page dies: what waits is sent without waiting for an answer, and so stays in the queue. */
export function sendLast(): void {
	const events = nextKeys().map(eventOf);
	// Who has no token yet would become a visitor whom nobody recognises.
	if (view && consent === "granted" && read(tokenKey) !== undefined && events.length) {
		exchange({ decide: false, events }, view, true);
	}
}

async function takeTurn(ask?: Ask): Promise<Answer> {
	const granted = consent === "granted";
	const entered = view;
	const waiting = granted ? nextKeys() : [];
	const decide = consent !== "denied" && !!entered?.undecided;
	const telling = revoked;
	if (!entered || (ask && !granted) || !(ask || telling || decide || waiting.length)) return undefined;
	entered.undecided &&= !decide;
	const events = waiting.map(eventOf).concat(ask?.events ?? []);
	const received = await exchange({ decide, events, claims: ask?.claims }, entered);
	if (isAnswer(received)) {
		retries = 0;
		if (telling === revoked) revoked = undefined;
		if (consent === "granted") write(tokenKey, received.token ?? read(tokenKey) ?? "");
		// Taken back while the answer was on its way.
		else if (revoked) revoked.token ||= received.token;
		if (settle(waiting, received.verdicts)) retry();
		if (decide && entered === view) entered.show(received.show);
		// Whoever waits for this turn is to find the token.
		if (received.token) await new Promise((done) => setTimeout(done, settlingMs));
		return received;
	}
	if (!received.error) {
		entered.undecided ||= decide;
		retry();
	}
	// Such a body would be refused for ever, and whatever waits behind it with it.
	if (/^body/.test(`${received.error}`)) waiting.forEach(drop);
	return undefined;
}

/** Later and later, and no two pages in step; the next page tries anyway. */
function retry(): void {
	if (retries < mostRetries) setTimeout(wake, firstRetryMs * 2 ** retries++ * (0.5 + Math.random()));
}

/** The body is sent as text/plain, so that no browser asks for permission first. Never rejects. */
async function exchange(part: Part, from: View, keepalive = false): Promise<Received> {
	const granted = consent === "granted";
	const page: Loose<Page> = {
		...from.page,
		view: granted ? from.event.id : undefined,
		language: (document.documentElement.lang || navigator.language).slice(0, 35),
		visible: !document.hidden,
	};
	const body: Loose<Omit<CollectRequest, "events">> & Part = {
		...part,
		site: settings.site,
		consent,
		token: (granted ? read(tokenKey) : revoked?.token) || undefined,
		staff: granted ? read(staffKey) : undefined,
		page,
		sentAt: Date.now(),
	};
	const limit = setTimeout(cut, timeoutMs);
	try {
		const response = await fetch(`${settings.edge}/v1/collect`, {
			method: "POST",
			body: JSON.stringify(body),
			signal: cutter.signal,
			keepalive,
		});
		return (response.status < 500 && (await response.json())) || {};
	} catch {
		return {};
	} finally {
		clearTimeout(limit);
	}
}
