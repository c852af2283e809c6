// All that the demo's site has set up: the shop's rules and frames, its chat, and its club.

import type { Definitions, WrittenSettings } from "../../worker/protocol/site.ts";
import { chat, greeting } from "./chat.ts";
import { club } from "./club.ts";
import { settings } from "./definitions.ts";
import { withFrames } from "./frames.ts";

export const demoSettings: WrittenSettings = { ...settings, chat };

export const demo: Definitions = {
	...withFrames,
	programmes: club.programmes,
	scoreRules: [...withFrames.scoreRules, ...club.scoreRules],
	experiences: [...withFrames.experiences, greeting],
};
