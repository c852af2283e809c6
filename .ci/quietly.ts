// `node .ci/quietly.ts command …`: runs a command and says nothing of it, unless it fails: then all that it said.

import { spawnSync } from "node:child_process";

const [command = "", ...args] = process.argv.slice(2);
const { error, status, stdout, stderr } = spawnSync(command, args, {
	encoding: "utf8",
	maxBuffer: Number.POSITIVE_INFINITY,
	stdio: ["inherit", "pipe", "pipe"],
	// Where commands are scripts, only a shell finds them.
	shell: process.platform === "win32",
});
if (status !== 0) {
	process.stdout.write(stdout ?? "");
	process.stderr.write(stderr ?? "");
	if (error) console.error(String(error));
	process.exitCode = status ?? 1;
}
