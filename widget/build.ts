// Builds what pages get: the loader with a place for the site's settings, as a plain module for the Worker to serve,
// dist/widget/bundle.js; and the chunks that it loads, as files that are served beside the Worker, dist/assets. Prints
// what they weigh.

import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { type BuildOptions, build, type Plugin, transform } from "esbuild";
import { minify } from "terser";

const folder = import.meta.dirname;
const target = join(folder, "../dist/widget");
const assets = join(folder, "../dist/assets");
/** Stands where an expression stands; the Worker puts the JSON of the site's `PublicSettings` there. */
const placeholder = "__WITAJ_SETTINGS__";

const minifiedCss: Plugin = {
	name: "minified-css",
	setup({ onLoad }) {
		onLoad({ filter: /\.css$/ }, async ({ path }) => {
			const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
			return { contents: code.trim(), loader: "text" };
		});
	},
};

async function bundle(entry: string, options: BuildOptions): Promise<string> {
	const { outputFiles } = await build({
		entryPoints: [join(folder, entry)],
		bundle: true,
		minify: true,
		write: false,
		target: "es2022",
		charset: "utf8",
		legalComments: "none",
		// Also keeps "use strict" out of the loader: it was checked as strict code, and weighs.
		tsconfigRaw: { compilerOptions: { jsx: "react-jsx", jsxImportSource: "preact" } },
		plugins: [minifiedCss],
		logLevel: "warning",
		...options,
	});
	const text = outputFiles?.[0]?.text;
	if (!text) throw new Error(`${entry} was not built`);
	return text.trim();
}

/** Once more than esbuild does. What is said twice stays so: it weighs less once it is packed. */
async function squeezed(script: string, module = false): Promise<string> {
	const compress = {
		passes: 3,
		ecma: 2020,
		hoist_funs: true,
		unsafe_arrows: true,
		inline: 1,
	} as const;
	const { code } = await minify(script, { compress, module, ecma: 2020 });
	if (!code) throw new Error("the script was not squeezed");
	return code;
}

const loader = await squeezed(await bundle("loader.ts", { format: "iife", minify: false }));
if (loader.split(placeholder).length !== 2) throw new Error("the settings' place is not there exactly once");
const popup = await squeezed(await bundle("popup.ts", { format: "esm" }), true);
const collector = await squeezed(await bundle("collector.ts", { format: "esm" }), true);
// One hash for all: the loader then carries no other, and its settings name no chunk.
const hash = createHash("sha256").update(popup).update(collector).digest("hex").slice(0, 6);
const prefix = `${hash}.`;
const chunks = { [`${prefix}popup.js`]: popup, [`${prefix}collector.js`]: collector };

mkdirSync(target, { recursive: true });
writeFileSync(
	join(target, "bundle.js"),
	[
		`export const loader = ${JSON.stringify(loader)};`,
		`export const placeholder = ${JSON.stringify(placeholder)};`,
		`export const prefix = ${JSON.stringify(prefix)};`,
		"",
	].join("\n"),
);
writeFileSync(
	join(target, "bundle.d.ts"),
	[
		"/** A classic script; replace `placeholder` in it by the JSON of the site's PublicSettings. */",
		"export declare const loader: string;",
		"export declare const placeholder: string;",
		"/** What the chunks' names begin with, before popup.js and collector.js. */",
		"export declare const prefix: string;",
		"",
	].join("\n"),
);

rmSync(assets, { recursive: true, force: true });
mkdirSync(join(assets, "w"), { recursive: true });
for (const [name, text] of Object.entries(chunks)) writeFileSync(join(assets, "w", name), text);
// A name never changes its content.
writeFileSync(
	join(assets, "_headers"),
	[
		"/w/*",
		"  Access-Control-Allow-Origin: *",
		"  Cache-Control: public, max-age=31536000, immutable",
		"  Cross-Origin-Resource-Policy: cross-origin",
		"  X-Content-Type-Options: nosniff",
		"",
	].join("\n"),
);

const weigh = (text: string) => brotliCompressSync(text).length;
console.log(
	`loader ${weigh(loader)} B, with the pop-up ${weigh(loader) + weigh(popup)} B, the collector ${weigh(collector)} B (brotli)`,
);
