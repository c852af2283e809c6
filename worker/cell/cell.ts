// The people's Durable Object: the only writer of its people. A request is parsed by the Worker; here it is one
// transaction of load, think, store, tell the outbox, and then the answer. Nothing is awaited in between.

import { DurableObject } from "cloudflare:workers";
import { databaseOf } from "../data/database.ts";
import { poolOf } from "../domain/act.ts";
import type { Application } from "../domain/application.ts";
import { dayIn } from "../domain/calendar.ts";
import type { Channel } from "../domain/consent.ts";
import type { Identifier, Owner } from "../domain/contact.ts";
import { prepare } from "../domain/rules.ts";
import { Delivery } from "../outbox/delivery.ts";
import { Outbox } from "../outbox/outbox.ts";
import { Wake } from "../outbox/wake.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { siteOf } from "../platform/name.ts";
import { Rate } from "../platform/rate.ts";
import { sqlOf } from "../platform/sql.ts";
import { vanish } from "../platform/vanish.ts";
import { limits } from "../protocol/limits.ts";
import type { Snapshot } from "../protocol/site.ts";
import { type ActCall, type Acted, act } from "./acts.ts";
import { answer } from "./answer.ts";
import { Apply } from "./apply.ts";
import type { Basics } from "./basics.ts";
import type {
	Applications,
	AskAnswer,
	AskCall,
	CollectAnswer,
	CollectCall,
	Confirmed,
	PastPreview,
	PosingCall,
	PreviewCall,
	Question,
	SayCall,
	Standings,
	Unsubscribed,
} from "./call.ts";
import type { Card } from "./card.ts";
import { type CopyAnswer, type CopyCall, clearedOf } from "./cards.ts";
import { type Passage, type Sound, siteFactsOf } from "./collect.ts";
import { Coupons } from "./coupons.ts";
import { Erasing, type ErasureProgress, type Strike, type Struck } from "./erasing.ts";
import type { Extract } from "./extract.ts";
import { Fill, type Filling } from "./fill.ts";
import type { AdoptAnswer, Adoption, HandOverAnswer, HandOverCall } from "./handover.ts";
import {
	type EraseCall,
	Identity,
	type LossCall,
	type Peer,
	type Realm,
	type ReleaseCall,
} from "./identity.ts";
import { Intaking } from "./intaking.ts";
import type { ShownMail } from "./mails.ts";
import type { MergeAnswer, MergeCall, Passing, UnmergeCall } from "./merging.ts";
import { Messages } from "./messages.ts";
import { Neighbours } from "./neighbours.ts";
import type { Shown } from "./offers.ts";
import { toNobody } from "./offers.ts";
import { type DropCall, type Dropped, drop, type Rehearsed, rehearse } from "./parts.ts";
import { type History, People, type Published } from "./people.ts";
import { type FrameCall, plainFrame } from "./plain.ts";
import { type ReceiveCall, type Received, receive } from "./receive.ts";
import { type ReplayCall, replay } from "./replay.ts";
import { Rights } from "./rights.ts";
import type { Self, Wish } from "./self.ts";
import { Stock } from "./stock.ts";
import { Store } from "./store.ts";
import { watchedFor } from "./taste.ts";
import { Tombstones } from "./tombstones.ts";
import type { Ground, Publication } from "./walk.ts";

/** People looked at in one slice of an alarm: a number and never a time, for the clock stands still between I/O. */
const sliceOfDue = 200;
const lookAgainMs = 30_000;

interface Birth {
	readonly site: string;
	readonly cell: string;
}

export class Cell extends DurableObject<EdgeEnv> implements Peer {
	readonly #store: Store;
	readonly #outbox: Outbox;
	readonly #people: People;
	readonly #coupons: Coupons;
	readonly #stock: Stock;
	readonly #identity: Identity;
	readonly #messages: Messages;
	readonly #rights: Rights;
	readonly #neighbours: Neighbours;
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

	constructor(state: DurableObjectState, env: EdgeEnv) {
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
		this.#tombstones = new Tombstones(this.#store);
		const realm: Realm = {
			env,
			store: this.#store,
			people: this.#people,
			outbox,
			transact: (work) => this.#transact(work),
			publication: () => this.#publication(),
			published: () => this.#known(),
			ready: (call) => this.#ready(call),
			self: () => this.#self(),
			now: () => this.#now(),
			emptyPools: () => this.#stock.empty,
			isErased: (person) => this.#tombstones.at("person", person) !== undefined,
			cleared: (lines) => clearedOf(lines, (kind, id) => this.#tombstones.at(kind, id) !== undefined),
			erase: (person) => this.#erasing.begin(person, this.#now()),
			here: this,
		};
		this.#identity = new Identity(realm);
		this.#neighbours = new Neighbours(realm, this.#identity);
		this.#messages = new Messages(realm, this.#identity, (work) =>
			state.waitUntil(work.finally(() => this.#wake.wind())),
		);
		this.#stock = new Stock(
			this.#coupons,
			(pool, after) => siteOf(env, this.#self().site).leaseCoupons(pool, this.#self().cell, after),
			(work) => this.#store.sql.transaction(work),
		);
		const ground: Ground = {
			transact: (work) => this.#transact(work),
			publication: () => this.#publication(),
			now: () => this.#now(),
			databaseOf: (site) => databaseOf(env, site),
		};
		this.#fill = new Fill(this.#store, this.#people, outbox, ground);
		this.#apply = new Apply(this.#store, this.#people, outbox, ground);
		this.#erasing = new Erasing(this.#store, this.#people, outbox, this.#tombstones, {
			...ground,
			env,
			published: () => this.#published,
			home: () => this.#birth,
			loseCopy: (call) => this.#identity.peer(call.cell).loseCopy(call),
		});
		this.#rights = new Rights(realm, this.#identity, this.#messages, this.#erasing, this.#tombstones);
		const delivery = new Delivery(
			outbox,
			new Intaking(
				this.#people,
				env,
				() => this.#self(),
				(histories) => this.#lapse(histories),
			),
		);
		this.#wake = new Wake(state, {
			outbox,
			delivery,
			walks: [this.#erasing, this.#identity.errands, this.#fill.walk, this.#apply, this.#messages.mails],
			deliver: () => delivery.deliver(),
			dueAt: (wall) => this.#dueAt(wall),
		});
	}

	async collect(call: CollectCall): Promise<CollectAnswer> {
		const published = this.#birth ? this.#published : await this.#beBorn(call);
		if (!published || !this.#snapshot || this.#snapshot.isClosed)
			return { is: "refused", code: "site-unknown" };
		const { origins } = this.#snapshot.settings;
		if (origins.length > 0 && !origins.includes(call.origin ?? ""))
			return { is: "refused", code: "origin-refused" };
		const now = this.#now();
		if (call.who.is === "nobody")
			return { is: "answered", verdicts: [], grants: [], ...toNobody(published, call, now) };
		const { visitor } = call.who;
		if (!this.#rate.allows(visitor, now)) return { is: "refused", code: "too-many-requests" };
		const announce = (person: string) => this.#identity.announce(person);
		const ask = (passage: Passage, sound: Sound, person: string) =>
			this.#messages.heard(passage, sound, call, person);
		const codes = this.#stock.open();
		const stage = { people: this.#people, tombstones: this.#tombstones, published, now, announce, ask };
		const answered = this.#transact(() => answer(call, visitor, { ...stage, codes }));
		if (codes.running.size > 0) this.ctx.waitUntil(this.#stock.fetch(codes.running));
		if (codes.lacking.size > 0 && answered.is === "answered") {
			// What it did is kept. It is answered again as if it had come twice, for that has no effect twice.
			await this.#stock.fetch(codes.lacking);
			const again = { ...call, who: { is: "known", visitor } } as const;
			const { verdicts } = answered;
			const full = this.#transact(() => answer(again, visitor, { ...stage, codes: this.#stock.open() }));
			return full.is === "answered" ? { ...full, verdicts } : answered;
		}
		// Whoever was erased went nowhere.
		const isElsewhere = answered.is === "unknown-visitor" && answered.was === undefined;
		return isElsewhere ? this.#neighbours.passOn(call, visitor) : answered;
	}

	/** A frame for a page or a message without script. */
	async frame(call: FrameCall): Promise<CollectAnswer> {
		const published = this.#birth ? this.#published : await this.#beBorn(call);
		if (!published || this.#snapshot?.isClosed) return { is: "refused", code: "site-unknown" };
		const { person } = call;
		const now = this.#now();
		const state =
			person === undefined ? undefined : this.#transact(() => this.#people.know(person, published, now));
		return { is: "answered", verdicts: [], grants: [], ...plainFrame(call, published, state, now) };
	}

	/** What is told of one person, and how they are forgotten: see rights.ts. */
	async card(person: string): Promise<Card | undefined> {
		return this.#rights.card(person);
	}

	async basics(person: string): Promise<Basics | undefined> {
		return this.#rights.basics(person);
	}

	async pose(call: PosingCall): Promise<Shown | undefined> {
		return this.#rights.pose(call);
	}

	/** How these people stand, for whoever works out why. */
	async standings(people: readonly string[]): Promise<Standings | undefined> {
		return this.#rights.standings(people);
	}

	async standingOf(visitor: string): Promise<Standings | undefined> {
		return this.#rights.standingOf(visitor);
	}

	async extract(person: string): Promise<Extract | undefined> {
		return this.#rights.extract(person);
	}

	async knows(person: string): Promise<boolean> {
		return this.#rights.knows(person);
	}

	async whoIs(person: string): Promise<Owner | undefined> {
		return this.#rights.whoIs(person);
	}

	async identifiersOf(person: string): Promise<readonly Identifier[]> {
		return this.#rights.identifiersOf(person);
	}

	async about(visitor: string, wish?: Wish): Promise<Self | undefined> {
		return this.#rights.about(visitor, wish);
	}

	async forget(visitor: string): Promise<void> {
		return this.#rights.forget(visitor);
	}

	async forgetSelf(visitor: string): Promise<ErasureProgress> {
		return this.#rights.forgetSelf(visitor);
	}

	async erase(call: EraseCall): Promise<ErasureProgress> {
		await this.#ready(call);
		return this.#rights.erase(call);
	}

	/** What another cell erases, erased here too. */
	async strike(strike: Strike): Promise<Struck> {
		return this.#erasing.strike(strike);
	}

	async erasure(person: string): Promise<ErasureProgress> {
		return this.#erasing.progress(person);
	}

	/** What is asked of people by message: see messages.ts. */
	async ask(call: AskCall): Promise<AskAnswer> {
		return this.#messages.ask(call);
	}

	async confirmation(id: string): Promise<Question | undefined> {
		return this.#messages.confirmation(id);
	}

	async confirm(id: string): Promise<Confirmed | undefined> {
		return this.#messages.confirm(id);
	}

	async say(call: SayCall): Promise<boolean> {
		return this.#messages.say(call);
	}

	async redeem(id: string, by: string | undefined): Promise<string | undefined> {
		return this.#messages.redeem(id, by);
	}

	async unsubscribe(person: string, channel: Channel, purpose: string): Promise<Unsubscribed | undefined> {
		return this.#messages.unsubscribe(person, channel, purpose);
	}

	async shownMails(): Promise<readonly ShownMail[]> {
		return this.#messages.shown();
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

	/** How many lines D1 refused for good. */
	async dead(): Promise<number> {
		return this.#outbox.dead;
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

	/** Lives through made-up lives, on a developer's machine; says how many were new. */
	async replay(call: ReplayCall): Promise<number> {
		if (this.env.LOCAL !== "1") throw new Error("lives are replayed on a developer's machine alone");
		const published = await this.#ready(call);
		const announce = (person: string) => this.#identity.announce(person);
		const stage = { people: this.#people, published, now: this.#now(), announce };
		return this.#transact(() => replay(call.lives, stage));
	}

	/** Does the same by hand to each of these people, once. */
	async act(call: ActCall): Promise<readonly Acted[]> {
		const published = this.#birth ? this.#published : await this.#beBorn(call);
		if (!published) return call.people.map((person) => ({ person, is: "refused", why: "person-unknown" }));
		const pool = poolOf(call.act, published.rules);
		if (pool !== undefined) await this.#stock.stockUp(pool, call.people.length);
		const now = this.#now();
		const stage = { people: this.#people, coupons: this.#coupons, published };
		return this.#identity.following(
			call.people.map((person, i) => ({ person, part: call.parts?.[i] })),
			(those) => this.#transact(() => those.map(({ person, part }) => act(person, call, stage, now, part))),
			(peer, cell, those) =>
				peer.act({
					...call,
					cell,
					people: those.map(({ person }) => person),
					...(call.parts && { parts: those.map(({ part = "" }) => part) }),
				}),
		);
	}

	/** Gives back to the site the codes of a pool that are still here, by their places. */
	async giveCouponsBack(pool: string): Promise<readonly number[]> {
		return this.#transact(() => this.#coupons.giveBack(pool));
	}

	/** Takes in what other systems than a browser tell of people whom the directory has given to this cell. */
	async receive(call: ReceiveCall): Promise<readonly Received[]> {
		const published = await this.#ready(call);
		const now = this.#now();
		const announce = (person: string) => this.#identity.announce(person);
		const cards = this.#identity.cards;
		const stage = { people: this.#people, cards, published, self: call.cell, announce };
		await this.#neighbours.refuseOthers(call);
		return this.#identity.following(
			call.people,
			(those) => this.#transact(() => those.map((one) => receive(one, stage, now))),
			(peer, cell, people) => peer.receive({ ...call, cell, people }),
			({ proof }) => proof === "typed",
		);
	}

	/** What cells ask of each other: see neighbours.ts. */
	async handOver(call: HandOverCall): Promise<HandOverAnswer> {
		return this.#neighbours.handOver(call);
	}

	async adopt(adoption: Adoption): Promise<AdoptAnswer> {
		return this.#neighbours.adopt(adoption);
	}

	async takeCopy(call: CopyCall): Promise<CopyAnswer> {
		return this.#neighbours.takeCopy(call);
	}

	async loseCopy(call: LossCall): Promise<void> {
		return this.#neighbours.loseCopy(call);
	}

	async release(call: ReleaseCall): Promise<void> {
		return this.#neighbours.release(call);
	}

	async merge(call: MergeCall): Promise<MergeAnswer> {
		return this.#neighbours.merge(call);
	}

	async unmerge(call: UnmergeCall): Promise<MergeAnswer> {
		return this.#neighbours.unmerge(call);
	}

	async takeMerge(passing: Passing): Promise<"gone" | undefined> {
		return this.#neighbours.takeMerge(passing);
	}

	async takeBack(passing: Passing): Promise<void> {
		return this.#neighbours.takeBack(passing);
	}

	/** Takes off a card of this cell what a browser tied to it by typing; says whether there was such a part. */
	async untie(card: string, part: string): Promise<boolean> {
		return this.#transact(() => this.#identity.untie(card, part));
	}

	/** What `receive` would do. Nothing of it is kept. */
	async rehearse(call: ReceiveCall): Promise<readonly Rehearsed[]> {
		const published = await this.#ready(call);
		const now = this.#now();
		return this.#identity.following(
			call.people,
			(those) => this.#transact(() => those.map((one) => rehearse(one, this.#people, published, now))),
			(peer, cell, people) => peer.rehearse({ ...call, cell, people }),
		);
	}

	/** Takes a part of these people back, whatever became of it; again, it changes nothing. */
	async dropPart(call: DropCall): Promise<readonly Dropped[]> {
		const published = await this.#ready(call);
		const now = this.#now();
		const stage = { people: this.#people, outbox: this.#outbox, published };
		return this.#identity.following(
			call.people,
			(those) => this.#transact(() => those.map((one) => drop(one, stage, now))),
			(peer, cell, people) => peer.dropPart({ ...call, cell, people }),
		);
	}

	async vanish(): Promise<void> {
		return vanish(this.ctx);
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
			this.#identity.errands.resume();
			this.#fill.walk.resume();
			this.#apply.resume();
			this.#messages.mails.resume();
			throw error;
		} finally {
			this.#wake.wind();
		}
	}

	/** As published, for whoever cannot be served without. */
	async #ready(call: Birth): Promise<Published> {
		const published = this.#birth ? this.#published : await this.#beBorn(call);
		if (!published) throw new Error("the site was never published");
		return published;
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

	#self(): Birth {
		if (!this.#birth) throw new Error("an unborn cell has nothing to tell");
		return this.#birth;
	}

	#publication(): Publication | undefined {
		if (!this.#birth || !this.#published || !this.#snapshot) return undefined;
		return { ...this.#published, snapshot: this.#snapshot };
	}

	#known(): Published {
		if (!this.#published) throw new Error("the site was never published");
		return this.#published;
	}

	#use(snapshot: Snapshot): void {
		this.#snapshot = snapshot;
		const { retentionMs } = snapshot.settings;
		const { definitions } = snapshot;
		const rules = prepare(definitions, watchedFor(definitions.experiences));
		this.#people.retentionMs = retentionMs;
		this.#people.bytesPerPerson = rules.program.bytesPerSubject;
		const site = siteFactsOf(snapshot.settings);
		this.#people.dayOf = dayIn(site.timeZone);
		this.#published = {
			revision: snapshot.revision,
			retentionMs,
			rules,
			site,
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
