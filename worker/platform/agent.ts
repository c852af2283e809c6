// What a user agent says of the browser, and whether it is one.

import Bowser from "bowser";
import { isbot } from "isbot";
import type { Environment } from "../domain/facts.ts";

/** Agents repeat: the last few hundred are remembered by their text. */
const known = new Map<string, Environment>();
const remembered = 500;

export function isBot(agent: string | null): boolean {
	return agent === null || agent === "" || isbot(agent);
}

/** Browser, system and device class; what is not recognised is absent. */
export function agentOf(agent: string): Environment {
	const seen = known.get(agent);
	if (seen) return seen;
	const { browser, os, platform } = Bowser.parse(agent);
	const device = platform.type === "mobile" ? "phone" : platform.type;
	const environment = {
		...(browser.name ? { browser: browser.name } : {}),
		...(os.name ? { system: os.name } : {}),
		...(device ? { device } : {}),
	};
	if (known.size >= remembered) known.clear();
	known.set(agent, environment);
	return environment;
}
