// The recommender learns by reading D1: what visitors did with products since it last looked. A page view costs nothing for
// it. While frames are asked for it looks every minute and a half, and ever more seldom while nothing is new.
//
// Whose events they are it never keeps: browsers, events and orders go by digests under a key of the object's own, and even
// these are dropped when a visit is over or an event cannot come again (learned.ts). What is read twice counts once, for
// what was learned and how far was read are stored in one transaction.
//
// Rows read by one look: of anonymous visitors each visit that has not lapsed (some hours of them: 12,500 of a shop with
// 100,000 visits a day, $0.009 a day), of contacts the events that are new. Rows written: about seven where something was
// learned, $0.005 a day.

import { createHmac } from "node:crypto";
import { databaseOf } from "../data/database.ts";
import { type Deed, deedsOf } from "../data/lessons.ts";
import { type Learned, latenessMs, study } from "../domain/recommend/learned.ts";
import { lessonIn } from "../domain/recommend/lesson.ts";
import type { DatabaseEnv } from "../platform/env.ts";
import type { Duty } from "./duty.ts";
import type { Keeper } from "./keeper.ts";

const soonestMs = 90_000;
const longestMs = 3_600_000;
/** Deeds of one reading. */
const perReading = 2_000;
/** Readings of one look: a site's past is learned over several. */
const perLook = 5;

const sources = ["anonymous", "contacts"] as const;

export interface Pull {
	/** How many deeds taught something. */
	readonly learned: number;
	readonly rowsRead: number;
	readonly isAll: boolean;
}

export class Learning implements Duty {
	readonly name = "learning";
	readonly #env: DatabaseEnv;
	readonly #keeper: Keeper;
	#waitMs = soonestMs;
	#dueAt: number | undefined;

	constructor(env: DatabaseEnv, keeper: Keeper) {
		this.#env = env;
		this.#keeper = keeper;
	}

	dueAt(): number | undefined {
		return this.#keeper.site === undefined ? undefined : (this.#dueAt ?? this.#keeper.lookedAt + soonestMs);
	}

	/**
	 * Somebody is about, so there will be something to learn: the next look is not put off any longer. Says whether it is
	 * due earlier than it was. The object cannot tell its own site: whoever asks says it.
	 */
	expect(site: string, now: number): boolean {
		const before = this.dueAt() ?? Number.POSITIVE_INFINITY;
		this.#keeper.site ??= site;
		this.#waitMs = soonestMs;
		this.#dueAt = Math.min(before, Math.max(now, this.#keeper.lookedAt + soonestMs));
		return this.#dueAt < before;
	}

	async work(now: number): Promise<void> {
		const { learned, isAll } = await this.look(now);
		this.#waitMs = learned > 0 ? soonestMs : Math.min(this.#waitMs * 2, longestMs);
		this.#dueAt = now + (isAll ? this.#waitMs : 0);
	}

	/** Reads what is new, and learns it. */
	async look(now: number): Promise<Pull> {
		const { site } = this.#keeper;
		if (site === undefined) return { learned: 0, rowsRead: 0, isAll: true };
		let [learned, rowsRead] = [0, 0];
		for (let reading = 0; reading < perLook; reading++) {
			const db = databaseOf(this.#env, site);
			const { readTo } = this.#keeper;
			const found = await Promise.all(
				sources.map((of) => deedsOf(db, of, site, readTo - latenessMs, now, perReading)),
			);
			rowsRead += found.reduce((sum, one) => sum + one.rowsRead, 0);
			// Where one has more to tell, the other waits: both are learned in the order in which they happened.
			const ends = found.flatMap(({ deeds, isAll }) => (isAll ? [] : [deeds.at(-1)?.at ?? 0]));
			const end = Math.min(now, ...ends);
			const deeds = found.flatMap((one) => one.deeds.filter(({ at }) => at <= end));
			deeds.sort((a, b) => a.at - b.at);
			learned += this.#keeper.keep(now, Math.max(readTo, deeds.at(-1)?.at ?? 0), (memory, key) =>
				this.#learn(memory, key, deeds),
			);
			if (ends.length === 0) return { learned, rowsRead, isAll: true };
		}
		return { learned, rowsRead, isAll: false };
	}

	#learn(memory: Learned, key: string, deeds: readonly Deed[]): number {
		const digest = (of: string, id: string) =>
			createHmac("sha256", key).update(`${of} ${id}`).digest("base64").slice(0, 14);
		let learned = 0;
		for (const deed of deeds) {
			const is = lessonIn(deed);
			if (!is) continue;
			const isNew = study(memory, {
				event: digest("event", deed.id),
				at: deed.at,
				...(deed.kind === "browser" && { browser: digest("part", deed.part) }),
				is: is.what === "bought" ? { ...is, order: digest("order", is.order) } : is,
				groups: [
					...deed.segments.map((segment) => `segment ${segment}`),
					...(deed.region === null ? [] : [`region ${deed.region}`]),
				],
			});
			if (isNew) learned++;
		}
		return learned;
	}
}
