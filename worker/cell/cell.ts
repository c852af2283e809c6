// The people's Durable Object: the only writer of its people. A request is parsed by the Worker; here it is one
// transaction of load, think, store, tell the outbox, and then the answer. Nothing is awaited in between.

import { DurableObject } from "cloudflare:workers";
import { databaseOf } from "../data/database.ts";
import { poolOf } from "../domain/act.ts";
import type { Application } from "../domain/application.ts";
import type { Scalar } from "../domain/event.ts";
import { prepare } from "../domain/rules.ts";
import type { Env } from "../platform/env.ts";
import { uuidv7 } from "../platform/id.ts";
import { siteOf } from "../platform/name.ts";
import type { Verdict } from "../protocol/collect.ts";
import { limits } from "../protocol/limits.ts";
import type { Snapshot } from "../protocol/site.ts";
import { type ActCall, type Acted, act } from "./acts.ts";
import { Apply } from "./apply.ts";
import type {
	Applications,
	CollectAnswer,
	CollectCall,
	ExplainAnswer,
	ExplainCall,
	Inspection,
	PastPreview,
	PreviewCall,
} from "./call.ts";
import { type Card, cardOf } from "./card.ts";
import { claim, examine, offer, offerToNobody, type Passage, siteFactsOf, take } from "./collect.ts";
import { Coupons } from "./coupons.ts";
import { Delivery } from "./delivery.ts";
import { Erasing, type ErasureProgress, type Strike, type Struck } from "./erasing.ts";
import { type Extract, tablesOf } from "./extract.ts";
import { Fill, type Filling } from "./fill.ts";
import { inspect } from "./inspect.ts";
import { Outbox } from "./outbox.ts";
import { type History, type Loaded, People, type Published } from "./people.ts";
import { Rate } from "./rate.ts";
import { type ReceiveCall, type Received, receive, refusalOf } from "./receive.ts";
import { type ReplayCall, replay } from "./replay.ts";
import { correct, isAllOf, isPaused, pause, type Self, selfOf, type Wish } from "./self.ts";
import { sqlOf } from "./sql.ts";
import { hasLapsed, isOfErased, replaceErased } from "./state.ts";
import { Store } from "./store.ts";
import { Tombstones } from "./tombstones.ts";
import { Wake } from "./wake.ts";
import type { Ground } from "./walk.ts";
import { explainEach } from "./why.ts";

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
	readonly #coupons: Coupons;
	readonly #fill: Fill;
	readonly #apply: Apply;
	readonly #tombstones: Tombstones;
	readonly #erasing: Erasing;
	readonly #wake: Wake;
	readonly #rate = new Rate(limits.rateBurst, limits.ratePerMinute);
	#snapshot: Snapshot | undefined;
	#published: Published | undefined;
	/** Its own name, as the first request told it; a publication may reach it before that. */
	#birth: Birth | undefined;
	#clockOffsetMs = 0;
	/** Wall clock: no look at who is due before that, where the last one failed. */
	#lookAgainAt = 0;

	constructor(state: DurableObjectState, env: Env) {
		super(state, env);
		this.#store = new Store(sqlOf(state.storage));
		this.#store.migrate();
		this.#outbox = new Outbox(this.#store);
		this.#people = new People(this.#store, this.#outbox);
		this.#coupons = new Coupons(this.#store);
		const snapshot = this.#store.meta("snapshot");
		if (snapshot) this.#use(JSON.parse(snapshot));
		const birth = this.#store.meta("birth");
		this.#birth = birth === undefined ? undefined : JSON.parse(birth);
		this.#clockOffsetMs = Number(this.#store.meta("clock") ?? "0");
		const outbox = this.#outbox;
		const ground: Ground = {
			transact: (work) => this.#transact(work),
			publication: () =>
				this.#snapshot && this.#published && { ...this.#published, snapshot: this.#snapshot },
			now: () => this.#now(),
			databaseOf: (site) => databaseOf(env, site),
		};
		this.#fill = new Fill(this.#store, this.#people, outbox, ground);
		this.#apply = new Apply(this.#store, this.#people, outbox, ground);
		this.#tombstones = new Tombstones(this.#store);
		this.#erasing = new Erasing(this.#store, this.#people, outbox, this.#tombstones, {
			...ground,
			env,
			published: () => this.#published,
			home: () => this.#birth,
		});
		const delivery = new Delivery(outbox, this.#people, env, (histories) => this.#lapse(histories));
		this.#wake = new Wake(state, {
			outbox,
			delivery,
			walks: [this.#erasing, this.#fill.walk, this.#apply],
			deliver: async () => delivery.deliver(this.#sender()),
			dueAt: (wall) => this.#dueAt(wall),
		});
	}

	async collect(call: CollectCall): Promise<CollectAnswer> {
		const published = this.#birth ? this.#published : await this.#beBorn(call);
		if (!published || !this.#snapshot) return { is: "refused", code: "site-unknown" };
		const { origins } = this.#snapshot.settings;
		if (origins.length > 0 && !origins.includes(call.origin ?? ""))
			return { is: "refused", code: "origin-refused" };
		const now = this.#now();
		if (call.who.is === "nobody") {
			const show = call.decide ? offerToNobody(published, call.page, call.environment, now) : [];
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
		const now = this.#now();
		this.#transact(() => {
			this.#people.erase(visitor, published, now);
			this.#tombstones.put({ people: [], parts: [], visitors: [visitor] }, now);
		});
	}

	/** Forgets a person in every store. Asked again, it says how far that has come. */
	async erase({ site, cell, person }: Birth & { readonly person: string }): Promise<ErasureProgress> {
		if (!this.#birth) await this.#beBorn({ site, cell });
		return this.#erasing.erase(person, this.#now());
	}

	/** What another cell erases, erased here too. */
	async strike(strike: Strike): Promise<Struck> {
		return this.#erasing.strike(strike);
	}

	/** Whether somebody is here, or was and is being erased. */
	async knows(person: string): Promise<boolean> {
		return this.#people.glance(person) !== undefined || this.#tombstones.at("person", person) !== undefined;
	}

	async card(person: string): Promise<Card | undefined> {
		const [published, snapshot, now] = [this.#published, this.#snapshot, this.#now()];
		if (!published || !snapshot) return undefined;
		const state = this.#transact(() => this.#people.know(person, published, now));
		return state && cardOf(person, state, snapshot, now);
	}

	/** Everything that is stored of a person here. */
	async extract(person: string): Promise<Extract | undefined> {
		const published = this.#published;
		if (!published) return undefined;
		const state = this.#transact(() => this.#people.know(person, published, this.#now()));
		if (!state) return undefined;
		const struck = this.#erasing.callsOf(person);
		return { ...struck, isLapsed: hasLapsed(state), tables: tablesOf(this.#store, this.#outbox, struck.ids) };
	}

	/** What a visitor is told of themselves; with `wish`, once that is done. */
	async about(visitor: string, wish?: Wish): Promise<Self | undefined> {
		const [published, snapshot, now] = [this.#published, this.#snapshot, this.#now()];
		if (!published || !snapshot) return undefined;
		return this.#transact(() => {
			const loaded = this.#people.load(visitor, false, published, now);
			if (!loaded) return undefined;
			if (wish?.is === "correct") correct(loaded, wish.corrections, this.#people, published, now);
			else if (wish) {
				pause(loaded, wish.is === "pause");
				this.#people.save(loaded, [], published, now);
			}
			return selfOf(loaded, snapshot, now);
		});
	}

	/** The visitor wants to be forgotten: the person, or of one who is more than this browser, this browser. */
	async forgetSelf(visitor: string): Promise<ErasureProgress> {
		const published = this.#published;
		const now = this.#now();
		const loaded = published && this.#transact(() => this.#people.load(visitor, false, published, now));
		if (!loaded) return { is: "unknown" };
		if (isAllOf(loaded)) return this.#erasing.erase(loaded.person, now);
		return this.#erasing.eraseBrowser(loaded.person, loaded.part, visitor, now);
	}

	async erasure(person: string): Promise<ErasureProgress> {
		return this.#erasing.progress(person);
	}

	/** A publication arrives. An older one than is known changes nothing. */
	async publish(snapshot: Snapshot): Promise<void> {
		if (this.#snapshot && snapshot.revision <= this.#snapshot.revision) return;
		this.#transact(() => {
			this.#store.setMeta("snapshot", JSON.stringify(snapshot));
			this.#fill.begin(snapshot, this.#snapshot);
		});
		this.#use(snapshot);
	}

	/** How far what was published last has come to the people who were here before. */
	async filling(): Promise<Filling> {
		return this.#fill.progress();
	}

	/** Applies rules to the recorded past of whoever is here now. */
	async apply(application: Application): Promise<void> {
		this.#transact(() => this.#apply.begin(application));
	}

	async applications(): Promise<Applications> {
		return this.#apply.progress();
	}

	/** What would come of that. Nothing is written. */
	async previewPast(call: PreviewCall): Promise<PastPreview> {
		return this.#apply.preview(call);
	}

	/** Moves this cell's clock, on a developer's machine. */
	async moveClock(offsetMs: number): Promise<void> {
		if (this.env.LOCAL !== "1") throw new Error("the clock moves on a developer's machine alone");
		this.#store.setMeta("clock", String(offsetMs));
		const byMs = offsetMs - this.#clockOffsetMs;
		this.#clockOffsetMs = offsetMs;
		this.#store.askDue();
		this.#wake.hasten(byMs);
	}

	async inspect(visitor: string, path: string): Promise<Inspection | undefined> {
		if (!this.#published || !this.#snapshot) return undefined;
		const now = this.#now();
		const published = this.#published;
		const loaded = this.#transact(() => this.#people.load(visitor, false, published, now));
		return loaded && inspect(loaded, this.#snapshot, published.rules, path, now);
	}

	/** Lives through made-up lives, on a developer's machine; says how many were new. */
	async replay(call: ReplayCall): Promise<number> {
		if (this.env.LOCAL !== "1") throw new Error("lives are replayed on a developer's machine alone");
		const published = this.#birth ? this.#published : await this.#beBorn(call);
		if (!published) throw new Error("the site was never published");
		const announce = (loaded: Loaded, at: number) => this.#announce(loaded, at);
		const stage = { people: this.#people, published, now: this.#now(), announce };
		return this.#transact(() => replay(call.lives, stage));
	}

	/** Does the same by hand to each of these people, once. */
	async act(call: ActCall): Promise<readonly Acted[]> {
		const published = this.#birth ? this.#published : await this.#beBorn(call);
		if (!published) return call.people.map((person) => ({ person, is: "refused", why: "person-unknown" }));
		await this.#stockUp(call, published, call.people.length);
		const now = this.#now();
		const stage = { people: this.#people, coupons: this.#coupons, published };
		return this.#transact(() => call.people.map((person) => act(person, call, stage, now)));
	}

	/** Takes in what other systems than a browser tell of people whom the directory has given to this cell. */
	async receive(call: ReceiveCall): Promise<readonly Received[]> {
		const published = this.#birth ? this.#published : await this.#beBorn(call);
		if (!published) throw new Error("the site was never published");
		const now = this.#now();
		return this.#transact(() =>
			call.people.map((one) => {
				const received = refusalOf(one, this.#tombstones) ?? receive(one, this.#people, published, now);
				if (this.#people.glance(one.person)) this.#store.keepIdentifiers(one.person, one.identifiers);
				return received;
			}),
		);
	}

	/** Why these people meet a condition, have a tag or points, or are shown something; or do not, as of now. */
	async explain({ people, question }: ExplainCall): Promise<ExplainAnswer> {
		const published = this.#published;
		if (!published || !this.#snapshot) return { is: "refused", code: "site-unknown" };
		const now = this.#now();
		const known = this.#transact(() =>
			people.flatMap(({ person, past }) => {
				const state = this.#people.know(person, published, now);
				return state ? [{ person, past, standing: state.standing }] : [];
			}),
		);
		return explainEach(known, question, this.#snapshot, published.rules, now);
	}

	override async alarm(): Promise<void> {
		await this.#wake.ring(() => this.#lookAtDue());
	}

	/** All or nothing, in memory too; and then what came of it is seen to. */
	#transact<T>(work: () => T): T {
		try {
			return this.#store.sql.transaction(work);
		} catch (error) {
			this.#people.distrust();
			this.#outbox.resume();
			this.#fill.walk.resume();
			this.#apply.resume();
			throw error;
		} finally {
			this.#wake.wind();
		}
	}

	#answer(call: CollectCall, visitor: string, published: Published, now: number): CollectAnswer {
		const isNew = call.who.is === "new";
		let loaded = this.#people.load(visitor, isNew, published, now);
		if (!loaded) return strangerTo(this.#tombstones.at("visitor", visitor));
		if (call.who.is === "new" && call.who.replaces === "erased")
			replaceErased(loaded.state, call.sentAt, now);
		if (isPaused(loaded.state, loaded.part)) {
			const show = call.decide ? offerToNobody(published, call.page, call.environment, now) : [];
			return { is: "answered", verdicts: call.events.map(unwanted), show, grants: [] };
		}
		let passage = passageOf(loaded, call, published, now);
		const skew = now - call.sentAt;
		const verdicts: Verdict[] = [];
		let hasRefused = false;
		for (const event of call.events) {
			if (isOfErased(loaded.state, event, skew)) {
				verdicts.push({ id: event.id, verdict: "dropped", why: "erased" });
				hasRefused = true;
				continue;
			}
			const examined = examine(loaded.state, event, skew, now, published.site.money);
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
		if (passage.entries.length > 0 || isNew || hasRefused)
			this.#people.save(loaded, passage.entries, published, now);
		return { is: "answered", verdicts, show, grants };
	}

	/** An address became known: the directory will say whose it is. Until it does, the row waits. */
	#announce({ person, part, state }: Loaded, now: number): void {
		const email = state.standing.person.parts[part]?.facts.attributes.email?.value;
		if (typeof email !== "string") return;
		this.#store.keepIdentifiers(person, [{ kind: "email", value: email }]);
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
		if (this.#birth) return this.#published;
		const birth: Birth = { site, cell };
		this.#store.sql.transaction(() => {
			this.#store.setMeta("birth", JSON.stringify(birth));
			this.#store.setMeta("clock", String(registered.clockOffsetMs));
		});
		this.#birth = birth;
		this.#clockOffsetMs = registered.clockOffsetMs;
		await this.publish(registered.snapshot);
		return this.#published;
	}

	/** Codes for so many people where the act takes some; fewer where the pool has no more. */
	async #stockUp({ site, cell, act }: ActCall, { rules }: Published, wanted: number): Promise<void> {
		const pool = poolOf(act, rules);
		if (pool === undefined) return;
		while (this.#coupons.left(pool) < wanted) {
			const leases = await siteOf(this.env, site).leaseCoupons(pool, cell, this.#coupons.toldOf(pool));
			if (leases.length === 0) return;
			this.#store.sql.transaction(() => this.#coupons.keep(pool, leases));
		}
	}

	#sender(): Birth {
		if (!this.#birth) throw new Error("an unborn cell has nothing to deliver");
		return this.#birth;
	}

	#use(snapshot: Snapshot): void {
		this.#snapshot = snapshot;
		const { retentionMs } = snapshot.settings;
		const rules = prepare(snapshot.definitions);
		this.#people.retentionMs = retentionMs;
		this.#people.bytesPerPerson = rules.program.bytesPerSubject;
		this.#published = {
			revision: snapshot.revision,
			retentionMs,
			rules,
			site: siteFactsOf(snapshot.settings),
		};
	}

	#lookAtDue(): void {
		const published = this.#published;
		if (!published || Date.now() < this.#lookAgainAt) return;
		const now = this.#now();
		try {
			this.#transact(() => this.#people.lookAtDue(published, now, sliceOfDue));
			this.#store.askDue();
		} catch (error) {
			// Whoever cannot be looked at must not take all of the processor either.
			this.#lookAgainAt = Date.now() + lookAgainMs;
			throw error;
		}
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

	#dueAt(wall: number): number {
		return Math.max(this.#store.nextDue() - this.#clockOffsetMs, wall, this.#lookAgainAt);
	}

	#now(): number {
		return Date.now() + this.#clockOffsetMs;
	}
}

function passageOf({ state, part }: Loaded, call: CollectCall, published: Published, now: number): Passage {
	const { page, environment } = call;
	const { rules, site } = published;
	return { state, rules, site, part, environment, page, now, entries: [] };
}

const unwanted = ({ id }: { readonly id: string }): Verdict => ({
	id,
	verdict: "dropped",
	why: "no-consent",
});

function strangerTo(erasedAt: number | undefined): CollectAnswer {
	return { is: "unknown-visitor", ...(erasedAt === undefined ? {} : { was: "erased" }) };
}

/** Whether an address is someone else's than the one whom this browser is known to be. */
function isAnother({ state, part }: Loaded, email: Scalar | undefined): boolean {
	const known = state.standing.person.parts[part]?.facts.attributes.email?.value;
	return known !== undefined && email !== undefined && email !== known;
}
