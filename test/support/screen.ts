// What the screen's pages bring, by the bundler's own account of what was built.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const dist = join(import.meta.dirname, "../../dist");

interface Output {
	readonly entryPoint?: string;
	readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
}

const { outputs }: { outputs: Readonly<Record<string, Output>> } = JSON.parse(
	readFileSync(join(dist, "screen.json"), "utf8"),
);

const weigh = (path: string) => brotliCompressSync(readFileSync(join(dist, path))).length;
const scripts = Object.entries(outputs).filter(([path]) => path.endsWith(".js"));

/** What the browser fetches for this entry at once: itself, and what it imports. */
function fetchedFor(entry: string): ReadonlySet<string> {
	const [path] = scripts.find(([, output]) => output.entryPoint?.endsWith(entry)) ?? [];
	if (path === undefined) throw new Error(`${entry} was not built`);
	const fetched = new Set([path]);
	for (const one of fetched)
		for (const { path: imported, kind, external } of outputs[one]?.imports ?? [])
			if (kind === "import-statement" && !external) fetched.add(imported);
	return fetched;
}

/** All that the first page takes: the frame, the words of a language, and Today. */
function first(): ReadonlySet<string> {
	const words = ["words/pl.ts", "words/en.ts"].map(fetchedFor);
	const heavier = words.toSorted((a, b) => sum(b) - sum(a))[0] ?? new Set();
	return new Set([...fetchedFor("ui/main.tsx"), ...heavier, ...fetchedFor("today/today.tsx")]);
}

const sum = (paths: Iterable<string>) => Array.from(paths, weigh).reduce((total, size) => total + size, 0);

/** Bytes of script, brotli: of the first page, and of each further one beyond it. */
export function screenSizes(): { readonly first: number; readonly pages: Readonly<Record<string, number>> } {
	const already = first();
	const pages = scripts.flatMap(([, { entryPoint = "" }]) => {
		const [, page] = /ui\/pages\/(.+)\.tsx$/.exec(entryPoint) ?? [];
		return page ? [page] : [];
	});
	return {
		first: sum(already),
		pages: Object.fromEntries(
			pages.map((page) => [
				page,
				sum([...fetchedFor(`pages/${page}.tsx`)].filter((path) => !already.has(path))),
			]),
		),
	};
}
