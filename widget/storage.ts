// What the page's own storage holds of ours, and the same in memory where it may not, cannot or will not hold it.

// Each is spelt out, for put together in the page they weigh more.

/** The signed token; empty where the browser carries it as a cookie that no script can read. */
export const tokenKey = "witaj.token";
export const staffKey = "witaj.staff";
export const consentKey = "witaj.consent";
export const eventPrefix = "witaj.event.";
export const proofKey = "witaj.proof";

/** Storage may be absent, full or forbidden; each of them throws. */
export function attempt<Result>(task: () => Result): Result | undefined {
	try {
		return task();
	} catch {
		// Nothing, then.
	}
}

const memory: Record<string, string> = {};
const disk: Record<string, string> = attempt(() => localStorage) ?? {};
let mayStore = false;

export function read(key: string): string | undefined {
	return memory[key] ?? disk[key];
}

/** `anyway`: also where we may not, for what identifies nobody. */
export function write(key: string, value: string, anyway?: boolean): void {
	memory[key] = value;
	if (anyway || mayStore) {
		attempt(() => {
			disk[key] = value;
			delete memory[key];
		});
	}
}

export function drop(key: string): void {
	delete memory[key];
	delete disk[key];
}

/** In order. The page may have keys of its own that only begin like ours. */
export function keys(start: string): string[] {
	return [memory, disk]
		.flatMap(Object.keys)
		.filter((key) => key.startsWith(start))
		.sort();
}

/** From now on we may store: what was remembered so far is stored. */
export function keep(): void {
	mayStore = true;
	for (const key in memory) write(key, memory[key] ?? "");
}

/** Everything of ours goes, and nothing is stored again until `keep`. */
export function wipe(): void {
	mayStore = false;
	keys("witaj.").forEach(drop);
}
