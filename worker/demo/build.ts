// Builds the demo's page and writes it as one plain module, dist/demo/bundle.js, which the Worker serves; and brings the
// files of all Workers together, dist/local-assets, for here they are one. Runs when the others' are built.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const folder = join(import.meta.dirname, "ui");
const target = join(import.meta.dirname, "../../dist/demo");

async function bundle(entry: string): Promise<string> {
	const { outputFiles } = await build({
		entryPoints: [join(folder, entry)],
		bundle: true,
		minify: true,
		write: false,
		format: "esm",
		target: "es2022",
		charset: "utf8",
		legalComments: "none",
		tsconfigRaw: { compilerOptions: { jsx: "react-jsx", jsxImportSource: "preact" } },
		logLevel: "warning",
	});
	const text = outputFiles[0]?.text;
	if (!text) throw new Error(`${entry} was not built`);
	return text;
}

const parts = {
	html: readFileSync(join(folder, "index.html"), "utf8"),
	js: await bundle("main.tsx"),
	css: await bundle("style.css"),
	icon: readFileSync(join(folder, "icon.svg"), "utf8"),
};

mkdirSync(target, { recursive: true });
const lines = Object.entries(parts);
writeFileSync(
	join(target, "bundle.js"),
	lines.map(([name, text]) => `export const ${name} = ${JSON.stringify(text)};\n`).join(""),
);
writeFileSync(
	join(target, "bundle.d.ts"),
	lines.map(([name]) => `export declare const ${name}: string;\n`).join(""),
);

const together = join(target, "../local-assets");
rmSync(together, { recursive: true, force: true });
const headers = ["assets", "screen"].map((of) => {
	cpSync(join(target, "..", of), together, { recursive: true });
	return readFileSync(join(target, "..", of, "_headers"), "utf8").trim();
});
writeFileSync(join(together, "_headers"), `${headers.join("\n")}\n`);
