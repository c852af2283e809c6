// Asking what desks told: a site's conversations, what was written in them, and what they come to.

import { fold } from "../domain/text.ts";
import type { ConversationRow, ConversationsView } from "../protocol/chat.ts";

export interface ConversationsAsked {
	readonly state?: "open" | "snoozed" | "closed";
	/** An account, or "none". */
	readonly agent?: string;
	readonly person?: string;
	/** What is searched for. */
	readonly text?: string;
	readonly before?: number;
	readonly limit: number;
}

/** What of a message is shown where it was found, and from how far before the first of the words. */
const excerpt = 160;
const lead = 40;
/** Of the messages with all the words, the latest so many are looked at: common words must not cost more than rare ones. */
const mostFound = 2_000;
const mostWords = 8;

/** The latest first. With a text, those with a message that has all words that begin like those of the text. */
export async function conversationsOf(
	db: D1Database,
	site: string,
	asked: ConversationsAsked,
): Promise<ConversationsView> {
	const words = asked.text === undefined ? undefined : wordsOf(asked.text);
	if (words?.length === 0) return { conversations: [], next: null };
	const { state, agent, person, before, limit } = asked;
	const found = words && [matching(site, words), words[0] ?? ""];
	const { results } = await db
		.prepare(found ? foundBy : listed)
		.bind(site, state ?? null, agent ?? null, person ?? null, before ?? null, limit + 1, ...(found ?? []))
		.all<{ row: string; last_at: number; found: string | null }>();
	const shown = results.slice(0, limit);
	return {
		conversations: shown.map((one) => ({
			...(JSON.parse(one.row) as ConversationRow),
			...(one.found !== null && { found: one.found }),
		})),
		next: results.length > limit ? (shown.at(-1)?.last_at ?? null) : null,
	};
}

const wanted = `c.site = ?1 AND (?2 IS NULL OR c.state = ?2) AND (?3 IS NULL OR coalesce(c.agent, 'none') = ?3)
	AND (?4 IS NULL OR c.person = ?4) AND (?5 IS NULL OR c.last_at < ?5)`;

const listed = `SELECT c.row, c.last_at, NULL AS found FROM conversations c WHERE ${wanted}
	ORDER BY c.last_at DESC LIMIT ?6`;

/** Of each conversation the latest message that was found: the one of the highest number that it has in the index. */
const foundBy = `WITH hits AS MATERIALIZED (SELECT rowid AS doc FROM message_words WHERE message_words MATCH ?7
		ORDER BY rowid DESC LIMIT ${mostFound}),
	latest AS MATERIALIZED (SELECT m.conversation, max(m.doc) AS doc,
		substr(m.text, max(1, instr(m.folded, ?8) - ${lead}), ${excerpt}) AS found
		FROM hits h CROSS JOIN messages m ON m.doc = h.doc AND m.site = ?1 GROUP BY 1)
	SELECT c.row, c.last_at, l.found FROM latest l CROSS JOIN conversations c ON c.id = l.conversation AND ${wanted}
	ORDER BY c.last_at DESC LIMIT ?6`;

/** As the index parts a text into words. */
function wordsOf(text: string): readonly string[] {
	return [...new Set(fold(text).match(/[\p{L}\p{N}]+/gu) ?? [])].slice(0, mostWords);
}

/** In the language of FTS5: all of the words, each perhaps going on, in messages of the site alone (see migration 0034). */
function matching(site: string, words: readonly string[]): string {
	const hex = Array.from(new TextEncoder().encode(site), (byte) => byte.toString(16).padStart(2, "0")).join(
		"",
	);
	return [`site : "s${hex}"`, ...words.map((word) => `folded : "${word}" *`)].join(" AND ");
}
