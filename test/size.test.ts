import { brotliCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { bundle } from "./support/widget.ts";

const weigh = (text: string) => brotliCompressSync(text).length;

test("the loader weighs at most 2.5 KB, brotli", async () => {
	const { loader } = await bundle();
	expect(weigh(loader)).toBeLessThanOrEqual(2_560);
});

test("the first pop-up, all in, weighs at most 13 KB, brotli", async () => {
	const { loader, popup, chunks } = await bundle();
	expect(weigh(loader) + weigh(chunks[popup] ?? "")).toBeLessThanOrEqual(13_312);
});
