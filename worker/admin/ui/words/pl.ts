import { builder } from "./pl/builder.ts";
import { definitions } from "./pl/definitions.ts";
import { figures } from "./pl/figures.ts";
import { lists } from "./pl/lists.ts";
import { live } from "./pl/live.ts";
import { people } from "./pl/people.ts";
import { problems } from "./pl/problems.ts";
import { reports } from "./pl/reports.ts";
import { roles } from "./pl/roles.ts";
import { rules } from "./pl/rules.ts";
import { scores } from "./pl/scores.ts";
import { segments } from "./pl/segments.ts";
import { session } from "./pl/session.ts";
import { shell } from "./pl/shell.ts";
import { start } from "./pl/start.ts";
import { tags } from "./pl/tags.ts";
import { today } from "./pl/today.ts";
import type { Later, Words } from "./words.ts";

export const words: Omit<Words, keyof Later> = {
	builder,
	definitions,
	figures,
	lists,
	live,
	people,
	problems,
	reports,
	roles,
	rules,
	scores,
	segments,
	session,
	shell,
	start,
	tags,
	today,
};

/** What only pages of their own say: loaded with them. */
export const later: Later = {
	account: async () => (await import("./pl/account.ts")).account,
	audit: async () => (await import("./pl/audit.ts")).audit,
	card: async () => (await import("./pl/card.ts")).card,
	chat: async () => (await import("./pl/chat.ts")).chat,
	chatSettings: async () => (await import("./pl/chat-settings.ts")).chatSettings,
	coupons: async () => (await import("./pl/coupons.ts")).coupons,
	experiences: async () => (await import("./pl/experiences.ts")).experiences,
	imports: async () => (await import("./pl/imports.ts")).imports,
	products: async () => (await import("./pl/products.ts")).products,
	settings: async () => (await import("./pl/settings.ts")).settings,
	site: async () => (await import("./pl/site.ts")).site,
};
