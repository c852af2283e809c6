// `npm run deploy`: Witaj on one's own Cloudflare account. Makes what is missing (database, secrets), applies the
// migrations before the code that needs them, and can be run again at any time. `--dry-run` reaches no account.

import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const database = "witaj";
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
		wrangler("deploy", "--dry-run", "--outdir", folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function deploy(): void {
	if (!ask("d1", "list", "--json").some(({ name }) => name === database)) wrangler("d1", "create", database);
	wrangler("d1", "migrations", "apply", database, "--remote");
	wrangler("deploy");
	giveSecrets();
}

/** Makes the secrets that are not there yet. The ones that are, stay: visitors' tokens and site keys hang on them. */
function giveSecrets(): void {
	const known = new Set(ask("secret", "list", "--format", "json").map(({ name }) => name));
	const adminToken = secret();
	const missing = Object.entries({
		TOKEN_KEYS: JSON.stringify({ k1: secret() }),
		SITE_KEYS: JSON.stringify({ k1: secret() }),
		ADMIN_TOKEN: adminToken,
	}).filter(([name]) => !known.has(name));
	if (missing.length === 0) return;
	execFileSync("wrangler", ["secret", "bulk"], {
		input: JSON.stringify(Object.fromEntries(missing)),
		stdio: ["pipe", "inherit", "inherit"],
	});
	if (!known.has("ADMIN_TOKEN")) console.log(`\nYour ADMIN_TOKEN, shown this once: ${adminToken}\n`);
}

if (isDry) rehearse();
else deploy();
