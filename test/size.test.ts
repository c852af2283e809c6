import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { PublicSettings } from "../worker/protocol/settings.ts";
import { bundle } from "./support/widget.ts";

const weigh = (text: string) => brotliCompressSync(text).length;

/** As a page gets it: with its site's settings in place. */
async function built(): Promise<{ loader: string; popup: string; collector: string }> {
	const { loader, placeholder, prefix, chunks } = await bundle();
	const settings: PublicSettings = {
		site: "w1.demo.3f9a8b7c6d5e4f3a",
		edge: "https://witaj.example.com",
		chunks: `/w/${prefix}`,
	};
	return {
		loader: loader.replace(placeholder, () => JSON.stringify(settings)),
		popup: chunks[`${prefix}popup.js`] ?? "",
		collector: chunks[`${prefix}collector.js`] ?? "",
	};
}

test("the loader weighs at most 2.5 KB, brotli", async () => {
	const { loader } = await built();
	expect(weigh(loader)).toBeLessThanOrEqual(2_560);
});

test("the first pop-up, all in, weighs at most 13 KB, brotli", async () => {
	const { loader, popup } = await built();
	expect(popup).not.toBe("");
	expect(weigh(loader) + weigh(popup)).toBeLessThanOrEqual(13_312);
});

test("what understands a site's own tags, where a site wants it, weighs at most 6 KB more, brotli", async () => {
	const { collector } = await built();
	expect(collector).not.toBe("");
	expect(weigh(collector)).toBeLessThanOrEqual(6_144);
});

test("the Worker that fills what they are shown weighs at most 100 KB as it is uploaded, gzip", () => {
	const upload = readFileSync(new URL("../dist/content/index.js", import.meta.url));
	expect(gzipSync(upload).length).toBeLessThanOrEqual(100 * 1_024);
});

test("the Worker that visitors reach weighs at most 150 KB as it is uploaded, gzip", () => {
	const upload = readFileSync(new URL("../dist/worker/index.js", import.meta.url));
	expect(gzipSync(upload).length).toBeLessThanOrEqual(150 * 1_024);
});
