// Finds a Chromium to test with, and installs Debian's where that is allowed.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

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
	const folders = (env.PATH ?? "").split(delimiter).concat("/usr/bin", "/usr/local/bin", "/snap/bin");
	return folders.flatMap((folder) => names.map((name) => join(folder, name)));
}

const find = () => usualPlaces().find((path) => existsSync(path));

function installed(): string | undefined {
	if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return;
	const options = { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
	try {
		execFileSync("apt-get", ["update"], options);
		execFileSync("apt-get", ["install", "--yes", "--no-install-recommends", "chromium"], options);
	} catch {
		return;
	}
	return find();
}

/** Path of the browser, or a sentence that says what to do. */
export function chromiumPath(): string {
	const chosen = process.env.CHROME_PATH;
	if (chosen && !existsSync(chosen)) throw new Error(`CHROME_PATH points at ${chosen}, where nothing is.`);
	const path = chosen || find() || installed();
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
	return chromium.launch({
		executablePath: chromiumPath(),
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
