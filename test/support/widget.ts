// The widget as it is built, built anew where its sources are newer.

import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const built = join(root, "dist/widget/bundle.js");

const changedAt = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

export async function bundle(): Promise<typeof import("../../dist/widget/bundle.js")> {
	const sources = readdirSync(join(root, "widget"), { recursive: true, encoding: "utf8" });
	if (sources.some((path) => changedAt(join(root, "widget", path)) > changedAt(built))) {
		execFileSync(process.execPath, [join(root, "widget/build.ts")]);
	}
	return import("../../dist/widget/bundle.js");
}
