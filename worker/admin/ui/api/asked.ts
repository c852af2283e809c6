// What a page has asked of the API, kept so that coming back shows at once what was there, and then what is there now.

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { call, Refusal } from "./call.ts";

/** What is shown of an answer, or of why there is none. */
export interface Reading<T> {
	/** The latest answer, which may be an older one while a newer is on its way. */
	readonly value: T | undefined;
	/** Why there is no newer one. */
	readonly refusal: Refusal | undefined;
	readonly isLoading: boolean;
	/** Asks again. */
	refresh(): void;
}

export interface Asked<T> extends Reading<T> {
	/** Puts in place what is expected, before the API has confirmed it. */
	expect(value: T): void;
}

const kept = new Map<string, unknown>();
const keptAtMost = 200;

/** What is on the screen now, and how it asks again. */
const shown = new Set<{ readonly key: string; readonly ask: () => void }>();

/** What was kept of addresses that begin so is not shown again; what is on the screen stays until it is answered anew. */
export function forget(beginning: string): void {
	const drawn = new Set(Array.from(shown, ({ key }) => key));
	for (const path of kept.keys()) if (path.startsWith(beginning) && !drawn.has(path)) kept.delete(path);
	for (const { key, ask } of shown) if (key.startsWith(beginning)) ask();
}

/** Whatever anybody was shown: another person works here now. */
export function forgetAll(): void {
	kept.clear();
}

export interface Asking {
	/** Asks anew after so long, while the page is looked at. */
	readonly everyMs?: number;
	/** Asks by POST with this body. */
	readonly body?: unknown;
}

/** Asks when the address (or the body) changes; nothing while it is undefined. */
export function useAsked<T>(path: string | undefined, { everyMs, body }: Asking = {}): Asked<T> {
	const sent = body === undefined ? undefined : JSON.stringify(body);
	const key = path === undefined ? undefined : sent === undefined ? path : `${path} ${sent}`;
	const [state, setState] = useState<{ key: string | undefined; refusal?: Refusal; isLoading: boolean }>({
		key,
		isLoading: key !== undefined,
	});
	const turn = useRef(0);
	const ending = useRef<AbortController>(undefined);

	const ask = useCallback(() => {
		if (path === undefined || key === undefined) return;
		const now = ++turn.current;
		ending.current?.abort();
		const end = new AbortController();
		ending.current = end;
		setState((before) => ({ ...(before.key === key ? before : { key }), isLoading: true }));
		const asked: Promise<T> =
			sent === undefined
				? call("GET", path, undefined, { signal: end.signal })
				: call("POST", path, JSON.parse(sent), { signal: end.signal });
		asked.then(
			(value) => {
				if (now !== turn.current) return;
				keep(key, value);
				setState({ key, isLoading: false });
			},
			(error: unknown) => {
				if (now !== turn.current || end.signal.aborted) return;
				if (!(error instanceof Refusal)) throw error;
				setState({ key, refusal: error, isLoading: false });
			},
		);
	}, [path, key, sent]);

	useEffect(() => {
		ask();
		const one = key === undefined ? undefined : { key, ask };
		if (one) shown.add(one);
		return () => {
			if (one) shown.delete(one);
			turn.current++;
			ending.current?.abort();
		};
	}, [ask, key]);

	useEffect(() => {
		if (everyMs === undefined) return;
		const look = () => document.hidden || ask();
		const timer = setInterval(look, everyMs);
		document.addEventListener("visibilitychange", look);
		return () => {
			clearInterval(timer);
			document.removeEventListener("visibilitychange", look);
		};
	}, [ask, everyMs]);

	const expect = useCallback(
		(value: T) => {
			if (key === undefined) return;
			// What is still on its way was asked before.
			turn.current++;
			ending.current?.abort();
			keep(key, value);
			setState({ key, isLoading: false });
		},
		[key],
	);

	const isOfThis = state.key === key;
	return {
		value: key === undefined ? undefined : (kept.get(key) as T | undefined),
		refusal: isOfThis ? state.refusal : undefined,
		isLoading: key !== undefined && (!isOfThis || state.isLoading),
		refresh: ask,
		expect,
	};
}

function keep(key: string, value: unknown): void {
	kept.delete(key);
	kept.set(key, value);
	for (const oldest of kept.keys()) {
		if (kept.size <= keptAtMost) return;
		kept.delete(oldest);
	}
}
