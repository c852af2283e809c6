// An edge in a process of its own, to be killed: `node edge-process.ts '{"folder": …}'`. Prints its address as JSON.

import { type EdgeOptions, startEdge } from "./edge.ts";

const options: EdgeOptions = JSON.parse(process.argv[2] ?? "{}");
const { url } = await startEdge(options);
process.stdout.write(`${JSON.stringify({ url })}\n`);
// Whoever started this holds the other end of stdin: when they are gone, so is this.
process.stdin.resume().once("end", () => process.exit(0));
