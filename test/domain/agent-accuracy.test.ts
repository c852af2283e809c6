// How often we say what uap-core's own test files say, over the browsers and systems that visitors of a shop have.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { agentOf } from "../../worker/platform/agent.ts";

const folder = join(import.meta.dirname, "../../../shared/data/user-agents");
/** Measured, less a point. Most of what is missed was sent by devices that are gone. */
const floors = { browser: 97.5, version: 90.7, system: 80.3, systemVersion: 94.1 };

interface Case {
	readonly agent: string;
	readonly family: string;
	readonly major: string;
}

/** The files are regular: a list of cases, each with a member on a line, in single or double quotes or none. */
function casesOf(file: string): Case[] {
	const texts = readFileSync(`${folder}/${file}`, "utf8").split(/^\s*- (?=user_agent_string)/m);
	return texts.slice(1).map((text) => ({
		agent: memberOf(text, "user_agent_string"),
		family: memberOf(text, "family"),
		major: memberOf(text, "major"),
	}));
}

function memberOf(text: string, name: string): string {
	const value = new RegExp(`^\\s*${name}:[ \\t]*(.*?)[ \\t]*$`, "m").exec(text)?.[1] ?? "";
	if (value.startsWith('"')) return JSON.parse(value);
	return value.startsWith("'") ? value.slice(1, -1).replaceAll("''", "'") : value;
}

/** Their names, and ours. They tell a browser's kinds apart by the device. */
const browsers: Readonly<Record<string, string>> = {
	Chrome: "Chrome",
	"Chrome Mobile": "Chrome",
	"Chrome Mobile iOS": "Chrome",
	"Chrome Mobile WebView": "Chrome",
	Chromium: "Chromium",
	Firefox: "Firefox",
	"Firefox Mobile": "Firefox",
	"Firefox iOS": "Firefox",
	Safari: "Safari",
	"Mobile Safari": "Safari",
	"Mobile Safari UI/WKWebView": "Safari",
	Edge: "Microsoft Edge",
	"Edge Mobile": "Microsoft Edge",
	IE: "Internet Explorer",
	Opera: "Opera",
	"Opera GX": "Opera",
	"Opera Mini": "Opera",
	"Opera Mobile": "Opera",
	"Opera Tablet": "Opera",
	"Opera Touch": "Opera",
	"Samsung Internet": "Samsung Internet",
	Android: "Android Browser",
	Brave: "Brave",
	Vivaldi: "Vivaldi",
	"DuckDuckGo Mobile": "DuckDuckGo",
	MiuiBrowser: "Mi Browser",
	"Yandex Browser": "Yandex Browser",
	Facebook: "Facebook",
	Instagram: "Instagram",
};
const systems: Readonly<Record<string, string>> = {
	Windows: "Windows",
	"Mac OS X": "macOS",
	Linux: "Linux",
	Ubuntu: "Linux",
	Android: "Android",
	iOS: "iOS",
	"Chrome OS": "Chrome OS",
};

/** Only agents shaped as a browser's: the files have many apps and tools, which run no script of ours. */
function mainstream(file: string, names: Readonly<Record<string, string>>): Case[] {
	return casesOf(file).filter(({ agent, family }) => family in names && /^(Mozilla|Opera)\//.test(agent));
}

function share(kind: keyof typeof floors, cases: readonly Case[], isRight: (one: Case) => boolean): number {
	const right = cases.filter(isRight).length;
	const percent = (100 * right) / cases.length;
	console.log(`${kind}: ${right} of ${cases.length}, ${percent.toFixed(1)} %`);
	return percent;
}

describe.skipIf(!existsSync(folder))("agents of uap-core", () => {
	it("are read as browsers, with their versions", () => {
		const cases = mainstream("test_ua.yaml", browsers);
		const named = cases.filter(({ agent, family }) => agentOf(agent).browser === browsers[family]);
		expect(share("browser", cases, (one) => named.includes(one))).toBeGreaterThanOrEqual(floors.browser);
		const versioned = named.filter(({ major }) => Number(major) > 0);
		const isVersion = ({ agent, major }: Case) => agentOf(agent).version === Number(major);
		expect(share("version", versioned, isVersion)).toBeGreaterThanOrEqual(floors.version);
	});

	it("are read as systems, with their versions where these are not frozen", () => {
		const cases = mainstream("test_os.yaml", systems);
		const named = cases.filter(({ agent, family }) => agentOf(agent).system === systems[family]);
		expect(share("system", cases, (one) => named.includes(one))).toBeGreaterThanOrEqual(floors.system);
		const versioned = named.filter(({ agent }) => agentOf(agent).systemVersion !== undefined);
		const isVersion = ({ agent, major }: Case) =>
			agentOf(agent).systemVersion === major || agentOf(agent).systemVersion?.split(".")[0] === major;
		expect(share("systemVersion", versioned, isVersion)).toBeGreaterThanOrEqual(floors.systemVersion);
	});
});
