// An edge in a process of its own, to be killed. Loaded at once, started when its options arrive as a line of JSON on
// stdin; prints its address as JSON. When stdin ends, whoever started it is gone, and it goes too.

import { createInterface } from "node:readline";
import { type EdgeOptions, startEdge } from "./edge.ts";

const lines = createInterface({ input: process.stdin }).once("close", () => process.exit(0));
lines.once("line", async (line) => {
	const { url } = await startEdge(JSON.parse(line) as EdgeOptions);
	process.stdout.write(`${JSON.stringify({ url })}\n`);
});
