// Builds the screen: scripts and one sheet as files with hashed names, dist/screen, and the document that names them as a
// plain module for the Worker to serve, dist/screen.js. Pages are chunks of their own, loaded when they are opened.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { build } from "esbuild";

const folder = join(import.meta.dirname, "ui");
const dist = join(import.meta.dirname, "../../dist");
const files = join(dist, "screen");
const assets = join(files, "admin/assets");

rmSync(files, { recursive: true, force: true });
const { metafile } = await build({
	entryPoints: { main: join(folder, "main.tsx"), style: join(folder, "style.css") },
	outdir: assets,
	absWorkingDir: dist,
	bundle: true,
	splitting: true,
	minify: true,
	metafile: true,
	format: "esm",
	target: "es2022",
	charset: "utf8",
	legalComments: "none",
	entryNames: "[name]-[hash]",
	chunkNames: "[name]-[hash]",
	tsconfigRaw: { compilerOptions: { jsx: "react-jsx", jsxImportSource: "preact" } },
	logLevel: "warning",
});

/** Where the browser asks for what was built of this entry. */
function addressOf(entry: string): string {
	const source = relative(dist, join(folder, entry));
	const [path] = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === source) ?? [];
	if (path === undefined) throw new Error(`${entry} was not built`);
	return `/${relative(files, resolve(dist, path))}`;
}

const document = readFileSync(join(folder, "document.html"), "utf8")
	.replace("%script%", addressOf("main.tsx"))
	.replace("%style%", addressOf("style.css"));
mkdirSync(dist, { recursive: true });
writeFileSync(join(dist, "screen.js"), `export const document = ${JSON.stringify(document)};\n`);
writeFileSync(join(dist, "screen.d.ts"), "export declare const document: string;\n");
writeFileSync(join(dist, "screen.json"), JSON.stringify(metafile));
writeFileSync(
	join(files, "_headers"),
	"/admin/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n  X-Content-Type-Options: nosniff\n",
);
