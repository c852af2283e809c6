import { existsSync, statfsSync } from "node:fs";
import { availableParallelism, freemem } from "node:os";
import { join } from "node:path";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { localSecrets } from "./support/edge.ts";

const root = import.meta.dirname;
const migrations = await readD1Migrations(join(root, "../migrations"));

/**
 * What tests store is gone with them: where a folder is memory and there is plenty of it, their thousands of little
 * databases cost no disk. Processes are killed here, and never the machine, so nothing is proven less by that.
 */
const inMemory = "/dev/shm";
const plenty = 4 * 2 ** 30;
if (existsSync(inMemory) && freemem() > plenty) {
	const { bavail, bsize } = statfsSync(inMemory);
	if (bavail * bsize > plenty) process.env.TMPDIR ??= inMemory;
}

/** What hangs ends; how fast something is on a busy machine decides no test. */
const limits = { testTimeout: 60_000, hookTimeout: 60_000 };

// The folder is the tier: domain in Node in milliseconds, worker in workerd, browser in Chromium, and faults against
// the built Worker in processes of its own. Files share a process, so that what they import is loaded once: nothing that
// one file does may be seen by another.
export default defineConfig({
	test: {
		// Of two cores Vitest would use one, and most files wait for another process more than they compute: twice as many
		// at once as there are cores keep the cores busy.
		maxWorkers: Math.max(4, availableParallelism()),
		projects: [
			{
				test: {
					name: "domain",
					root,
					include: ["domain/**/*.test.ts", "*.test.ts"],
					isolate: false,
					...limits,
				},
			},
			{
				plugins: [
					cloudflareTest({
						main: join(root, "../worker/demo/index.ts"),
						wrangler: { configPath: join(root, "../worker/demo/wrangler.toml") },
						miniflare: {
							bindings: { ...localSecrets, MIGRATIONS: migrations, WITAJ_LONG: process.env.WITAJ_LONG ?? "" },
						},
					}),
				],
				test: { name: "worker", root, include: ["worker/**/*.test.ts"], isolate: false, ...limits },
			},
			{
				test: {
					name: "faults",
					root,
					include: ["faults/**/*.test.ts"],
					isolate: false,
					testTimeout: 180_000,
					hookTimeout: 60_000,
				},
			},
			{
				test: {
					name: "browser",
					root,
					include: ["browser/**/*.test.ts"],
					globalSetup: "support/provide.ts",
					isolate: false,
					testTimeout: 60_000,
					hookTimeout: 120_000,
					// As everywhere: what hangs ends, and how fast a page is on a busy machine decides nothing.
					expect: { poll: { timeout: 30_000 } },
				},
			},
		],
	},
});
