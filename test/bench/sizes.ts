// What travels: to a visitor's browser, brotli as it is served; to Cloudflare, gzip as it is weighed there.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { bundle } from "../support/widget.ts";
import { atMost, figure, type Measure } from "./report.ts";

export async function benchSizes(): Promise<Measure[]> {
	const { chunks, loader, prefix } = await bundle();
	const weigh = (text: string) => brotliCompressSync(text).length;
	const upload = (built: string) => {
		return gzipSync(readFileSync(join(import.meta.dirname, "../../dist", built, "index.js"))).length / 1_024;
	};
	return [
		atMost("size: loader, brotli", weigh(loader), "B", 2_560),
		atMost(
			"size: first pop-up, loader included, brotli",
			weigh(loader) + weigh(chunks[`${prefix}popup.js`] ?? ""),
			"B",
			13_312,
		),
		atMost("size: Worker upload, gzip", upload("worker"), "KB", 150),
		figure("size: admin Worker upload, gzip", upload("admin"), "KB"),
	];
}
