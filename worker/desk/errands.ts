// What others are to be told: the visitor's cell, that they chat; the store of files, that some are gone. Written in the
// transaction of the deed, done from here, again after a failure. Whoever is told twice takes it once.

import type { CollectAnswer } from "../cell/call.ts";
import type { Going } from "../outbox/wake.ts";
import type { DeskEnv } from "../platform/env.ts";
import { logFault, logWarning } from "../platform/log.ts";
import { cellOf } from "../platform/name.ts";
import type { CollectEvent } from "../protocol/collect.ts";
import type { DeskStore, Home } from "./store.ts";

export type Errand =
	| {
			readonly is: "tell";
			readonly home: Home;
			readonly visitor: string;
			readonly url: string | null;
			readonly events: readonly CollectEvent[];
	  }
	| { readonly is: "unfile"; readonly files: readonly string[] }
	/** To be looked up in the site's own questions and answers: see answering.ts. */
	| {
			readonly is: "answer";
			readonly conversation: string;
			readonly text: string;
			readonly askedAt: number;
	  };

/** Answers what was asked, once for each id. */
export type Answering = (id: string, asked: Extract<Errand, { is: "answer" }>) => Promise<void>;

const perRun = 50;
const firstRetryMs = 500;
const longestRetryMs = 300_000;
/** About a day and a half: an event that is older is dropped by its cell. */
const mostAttempts = 400;
const never = Number.POSITIVE_INFINITY;

export class Errands implements Going {
	readonly #store: DeskStore;
	readonly #env: DeskEnv;
	readonly #site: () => string;
	readonly #answer: Answering;
	#dueAt = never;

	constructor(store: DeskStore, env: DeskEnv, site: () => string, answer: Answering) {
		this.#store = store;
		this.#env = env;
		this.#site = site;
		this.#answer = answer;
		this.resume();
	}

	get isPending(): boolean {
		return this.#dueAt < never;
	}

	get retryAt(): number {
		return this.#dueAt;
	}

	/** Goes on from what the store holds. */
	resume(): void {
		const at = this.#store.sql.all("SELECT min(due_at) AS at FROM errands")[0]?.at;
		this.#dueAt = typeof at === "number" ? at : never;
	}

	/** In the transaction of the caller. It goes with its conversation; without one it stays. */
	add(id: string, conversation: string, errand: Errand): void {
		this.#store.sql.all(
			`INSERT INTO errands (id, conversation, due_at, attempts, body) VALUES (?, ?, 0, 0, ?) ON CONFLICT (id) DO NOTHING`,
			id,
			conversation,
			JSON.stringify(errand),
		);
		this.#dueAt = 0;
	}

	async run(): Promise<void> {
		const query = "SELECT id, attempts, body FROM errands WHERE due_at <= ? ORDER BY id LIMIT ?";
		const due = this.#store.sql.all(query, Date.now(), perRun);
		for (const { id, attempts, body } of due)
			await this.#try(String(id), Number(attempts), JSON.parse(String(body)));
		this.resume();
	}

	async #try(id: string, attempts: number, errand: Errand): Promise<void> {
		try {
			await this.#do(id, errand);
			this.#store.sql.all("DELETE FROM errands WHERE id = ?", id);
		} catch (error) {
			if (attempts + 1 >= mostAttempts) {
				logFault("desk errand given up", error);
				this.#store.sql.all("DELETE FROM errands WHERE id = ?", id);
				return;
			}
			logWarning("desk errand", { attempts, message: error instanceof Error ? error.message : "unknown" });
			const wait = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(attempts, 12));
			const again = "UPDATE errands SET attempts = attempts + 1, due_at = ? WHERE id = ?";
			this.#store.sql.all(again, Math.ceil(Date.now() + wait * (0.5 + Math.random() / 2)), id);
		}
	}

	async #do(id: string, errand: Errand): Promise<void> {
		switch (errand.is) {
			case "tell":
				return this.#tell(errand);
			case "unfile":
				return this.#env.FILES.delete([...errand.files]);
			case "answer":
				return this.#answer(id, errand);
		}
	}

	/** As their browser would: it is the browser's part that chats, with its proof. */
	async #tell({ home, visitor, url, events }: Extract<Errand, { is: "tell" }>): Promise<void> {
		const site = this.#site();
		const answer = (await cellOf(this.#env, site, home.cell).collect({
			site,
			cell: home.cell,
			who: { is: "known", visitor },
			origin: home.origin ?? undefined,
			environment: {},
			page: { url: url ?? "", visible: false },
			decide: false,
			sentAt: Date.now(),
			events,
			claims: [],
		})) as CollectAnswer;
		// A visitor who was erased is told nothing any more; one whose site has closed this origin meanwhile neither.
		if (answer.is === "refused" && answer.code === "too-many-requests") throw new Error(answer.code);
		if (answer.is === "answered" && answer.verdicts.some(({ verdict }) => verdict === "retry"))
			throw new Error("retry");
	}
}
