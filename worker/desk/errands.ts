// What others are to be told: the visitor's cell, that they chat; the store of files, that some are gone. Written in the
// transaction of the deed, done from here, again after a failure. Whoever is told twice takes it once.

import { collectIn } from "../cell/call.ts";
import type { Going } from "../outbox/wake.ts";
import { backoffMs } from "../platform/backoff.ts";
import type { DeskEnv } from "../platform/env.ts";
import { logFault, logWarning, messageOf } from "../platform/log.ts";
import { cellOf } from "../platform/name.ts";
import type { Row } from "../platform/sql.ts";
import type { CollectEvent } from "../protocol/collect.ts";
import { limits } from "../protocol/limits.ts";
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

const perRun = 500;
/**
 * A conversation is told of at once, and then no oftener than that: each telling is a request of that visitor's, of whom a
 * cell bears only so many.
 */
const tellEveryMs = 5_000;
const mostKnown = 10_000;
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
	/** From when on a conversation may be told of again. */
	readonly #mayTellAt = new Map<string, number>();

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
		const dueAt = errand.is === "tell" ? (this.#mayTellAt.get(conversation) ?? 0) : 0;
		this.#store.sql.all(
			`INSERT INTO errands (id, conversation, due_at, attempts, body) VALUES (?, ?, ?, 0, ?) ON CONFLICT (id) DO NOTHING`,
			id,
			conversation,
			dueAt,
			JSON.stringify(errand),
		);
		this.#dueAt = Math.min(this.#dueAt, dueAt);
	}

	async run(): Promise<void> {
		const query = `SELECT id, conversation, attempts, body FROM errands WHERE due_at <= ? ORDER BY id LIMIT ?`;
		for (const job of together(this.#store.sql.all(query, Date.now(), perRun).map(jobOf)))
			await this.#try(job);
		this.resume();
	}

	async #try({ ids, conversation, attempts, errand }: Job): Promise<void> {
		const among = "id IN (SELECT value FROM json_each(?))";
		const [first = ""] = ids;
		const known = JSON.stringify(ids);
		// Its conversation may have gone while others were told.
		if (this.#store.sql.all("SELECT 1 FROM errands WHERE id = ?", first).length === 0) return;
		if (errand.is === "tell") {
			if (this.#mayTellAt.size >= mostKnown) this.#mayTellAt.clear();
			this.#mayTellAt.set(conversation, Date.now() + tellEveryMs);
		}
		try {
			await this.#do(first, errand);
			this.#store.sql.all(`DELETE FROM errands WHERE ${among}`, known);
		} catch (error) {
			if (attempts + 1 >= mostAttempts) {
				logFault("desk errand given up", error);
				this.#store.sql.all(`DELETE FROM errands WHERE ${among}`, known);
				return;
			}
			logWarning("desk errand", { attempts, message: messageOf(error) });
			const dueAt = Date.now() + backoffMs(attempts, longestRetryMs, firstRetryMs);
			const again = `UPDATE errands SET attempts = attempts + 1, due_at = ? WHERE ${among}`;
			this.#store.sql.all(again, dueAt, known);
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
		const answer = await collectIn(cellOf(this.#env, site, home.cell), {
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
		});
		// A visitor who was erased is told nothing any more; one whose site has closed this origin meanwhile neither.
		if (answer.is === "refused" && answer.code === "too-many-requests") throw new Error(answer.code);
		if (answer.is === "answered" && answer.verdicts.some(({ verdict }) => verdict === "retry"))
			throw new Error("retry");
	}
}

/** What is done in one go. */
interface Job {
	readonly ids: readonly string[];
	readonly conversation: string;
	readonly attempts: number;
	readonly errand: Errand;
}

function jobOf({ id, conversation, attempts, body }: Row): Job {
	return {
		ids: [String(id)],
		conversation: String(conversation),
		attempts: Number(attempts),
		errand: JSON.parse(String(body)),
	};
}

/** What is to be told of one page of a conversation is told in one request, as far as a request goes. */
function together(jobs: readonly Job[]): readonly Job[] {
	const joined: Job[] = [];
	for (const job of jobs) {
		const at = joined.findLastIndex(({ conversation }) => conversation === job.conversation);
		const known = joined[at];
		const errand = known && joinedOf(known.errand, job.errand);
		if (errand)
			joined[at] = {
				...job,
				errand,
				ids: [...known.ids, ...job.ids],
				attempts: Math.min(known.attempts, job.attempts),
			};
		else joined.push(job);
	}
	return joined;
}

function joinedOf(one: Errand, other: Errand): Errand | undefined {
	if (one.is !== "tell" || other.is !== "tell") return undefined;
	const isSame = (["visitor", "url"] as const).every((name) => one[name] === other[name]);
	const events = [...one.events, ...other.events];
	if (!isSame || one.home.cell !== other.home.cell || events.length > limits.eventsPerRequest)
		return undefined;
	return { ...one, events };
}
