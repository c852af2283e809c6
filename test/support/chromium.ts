// Finds a Chromium to test with, and installs Debian's where that is allowed.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
/** The same engine without what only a person needs of a browser: it draws a page for half of the processor's time. */
const shells = ["chromium-headless-shell", "chrome-headless-shell"];

function usualPlaces(): string[] {
	const { env, platform } = process;
	if (platform === "darwin") {
		return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
			(name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
		);
	}
	if (platform === "win32") {
		return [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].flatMap((folder) =>
			folder
				? ["Google\\Chrome", "Chromium", "Microsoft\\Edge"].map((name) =>
						join(folder, name, "Application", name.endsWith("Edge") ? "msedge.exe" : "chrome.exe"),
					)
				: [],
		);
	}
	return onPath(names);
}

function onPath(names: readonly string[]): string[] {
	const folders = (process.env.PATH ?? "").split(delimiter).concat("/usr/bin", "/usr/local/bin", "/snap/bin");
	return folders.flatMap((folder) => names.map((name) => join(folder, name)));
}

const find = () => usualPlaces().find((path) => existsSync(path));
const findShell = () => onPath(shells).find((path) => existsSync(path));

/** Puts Debian's browsers where there are none, before the first test: two that install at once hinder each other. */
export function provideBrowsers(): void {
	if (process.env.CHROME_PATH || (find() && findShell())) return;
	if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return;
	// Where the mirror cannot be reached, tests are not to wait for it.
	const options = {
		stdio: "ignore",
		timeout: 240_000,
		env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
	} as const;
	const quickly = ["--option", "Acquire::Retries=0", "--option", "Acquire::http::Timeout=15"];
	const wanted = ["chromium", "chromium-headless-shell"];
	try {
		execFileSync("apt-get", [...quickly, "update"], options);
		execFileSync("apt-get", [...quickly, "install", "--yes", "--no-install-recommends", ...wanted], options);
	} catch {
		// A browser that is there serves without the other; what is to be done where there is none says the first test.
	}
}

/** Path of the browser, or a sentence that says what to do. */
export function chromiumPath(): string {
	const chosen = process.env.CHROME_PATH;
	if (chosen && !existsSync(chosen)) throw new Error(`CHROME_PATH points at ${chosen}, where nothing is.`);
	const path = chosen || find();
	if (!path) throw new Error("Browser tests need Chrome or Chromium: install one, or set CHROME_PATH to it.");
	return path;
}

const switches = [
	"--no-sandbox",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];

export function launch(): Promise<Browser> {
	return start(process.env.CHROME_PATH ? chromiumPath() : (findShell() ?? chromiumPath()));
}

/** One that also has what a shell has not: the back/forward cache. */
export function launchWhole(): Promise<Browser> {
	return start(chromiumPath());
}

function start(executablePath: string): Promise<Browser> {
	return chromium.launch({
		executablePath,
		// Playwright switches the back/forward cache off.
		ignoreDefaultArgs: ["--disable-back-forward-cache"],
		args: switches,
	});
}

/**
 * A browser that opens `url` with nobody looking on: while Playwright, or any other tool, is attached to a page,
 * Chromium renders nothing ahead of it. What is answered closes it.
 */
export async function openAlone(url: string): Promise<() => Promise<void>> {
	const profile = mkdtempSync(join(tmpdir(), "witaj-"));
	const args = ["--headless=new", `--user-data-dir=${profile}`, ...switches, url];
	const browser = spawn(chromiumPath(), args, { stdio: "ignore" });
	await once(browser, "spawn");
	return async () => {
		const closed = once(browser, "exit");
		browser.kill();
		await closed;
		rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
	};
}
