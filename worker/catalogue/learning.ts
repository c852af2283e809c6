// The recommender learns by reading D1: what visitors did with products since it last looked. A page view costs nothing for
// it. While frames are asked for it looks every minute and a half, and ever more seldom while nothing is new.
//
// Only of the catalogue's own products is anything learned: what a page says may be any text. Whose events they are is never
// kept: browsers, events and orders go by digests under a key of the object's own, and even these are dropped when a visit is over or an event cannot come again (learned.ts). What is read twice counts once, for
// what was learned and how far was read are stored in one transaction.
//
// Rows read by one look: of anonymous visitors each visit that has not lapsed (some hours of them: 12,500 of a shop with
// 100,000 visits a day, $0.009 a day), of contacts the events that are new. Rows written: about seven where something was
// learned, $0.005 a day.

import { databaseOf } from "../data/database.ts";
import { type Deed, deedsOf } from "../data/lessons.ts";
import { type Learned, latenessMs, study } from "../domain/recommend/learned.ts";
import { lessonIn } from "../domain/recommend/lesson.ts";
import { keyedDigest } from "../platform/digest.ts";
import type { DatabaseEnv } from "../platform/env.ts";
import type { Duty } from "./duty.ts";
import { Hearing } from "./hearing.ts";
import type { Keeper } from "./keeper.ts";
import type { CatalogueStore } from "./store.ts";

const soonestMs = 90_000;
const longestMs = 3_600_000;
/** Deeds of one reading. */
const perReading = 4_000;
/** Readings of one look: a site's past is learned over several. */
const perLook = 10;

const sources = ["anonymous", "contacts"] as const;

export interface Look {
	/** How many deeds taught something. */
	readonly learned: number;
	readonly rowsRead: number;
	readonly isAll: boolean;
}

export class Learning implements Duty {
	readonly name = "learning";
	readonly #env: DatabaseEnv;
	readonly #keeper: Keeper;
	readonly #store: CatalogueStore;
	readonly #hearing: Hearing;
	#dueAt = 0;

	constructor(env: DatabaseEnv, store: CatalogueStore, keeper: Keeper) {
		this.#env = env;
		this.#hearing = new Hearing(env, store);
		this.#store = store;
		this.#keeper = keeper;
	}

	/** After an eviction: when the alarm rings, or now where none is set. */
	resume(dueAt: number): void {
		this.#dueAt = dueAt;
	}

	dueAt(): number | undefined {
		return this.#keeper.site === undefined ? undefined : this.#dueAt;
	}

	/**
	 * Somebody is about, so there will be something to learn: the next look is not put off any longer. Says whether it is
	 * due earlier than it was. The object cannot tell its own site: whoever asks says it.
	 */
	expect(site: string, now: number): boolean {
		const before = this.dueAt() ?? Number.POSITIVE_INFINITY;
		this.#keeper.site ??= site;
		this.#dueAt = Math.min(before, now + soonestMs);
		return this.#dueAt < before;
	}

	async work(now: number): Promise<void> {
		await this.look(now);
	}

	/** Reads what is new, and learns it. The longer nothing was new, the longer until the next look. */
	async look(now: number): Promise<Look> {
		const look = await this.#read(now);
		const waitMs = Math.min(Math.max((now - this.#keeper.readTo) / 2, soonestMs), longestMs);
		this.#dueAt = now + (look.isAll ? waitMs : 0);
		return look;
	}

	async #read(now: number): Promise<Look> {
		const { site } = this.#keeper;
		if (site !== undefined) await this.#hearing.listen(site, now);
		// Without products there is nothing to learn of: what there is then will be learned once there are some.
		if (site === undefined || this.#store.count() === 0) return { learned: 0, rowsRead: 0, isAll: true };
		const db = databaseOf(this.#env, site);
		let [learned, rowsRead] = [0, 0];
		let since = this.#keeper.readTo - latenessMs;
		for (let reading = 0; reading < perLook; reading++) {
			const found = await Promise.all(sources.map((of) => deedsOf(db, of, site, since, now, perReading)));
			rowsRead += found.reduce((sum, one) => sum + one.rowsRead, 0);
			// Where one has more to tell, the other waits: both are learned in the order in which they happened.
			const ends = found.flatMap(({ deeds, isAll }) => (isAll ? [] : [deeds.at(-1)?.at ?? 0]));
			const end = Math.min(...ends);
			const deeds = found.flatMap((one) => one.deeds.filter(({ at }) => at <= end));
			deeds.sort((a, b) => a.at - b.at);
			since = Math.max(since, deeds.at(-1)?.at ?? 0);
			const readTo = Math.max(since, this.#keeper.readTo);
			learned += this.#keeper.keep(now, readTo, (memory, key) => this.#learn(memory, key, deeds));
			if (ends.length === 0) return { learned, rowsRead, isAll: true };
		}
		return { learned, rowsRead, isAll: false };
	}

	#learn(memory: Learned, key: string, deeds: readonly Deed[]): number {
		const digest = (of: string, id: string) => keyedDigest(key, `${of} ${id}`);
		const lessons = deeds.flatMap((deed) => {
			const is = lessonIn(deed);
			return is ? [{ deed, is }] : [];
		});
		const known = this.#store.knownAmong(new Set(lessons.flatMap(({ is }) => is.products)));
		let learned = 0;
		for (const { deed, is: whole } of lessons) {
			const is = { ...whole, products: whole.products.filter((product) => known.has(product)) };
			if (is.products.length === 0) continue;
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
