// What the page's own storage holds of ours, and the same in memory where it may not, cannot or will not hold it.

/** The signed token; empty where the browser carries it as a cookie that no script can read. The others begin like it. */
export const tokenKey = "witaj";
export const staffKey = `${tokenKey}.staff`;
export const consentKey = `${tokenKey}.consent`;
export const eventPrefix = `${tokenKey}.event.`;

const memory: Record<string, string> = {};
let mayStore = false;

/** Storage may be absent, full or forbidden; each of them throws. */
export function attempt<Result>(task: () => Result): Result | undefined {
	try {
		return task();
	} catch {
		return undefined;
	}
}

export function read(key: string): string | undefined {
	return memory[key] ?? attempt<string | undefined>(() => localStorage[key]);
}

export function write(key: string, value: string): void {
	memory[key] = value;
	if (mayStore) {
		attempt(() => {
			localStorage[key] = value;
			delete memory[key];
		});
	}
}

export function drop(key: string): void {
	delete memory[key];
	attempt(() => delete localStorage[key]);
}

/** In order. The page may have keys of its own that only begin like ours. */
export function keys(start: string): string[] {
	return [memory, attempt(() => localStorage) ?? {}]
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
	for (const key of [tokenKey, ...keys(`${tokenKey}.`)]) drop(key);
	attempt(() => delete sessionStorage[tokenKey]);
}

/** Remembers for this tab that `url` was seen just now. */
export function stamp(url: string): void {
	if (!mayStore) return;
	attempt(() => {
		sessionStorage[tokenKey] = `${Date.now()} ${url}`;
	});
}

/** Whether `url` is what this tab saw last, and that within `ms`. */
export function isFresh(url: string, ms: number): boolean | undefined {
	return attempt(() => {
		const [at, seen] = sessionStorage[tokenKey].split(" ");
		return seen === url && Date.now() - at < ms;
	});
}
