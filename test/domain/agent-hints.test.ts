import { describe, expect, it } from "vitest";
import { agentOf, hintsOf } from "../../worker/platform/agent.ts";

const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";

/** Browser with its version, system with its version, device; a dash for what is not known. */
function said(agent: string, headers: Record<string, string>): string {
	const { browser, version, system, systemVersion, device } = agentOf(agent, hintsOf(new Headers(headers)));
	return [browser, version, system, systemVersion, device].map((part) => part ?? "-").join(" | ");
}

const chromeOnWindows = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/142.0.0.0 Safari/537.36`;
const chromium = '"Chromium";v="142", "Not_A Brand";v="99"';
const hinted: readonly (readonly [
	name: string,
	agent: string,
	headers: Record<string, string>,
	says: string,
])[] = [
	[
		"Brave, which hides among Chrome",
		chromeOnWindows,
		{
			"sec-ch-ua": `${chromium}, "Brave";v="142"`,
			"sec-ch-ua-platform": '"Windows"',
			"sec-ch-ua-mobile": "?0",
		},
		"Brave | 142 | Windows | - | desktop",
	],
	[
		"Windows 11",
		chromeOnWindows,
		{ "sec-ch-ua": `"Google Chrome";v="142", ${chromium}`, "sec-ch-ua-platform-version": '"15.0.0"' },
		"Chrome | 142 | Windows | 11 | desktop",
	],
	[
		"Windows 10",
		chromeOnWindows,
		{ "sec-ch-ua-platform-version": '"10.0.0"' },
		"Chrome | 142 | Windows | 10 | desktop",
	],
	[
		"Windows 8.1",
		chromeOnWindows,
		{ "sec-ch-ua-platform-version": '"0.3.0"' },
		"Chrome | 142 | Windows | 8.1 | desktop",
	],
	[
		"Edge with its full versions",
		`${chromeOnWindows} Edg/142.0.0.0`,
		{
			"sec-ch-ua": `"Microsoft Edge";v="142", ${chromium}`,
			"sec-ch-ua-full-version-list": '"Microsoft Edge";v="142.0.3595.53", "Chromium";v="142.0.7444.60"',
		},
		"Microsoft Edge | 142 | Windows | - | desktop",
	],
	[
		"Opera GX",
		`${chromeOnWindows} OPR/124.0.0.0`,
		{ "sec-ch-ua": '"Chromium";v="140", "Not=A?Brand";v="24", "Opera GX";v="124"' },
		"Opera | 124 | Windows | - | desktop",
	],
	[
		"a Mac of today",
		`${mac} ${webkit} Chrome/142.0.0.0 Safari/537.36`,
		{ "sec-ch-ua-platform": '"macOS"', "sec-ch-ua-platform-version": '"15.6.1"' },
		"Chrome | 142 | macOS | 15 | desktop",
	],
	[
		"a phone that asks for desktop pages",
		`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/142.0.0.0 Safari/537.36`,
		{ "sec-ch-ua-platform": '"Android"', "sec-ch-ua-platform-version": '"14.0.0"', "sec-ch-ua-mobile": "?1" },
		"Chrome | 142 | Android | 14 | phone",
	],
	[
		"a Chromebook",
		`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webkit} Chrome/142.0.0.0 Safari/537.36`,
		{ "sec-ch-ua-platform": '"Chrome OS"', "sec-ch-ua-platform-version": '"16328.55.0"' },
		"Chrome | 142 | Chrome OS | - | desktop",
	],
	[
		"a brand nobody knows, which leaves the agent's",
		`${chromeOnWindows} Vivaldi/7.1.3570.39`,
		{ "sec-ch-ua": chromium, "sec-ch-ua-platform": '"Unknown"' },
		"Vivaldi | 7 | Windows | - | desktop",
	],
	[
		"garbage",
		chromeOnWindows,
		{ "sec-ch-ua": '";v=', "sec-ch-ua-platform": '"', "sec-ch-ua-mobile": "yes" },
		"Chrome | 142 | Windows | - | desktop",
	],
	[
		"an empty hint",
		chromeOnWindows,
		{ "sec-ch-ua-platform-version": '""' },
		"Chrome | 142 | Windows | - | desktop",
	],
];

describe("client hints", () => {
	it.each(hinted)("win over the agent: %s", (_name, agent, headers, says) => {
		expect(said(agent, headers)).toBe(says);
	});

	it("that were not sent are absent", () => {
		expect(hintsOf(new Headers())).toEqual({});
	});
});
