// What travels: to a visitor's browser, brotli as it is served; to Cloudflare, gzip as it is weighed there.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { screenSizes } from "../support/screen.ts";
import { bundle } from "../support/widget.ts";
import { atMost, type Measure } from "./report.ts";

export async function benchSizes(): Promise<Measure[]> {
	const { chunks, loader, prefix } = await bundle();
	const weigh = (text: string) => brotliCompressSync(text).length;
	const upload = (built: string) => {
		return gzipSync(readFileSync(join(import.meta.dirname, "../../dist", built, "index.js"))).length / 1_024;
	};
	const screen = screenSizes();
	return [
		atMost("size: loader, brotli", weigh(loader), "B", 2_560),
		atMost(
			"size: first pop-up, loader included, brotli",
			weigh(loader) + weigh(chunks[`${prefix}popup.js`] ?? ""),
			"B",
			13_312,
		),
		atMost("size: Worker upload, gzip", upload("worker"), "KB", 150),
		atMost("size: admin Worker upload, gzip", upload("admin"), "KB", 400),
		atMost("size: first page of the screen, brotli", screen.first / 1_024, "KB", 60),
		atMost("size: largest further page, brotli", Math.max(...Object.values(screen.pages)) / 1_024, "KB", 20),
	];
}
