import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { PublicSettings } from "../worker/protocol/settings.ts";
import { screenSizes } from "./support/screen.ts";
import { bundle } from "./support/widget.ts";

const weigh = (text: string) => brotliCompressSync(text).length;

/** What is loaded only when it is used, each with its bound in bytes, brotli. */
const extras: Readonly<Record<string, number>> = {
	inline: 2_560,
	preview: 512,
	products: 3_072,
	surface: 3_072,
	survey: 2_304,
	countdown: 1_024,
	triggers: 1_536,
	wheel: 1_536,
	rare: 2_048,
};

/** As a page gets it: with its site's settings in place. */
async function built(): Promise<{ loader: string; chunk: (name: string) => string; names: string[] }> {
	const { loader, placeholder, prefix, chunks } = await bundle();
	const settings: PublicSettings = {
		site: "w1.demo.3f9a8b7c6d5e4f3a",
		edge: "https://witaj.example.com",
		chunks: `/w/${prefix}`,
	};
	return {
		loader: loader.replace(placeholder, () => JSON.stringify(settings)),
		chunk: (name) => {
			const text = chunks[`${prefix}${name}.js`];
			if (!text) throw new Error(`there is no chunk ${name}`);
			return text;
		},
		names: Object.keys(chunks).flatMap((name) =>
			name.endsWith(".js") ? name.slice(prefix.length, -".js".length) : [],
		),
	};
}

test("the loader weighs at most 2.5 KB, brotli", async () => {
	const { loader } = await built();
	expect(weigh(loader)).toBeLessThanOrEqual(2_560);
});

test("the first pop-up, all in, weighs at most 13 KB, brotli", async () => {
	const { loader, chunk } = await built();
	expect(weigh(loader) + weigh(chunk("popup"))).toBeLessThanOrEqual(13_312);
});

test("the first recommendation frame, all in, weighs at most 11 KB, brotli", async () => {
	const { loader, chunk } = await built();
	expect(weigh(loader) + weigh(chunk("frame"))).toBeLessThanOrEqual(11_264);
});

test("what understands a site's own tags, where a site wants it, weighs at most 6 KB more, brotli", async () => {
	const { chunk } = await built();
	expect(weigh(chunk("collector"))).toBeLessThanOrEqual(6_144);
});

test("the chat, all in, weighs at most 18 KB, and until it is opened its launcher at most 1 KB, brotli; what waits to be invited, where a site does that, 1 KB more", async () => {
	const { loader, chunk } = await built();
	expect(weigh(chunk("launcher"))).toBeLessThanOrEqual(1_024);
	expect(weigh(chunk("invite"))).toBeLessThanOrEqual(1_024);
	const all = ["launcher", "invite", "chat"].map((name) => weigh(chunk(name)));
	expect(all.reduce((sum, one) => sum + one, weigh(loader))).toBeLessThanOrEqual(18_432);
});

test("whatever else is loaded when it is used has a bound of its own, and keeps to it", async () => {
	const { chunk, names } = await built();
	expect(names.sort()).toEqual(
		["chat", "collector", "frame", "invite", "launcher", "popup", ...Object.keys(extras)].sort(),
	);
	for (const [name, most] of Object.entries(extras)) {
		expect(weigh(chunk(name)), name).toBeLessThanOrEqual(most);
	}
});

test("the Worker that fills what they are shown weighs at most 100 KB as it is uploaded, gzip", () => {
	const upload = readFileSync(new URL("../dist/content/index.js", import.meta.url));
	expect(gzipSync(upload).length).toBeLessThanOrEqual(100 * 1_024);
});

test("the Worker that visitors reach weighs at most 150 KB as it is uploaded, gzip", () => {
	const upload = readFileSync(new URL("../dist/worker/index.js", import.meta.url));
	expect(gzipSync(upload).length).toBeLessThanOrEqual(150 * 1_024);
});

test("the Worker of the site's own people weighs at most 400 KB as it is uploaded, gzip", () => {
	const upload = readFileSync(new URL("../dist/admin/index.js", import.meta.url));
	expect(gzipSync(upload).length).toBeLessThanOrEqual(400 * 1_024);
});

test("the screen's first page brings at most 60 KB of script, and each further page at most 20 KB, brotli", () => {
	const { first, pages } = screenSizes();
	expect(first).toBeLessThanOrEqual(60 * 1_024);
	expect(Object.entries(pages).filter(([, size]) => size > 20 * 1_024)).toEqual([]);
});
