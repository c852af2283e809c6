// Builds the screen: scripts and one sheet as files with hashed names, dist/screen, and the document that names them as a
// plain module for the Worker to serve, dist/screen.js. Pages are chunks of their own, loaded when they are opened. What an
// experience looks like is shown by the chunks that visitors get: so they stand beside the screen's own files, and
// widget/build.ts comes first.

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { build } from "esbuild";

const folder = join(import.meta.dirname, "ui");
const dist = join(import.meta.dirname, "../../dist");
const files = join(dist, "screen");
const assets = join(files, "admin/assets");

rmSync(files, { recursive: true, force: true });
const widget = join(assets, "w");
cpSync(join(dist, "assets/w"), widget, { recursive: true });
const chunk = readdirSync(widget).find((name) => name.endsWith(".popup.js"));
if (chunk === undefined) throw new Error("the widget was not built");
// Here no server of files looks for a name with its ending.
const sandbox = chunk.replace(/popup\.js$/, "sandbox");
cpSync(join(widget, `${sandbox}.html`), join(widget, sandbox));
const { metafile } = await build({
	entryPoints: {
		main: join(folder, "main.tsx"),
		style: join(folder, "style.css"),
		preview: join(folder, "preview/preview.ts"),
		"preview-style": join(folder, "preview/preview.css"),
	},
	// Those that visitors get, as they are.
	external: ["/admin/assets/w/*"],
	define: { __WIDGET__: JSON.stringify(`/admin/assets/w/${chunk}`) },
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

const documentOf = (name: string, script: string, style: string) =>
	readFileSync(join(folder, name), "utf8")
		.replace("%script%", addressOf(script))
		.replace("%style%", addressOf(style));
const documents = {
	document: documentOf("document.html", "main.tsx", "style.css"),
	preview: documentOf("preview/preview.html", "preview/preview.ts", "preview/preview.css"),
};
mkdirSync(dist, { recursive: true });
const lines = (write: (name: string, text: string) => string) =>
	Object.entries(documents)
		.map(([name, text]) => write(name, text))
		.join("");
writeFileSync(
	join(dist, "screen.js"),
	lines((name, text) => `export const ${name} = ${JSON.stringify(text)};\n`),
);
writeFileSync(
	join(dist, "screen.d.ts"),
	lines((name) => `export declare const ${name}: string;\n`),
);
writeFileSync(join(dist, "screen.json"), JSON.stringify(metafile));
writeFileSync(
	join(files, "_headers"),
	[
		"/admin/assets/*",
		"  Cache-Control: public, max-age=31536000, immutable",
		"  X-Content-Type-Options: nosniff",
		`/admin/assets/w/${sandbox}`,
		"  Content-Type: text/html; charset=utf-8",
		"  Content-Security-Policy: sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox",
		"",
	].join("\n"),
);
