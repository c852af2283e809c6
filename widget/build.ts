// Builds what pages get: the loader with a place for the site's settings, as a plain module for the Worker to serve,
// dist/widget/bundle.js; and the chunks that it loads, as files that are served beside the Worker, dist/assets. Prints
// what they weigh.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, parse, resolve } from "node:path";
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

/** How all of them are built. */
const usual = {
	bundle: true,
	minify: true,
	write: false,
	metafile: true,
	format: "esm",
	target: "es2022",
	charset: "utf8",
	legalComments: "none",
	// Also keeps "use strict" out of the loader: it was checked as strict code, and weighs.
	tsconfigRaw: {},
	absWorkingDir: folder,
	plugins: [minifiedCss],
	logLevel: "warning",
} as const satisfies BuildOptions;
/** Of what draws. */
const drawing = {
	jsx: "transform",
	jsxFactory: "h",
	jsxFragment: "Fragment",
	inject: [join(folder, "jsx.ts")],
} as const satisfies BuildOptions;

interface Built {
	readonly text: string;
	/** What it was built of, as absolute paths. */
	readonly inputs: ReadonlySet<string>;
}

async function bundle(entry: string, options: BuildOptions = {}): Promise<Built> {
	const source = options.stdin ? {} : { entryPoints: [join(folder, entry)] };
	const { outputFiles, metafile } = await build({ ...usual, ...source, ...options });
	const text = outputFiles?.[0]?.text.trim();
	if (!text) throw new Error(`${entry} was not built`);
	const inputs = Object.keys(metafile?.inputs ?? {}).map((path) => resolve(folder, path));
	return { text, inputs: new Set(inputs) };
}

/** Once more than esbuild does. What is said twice stays so: it weighs less once it is packed. */
async function squeezed(script: string, module = true): Promise<string> {
	const compress = {
		passes: 3,
		ecma: 2020,
		hoist_funs: !module,
		unsafe_arrows: true,
		inline: 1,
	} as const;
	const { code } = await minify(script, { compress, module, ecma: 2020 });
	if (!code) throw new Error("the script was not squeezed");
	return code;
}

/** Stands in the chunks' own imports where the prefix comes. */
const prefixPlace = "__PREFIX__";
const lender = `./${prefixPlace}popup.js`;
const lent = "lent:";

/** What the chunk of pop-ups is made of is not built into another chunk once more. */
const borrowing = (has: ReadonlySet<string>): Plugin => ({
	name: "borrowing",
	setup({ onResolve, resolve: find }) {
		onResolve({ filter: /./ }, async ({ path, importer, kind, resolveDir, pluginData }) => {
			if (pluginData === lent || kind === "entry-point") return;
			const found = await find(path, { importer, kind, resolveDir, pluginData: lent });
			return has.has(found.path) ? { path: lent + found.path, external: true } : undefined;
		});
	},
});

/** What is taken from the chunk of pop-ups: a short name there for each, by its module and its own name. */
type Taken = Map<string, Map<string, string>>;

/** Has its imports come from the chunk of pop-ups, and notes in `taken` what they are. */
function borrowed(text: string, taken: Taken): string {
	return text.replace(
		/import\s?(?:\{([^}]*)\}|[^"{]*)from\s?"lent:([^"]+)"/g,
		(_, names: string | undefined, path: string) => {
			if (!names) throw new Error(`${path}: only what has a name can be borrowed`);
			const known = taken.get(path) ?? new Map<string, string>();
			taken.set(path, known);
			const imported = names.split(",").map((one) => {
				const [name = "", local = name] = one.trim().split(" as ");
				const count = Array.from(taken.values(), ({ size }) => size).reduce((sum, size) => sum + size, 0);
				const alias = known.get(name) ?? `_${count.toString(36)}`;
				known.set(name, alias);
				return `${alias} as ${local}`;
			});
			return `import{${imported}}from"${lender}"`;
		},
	);
}

const loader = await squeezed((await bundle("loader.ts", { format: "iife", minify: false })).text, false);
if (loader.split(placeholder).length !== 2) throw new Error("the settings' place is not there exactly once");
const collector = await squeezed((await bundle("collector.ts")).text);
// By itself, without the chunk of pop-ups: most pages of a shop show no more.
const frame = await squeezed((await bundle("frame.ts")).text);
const launcher = await squeezed((await bundle("launcher.ts")).text);
const invite = await squeezed((await bundle("invite.ts")).text);
// By itself, too: whoever talks need not have met a pop-up.
const chat = await squeezed((await bundle("chat.tsx", drawing)).text);

// Every file of the folder is a chunk, loaded only when it is used. It takes from the chunk of pop-ups what that has
// (Preact, the blocks …), and this gives just what is taken.
const { inputs } = await bundle("popup.ts", drawing);
const taken: Taken = new Map();
const extras: Record<string, string> = {};
for (const file of readdirSync(join(folder, "extra"))) {
	const plugins = [...usual.plugins, borrowing(inputs)];
	const { text } = await bundle(join("extra", file), { ...(file.endsWith(".tsx") && drawing), plugins });
	extras[parse(file).name] = await squeezed(borrowed(text, taken));
}
const giving = Array.from(taken, ([path, names]) => {
	const given = Array.from(names, ([name, alias]) => `${name} as ${alias}`);
	return `export { ${given} } from ${JSON.stringify(path)};`;
});
const contents = ['export * from "./popup.ts";', ...giving].join("\n");
const popup = await squeezed(
	(await bundle("popup.ts", { ...drawing, stdin: { contents, resolveDir: folder, sourcefile: "popup.js" } }))
		.text,
);

/**
 * The document that a marketer's own HTML is in. Sandboxed by its own policy, too, so that it is of no origin even where
 * somebody opens it by itself, and then it does nothing.
 */
const sandbox = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><script>
if (parent !== window) {
	addEventListener("message", ({ source, data }) => {
		if (source !== parent || typeof data !== "string") return;
		document.open();
		document.write(data);
		document.close();
	}, { once: true });
	parent.postMessage("ready", "*");
}
</script>`;

// One hash for all: the loader then carries no other, and its settings name no chunk.
const unnamed = { popup, frame, collector, launcher, invite, chat, ...extras, sandbox };
const digest = createHash("sha256").update(JSON.stringify(unnamed)).digest();
// 25 bits, in what packs well.
const hash = digest.readUIntBE(0, 6).toString(36).slice(-5);
const prefix = `${hash}.`;
const chunks = Object.fromEntries(
	Object.entries(unnamed).map(([name, text]) => [
		`${prefix}${name}.${name === "sandbox" ? "html" : "js"}`,
		text.replaceAll(prefixPlace, prefix),
	]),
);

const loaderFile = `${createHash("sha256").update(loader).digest("hex").slice(0, 10)}.loader.js`;

mkdirSync(target, { recursive: true });
writeFileSync(
	join(target, "bundle.js"),
	[
		`export const loader = ${JSON.stringify(loader)};`,
		`export const placeholder = ${JSON.stringify(placeholder)};`,
		`export const prefix = ${JSON.stringify(prefix)};`,
		`export const loaderFile = ${JSON.stringify(loaderFile)};`,
		"",
	].join("\n"),
);
writeFileSync(
	join(target, "bundle.d.ts"),
	[
		"/** A classic script; replace `placeholder` in it by the JSON of the site's PublicSettings. */",
		"export declare const loader: string;",
		"export declare const placeholder: string;",
		"/** What the chunks' names begin with, before popup.js, collector.js and so on. */",
		"export declare const prefix: string;",
		"/** Name of the file that has the loader as it is here, beside the chunks. */",
		"export declare const loaderFile: string;",
		"",
	].join("\n"),
);

rmSync(assets, { recursive: true, force: true });
mkdirSync(join(assets, "w"), { recursive: true });
for (const [name, text] of Object.entries(chunks)) writeFileSync(join(assets, "w", name), text);
writeFileSync(join(assets, "w", loaderFile), loader);
// A name never changes its content.
writeFileSync(
	join(assets, "_headers"),
	[
		"/w/*",
		"  Access-Control-Allow-Origin: *",
		"  Cache-Control: public, max-age=31536000, immutable",
		"  Cross-Origin-Resource-Policy: cross-origin",
		"  X-Content-Type-Options: nosniff",
		// Without its ending, by which a server of files would redirect.
		`/w/${prefix}sandbox`,
		"  Content-Security-Policy: sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox",
		"",
	].join("\n"),
);

const weigh = (text: string) => brotliCompressSync(text).length;
const rest = Object.entries({ frame, collector, launcher, invite, chat, ...extras }).map(
	([name, text]) => `${name} ${weigh(text)} B`,
);
console.log(
	`loader ${weigh(loader)} B, with the pop-up ${weigh(loader) + weigh(popup)} B; ${rest.join(", ")} (brotli)`,
);
