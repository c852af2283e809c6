// Those who talk in one room while everything breaks: each keeps what was not acknowledged and sends it again, in one frame,
// and holds the log as far as it was told.

import type { AgentDown, LogEvent, VisitorDown } from "../../worker/protocol/chat.ts";
import { messageId } from "../support/client.ts";
import { Wire } from "../support/wire.ts";

type Down = VisitorDown | AgentDown;

export interface Place {
	/** Where the edge answers; while it is dead, whoever asks waits. */
	edge: Promise<string>;
	readonly site: string;
	readonly key: string;
	readonly token: string;
	readonly adminToken: string;
	/** Known as soon as the visitor has begun it. */
	conversation: string;
}

interface Kept {
	readonly id: string;
	readonly text: string;
}

const perFrame = 50;
const longestTickMs = 120;
/** Whoever has so much in doubt waits with more, as people do who see that nothing goes out. */
const mostInDoubt = 40;

export class Talker {
	readonly kind: "visitor" | "agent";
	readonly log = new Map<number, LogEvent>();
	readonly acknowledged = new Map<string, number>();
	/** What was sent and is in doubt, in the order in which it was written. */
	readonly waiting = new Map<string, Kept>();
	/** What must never be. */
	readonly wrongs: string[] = [];
	readonly #place: Place;
	readonly #name: string;
	#wire: Wire | undefined;
	#isSeated = false;
	#upTo = 0;
	/** Of what it missed, and must ask for page by page, the numbers above the first and below the second. */
	readonly #gaps: { readonly above: number; below: number }[] = [];
	#written = 0;
	#flooded = 0;
	drops = 0;
	isOver = false;

	constructor(kind: "visitor" | "agent", name: string, place: Place) {
		this.kind = kind;
		this.#name = name;
		this.#place = place;
	}

	get upTo(): number {
		return this.#upTo;
	}

	/** Nothing is in doubt, and nothing missing. */
	get isSettled(): boolean {
		return this.waiting.size + this.#gaps.length === 0;
	}

	/** Comes back whenever the line is gone, until it is over. */
	async stay(): Promise<void> {
		while (!this.isOver) {
			try {
				await this.#connect();
			} catch {
				await sleep(20 + Math.random() * 80);
			}
		}
		this.#wire?.vanish();
	}

	/** Writes now and then, so many a second on the average, until told otherwise. */
	async talk(perSecond: number, until: () => boolean): Promise<void> {
		while (!until()) {
			const ms = Math.random() * longestTickMs;
			await sleep(ms);
			if (this.waiting.size >= mostInDoubt) continue;
			const many = Math.round((perSecond * longestTickMs) / 2_000 + Math.random() - 0.5);
			const written = Array.from({ length: many }, () => this.#write());
			if (this.#isSeated && this.#flooded < Date.now()) this.#send(written);
		}
	}

	drop(): void {
		if (!this.#wire || !this.#isSeated) return;
		this.drops++;
		this.#wire.vanish();
	}

	#write(): Kept {
		const one = {
			id: messageId(),
			text: `${this.#name} ${this.#written++} zażółć ${"x".repeat(Math.random() * 60)}`,
		};
		this.waiting.set(one.id, one);
		return one;
	}

	/** All in one frame, or in as few as it takes: one frame each would melt whoever comes back, and the desk. */
	#send(kept: readonly Kept[]): void {
		for (let from = 0; from < kept.length; from += perFrame) {
			const commands = kept.slice(from, from + perFrame).map(({ id, text }) => ({
				id,
				is: "send",
				text,
				...(this.kind === "agent" && { seen: 1_000_000_000 }),
			}));
			const { conversation } = this.#place;
			this.#say({ is: "do", commands, ...(this.kind === "agent" && { conversation }) });
		}
	}

	#say(frame: object): void {
		this.#wire?.send(JSON.stringify(frame));
	}

	async #connect(): Promise<void> {
		const { edge, site, key, token, adminToken, conversation } = this.#place;
		const at = await edge;
		const [url, headers] =
			this.kind === "agent"
				? [`${at}/api/sites/${site}/desk`, { authorization: `Bearer ${adminToken}` }]
				: [
						`${at}/v1/chat?site=${key}&conversation=${conversation}&after=${this.#upTo}`,
						{ "sec-websocket-protocol": `witaj-chat, ${token}`, origin: "https://shop.example" },
					];
		await new Promise<void>((resolve, reject) => {
			Wire.open(url, headers as Record<string, string>, {
				text: (text) => this.#hear(JSON.parse(text)),
				gone: () => {
					this.#isSeated = false;
					resolve();
				},
			}).then((wire) => {
				this.#wire = wire;
			}, reject);
		});
	}

	#hear(frame: Down): void {
		switch (frame.is) {
			case "welcome":
				if ("me" in frame) {
					const { conversation } = this.#place;
					this.#say({ is: "open", conversation, after: this.#upTo });
					return;
				}
				this.#take(frame, true);
				this.#seat();
				return;
			case "news": {
				const isFirst = this.kind === "agent" && !this.#isSeated;
				this.#take(frame, isFirst);
				for (const ack of frame.acks ?? []) this.#acknowledge(ack);
				if (isFirst) this.#seat();
				return;
			}
			case "acks":
				for (const ack of frame.acks) this.#acknowledge(ack);
				return;
			case "older":
				this.#fill(frame);
				return;
		}
	}

	/** From here on it hears everything: what is in doubt is said again. */
	#seat(): void {
		this.#isSeated = true;
		this.#ask();
		this.#send([...this.waiting.values()]);
	}

	#take(
		span: {
			readonly after: number;
			readonly upTo: number;
			readonly hasOlder?: true;
			readonly events: readonly LogEvent[];
		},
		isFirst: boolean,
	): void {
		if (span.hasOlder && span.after > this.#upTo)
			this.#gaps.push({ above: this.#upTo, below: span.after + 1 });
		if (!isFirst && span.after !== this.#upTo)
			this.wrongs.push(`${this.#name} has ${this.#upTo} and was told of what is after ${span.after}`);
		for (const event of span.events) this.#put(event);
		this.#upTo = Math.max(this.#upTo, span.upTo);
	}

	/** From here on it hears all that is new; what is older, it asks for. */
	#ask(): void {
		const [gap] = this.#gaps;
		const { conversation } = this.#place;
		if (gap) this.#say({ is: "older", before: gap.below, ...(this.kind === "agent" && { conversation }) });
	}

	#fill({ after, before, events }: Extract<Down, { is: "older" }>): void {
		for (const event of events) this.#put(event);
		const [gap] = this.#gaps;
		if (gap?.below === before) gap.below = after + 1;
		if (gap && gap.below <= gap.above + 1) this.#gaps.shift();
		this.#ask();
	}

	#put(event: LogEvent): void {
		const known = this.log.get(event.seq);
		if (known && JSON.stringify(known) !== JSON.stringify(event))
			this.wrongs.push(`${this.#name} was told two things of ${event.seq}`);
		this.log.set(event.seq, event);
	}

	#acknowledge(
		ack: { readonly id: string } & (
			| { readonly is: "ok"; readonly seq: number }
			| { readonly is: "refused"; readonly why: string }
		),
	): void {
		if (ack.is === "ok") {
			const before = this.acknowledged.get(ack.id);
			if (before !== undefined && before !== ack.seq) this.wrongs.push(`${ack.id} was given two numbers`);
			this.acknowledged.set(ack.id, ack.seq);
			this.waiting.delete(ack.id);
			return;
		}
		if (ack.why !== "flood") {
			this.wrongs.push(`${this.#name} was refused: ${ack.why}`);
			return;
		}
		if (this.#flooded > Date.now()) return;
		this.#flooded = Date.now() + 1_000;
		setTimeout(() => this.#isSeated && this.#send([...this.waiting.values()]), 1_050);
	}
}

export function sleep(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
