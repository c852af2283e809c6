// What the edge says of the persona, asked once a second while somebody looks.

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Report } from "../report.ts";

const pollMs = 1_000;
export const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

export interface Live {
	readonly report: Report | undefined;
	readonly isOffline: boolean;
	/** Asks at once. */
	refresh(): void;
}

export function useReport(origin: string): Live {
	const [live, setLive] = useState<{ of: string; report?: Report; isOffline: boolean }>({
		of: origin,
		isOffline: false,
	});
	/** Outlives the visitor's details, by which alone the edge finds the visitor. */
	const known = useRef({ of: origin, id: "", path: "/" });
	const ask = useRef(() => {});

	useEffect(() => {
		known.current = { of: origin, id: "", path: "/" };
		setLive({ of: origin, isOffline: false });
		const end = new AbortController();
		let timer: number | undefined;
		let latest = 0;
		const poll = async () => {
			clearTimeout(timer);
			const turn = ++latest;
			const { id, path } = known.current;
			try {
				const query = new URLSearchParams({ origin, known: id, path, timeZone });
				const response = await fetch(`/demo/api/visitor?${query}`, { signal: end.signal });
				if (!response.ok) throw new Error(String(response.status));
				const report: Report = await response.json();
				if (turn !== latest) return;
				if (report.visitor) known.current = { of: origin, id: report.visitor.id, path: report.visitor.path };
				setLive({ of: origin, report, isOffline: false });
			} catch {
				if (end.signal.aborted || turn !== latest) return;
				setLive((before) => ({ ...before, isOffline: true }));
			}
			if (!document.hidden) timer = setTimeout(poll, pollMs);
		};
		ask.current = poll;
		const look = () => document.hidden || poll();
		document.addEventListener("visibilitychange", look);
		poll();
		return () => {
			end.abort();
			clearTimeout(timer);
			document.removeEventListener("visibilitychange", look);
		};
	}, [origin]);

	const refresh = useCallback(() => ask.current(), []);
	// Between two personas the report is still the former one's.
	const report = live.of === origin ? live.report : undefined;
	return { report, isOffline: live.isOffline, refresh };
}

export async function moveClock(offsetMs: number): Promise<void> {
	const response = await fetch("/demo/api/clock", {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ offsetMs }),
	});
	if (!response.ok) throw new Error(`the clock was not moved: ${response.status}`);
}
