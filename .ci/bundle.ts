// Bundles every Worker as it is deployed, and the one of a developer's machine, into dist: all at once, for each waits more
// than it computes. Says nothing, but all that a bundler said whose Worker it could not build.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const root = join(import.meta.dirname, "..");
/** By their folders in dist: those of their settings. */
const workers = {
	worker: ".",
	content: "worker/content",
	desk: "worker/desk",
	admin: "worker/admin",
	local: "worker/demo",
};

async function bundle([name, folder]: readonly [string, string]): Promise<boolean> {
	const config = join(root, folder, "wrangler.toml");
	const args = ["deploy", "--config", config, "--dry-run", "--outdir", join(root, "dist", name)];
	// Where commands are scripts, only a shell finds them.
	const bundler = spawn("wrangler", args, { cwd: root, shell: process.platform === "win32" });
	const ended = new Promise<number | null>((resolve) => bundler.on("close", resolve));
	const said = await Promise.all([text(bundler.stdout), text(bundler.stderr)]);
	const isBuilt = (await ended) === 0;
	if (!isBuilt) console.error(`${name}:\n${said.join("")}`);
	return isBuilt;
}

const built = await Promise.all(Object.entries(workers).map(bundle));
process.exitCode = built.every(Boolean) ? 0 : 1;
