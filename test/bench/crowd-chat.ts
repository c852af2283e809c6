// A crowd in the live chat: visitors who write now and then, agents who answer each of them, links that break. Each comes
// back as the widget does, with a growing pause and jitter, and keeps what was not acknowledged.

import type { AgentDown, ConversationRow, VisitorDown } from "../../worker/protocol/chat.ts";
import { messageId } from "../support/client.ts";
import { Wire } from "../support/wire.ts";

const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** As the widget's and the admin's. */
const pingMs = 25_000;

/** What was said when, and when each agent saw it. */
export interface Seen {
	readonly sentAt: number;
	seq: number | undefined;
}

/** A link that is kept up. */
abstract class Linked<Down> {
	#wire: Wire | undefined;
	#failures = 0;
	#pinging: ReturnType<typeof setInterval> | undefined;
	#isOver = false;
	isUp = false;
	wrongs: string[] = [];

	protected abstract ask(): readonly [url: string, headers: Readonly<Record<string, string>>];
	protected abstract hear(down: Down): void;

	start(): void {
		void this.#connect();
	}

	say(frame: object): void {
		if (this.isUp) this.#wire?.send(JSON.stringify(frame));
	}

	/** The link is gone, and nobody says so. */
	drop(): void {
		if (this.isUp) this.#wire?.vanish();
	}

	end(): void {
		this.#isOver = true;
		this.#wire?.vanish();
	}

	protected welcomed(): void {
		this.isUp = true;
		this.#failures = 0;
	}

	async #connect(): Promise<void> {
		if (this.#isOver) return;
		try {
			const [url, headers] = this.ask();
			this.#wire = await Wire.open(url, headers, {
				text: (text) => {
					if (text !== "pong") this.hear(JSON.parse(text));
				},
				gone: (code) => {
					if (code !== undefined && code >= 4400 && code !== 4401) this.wrongs.push(`closed with ${code}`);
					this.#lost();
				},
			});
			this.#pinging = setInterval(() => this.#wire?.send("ping"), pingMs);
		} catch {
			this.#lost();
		}
	}

	#lost(): void {
		this.isUp = false;
		clearInterval(this.#pinging);
		if (this.#isOver) return;
		const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#failures++) * (0.5 + Math.random());
		setTimeout(() => void this.#connect(), pause);
	}
}

export class Guest extends Linked<VisitorDown> {
	readonly #edge: string;
	readonly #key: string;
	readonly #token: string;
	/** Ids of what is in doubt, with the text. */
	readonly waiting = new Map<string, string>();
	/** What it said itself and was acknowledged. */
	readonly said = new Map<string, Seen>();
	/** Own messages in the log, by number. */
	readonly log = new Map<number, string>();
	readonly answeredIn: number[] = [];
	conversation: string | null = null;
	#upTo = 0;
	#sent = new Map<string, number>();

	constructor(edge: string, key: string, token: string) {
		super();
		this.#edge = edge;
		this.#key = key;
		this.#token = token;
	}

	write(text: string): void {
		const id = messageId();
		this.waiting.set(id, text);
		this.#sent.set(id, Date.now());
		this.say({ is: "do", commands: [{ id, is: "send", text }] });
	}

	protected ask() {
		const known = this.conversation === null ? "" : `&conversation=${this.conversation}&after=${this.#upTo}`;
		return [
			`${this.#edge}/v1/chat?site=${this.#key}${known}`,
			{ "sec-websocket-protocol": `witaj-chat, ${this.#token}`, origin: "https://shop.example" },
		] as const;
	}

	protected hear(down: VisitorDown): void {
		if (down.is === "welcome" || down.is === "news") {
			this.conversation = down.conversation;
			if (down.is === "news" && down.after !== this.#upTo)
				this.wrongs.push(`has ${this.#upTo} and was told of what is after ${down.after}`);
			for (const event of down.events) {
				if (event.is !== "sent") continue;
				if (event.by.who === "visitor") this.log.set(event.seq, event.id);
				else if (event.seq > this.#upTo && down.is === "news")
					this.answeredIn.push(Date.now() - Number(event.text.split(" ")[1]));
			}
			this.#upTo = Math.max(this.#upTo, down.upTo);
		}
		if ("acks" in down)
			for (const ack of down.acks ?? []) {
				if (ack.is !== "ok") {
					this.wrongs.push(`refused: ${ack.why}`);
					continue;
				}
				this.waiting.delete(ack.id);
				this.said.set(ack.id, { sentAt: this.#sent.get(ack.id) ?? Number.NaN, seq: ack.seq });
			}
		if (down.is !== "welcome") return;
		this.welcomed();
		this.say({ is: "here", url: "https://shop.example/", visible: true });
		const commands = [...this.waiting].map(([id, text]) => ({ id, is: "send", text }));
		if (commands.length > 0) this.say({ is: "do", commands });
	}
}

/** An agent at the inbox: sees every row, and answers those that are theirs. */
export class Clerk extends Linked<AgentDown> {
	readonly #edge: string;
	readonly #site: string;
	readonly #adminToken: string;
	readonly #isMine: (row: ConversationRow) => boolean;
	/** Of each conversation, when this agent first saw which number. */
	readonly sights = new Map<string, { readonly seq: number; readonly at: number }[]>();
	readonly waiting = new Map<string, { readonly conversation: string; readonly command: object }>();
	/** Conversations with the number that was answered last. */
	readonly #answered = new Map<string, number>();
	acknowledged = 0;

	constructor(edge: string, site: string, adminToken: string, isMine: (row: ConversationRow) => boolean) {
		super();
		this.#edge = edge;
		this.#site = site;
		this.#adminToken = adminToken;
		this.#isMine = isMine;
	}

	protected ask() {
		const url = `${this.#edge}/api/sites/${this.#site}/desk`;
		return [url, { authorization: `Bearer ${this.#adminToken}` }] as const;
	}

	protected hear(down: AgentDown): void {
		if (down.is === "welcome") {
			this.welcomed();
			for (const { conversation, command } of this.waiting.values())
				this.say({ is: "do", conversation, commands: [command] });
			for (const row of down.conversations) this.#look(row);
		}
		if (down.is === "rows") for (const row of down.rows) this.#look(row);
		if (down.is === "acks" || down.is === "news")
			for (const ack of down.acks ?? []) {
				if (ack.is !== "ok") this.wrongs.push(`an agent was refused: ${ack.why}`);
				else if (this.waiting.delete(ack.id)) this.acknowledged++;
			}
	}

	#look(row: ConversationRow): void {
		const sights = this.sights.get(row.id) ?? [];
		sights.push({ seq: row.seq, at: Date.now() });
		this.sights.set(row.id, sights);
		if (row.last?.by !== "visitor" || !this.#isMine(row)) return;
		if ((this.#answered.get(row.id) ?? 0) >= row.seq) return;
		this.#answered.set(row.id, row.seq);
		const id = messageId();
		const command = { id, is: "send", text: `answered ${Date.now()}`, seen: row.seq };
		this.waiting.set(id, { conversation: row.id, command });
		this.say({ is: "do", conversation: row.id, commands: [command] });
	}
}
