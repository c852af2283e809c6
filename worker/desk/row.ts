// A conversation as lists show it.

import type { Conversation } from "../domain/conversation/state.ts";
import type { ConversationRow } from "../protocol/chat.ts";

export function rowOf(id: string, state: Conversation): ConversationRow {
	const { seq, whose, status, agent, name, email, language, startedAt, lastAt, last } = state;
	return {
		id,
		seq,
		person: whose.person,
		visitor: whose.visitor,
		proof: whose.proof,
		name,
		email,
		state: status,
		agent: agent && { ...agent },
		language,
		startedAt,
		lastAt,
		last: last && { ...last },
		waitingSince: state.waitingSince,
		unread: state.unread.length,
		snoozedUntil: state.snoozedUntil,
		stars: state.stars,
	};
}
