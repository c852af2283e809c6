// What is to be done with a file: how it is read, what its columns are, and what everybody in it gets.

import type { Encoding } from "./encoding.ts";
import type { Target } from "./mapping.ts";
import type { Delimiter } from "./table.ts";

export interface Plan {
	readonly encoding: Encoding;
	readonly delimiter: Delimiter;
	/** Whether the first row names the columns. */
	readonly isNamed: boolean;
	/** In the order of the file. */
	readonly columns: readonly Target[];
	/** For everybody. */
	readonly tags: readonly string[];
	readonly categories: readonly string[];
	/** Static lists that everybody is put on. Jobs of before there were any say nothing of them. */
	readonly lists?: readonly string[];
	/** Whether rules react to it, as they do to what happens on a page. */
	readonly firesRules: boolean;
}

/** What makes a plan impossible; nothing where it is sound. */
export function refusePlan({ columns }: Plan): "no-identifier" | "target-used-twice" | undefined {
	if (!columns.some(({ to }) => to === "identifier")) return "no-identifier";
	const seen = new Set<string>();
	for (const target of columns) {
		if (target.to === "nothing" || target.to === "tags") continue;
		const { isMonthFirst: _order, type: _type, ...meant } = { isMonthFirst: false, type: "", ...target };
		const key = JSON.stringify(meant);
		if (seen.has(key)) return "target-used-twice";
		seen.add(key);
	}
	return undefined;
}
