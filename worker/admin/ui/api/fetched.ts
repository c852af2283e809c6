// Code and words that are fetched when they are needed, and what it means when they do not come.

import { Refusal } from "./call.ts";

/**
 * What was loaded. Throws a `Refusal` alone: `unreachable` where nothing answers, `renewed` where a later deployment took the
 * place of what this page was built with, and otherwise `fault`.
 */
export async function fetched<T>(load: () => Promise<T>): Promise<T> {
	try {
		return await load();
	} catch (error) {
		if (error instanceof Refusal) throw error;
		const why = await reason();
		// Nobody else would hear of it.
		if (why === "fault") reportError(error);
		throw new Refusal(0, { error: why });
	}
}

/** The document names the script that it begins with, and a deployment gives that another name. */
async function reason(): Promise<"unreachable" | "renewed" | "fault"> {
	const script = document.querySelector("script[src]")?.getAttribute("src") ?? "";
	try {
		const response = await fetch("/admin", { cache: "no-cache" });
		if (!response.ok) return "unreachable";
		return (await response.text()).includes(script) ? "fault" : "renewed";
	} catch {
		return "unreachable";
	}
}
