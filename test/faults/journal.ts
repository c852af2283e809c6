// What the browsers were told, event by event. Whoever breaks a promise is found out here.

import type { CollectEvent, Verdict } from "../../worker/protocol/collect.ts";

export interface Record {
	readonly event: CollectEvent;
	/** Where it happened; none in a browser that never got an answer. */
	visitor: string | undefined;
	ok: number;
	duplicate: number;
	/** Bodies that carried it and were never answered. */
	unanswered: number;
	readonly other: Verdict[];
}

export class Journal {
	readonly records = new Map<string, Record>();
	bodies = 0;
	bodiesSentAgain = 0;
	/** Answers that were none: a status beside 200. */
	readonly refusals: string[] = [];

	send(events: readonly CollectEvent[]): void {
		this.bodies++;
		for (const event of events) {
			const record = { event, visitor: undefined, ok: 0, duplicate: 0, unanswered: 0, other: [] };
			this.records.set(event.id, record);
		}
	}

	hear(visitor: string, verdicts: readonly Verdict[]): void {
		for (const verdict of verdicts) {
			const record = this.records.get(verdict.id ?? "");
			if (!record) throw new Error(`a verdict on what was never sent: ${JSON.stringify(verdict)}`);
			record.visitor = visitor;
			if (verdict.verdict === "ok") record.ok++;
			else if (verdict.verdict === "duplicate") record.duplicate++;
			else record.other.push(verdict);
		}
	}

	hearNothing(events: readonly CollectEvent[]): void {
		for (const { id } of events) {
			const record = this.records.get(id);
			if (record) record.unanswered++;
		}
	}

	get acknowledged(): readonly Record[] {
		return [...this.records.values()].filter(({ visitor }) => visitor !== undefined);
	}

	/** An event was taken twice, or called a duplicate though nothing could have brought it before. */
	get contradictions(): readonly Record[] {
		return this.acknowledged.filter(
			({ ok, unanswered, other }) => ok > 1 || other.length > 0 || (ok === 0 && unanswered === 0),
		);
	}
}
