// Answers to what a visitor asks, out of the site's own questions and answers, as long as no agent has answered: one that is
// clearly meant, named by its question, and never the same one twice.

import { type FaqText, rank } from "../faq.ts";
import { addressIn, begins } from "./reception.ts";
import type { Conversation } from "./state.ts";

/** How much of what was asked an entry has to speak of, and how much more than the next best. */
const least = 0.3;
const ahead = 1.25;
/** Whoever wrote more than that waits for a person. */
const most = 10;

/** Whether to look for an answer to `text`; `before` is the conversation as it was when the visitor wrote it. */
export function isToAnswer(before: Conversation | undefined, text: string): boolean {
	if (before?.asksAddress && addressIn(text) !== undefined) return false;
	return begins(before) || (!before?.isAnswered && (before?.unread.length ?? 0) < most);
}

/** The entry that answers; nothing where none does, two do alike, or it was `given` before. */
export function answerTo<Entry extends { readonly id: string }>(
	entries: readonly Entry[],
	text: string,
	textOf: (entry: Entry) => FaqText | undefined,
	given: readonly string[],
): Entry | undefined {
	const [best, next] = rank(entries, text, textOf, 2);
	if (!best || best.score < least || (next && best.score < next.score * ahead)) return undefined;
	return given.includes(best.entry.id) ? undefined : best.entry;
}
