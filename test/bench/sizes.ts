// What travels: to a visitor's browser, brotli as it is served; to Cloudflare, gzip as it is weighed there.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { chunks, loader, popup } from "../../dist/widget/bundle.js";
import { atMost, type Measure } from "./report.ts";

const worker = join(import.meta.dirname, "../../dist/worker/index.js");

export function benchSizes(): Measure[] {
	const weigh = (text: string) => brotliCompressSync(text).length;
	return [
		atMost("size: loader, brotli", weigh(loader), "B", 2_560),
		atMost(
			"size: first pop-up, loader included, brotli",
			weigh(loader) + weigh(chunks[popup] ?? ""),
			"B",
			13_312,
		),
		atMost("size: Worker upload, gzip", gzipSync(readFileSync(worker)).length / 1_024, "KB", 150),
	];
}
