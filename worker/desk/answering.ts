// Answers out of the site's own questions and answers. They are looked up in D1 when the visitor's message has long been
// acknowledged: while D1 is away there is none, and what comes too late, or after an agent, is not said.

import { databaseOf } from "../data/database.ts";
import { entriesOf } from "../data/faq.ts";
import { answerTo } from "../domain/conversation/answering.ts";
import type { DatabaseEnv } from "../platform/env.ts";
import type { FaqTexts } from "../protocol/faq.ts";
import type { Errand } from "./errands.ts";
import type { DeskStore } from "./store.ts";
import type { AnswerCommand } from "./talk.ts";
import { languageOf, wordsFor } from "./words.ts";

/** Nobody waits longer for what answers by itself. */
const freshMs = 2 * 60_000;
/** Of so many events of the log it is known which answers were given. */
const looksBack = 500;

/** What the site says to what was asked; nothing where it has no answer, or somebody has answered meanwhile. */
export async function answerOf(
	store: DeskStore,
	env: DatabaseEnv,
	site: string,
	id: string,
	{ conversation, text, askedAt }: Extract<Errand, { is: "answer" }>,
): Promise<AnswerCommand | undefined> {
	if (Date.now() > askedAt + freshMs) return undefined;
	const stored = await entriesOf(databaseOf(env, site), site);
	const state = store.state(conversation);
	if (!state || state.waitingSince === null) return undefined;
	const language = languageOf(state.language);
	const entries = stored.map((one) => ({ id: one.id, texts: JSON.parse(one.texts) as FaqTexts }));
	const given = store
		.eventsBefore(conversation, state.seq + 1, looksBack)
		.flatMap((event) => (event.is === "sent" && event.entry !== undefined ? [event.entry] : []));
	const entry = answerTo(entries, text, ({ texts }) => texts[language], given);
	const said = entry?.texts[language];
	if (!entry || !said) return undefined;
	return {
		id,
		is: "answer",
		text: `${said.answer}\n\n${wordsFor(state.language).source(said.question)}`,
		entry: entry.id,
	};
}
