// The widget as it is built, built anew where its sources are newer.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const built = join(root, "dist/widget/bundle.js");
const assets = join(root, "dist/assets/w");

type Bundle = typeof import("../../dist/widget/bundle.js") & {
	/** By the name under which each is served. */
	readonly chunks: Readonly<Record<string, string>>;
};

const changedAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

export async function bundle(): Promise<Bundle> {
	const sources = readdirSync(join(root, "widget"), { recursive: true, encoding: "utf8" });
	if (sources.some((path) => changedAt(join(root, "widget", path)) > changedAt(built))) {
		execFileSync(process.execPath, [join(root, "widget/build.ts")]);
	}
	const made = await import("../../dist/widget/bundle.js");
	const names = readdirSync(assets).filter((name) => name !== made.loaderFile);
	const chunks = names.map((name) => [name, readFileSync(join(assets, name), "utf8")]);
	return { ...made, chunks: Object.fromEntries(chunks) };
}
