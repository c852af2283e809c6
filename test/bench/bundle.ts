// Builds the test-only Workers of the benchmarks into dist/bench.

import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../..");

export async function bundleWorker(name: string): Promise<string> {
	const outfile = join(root, "dist/bench", `${name}.js`);
	await build({
		entryPoints: [join(import.meta.dirname, "worker", `${name}.ts`)],
		outfile,
		bundle: true,
		minify: true,
		format: "esm",
		target: "es2024",
		conditions: ["workerd", "worker", "import"],
		external: ["cloudflare:*", "node:*"],
		logLevel: "warning",
	});
	return outfile;
}
