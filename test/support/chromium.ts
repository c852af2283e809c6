// Finds a Chromium to test with, and installs Debian's where that is allowed.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
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

export function launch(): Promise<Browser> {
	return chromium.launch({
		executablePath: chromiumPath(),
		// Playwright switches the back/forward cache off.
		ignoreDefaultArgs: ["--disable-back-forward-cache"],
		args: [
			"--no-sandbox",
			"--disable-quic",
			"--no-first-run",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
		],
	});
}
