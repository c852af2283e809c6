import { builder } from "./en/builder.ts";
import { definitions } from "./en/definitions.ts";
import { figures } from "./en/figures.ts";
import { lists } from "./en/lists.ts";
import { live } from "./en/live.ts";
import { people } from "./en/people.ts";
import { problems } from "./en/problems.ts";
import { reports } from "./en/reports.ts";
import { roles } from "./en/roles.ts";
import { rules } from "./en/rules.ts";
import { scores } from "./en/scores.ts";
import { segments } from "./en/segments.ts";
import { session } from "./en/session.ts";
import { shell } from "./en/shell.ts";
import { start } from "./en/start.ts";
import { tags } from "./en/tags.ts";
import { today } from "./en/today.ts";

export const words = {
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
export const later = {
	account: async () => (await import("./en/account.ts")).account,
	audit: async () => (await import("./en/audit.ts")).audit,
	card: async () => (await import("./en/card.ts")).card,
	chat: async () => (await import("./en/chat.ts")).chat,
	chatSettings: async () => (await import("./en/chat-settings.ts")).chatSettings,
	coupons: async () => (await import("./en/coupons.ts")).coupons,
	experiences: async () => (await import("./en/experiences.ts")).experiences,
	imports: async () => (await import("./en/imports.ts")).imports,
	products: async () => (await import("./en/products.ts")).products,
	settings: async () => (await import("./en/settings.ts")).settings,
	site: async () => (await import("./en/site.ts")).site,
};
