// An edge in a process of its own, to be killed. Loaded at once, started when its Workers arrive as a line of JSON on
// stdin; prints its address as JSON. When stdin ends, whoever started it is gone, and it goes too.

import { createInterface } from "node:readline";
import { run } from "./runtime.ts";

const lines = createInterface({ input: process.stdin }).once("close", () => process.exit(0));
lines.once("line", async (line) => {
	const [workers, folder] = JSON.parse(line) as Parameters<typeof run>;
	const { url } = await run(workers, folder);
	process.stdout.write(`${JSON.stringify({ url })}\n`);
});
