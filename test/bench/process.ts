// What the server's process uses, as Linux tells it. Elsewhere nothing is told, and what needs it is left out.

import { readdirSync, readFileSync } from "node:fs";

/** Linux counts CPU in hundredths of a second wherever Node runs. */
const tickMs = 10;

export interface Usage {
	readonly cpuMs: number;
	readonly residentMb: number;
}

/** Of the workerd processes that this one has started. */
export function usage(): Usage | undefined {
	if (process.platform !== "linux") return undefined;
	let cpuMs = 0;
	let residentMb = 0;
	for (const pid of readdirSync("/proc")) {
		if (!/^\d+$/.test(pid)) continue;
		const fields = statOf(pid);
		if (!fields || fields.parent !== process.pid || fields.name !== "workerd") continue;
		cpuMs += fields.ticks * tickMs;
		residentMb += fields.pages / 256;
	}
	return { cpuMs, residentMb };
}

function statOf(pid: string) {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, "utf8");
		const end = text.lastIndexOf(")");
		const fields = text.slice(end + 2).split(" ");
		return {
			name: text.slice(text.indexOf("(") + 1, end),
			parent: Number(fields[1]),
			ticks: Number(fields[11]) + Number(fields[12]),
			pages: Number(fields[21]),
		};
	} catch {
		// It ended while we looked.
		return undefined;
	}
}
