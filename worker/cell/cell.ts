// The people's Durable Object: the only writer of its people. A request is parsed by the Worker; here it is one
// transaction of load, think, store, tell the outbox, and then the answer. Nothing is awaited in between.

import { DurableObject } from "cloudflare:workers";
import type { Scalar } from "../domain/event.ts";
import { prepare } from "../domain/rules.ts";
import type { Env } from "../platform/env.ts";
import { uuidv7 } from "../platform/id.ts";
import { logFault } from "../platform/log.ts";
import { siteOf } from "../platform/name.ts";
import type { Verdict } from "../protocol/collect.ts";
import { limits } from "../protocol/limits.ts";
import type { Snapshot } from "../protocol/site.ts";
import type { CollectAnswer, CollectCall, Inspection } from "./call.ts";
import { claim, examine, offer, offerToNobody, type Passage, take } from "./collect.ts";
import { Delivery } from "./delivery.ts";
import { inspect } from "./inspect.ts";
import { Outbox } from "./outbox.ts";
import { type History, type Loaded, People, type Published } from "./people.ts";
import { Rate } from "./rate.ts";
import { sqlOf } from "./sql.ts";
import { Store } from "./store.ts";

/** How long the outbox gathers before it is emptied: within two seconds D1 has what was answered. */
const gatherMs = 400;
/** People looked at in one slice of an alarm: a number and never a time, for the clock stands still between I/O. */
const sliceOfDue = 200;
const lookAgainMs = 30_000;

interface Birth {
	readonly site: string;
	readonly cell: string;
}

export class Cell extends DurableObject<Env> {
	readonly #store: Store;
	readonly #outbox: Outbox;
	readonly #people: People;
	readonly #delivery: Delivery;
	readonly #rate = new Rate(limits.rateBurst, limits.ratePerMinute);
	#snapshot: Snapshot | undefined;
	#published: Published | undefined;
	/** Whether it knows its own name: a publication may reach it before it does. */
	#isBorn: boolean;
	#clockOffsetMs = 0;
	/** Wall clock: no look at who is due before that, where the last one failed. */
	#lookAgainAt = 0;
	/** When the alarm will ring, as far as this instance knows. */
	#alarmAt: number | undefined;

	constructor(state: DurableObjectState, env: Env) {
		super(state, env);
		this.#store = new Store(sqlOf(state.storage));
		this.#store.migrate();
		this.#outbox = new Outbox(this.#store);
		this.#people = new People(this.#store, this.#outbox);
		this.#delivery = new Delivery(this.#outbox, this.#people, env, (histories) => this.#lapse(histories));
		const snapshot = this.#store.meta("snapshot");
		if (snapshot) this.#use(JSON.parse(snapshot));
		this.#isBorn = this.#store.meta("birth") !== undefined;
		this.#clockOffsetMs = Number(this.#store.meta("clock") ?? "0");
		void state.blockConcurrencyWhile(async () => {
			this.#alarmAt = (await state.storage.getAlarm()) ?? undefined;
			// An alarm that the platform gave up, or that died with its process, is wound up again.
			this.#arm();
		});
	}

	async collect(call: CollectCall): Promise<CollectAnswer> {
		const published = this.#isBorn ? this.#published : await this.#beBorn(call);
		if (!published || !this.#snapshot) return { is: "refused", code: "site-unknown" };
		const { origins } = this.#snapshot.settings;
		if (origins.length > 0 && !origins.includes(call.origin ?? ""))
			return { is: "refused", code: "origin-refused" };
		const now = this.#now();
		if (call.who.is === "nobody") {
			const show = call.decide ? offerToNobody(published.rules, call.page, call.environment, now) : [];
			return { is: "answered", verdicts: [], show, grants: [] };
		}
		const { visitor } = call.who;
		if (!this.#rate.allows(visitor, now)) return { is: "refused", code: "too-many-requests" };
		return this.#transact(() => this.#answer(call, visitor, published, now));
	}

	/** The visitor revoked consent: nothing of this browser stays. */
	async forget(visitor: string): Promise<void> {
		const published = this.#published;
		if (!published) return;
		this.#transact(() => this.#people.erase(visitor, published, this.#now()));
	}

	/** A publication arrives. An older one than is known changes nothing. */
	async publish(snapshot: Snapshot): Promise<void> {
		if (this.#snapshot && snapshot.revision <= this.#snapshot.revision) return;
		this.#store.setMeta("snapshot", JSON.stringify(snapshot));
		this.#use(snapshot);
	}

	/** Moves this cell's clock, on a developer's machine. */
	async moveClock(offsetMs: number): Promise<void> {
		if (this.env.LOCAL !== "1") throw new Error("the clock moves on a developer's machine alone");
		this.#store.setMeta("clock", String(offsetMs));
		this.#clockOffsetMs = offsetMs;
		this.#arm();
	}

	async inspect(visitor: string, path: string): Promise<Inspection | undefined> {
		if (!this.#published || !this.#snapshot) return undefined;
		const now = this.#now();
		const published = this.#published;
		const loaded = this.#transact(() => this.#people.load(visitor, false, published, now));
		return loaded && inspect(loaded, this.#snapshot, published.rules, path, now);
	}

	override async alarm(): Promise<void> {
		// As if wound up already: what comes meanwhile is seen to at the end, and costs no alarm of its own.
		this.#alarmAt = 0;
		// The platform gives an alarm up after six failures; this one never fails, and is wound up again below.
		try {
			this.#lookAtDue();
		} catch (error) {
			// Whoever cannot be looked at must hold up neither the delivery nor the processor.
			this.#lookAgainAt = Date.now() + lookAgainMs;
			logFault("cell due", error);
		}
		try {
			await this.#delivery.deliver(this.#birth());
		} catch (error) {
			logFault("cell delivery", error);
		}
		this.#alarmAt = undefined;
		this.#arm();
	}

	/** All or nothing, in memory too; and then the alarm is wound up for what came of it. */
	#transact<T>(work: () => T): T {
		try {
			return this.#store.sql.transaction(work);
		} catch (error) {
			this.#people.distrust();
			this.#outbox.resume();
			throw error;
		} finally {
			this.#arm();
		}
	}

	#answer(call: CollectCall, visitor: string, published: Published, now: number): CollectAnswer {
		const isNew = call.who.is === "new";
		let loaded = this.#people.load(visitor, isNew, published, now);
		if (!loaded) return { is: "unknown-visitor" };
		let passage = passageOf(loaded, call, published, now);
		const skew = now - call.sentAt;
		const verdicts: Verdict[] = [];
		for (const event of call.events) {
			const examined = examine(loaded.state, event, skew, now);
			if (examined.is === "settled") {
				verdicts.push(examined.verdict);
				continue;
			}
			if (isAnother(loaded, examined.attributes.email)) {
				this.#people.save(loaded, passage.entries, published, now);
				loaded = this.#people.switchPerson(visitor, loaded, uuidv7(now), published, now);
				passage = passageOf(loaded, call, published, now);
			}
			const before = loaded.state.standing.identity;
			verdicts.push(take(passage, examined));
			if (before === "anonymous" && loaded.state.standing.identity === "monitored")
				this.#announce(loaded, now);
		}
		const grants = call.claims.map((one) => claim(passage, one));
		const show = call.decide ? offer(passage) : [];
		if (passage.entries.length > 0 || isNew) this.#people.save(loaded, passage.entries, published, now);
		return { is: "answered", verdicts, show, grants };
	}

	/** An address became known: the directory will say whose it is. Until it does, the row waits. */
	#announce({ person, part, state }: Loaded, now: number): void {
		const email = state.standing.person.parts[part]?.facts.attributes.email?.value;
		if (typeof email !== "string") return;
		this.#outbox.append(
			"directory",
			"identify",
			JSON.stringify({ kind: "email", value: email, person, part, at: now }),
		);
	}

	/** The only time a cell waits for its site: to learn at birth what is published. */
	async #beBorn({ site, cell }: Birth): Promise<Published | undefined> {
		const registered = await siteOf(this.env, site).register(cell);
		if (!registered) return undefined;
		// While it waited, another request may have been through here already, or a newer publication.
		if (this.#isBorn) return this.#published;
		this.#store.sql.transaction(() => {
			this.#store.setMeta("birth", JSON.stringify({ site, cell } satisfies Birth));
			this.#store.setMeta("clock", String(registered.clockOffsetMs));
		});
		this.#isBorn = true;
		this.#clockOffsetMs = registered.clockOffsetMs;
		await this.publish(registered.snapshot);
		return this.#published;
	}

	#birth(): Birth {
		const birth = this.#store.meta("birth");
		if (!birth) throw new Error("an unborn cell has nothing to deliver");
		return JSON.parse(birth);
	}

	#use(snapshot: Snapshot): void {
		this.#snapshot = snapshot;
		const { retentionMs } = snapshot.settings;
		this.#people.retentionMs = retentionMs;
		this.#published = { revision: snapshot.revision, retentionMs, rules: prepare(snapshot.definitions) };
	}

	#lookAtDue(): void {
		const published = this.#published;
		if (!published || Date.now() < this.#lookAgainAt) return;
		const now = this.#now();
		this.#transact(() => this.#people.lookAtDue(published, now, sliceOfDue));
	}

	#lapse(histories: readonly History[]): boolean {
		const published = this.#published;
		if (!published) return false;
		const now = this.#now();
		const late = histories.filter(({ entries }) =>
			entries.some(({ event }) => event.at <= now - published.retentionMs),
		);
		return late.length > 0 && this.#transact(() => this.#people.lapse(late, published, now));
	}

	/** Winds the alarm up for whatever comes first. An alarm that rings sooner is left alone. */
	#arm(): void {
		const wall = Date.now();
		// It rings no later than it would for what waits; whoever is due before that is looked at then.
		const gathered = wall + gatherMs;
		if (this.#alarmAt !== undefined && this.#alarmAt <= gathered && this.#outbox.waiting > 0) return;
		const dueAt = this.#store.nextDue();
		const due =
			dueAt === undefined
				? Number.POSITIVE_INFINITY
				: Math.max(dueAt - this.#clockOffsetMs, wall, this.#lookAgainAt);
		const drain =
			this.#outbox.waiting > 0 ? Math.max(gathered, this.#delivery.retryAt) : Number.POSITIVE_INFINITY;
		const next = Math.min(due, drain);
		if (next === Number.POSITIVE_INFINITY || (this.#alarmAt !== undefined && this.#alarmAt <= next)) return;
		this.#alarmAt = next;
		void this.ctx.storage.setAlarm(next);
	}

	#now(): number {
		return Date.now() + this.#clockOffsetMs;
	}
}

function passageOf({ state, part }: Loaded, call: CollectCall, published: Published, now: number): Passage {
	const { page, environment } = call;
	return { state, rules: published.rules, part, environment, page, now, entries: [] };
}

/** Whether an address is someone else's than the one whom this browser is known to be. */
function isAnother({ state, part }: Loaded, email: Scalar | undefined): boolean {
	const known = state.standing.person.parts[part]?.facts.attributes.email?.value;
	return known !== undefined && email !== undefined && email !== known;
}
