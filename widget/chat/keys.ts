// Where the chat keeps what it keeps. All of it begins as the loader's own does, which wipes it when consent is taken back.

/** The visitor's token, as the loader keeps it; empty where the browser carries it as a cookie. */
export const tokenKey = "witaj.token";
/** There while this browser has a conversation: its messages are heard on every page. */
export const talkKey = "witaj.chat.is";
export const logKey = "witaj.chat.log";
export const mutedKey = "witaj.chat.muted";
/** What is not acknowledged yet, each by its id. */
export const commandPrefix = "witaj.chat.do.";
/** In the tab's own storage: the window stood open. */
export const openKey = "witaj.chat.open";

/** Storage may be absent, full or forbidden: each of them throws. */
export function attempt<Result>(task: () => Result): Result | undefined {
	try {
		return task();
	} catch {
		return undefined;
	}
}

const memory: Record<string, string> = {};

export function read(key: string): string | undefined {
	return memory[key] ?? attempt(() => localStorage.getItem(key) ?? undefined);
}

export function write(key: string, value: string): void {
	memory[key] = value;
	attempt(() => {
		localStorage.setItem(key, value);
		delete memory[key];
	});
}

export function drop(key: string): void {
	delete memory[key];
	attempt(() => localStorage.removeItem(key));
}

/** In order. */
export function keys(start: string): string[] {
	const kept = attempt(() => Object.keys(localStorage)) ?? [];
	return [...Object.keys(memory), ...kept].filter((key) => key.startsWith(start)).sort();
}
