// `npm run deploy`: Witaj on one's own Cloudflare account. Makes what is missing (database, secrets), applies the
// migrations before the code that needs them, and can be run again at any time. `--dry-run` reaches no account.
//
// An account from when `witaj` was the only Worker: its database and keys stay, so visitors' tokens and the tags in pages
// go on working. The API moves to the admin's address and gets a new ADMIN_TOKEN, for no secret can be read back; the one
// that `witaj` still has opens nothing.

import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const database = "witaj";
const files = "witaj-files";
/** The others are bound to its entrypoint and to its objects: it is deployed first. */
const content = ["--config", "worker/content/wrangler.toml"] as const;
/** Bound to the objects of `witaj`, which is bound to its entrypoint. */
const desk = ["--config", "worker/desk/wrangler.toml"] as const;
/** Bound to the objects of all others: it is deployed last. */
const admin = ["--config", "worker/admin/wrangler.toml"] as const;
const isDry = process.argv.includes("--dry-run");

function wrangler(...args: readonly string[]): void {
	execFileSync("wrangler", args, { stdio: "inherit" });
}

/** What wrangler prints, as JSON; with its own words where it fails. */
function ask(...args: readonly string[]): { readonly name: string }[] {
	const { status, stdout, stderr } = spawnSync("wrangler", args, { encoding: "utf8" });
	if (status === 0) return JSON.parse(stdout);
	console.error(stderr || stdout);
	throw new Error(
		"Cloudflare did not answer. Sign in with `npx wrangler login` and run `npm run deploy` again.",
	);
}

function secret(): string {
	return randomBytes(32).toString("base64url");
}

function rehearse(): void {
	const folder = mkdtempSync(join(tmpdir(), "witaj-"));
	try {
		wrangler("d1", "migrations", "apply", database, "--local", "--persist-to", folder);
		wrangler("deploy", ...content, "--dry-run", "--outdir", join(folder, "witaj-content"));
		wrangler("deploy", ...desk, "--dry-run", "--outdir", join(folder, "witaj-desk"));
		wrangler("deploy", "--dry-run", "--outdir", join(folder, "witaj"));
		wrangler("deploy", ...admin, "--dry-run", "--outdir", join(folder, "witaj-admin"));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function deploy(): void {
	if (!ask("d1", "list", "--json").some(({ name }) => name === database)) wrangler("d1", "create", database);
	wrangler("d1", "migrations", "apply", database, "--remote");
	makeBucket();
	wrangler("deploy", ...content);
	// Each of the two is bound to the other: on a new account the desk comes first without what is not there yet.
	const isNew = spawnSync("wrangler", ["deployments", "list", "--name", "witaj"]).status !== 0;
	if (isNew) deployDeskAlone();
	else wrangler("deploy", ...desk);
	wrangler("deploy");
	if (isNew) wrangler("deploy", ...desk);
	giveSecrets([], {
		TOKEN_KEYS: JSON.stringify({ k1: secret() }),
		SITE_KEYS: JSON.stringify({ k1: secret() }),
	});
	wrangler("deploy", ...admin);
	const { ADMIN_TOKEN } = giveSecrets(admin, {
		ADMIN_TOKEN: secret(),
		ACCOUNT_KEYS: JSON.stringify({ k1: secret() }),
	});
	if (ADMIN_TOKEN !== undefined)
		console.log(
			`\nYour ADMIN_TOKEN, shown this once: ${ADMIN_TOKEN}\nThe API is at the address of witaj-admin.\n`,
		);
}

/** Without the bindings to objects of another Worker; the objects of its own stay what they are. */
function deployDeskAlone(): void {
	const [, path] = desk;
	const blocks = readFileSync(path, "utf8").split(/^(?=\[\[)/m);
	const alone = join("worker/desk", "wrangler.alone.toml");
	writeFileSync(alone, blocks.filter((block) => !block.includes("script_name")).join(""));
	try {
		wrangler("deploy", "--config", alone);
	} finally {
		rmSync(alone);
	}
}

/** Where files of conversations are. One that is there already is no failure. */
function makeBucket(): void {
	const { status, stdout, stderr } = spawnSync("wrangler", ["r2", "bucket", "create", files], {
		encoding: "utf8",
	});
	if (status === 0 || /already (exists|own)/i.test(stdout + stderr)) return;
	console.error(stderr || stdout);
	throw new Error("The bucket for files was not made: R2 has to be switched on for the account.");
}

/**
 * Gives a Worker the secrets that it has not got yet, and answers with those. The ones that it has, stay: visitors'
 * tokens and site keys hang on them.
 */
function giveSecrets(
	worker: readonly string[],
	secrets: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
	const known = new Set(ask("secret", "list", "--format", "json", ...worker).map(({ name }) => name));
	const missing = Object.fromEntries(Object.entries(secrets).filter(([name]) => !known.has(name)));
	if (Object.keys(missing).length > 0)
		execFileSync("wrangler", ["secret", "bulk", ...worker], {
			input: JSON.stringify(missing),
			stdio: ["pipe", "inherit", "inherit"],
		});
	return missing;
}

if (isDry) rehearse();
else deploy();
