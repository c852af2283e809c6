// Conversations and what was written in them, as each site's desk tells it. A batch first moves the desk's watermark from
// exactly where it stands, and so fails whole where it was committed before, in whole or in part.

import type { ConversationRow } from "../protocol/chat.ts";

/** The desk among the cells of a site, in whose table of watermarks it stands: no cell is called so. */
const desk = "desk";

export interface ToldConversation {
	readonly id: string;
	readonly part: string;
	readonly firstAskedAt: number | null;
	readonly firstAnswerMs: number | null;
	readonly firstAgent: string | null;
	readonly row: ConversationRow;
	/** Of the person and of the part: where one of them was erased, nothing is taken in. */
	readonly digests: readonly string[];
}

export interface ToldMessage {
	readonly part: string;
	readonly conversation: string;
	readonly seq: number;
	readonly id: string;
	readonly at: number;
	readonly kind: "sent" | "noted";
	readonly author: string;
	readonly text: string;
	readonly folded: string;
}

export interface ChangedMessage {
	readonly part: string;
	readonly conversation: string;
	readonly id: string;
	readonly text: string;
	readonly folded: string;
}

export interface DeskIntake {
	readonly site: string;
	readonly watermark: { readonly from: number; readonly to: number };
	readonly conversations: readonly ToldConversation[];
	readonly messages: readonly ToldMessage[];
	readonly changed: readonly ChangedMessage[];
	/** Conversations that are no more. */
	readonly gone: readonly string[];
}

const move = `INSERT INTO watermarks (site, cell, seq) VALUES (?1, '${desk}', ?3)
	ON CONFLICT (site, cell) DO UPDATE SET seq = CASE WHEN seq = ?2 THEN ?3 END`;

const isErased = (digests: string) => `EXISTS (SELECT 1 FROM json_each(${digests}) d
	CROSS JOIN tombstones t ON t.site = ?1 AND t.digest = d.value)`;

const conversations = `INSERT INTO conversations (site, id, seq, person, part, visitor, state, agent, started_at, last_at,
		first_asked_at, first_answer_ms, first_agent, stars, row)
	SELECT ?1, value ->> '$.id', value ->> '$.row.seq', value ->> '$.row.person', value ->> '$.part',
		value ->> '$.row.visitor', value ->> '$.row.state', value ->> '$.row.agent.agent', value ->> '$.row.startedAt',
		value ->> '$.row.lastAt', value ->> '$.firstAskedAt', value ->> '$.firstAnswerMs', value ->> '$.firstAgent',
		value ->> '$.row.stars', value ->> '$.row'
	FROM json_each(?2) WHERE NOT ${isErased("value -> '$.digests'")}
	ON CONFLICT (site, id) DO UPDATE SET seq = excluded.seq, person = excluded.person, state = excluded.state,
		agent = excluded.agent, last_at = excluded.last_at, first_asked_at = excluded.first_asked_at,
		first_answer_ms = excluded.first_answer_ms, first_agent = excluded.first_agent, stars = excluded.stars,
		row = excluded.row
	WHERE excluded.seq > conversations.seq`;

/** Of conversations that are there: those of whoever was erased are not. */
const messages = `INSERT INTO messages (site, part, conversation, seq, id, at, kind, author, text, folded)
	SELECT ?1, value ->> '$.part', value ->> '$.conversation', value ->> '$.seq', value ->> '$.id', value ->> '$.at',
		value ->> '$.kind', value ->> '$.author', value ->> '$.text', value ->> '$.folded'
	FROM json_each(?2) WHERE EXISTS (SELECT 1 FROM conversations c WHERE c.site = ?1 AND c.id = value ->> '$.conversation')
	ON CONFLICT DO NOTHING`;

const changed = `UPDATE messages SET text = c.text, folded = c.folded
	FROM (SELECT value ->> '$.part' AS part, value ->> '$.conversation' AS conversation, value ->> '$.id' AS id,
		value ->> '$.text' AS text, value ->> '$.folded' AS folded FROM json_each(?2)) c
	WHERE messages.site = ?1 AND messages.part = c.part AND messages.conversation = c.conversation
		AND messages.id = c.id AND messages.kind = 'sent'`;

const goneMessages = `DELETE FROM messages WHERE site = ?1 AND (part, conversation) IN (
	SELECT c.part, c.id FROM json_each(?2) g CROSS JOIN conversations c ON c.site = ?1 AND c.id = g.value)`;
const gone = "DELETE FROM conversations WHERE site = ?1 AND id IN (SELECT value FROM json_each(?2))";

/** Commits the intake whole, or throws and leaves everything as it was. */
export async function takeInDesk(db: D1Database, intake: DeskIntake): Promise<void> {
	const { site, watermark } = intake;
	const batch = [db.prepare(move).bind(site, watermark.from, watermark.to)];
	const add = (statement: string, rows: readonly unknown[]) => {
		if (rows.length > 0) batch.push(db.prepare(statement).bind(site, JSON.stringify(rows)));
	};
	add(conversations, intake.conversations);
	add(messages, intake.messages);
	add(changed, intake.changed);
	add(goneMessages, intake.gone);
	add(gone, intake.gone);
	await db.batch(batch);
}

/** Up to which number D1 has what the site's desk told. */
export async function deskWatermark(db: D1Database, site: string): Promise<number> {
	const query = db.prepare("SELECT seq FROM watermarks WHERE site = ?1 AND cell = ?2").bind(site, desk);
	return (await query.first<number>("seq")) ?? 0;
}
