// What takes in a desk's lines: transcripts in D1 (see data/conversations.ts). A line has the events of one conversation; the
// conversation itself is told as it stands now, which may be newer.

import {
	type ChangedMessage,
	type DeskIntake,
	deskWatermark,
	type ToldMessage,
	takeInDesk,
} from "../data/conversations.ts";
import { databaseOf } from "../data/database.ts";
import type { Event } from "../domain/conversation/event.ts";
import { fold } from "../domain/text.ts";
import type { Receiver } from "../outbox/delivery.ts";
import type { Line } from "../outbox/slots.ts";
import { digestOf } from "../platform/digest.ts";
import type { DatabaseEnv } from "../platform/env.ts";
import { rowOf } from "./row.ts";
import type { DeskStore } from "./store.ts";

/** `part` is the conversation, as the outbox names what a line is about. Without events it is gone. */
export interface Told {
	readonly part: string;
	readonly events?: readonly Event[];
}

export class DeskReceiver implements Receiver {
	readonly #store: DeskStore;
	readonly #env: DatabaseEnv;
	readonly #site: () => string;
	#watermark: number | undefined;
	readonly hasTurned = false;

	constructor(store: DeskStore, env: DatabaseEnv, site: () => string) {
		this.#store = store;
		this.#env = env;
		this.#site = site;
	}

	get isKnown(): boolean {
		return this.#watermark !== undefined;
	}

	distrust(): void {
		this.#watermark = undefined;
	}

	async ask(lines: readonly Line[]) {
		const watermark = await deskWatermark(this.#database(), this.#site());
		this.#watermark = watermark;
		return { taken: lines.filter(({ seq }) => seq <= watermark), had: [watermark] };
	}

	/** The desk takes back itself what is no longer to be told. */
	lapse(): boolean {
		return false;
	}

	async take(lines: readonly Line[]): Promise<void> {
		const to = Math.max(...lines.map(({ seq }) => seq));
		await takeInDesk(this.#database(), this.#intakeOf(lines, to));
		this.#watermark = to;
	}

	async touch(): Promise<void> {
		await takeInDesk(this.#database(), this.#intakeOf([], this.#known()));
	}

	#intakeOf(lines: readonly Line[], to: number): DeskIntake {
		const told = lines.map(({ payload }): Told => JSON.parse(payload));
		const ids = [...new Set(told.map(({ part }) => part))];
		const parts = new Map(ids.map((id) => [id, this.#store.state(id)?.whose.part ?? ""]));
		const messages: ToldMessage[] = [];
		const changed = new Map<string, ChangedMessage>();
		for (const { part: conversation, events = [] } of told)
			for (const event of events) {
				const at = { part: parts.get(conversation) ?? "", conversation };
				const message = messageOf(at, event);
				const change = changeOf(at, event);
				if (message) messages.push(message);
				if (change) changed.set(`${conversation} ${change.id}`, change);
			}
		return {
			site: this.#site(),
			watermark: { from: this.#known(), to },
			conversations: ids.flatMap((id) => {
				const state = this.#store.state(id);
				if (!state) return [];
				const { whose, firstAskedAt, firstAnswer } = state;
				return {
					id,
					part: whose.part,
					firstAskedAt,
					firstAnswerMs: firstAnswer?.ms ?? null,
					firstAgent: firstAnswer?.agent ?? null,
					row: rowOf(id, state),
					digests: [digestOf("person", whose.person), digestOf("part", whose.part)],
				};
			}),
			messages,
			changed: [...changed.values()],
			gone: ids.filter((id) => !this.#store.state(id)),
		};
	}

	#known(): number {
		if (this.#watermark === undefined) throw new Error("D1 was not asked how it stands");
		return this.#watermark;
	}

	#database(): D1Database {
		return databaseOf(this.#env, this.#site());
	}
}

type At = Pick<ToldMessage, "part" | "conversation">;

function messageOf(where: At, event: Event): ToldMessage | undefined {
	if (event.is !== "sent" && event.is !== "noted") return undefined;
	const { seq, id, at, is, by } = event;
	const names = event.is === "sent" ? (event.attachments ?? []).map(({ name }) => name) : [];
	const text = [event.text, ...names].filter((one) => one !== "").join("\n");
	return { ...where, seq, id, at, kind: is, author: JSON.stringify(by), text, folded: fold(text) };
}

function changeOf(where: At, event: Event): ChangedMessage | undefined {
	if (event.is !== "edited" && event.is !== "deleted") return undefined;
	const text = event.is === "edited" ? event.text : "";
	return { ...where, id: event.message, text, folded: fold(text) };
}
