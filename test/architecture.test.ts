// The architecture, read off the import lines. Imports run one way; what breaks that fails here.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** Each part of the Worker with the parts that it may import. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
	domain: [],
	protocol: ["domain"],
	platform: [
		"domain",
		"protocol",
		"bulk",
		"catalogue",
		"cell",
		"content",
		"desk",
		"directory",
		"import",
		"removal",
		"site",
	],
	data: ["domain", "protocol", "platform"],
	outbox: ["platform"],
	directory: ["data", "domain", "protocol", "platform"],
	automation: ["data", "domain", "protocol", "platform"],
	cell: ["automation", "content", "data", "directory", "domain", "outbox", "protocol", "platform"],
	site: ["data", "domain", "protocol", "platform"],
	catalogue: ["data", "domain", "protocol", "platform"],
	desk: ["automation", "cell", "data", "domain", "outbox", "protocol", "platform"],
	content: ["automation", "catalogue", "cell", "data", "domain", "protocol", "platform"],
	bulk: ["cell", "data", "domain", "protocol", "platform"],
	import: ["cell", "directory", "data", "domain", "protocol", "platform"],
	edge: ["cell", "content", "desk", "directory", "site", "data", "domain", "protocol", "platform", "demo"],
	removal: ["data", "domain", "protocol", "platform"],
	admin: [
		"bulk",
		"automation",
		"catalogue",
		"cell",
		"desk",
		"directory",
		"import",
		"removal",
		"site",
		"data",
		"domain",
		"protocol",
		"platform",
	],
	demo: [
		"admin",
		"catalogue",
		"cell",
		"content",
		"desk",
		"directory",
		"site",
		"data",
		"domain",
		"protocol",
		"platform",
	],
};

interface Import {
	readonly file: string;
	readonly target: string;
	readonly isType: boolean;
}

const files = ["worker", "widget"].flatMap((folder) => sourcesIn(join(root, folder)));
const imports = files.flatMap(importsOf);

function sourcesIn(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		if (statSync(path).isDirectory()) return sourcesIn(path);
		return /(?<!\.d)\.tsx?$/.test(name) ? [path] : [];
	});
}

function importsOf(file: string): Import[] {
	const text = readFileSync(file, "utf8");
	const lines = text.matchAll(/^\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s)?"([^"]+)";?/gm);
	return Array.from(lines, ([, type, target = ""]) => ({
		file: relative(root, file),
		target: target.startsWith(".") ? relative(root, join(dirname(file), target)) : target,
		isType: type !== undefined,
	}));
}

function partOf(path: string): string | undefined {
	return /^worker\/([a-z]+)\//.exec(path)?.[1];
}

/** Files whose code is in what is built of this one. Types are not. */
function reachedFrom(entry: string): ReadonlySet<string> {
	const reached = new Set([entry]);
	for (const file of reached)
		for (const one of imports) if (one.file === file && !one.isType) reached.add(one.target);
	return reached;
}

const breaches = (wrong: (one: Import) => boolean) =>
	imports.filter(wrong).map(({ file, target }) => `${file} imports ${target}`);

describe("the architecture", () => {
	it("knows every folder of the Worker", () => {
		const folders = readdirSync(join(root, "worker")).filter((name) =>
			statSync(join(root, "worker", name)).isDirectory(),
		);
		expect(folders.filter((name) => !(name in mayImport))).toEqual([]);
	});

	it("lets imports run one way", () => {
		const wrong = breaches(({ file, target, isType }) => {
			const from = partOf(file);
			const to = partOf(target);
			if (!from || !to || from === to) return false;
			// The platform names the objects' classes for the bindings, as types alone.
			const classes = ["catalogue", "cell", "content", "desk", "directory", "import", "removal", "site"];
			if (from === "platform" && classes.includes(to)) return !isType;
			return !mayImport[from]?.includes(to);
		});
		expect(wrong).toEqual([]);
	});

	it("carries nothing to visitors that only the other Workers need: they wait for each byte at a cold start", () => {
		const reached = reachedFrom("worker/index.ts");
		const ofOthers = /^worker\/(admin|catalogue|content|import|domain\/(catalogue|words|sql|lint))[/.]/;
		expect(reached).toContain("worker/domain/predicate.ts");
		const wrong = breaches(
			({ file, target, isType }) => !isType && reached.has(file) && ofOthers.test(target),
		);
		expect(wrong).toEqual([]);
	});

	it("keeps the domain free of packages, of the platform, of the clock and of chance", () => {
		const domain = ({ file }: Import) => file.startsWith("worker/domain/");
		expect(breaches((one) => domain(one) && !one.target.startsWith("worker/domain/"))).toEqual([]);
		const forbidden = /\b(Date\.now|new Date\(\)|Math\.random|crypto\.|performance\.|setTimeout|fetch\()/;
		const impure = files
			.filter((file) => relative(root, file).startsWith("worker/domain/"))
			.filter((file) => forbidden.test(readFileSync(file, "utf8")));
		expect(impure).toEqual([]);
	});

	it("lets the widget see the protocol's types and nothing else of the Worker", () => {
		const wrong = breaches(
			({ file, target, isType }) =>
				file.startsWith("widget/") &&
				target.startsWith("worker/") &&
				!(isType && target.startsWith("worker/protocol/")),
		);
		expect(wrong).toEqual([]);
	});

	it("lets the admin's screen see the Worker's types, and of its values the rules that it draws and asks by", () => {
		const seen = imports
			.filter(({ file, isType }) => file.startsWith("worker/admin/ui/") && !isType)
			.map(({ target }) => target)
			.filter((target) => target.startsWith("worker/") && !target.startsWith("worker/admin/ui/"));
		expect([...new Set(seen)].sort()).toEqual(["worker/domain/theme.ts", "worker/domain/trigger.ts"]);
	});

	it("imports zod's small edition, and that whole, for the large one and a named import weigh twice as much", () => {
		const heavy = /import \{[^}]*\} from "zod\/mini"|from "zod"/;
		expect(files.filter((file) => heavy.test(readFileSync(file, "utf8")))).toEqual([]);
	});

	it("has no folder that could hold anything", () => {
		const vague = files.filter((file) => /\/(utils|helpers|common|lib|services)\//.test(file));
		expect(vague).toEqual([]);
	});

	it("keeps nothing in the root but what belongs there", () => {
		const allowed = [
			"LICENSE",
			"README.md",
			"package-lock.json",
			"package.json",
			"tsconfig.json",
			"wrangler.toml",
		];
		const folders = ["dist", "migrations", "node_modules", "test", "widget", "worker"];
		const known = new Set([...allowed, ...folders, "bench.json"]);
		expect(readdirSync(root).filter((name) => !name.startsWith(".") && !known.has(name))).toEqual([]);
	});
});
