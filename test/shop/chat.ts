// The shop's live chat, and a greeting on its contact page that invites to it.

import type { Definitions, WrittenSettings } from "../../worker/protocol/site.ts";

export const chat: NonNullable<WrittenSettings["chat"]> = {
	invites: true,
	canned: [
		{ id: "hello", shortcut: "hej", text: "Dzień dobry {firstName}, z tej strony {agent}." },
		{ id: "delivery", shortcut: "dostawa", text: "Wysyłamy w 24 godziny, od 199 zł bezpłatnie." },
	],
};
export const greeting: Definitions["experiences"][number] = {
	id: "greet",
	revision: 1,
	name: "Kontakt: zaproszenie do czatu",
	kind: "greeting",
	surface: { kind: "corner", at: "bottom-end" },
	priority: 0,
	pages: { only: [{ op: "is", value: "/kontakt" }], except: [] },
	schedule: {},
	attention: { afterCloseMs: 0, afterSubmitMs: null },
	trigger: { kind: "at-once" },
	content: {
		pl: {
			label: "Zaproszenie",
			blocks: [
				{ kind: "text", text: "Pomóc w wyborze?" },
				{ kind: "button", text: "Porozmawiajmy", chat: true },
			],
		},
		en: {
			label: "Invitation",
			blocks: [
				{ kind: "text", text: "May we help you choose?" },
				{ kind: "button", text: "Let us talk", chat: true },
			],
		},
	},
};
