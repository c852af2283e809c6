import { describe, expect, it } from "vitest";
import { agentOf, isBot } from "../../worker/platform/agent.ts";

const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
const apple = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
const android = "Mozilla/5.0 (Linux; Android 10; K)";

type Expected = readonly [name: string, agent: string, says: string];

/** Browser with its version, system with its version, device; a dash for what is not known. */
function said(agent: string): string {
	const { browser, version, system, systemVersion, device } = agentOf(agent);
	return [browser, version, system, systemVersion, device].map((part) => part ?? "-").join(" | ");
}

const agents: readonly Expected[] = [
	[
		"Chrome on Windows",
		`${windows} ${webkit} Chrome/142.0.0.0 Safari/537.36`,
		"Chrome | 142 | Windows | - | desktop",
	],
	[
		"Chrome on a Mac",
		`${mac} ${webkit} Chrome/142.0.0.0 Safari/537.36`,
		"Chrome | 142 | macOS | - | desktop",
	],
	[
		"Chrome on Linux",
		`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/142.0.0.0 Safari/537.36`,
		"Chrome | 142 | Linux | - | desktop",
	],
	[
		"Chrome on a Chromebook",
		`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webkit} Chrome/142.0.0.0 Safari/537.36`,
		"Chrome | 142 | Chrome OS | - | desktop",
	],
	[
		"Chrome on a phone",
		`${android} ${webkit} Chrome/142.0.0.0 Mobile Safari/537.36`,
		"Chrome | 142 | Android | - | phone",
	],
	[
		"Chrome on a tablet",
		`${android} ${webkit} Chrome/142.0.0.0 Safari/537.36`,
		"Chrome | 142 | Android | - | tablet",
	],
	[
		"Chrome on an old phone",
		`Mozilla/5.0 (Linux; Android 7.1.2; Redmi 4X Build/N2G47H) ${webkit} Chrome/91.0.4472.120 Mobile Safari/537.36`,
		"Chrome | 91 | Android | 7 | phone",
	],
	[
		"Chrome on Windows 7",
		`Mozilla/5.0 (Windows NT 6.1; Win64; x64) ${webkit} Chrome/109.0.0.0 Safari/537.36`,
		"Chrome | 109 | Windows | 7 | desktop",
	],
	[
		"Chrome on an iPhone",
		`Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) ${apple} CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1`,
		"Chrome | 126 | iOS | 17 | phone",
	],
	[
		"Chrome on an iPad that asks for desktop pages",
		`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${apple} CriOS/126 Version/11.1.1 Safari/605.1.15`,
		"Chrome | 126 | iOS | - | tablet",
	],
	[
		"Firefox on Windows",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
		"Firefox | 145 | Windows | - | desktop",
	],
	[
		"Firefox on Ubuntu",
		"Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
		"Firefox | 145 | Linux | - | desktop",
	],
	[
		"Firefox on a phone",
		"Mozilla/5.0 (Android 14; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0",
		"Firefox | 145 | Android | 14 | phone",
	],
	[
		"Firefox on an iPad",
		`Mozilla/5.0 (iPad; CPU OS 17_4 like Mac OS X) ${apple} FxiOS/128.0 Mobile/15E148 Safari/605.1.15`,
		"Firefox | 128 | iOS | 17 | tablet",
	],
	["Safari on a Mac", `${mac} ${apple} Version/17.5 Safari/605.1.15`, "Safari | 17 | macOS | - | desktop"],
	[
		"Safari on an old Mac",
		`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_13_6) ${apple} Version/13.1.2 Safari/605.1.15`,
		"Safari | 13 | macOS | 10.13 | desktop",
	],
	[
		"Safari on an iPhone",
		`Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) ${apple} Version/17.5 Mobile/15E148 Safari/604.1`,
		"Safari | 17 | iOS | 17 | phone",
	],
	[
		"Safari on an iPhone with iOS 26",
		`Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) ${apple} Version/26.0 Mobile/15E148 Safari/604.1`,
		"Safari | 26 | iOS | 26 | phone",
	],
	[
		"Safari on an iPad",
		`Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) ${apple} Version/16.6 Mobile/15E148 Safari/604.1`,
		"Safari | 16 | iOS | 16 | tablet",
	],
	[
		"Safari on an iPad that asks for desktop pages, which cannot be told",
		`${mac} ${apple} Version/18.1 Safari/605.1.15`,
		"Safari | 18 | macOS | - | desktop",
	],
	[
		"Edge on Windows",
		`${windows} ${webkit} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`,
		"Microsoft Edge | 142 | Windows | - | desktop",
	],
	[
		"Edge on a phone",
		`${android} ${webkit} Chrome/142.0.0.0 Mobile Safari/537.36 EdgA/142.0.0.0`,
		"Microsoft Edge | 142 | Android | - | phone",
	],
	[
		"Edge of old",
		`${windows} ${webkit} Chrome/64.0.3282.140 Safari/537.36 Edge/18.17763`,
		"Microsoft Edge | 18 | Windows | - | desktop",
	],
	[
		"Internet Explorer",
		"Mozilla/5.0 (Windows NT 6.3; WOW64; Trident/7.0; rv:11.0) like Gecko",
		"Internet Explorer | 11 | Windows | 8.1 | desktop",
	],
	[
		"Opera on Windows",
		`${windows} ${webkit} Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0`,
		"Opera | 124 | Windows | - | desktop",
	],
	[
		"Opera on a phone",
		`${android} ${webkit} Chrome/139.0.0.0 Mobile Safari/537.36 OPR/93.0.0.0`,
		"Opera | 93 | Android | - | phone",
	],
	[
		"Opera on an iPhone",
		`Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) ${apple} Version/17.5 Mobile/15E148 Safari/604.1 OPT/4.8.0`,
		"Opera | 4 | iOS | 17 | phone",
	],
	[
		"Opera Mini",
		"Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; pl) Presto/2.12.423 Version/12.16",
		"Opera | 36 | Android | - | phone",
	],
	[
		"Vivaldi",
		`${windows} ${webkit} Chrome/120.0.0.0 Safari/537.36 Vivaldi/6.5.3206.39`,
		"Vivaldi | 6 | Windows | - | desktop",
	],
	[
		"Brave on an iPhone",
		`Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) ${apple} Mobile/15E148 Safari/604.1 Brave`,
		"Brave | - | iOS | 17 | phone",
	],
	[
		"Samsung Internet on a phone",
		`${android} ${webkit} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
		"Samsung Internet | 28 | Android | - | phone",
	],
	[
		"Samsung Internet on a tablet",
		`Mozilla/5.0 (Linux; Android 13; SM-X200) ${webkit} SamsungBrowser/23.0 Chrome/115.0.0.0 Safari/537.36`,
		"Samsung Internet | 23 | Android | 13 | tablet",
	],
	[
		"Huawei's browser",
		`Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-NX9; HMSCore 6.13.0.302) ${webkit} Chrome/114.0.5735.196 HuaweiBrowser/15.0.4.312 Mobile Safari/537.36`,
		"Huawei Browser | 15 | Android | 12 | phone",
	],
	[
		"Xiaomi's browser",
		`Mozilla/5.0 (Linux; U; Android 13; pl-pl; 2201117TY Build/TKQ1.221114.001) ${webkit} Version/4.0 Chrome/112.0.5615.136 Mobile Safari/537.36 XiaoMi/MiuiBrowser/14.7.0-gn`,
		"Mi Browser | 14 | Android | 13 | phone",
	],
	[
		"Facebook's own window",
		`Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) ${apple} Mobile/21F90 [FBAN/FBIOS;FBAV/468.0.0.36.106;FBDV/iPhone14,5]`,
		"Facebook | 468 | iOS | 17 | phone",
	],
	[
		"Instagram's own window",
		`Mozilla/5.0 (Linux; Android 14; SM-A546B Build/UP1A.231005.007; wv) ${webkit} Version/4.0 Chrome/126.0.6478.71 Mobile Safari/537.36 Instagram 338.0.0.29.93 Android`,
		"Instagram | 338 | Android | 14 | phone",
	],
	[
		"a Samsung television",
		`Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.5) ${webkit} 85.0.4183.93/6.5 TV Safari/537.36`,
		"Tizen | - | Tizen | 6.5 | tv",
	],
	[
		"an LG television",
		`Mozilla/5.0 (Web0S; Linux/SmartTV) ${webkit} Chrome/94.0.4606.128 Safari/537.36 WebAppManager`,
		"WebOS Browser | - | webOS | - | tv",
	],
	[
		"a Sony television",
		`Mozilla/5.0 (Linux; Android 10; BRAVIA 4K VH2 Build/QTG3.200305.006.S292) ${webkit} Chrome/120.0.6099.144 Safari/537.36`,
		"Chrome | 120 | Android | 10 | tv",
	],
	[
		"a Philips television",
		`Mozilla/5.0 (Linux; Android 9; PHILIPS 4K ATV) ${webkit} Chrome/90.0 Safari/537.36 HbbTV/1.5.1 (+DRM; TPVision; NETTV/7.0.0)`,
		"Chrome | 90 | Android | 9 | tv",
	],
	[
		"a Panasonic television",
		`Mozilla/5.0 (Viera; rv:34.0) Gecko/20100101 Firefox/34.0`,
		"Firefox | 34 | - | - | tv",
	],
	[
		"a Hisense television",
		`Mozilla/5.0 (Linux; VIDAA 6.0) ${webkit} Chrome/88.0.4324.152 Safari/537.36 VIDAA/6.0 (Hisense;SmartTV)`,
		"Chrome | 88 | Linux | - | tv",
	],
	[
		"a Fire TV stick",
		`Mozilla/5.0 (Linux; Android 9; AFTSSS Build/PS7285) ${webkit} Silk/112.5.1 like Chrome/112.0.5615.213 Safari/537.36`,
		"Amazon Silk | 112 | Android | 9 | tv",
	],
	[
		"a PlayStation 5",
		`Mozilla/5.0 (PlayStation; PlayStation 5/6.00) ${apple} Version/15.4 Safari/605.1.15`,
		"Safari | 15 | - | - | tv",
	],
	[
		"an Xbox",
		`Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox Series X) ${webkit} Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0`,
		"Microsoft Edge | 120 | Windows | - | tv",
	],
	["nothing", "", "- | - | - | - | -"],
	["anybody's words", "<script>/1.0 (made up)", "- | - | - | - | -"],
];

describe("an agent", () => {
	it.each(agents)("is read: %s", (_name, agent, says) => {
		expect(said(agent)).toBe(says);
	});

	it("leaves out what it does not say, so that it costs no bytes", () => {
		expect(agentOf("anything")).toEqual({});
		expect(Object.keys(agentOf(`${mac} ${apple} Version/17.5 Safari/605.1.15`))).toEqual([
			"browser",
			"version",
			"system",
			"device",
		]);
	});

	it("may be of any length and any letters", () => {
		const long = `${windows} ${webkit} Chrome/142.0.0.0 ${"Mozilla/5.0 (".repeat(10_000)}`;
		expect(said(long)).toBe("Chrome | 142 | Windows | - | desktop");
		expect(agentOf("\0\ud800".repeat(1_000))).toEqual({});
	});
});

const bots: readonly (readonly [name: string, agent: string])[] = [
	["Googlebot", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"],
	[
		"Googlebot as a phone",
		`Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) ${webkit} Chrome/141.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`,
	],
	["Bingbot", "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"],
	["GPTBot", `Mozilla/5.0 ${webkit}; compatible; GPTBot/1.2; +https://openai.com/gptbot)`],
	["ClaudeBot", `Mozilla/5.0 ${webkit}; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)`],
	["Facebook's preview", "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"],
	["AhrefsBot", "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)"],
	["headless Chrome", `Mozilla/5.0 (X11; Linux x86_64) ${webkit} HeadlessChrome/142.0.0.0 Safari/537.36`],
	["curl", "curl/8.5.0"],
	["nothing", ""],
];

describe("a bot", () => {
	it.each(bots)("is known: %s", (_name, agent) => {
		expect(isBot(agent)).toBe(true);
	});

	it("is whoever sends no agent", () => {
		expect(isBot(null)).toBe(true);
	});

	it.each(agents.filter(([name]) => !["nothing", "anybody's words"].includes(name)))(
		"is not %s",
		(_name, agent) => {
			expect(isBot(agent)).toBe(false);
		},
	);
});
