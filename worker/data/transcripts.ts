// Asking what desks told: a site's conversations, what was written in them, and what they come to.

import type { ConversationRow, ConversationsView, DeskFigures } from "../protocol/chat.ts";

export interface ConversationsAsked {
	readonly state?: "open" | "snoozed" | "closed";
	/** An account, or "none". */
	readonly agent?: string;
	readonly person?: string;
	/** Folded. */
	readonly words?: string;
	readonly before?: number;
	readonly limit: number;
}

/** What of a message is shown where it was found by words. */
const excerpt = 160;

/** The latest first. With words, those in which they were written, each with where. */
export async function conversationsOf(
	db: D1Database,
	site: string,
	{ state, agent, person, words, before, limit }: ConversationsAsked,
): Promise<ConversationsView> {
	// The instr of SQLite and not its LIKE: that stops at 50 bytes, and takes % and _ for something.
	const found =
		words === undefined
			? "NULL"
			: `(SELECT substr(m.text, 1, ${excerpt}) FROM messages m WHERE m.site = ?1 AND m.part = c.part
				AND m.conversation = c.id AND instr(m.folded, ?7) > 0 ORDER BY m.seq DESC LIMIT 1)`;
	const query = `SELECT row, last_at, found FROM (SELECT c.row, c.last_at, c.id, ${found} AS found FROM conversations c
			WHERE c.site = ?1 AND (?2 IS NULL OR c.state = ?2) AND (?3 IS NULL OR coalesce(c.agent, 'none') = ?3)
				AND (?4 IS NULL OR c.person = ?4) AND (?5 IS NULL OR c.last_at < ?5)
			ORDER BY c.last_at DESC)
		WHERE ${words === undefined ? "?7 IS NULL" : "found IS NOT NULL"} LIMIT ?6`;
	const { results } = await db
		.prepare(query)
		.bind(site, state ?? null, agent ?? null, person ?? null, before ?? null, limit + 1, words ?? null)
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

/** Of conversations that began since `from` (epoch ms). */
export async function chatFiguresOf(
	db: D1Database,
	site: string,
	from: number,
): Promise<Pick<DeskFigures, "conversations" | "answered" | "firstAnswerMs" | "ratings">> {
	const since = "FROM conversations WHERE site = ?1 AND started_at >= ?2";
	const at = (share: number) => `(SELECT first_answer_ms ${since} AND first_answer_ms IS NOT NULL
		ORDER BY first_answer_ms LIMIT 1 OFFSET (SELECT CAST(count(first_answer_ms) * ${share} AS INTEGER) ${since}))`;
	const row = await db
		.prepare(
			`SELECT count(*) AS conversations, count(first_answer_ms) AS answered, ${at(0.5)} AS median, ${at(0.9)} AS p90,
				count(stars) AS rated, avg(stars) AS average,
				sum(stars = 1) AS s1, sum(stars = 2) AS s2, sum(stars = 3) AS s3, sum(stars = 4) AS s4, sum(stars = 5) AS s5
			${since}`,
		)
		.bind(site, from)
		.first<Record<string, number | null>>();
	const of = (name: string) => row?.[name] ?? 0;
	return {
		conversations: of("conversations"),
		answered: of("answered"),
		firstAnswerMs: { median: row?.median ?? null, p90: row?.p90 ?? null },
		ratings: {
			count: of("rated"),
			average: row?.average ?? null,
			stars: [of("s1"), of("s2"), of("s3"), of("s4"), of("s5")],
		},
	};
}

/** Each agent's, by whom answered first. */
export async function agentFiguresOf(
	db: D1Database,
	site: string,
	from: number,
): Promise<
	readonly {
		readonly agent: string;
		readonly conversations: number;
		readonly firstAnswerMs: number | null;
		readonly stars: number | null;
	}[]
> {
	const { results } = await db
		.prepare(
			`SELECT first_agent AS agent, count(*) AS conversations, CAST(avg(first_answer_ms) AS INTEGER) AS firstAnswerMs,
				avg(stars) AS stars FROM conversations
			WHERE site = ?1 AND started_at >= ?2 AND first_agent IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1`,
		)
		.bind(site, from)
		.all<{ agent: string; conversations: number; firstAnswerMs: number | null; stars: number | null }>();
	return results;
}
