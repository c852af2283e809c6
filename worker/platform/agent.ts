// What a user agent and its client hints say of the browser, and whether it is one.

import Bowser from "bowser";
import { isbot } from "isbot";
import type { Environment } from "../domain/facts.ts";
import { own } from "../domain/keyed.ts";

/**
 * Client hints, as sent. Chromium sends the first three unasked; the rest only to an origin that a page delegates them
 * to. Firefox and Safari send none.
 */
export interface Hints {
	readonly brands?: string;
	readonly platform?: string;
	readonly mobile?: string;
	readonly platformVersion?: string;
	readonly fullVersions?: string;
}

type Agent = Pick<Environment, "browser" | "version" | "system" | "systemVersion" | "device">;
type Parsed = Bowser.Parser.ParsedResult;

/** Agents repeat: the last few hundred are remembered by their text. */
const known = new Map<string, Agent>();
const remembered = 500;
/** Real agents stay below; what is longer would cost memory and time. */
const longest = 512;

const bots = new Map<string, boolean>();

export function isBot(agent: string | null): boolean {
	if (agent === null || agent === "") return true;
	const seen = bots.get(agent);
	if (seen !== undefined) return seen;
	const is = isbot(agent);
	if (bots.size >= remembered) bots.clear();
	if (agent.length <= longest) bots.set(agent, is);
	return is;
}

export function hintsOf(headers: Headers): Hints {
	return {
		...hint(headers, "brands", "sec-ch-ua"),
		...hint(headers, "platform", "sec-ch-ua-platform"),
		...hint(headers, "mobile", "sec-ch-ua-mobile"),
		...hint(headers, "platformVersion", "sec-ch-ua-platform-version"),
		...hint(headers, "fullVersions", "sec-ch-ua-full-version-list"),
	};
}

/**
 * Browser, system and device class; what is not recognised is absent. Where hints were sent, they win over the agent
 * string, which Chromium freezes.
 */
export function agentOf(agent: string, hints: Hints = {}): Agent {
	const text = agent.slice(0, longest);
	const key = JSON.stringify([text, hints]);
	const seen = known.get(key);
	if (seen) return seen;
	const read = readAgent(text, hints);
	if (known.size >= remembered) known.clear();
	known.set(key, read);
	return read;
}

function readAgent(agent: string, hints: Hints): Agent {
	// Bowser throws at nothing at all.
	const parsed = Bowser.parse(agent || "-");
	const { name, version } = brandOf(hints) ?? browserOf(agent, parsed);
	const system = systemOf(agent, parsed, hints);
	const systemVersion = system && systemVersionOf(system, agent, parsed, hints);
	const device = deviceOf(agent, system, parsed, hints);
	return {
		...(name ? { browser: name } : {}),
		...(name && version ? { version } : {}),
		...(system ? { system } : {}),
		...(systemVersion ? { systemVersion } : {}),
		...(device ? { device } : {}),
	};
}

interface Brand {
	readonly name?: string;
	readonly version?: number;
}

/** Bowser's names where people use others. */
const browserNames: Readonly<Record<string, string>> = {
	"Samsung Internet for Android": "Samsung Internet",
	"NAVER Whale Browser": "Whale",
	"Opera Coast": "Opera",
	"Opera Touch": "Opera",
	Miui: "Mi Browser",
};
const systemNames: Readonly<Record<string, string>> = { WebOS: "webOS" };
/** For what it does not know Bowser makes a name out of the agent's own words: anybody's text. */
const recognised = new Set([...Object.values(Bowser.BROWSER_MAP), ...Object.keys(browserNames)]);

/** What Bowser takes for the browser that it is made of. An app that shows pages itself counts as one. */
const overlooked: readonly (readonly [sign: RegExp, name: string])[] = [
	[/\bInstagram (\d+)/, "Instagram"],
	[/\bFB(?:AN|AV|_IAB)\/(?:.*\bFBAV\/(\d+))?/, "Facebook"],
	[/\bbrave\b(?:\/(\d+))?/i, "Brave"],
	[/\bDuckDuckGo\/(\d+)/, "DuckDuckGo"],
	[/\bHuaweiBrowser\/(\d+)/, "Huawei Browser"],
	[/\b(?:OPX|Opera Mini)\/(\d+)/, "Opera"],
];

function browserOf(agent: string, { browser }: Parsed): Brand {
	for (const [sign, name] of overlooked) {
		const found = sign.exec(agent);
		if (found) return { name, version: Number(found[1]) };
	}
	if (!browser.name || !recognised.has(browser.name)) return {};
	return {
		name: browserNames[browser.name] ?? browser.name,
		version: Number.parseInt(browser.version ?? "", 10),
	};
}

/** By how a browser calls itself in `Sec-CH-UA`, beside Chromium and a made-up brand that is to keep parsers honest. */
const brands: Readonly<Record<string, string>> = {
	"Google Chrome": "Chrome",
	"Microsoft Edge": "Microsoft Edge",
	Opera: "Opera",
	"Opera GX": "Opera",
	Brave: "Brave",
	"Samsung Internet": "Samsung Internet",
	DuckDuckGo: "DuckDuckGo",
	Vivaldi: "Vivaldi",
	YaBrowser: "Yandex Browser",
	Whale: "Whale",
};

function brandOf({ brands: sent, fullVersions }: Hints): Brand | undefined {
	const list = (fullVersions ?? sent ?? "").matchAll(/"([^"]*)"\s*;\s*v="(\d*)/g);
	for (const [, brand = "", version = ""] of list) {
		const name = own(brands, brand);
		if (name) return { name, version: Number.parseInt(version, 10) };
	}
	return undefined;
}

/** As `Sec-CH-UA-Platform` calls them, and ours. */
const platforms: Readonly<Record<string, string>> = {
	Windows: "Windows",
	macOS: "macOS",
	Linux: "Linux",
	Android: "Android",
	"Chrome OS": "Chrome OS",
	"Chromium OS": "Chrome OS",
};
/** Only the name gives it away: such browsers are made for iOS alone. Safari's says nothing. */
const iPadAsMacintosh = /Macintosh.*\b(CriOS|EdgiOS|FxiOS|OPiOS|OPT)\//;

function systemOf(agent: string, { os }: Parsed, { platform }: Hints): string | undefined {
	return own(platforms, unquoted(platform)) ?? (iPadAsMacintosh.test(agent) ? "iOS" : nameOf(os));
}

function nameOf({ name = "" }: Parsed["os"]): string | undefined {
	return systemNames[name] ?? (name || undefined);
}

/** What browsers send of all later versions too: Windows 10 of 11, macOS 10.15, Android 10, and iOS 18 of 26. */
const frozen: Readonly<Record<string, RegExp>> = {
	Windows: /Windows NT 10\.0/,
	macOS: /Mac OS X 10[._]1[56]/,
	Android: /Android 10; (K|Mobile|Tablet)\b/,
	iOS: /OS 18_[67] like(?!.*Version\/)/,
};

function systemVersionOf(
	system: string,
	agent: string,
	{ os }: Parsed,
	{ platformVersion }: Hints,
): string | undefined {
	const hinted = unquoted(platformVersion);
	if (hinted) return system === "Windows" ? windowsOf(hinted) : releaseOf(system, hinted);
	if (nameOf(os) !== system || frozen[system]?.test(agent)) return undefined;
	if (system === "Windows") return /^[\dXV]/.test(os.versionName ?? "") ? os.versionName : undefined;
	// From 26 on Safari is of the system's version, and freezes the system at 18.
	const safari = system === "iOS" ? (/Version\/(\d+)/.exec(agent)?.[1] ?? "") : "";
	return Number(safari) >= 26 ? safari : releaseOf(system, os.version ?? "");
}

/** The hint counts contracts of Windows' own: 13 and above is Windows 11. */
function windowsOf(hinted: string): string | undefined {
	const major = Number.parseInt(hinted, 10);
	if (major >= 13) return "11";
	return major >= 1 ? "10" : beforeWindows10[hinted.slice(0, 3)];
}
const beforeWindows10: Readonly<Record<string, string>> = { "0.1": "7", "0.2": "8", "0.3": "8.1" };

/** From which version on the first number alone names a release: 17, but 10.13 and 4.4. */
const wholeFrom: Readonly<Record<string, number>> = { iOS: 0, Android: 5, macOS: 11 };

/** Of Chrome OS and of Linux no number tells people anything. */
function releaseOf(system: string, version: string): string | undefined {
	const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? [];
	if (!major || system === "Chrome OS" || system === "Linux") return undefined;
	return !minor || Number(major) >= (wholeFrom[system] ?? Infinity) ? major : `${major}.${minor}`;
}

/** Android TV says "Android" and no "Mobile", as a tablet does, so televisions and what is plugged into them come first. */
const television =
	/smart-?tv|\btv\b|hbbtv|netcast|nettv|web0s|webos\.tv|googletv|appletv|crkey|bravia|\baft[a-z]+\b|viera|vidaa|roku|mibox|mitv|playstation|xbox|nintendo (wii|switch)/i;
const devices: Readonly<Record<string, Environment["device"]>> = {
	mobile: "phone",
	tablet: "tablet",
	desktop: "desktop",
	tv: "tv",
};

/** Safari on an iPad that asks for desktop pages says Macintosh and sends no hints: taken for one, for only touch tells. */
function deviceOf(
	agent: string,
	system: string | undefined,
	{ platform }: Parsed,
	{ mobile }: Hints,
): Environment["device"] {
	if (television.test(agent)) return "tv";
	if (mobile === "?1") return "phone";
	if (iPadAsMacintosh.test(agent)) return "tablet";
	return system === "Chrome OS" ? "desktop" : devices[platform.type ?? ""];
}

/** Of a structured header that is one string. */
function unquoted(text = ""): string {
	return text.replaceAll('"', "").trim();
}

function hint<K extends keyof Hints>(headers: Headers, key: K, name: string): { [key in K]?: string } {
	const value = headers.get(name);
	return (value ? { [key]: value.slice(0, longest) } : {}) as { [key in K]?: string };
}
