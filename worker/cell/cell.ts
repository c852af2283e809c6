// The people's Durable Object: the only writer of its people. A request is parsed by the Worker; here it is one
// transaction of load, think, store, tell the outbox, and then the answer. Nothing is awaited in between.

import { DurableObject } from "cloudflare:workers";
import { databaseOf } from "../data/database.ts";
import type { Application } from "../domain/application.ts";
import type { Channel } from "../domain/consent.ts";
import type { Identifier, Owner } from "../domain/contact.ts";
import { Delivery } from "../outbox/delivery.ts";
import { Outbox } from "../outbox/outbox.ts";
import { Wake } from "../outbox/wake.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { siteOf } from "../platform/name.ts";
import { sqlOf } from "../platform/sql.ts";
import { vanish } from "../platform/vanish.ts";
import type { Snapshot } from "../protocol/site.ts";
import type { ActCall, Acted } from "./acts.ts";
import { Apply } from "./apply.ts";
import type { Basics } from "./basics.ts";
import type {
	Applications,
	AskAnswer,
	AskCall,
	CollectAnswer,
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
import { Coupons } from "./coupons.ts";
import { Due } from "./due.ts";
import { Erasing, type ErasureProgress, type Strike, type Struck } from "./erasing.ts";
import type { Extract } from "./extract.ts";
import { Fill, type Filling } from "./fill.ts";
import type { AdoptAnswer, Adoption, HandOverAnswer, HandOverCall } from "./handover.ts";
import { Home } from "./home.ts";
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
import { Outside } from "./outside.ts";
import type { DropCall, Dropped, Rehearsed } from "./parts.ts";
import { People } from "./people.ts";
import type { FrameCall } from "./plain.ts";
import type { ReceiveCall, Received } from "./receive.ts";
import { Rights } from "./rights.ts";
import type { Self, Wish } from "./self.ts";
import { Serving } from "./serving.ts";
import { Stock } from "./stock.ts";
import { Store } from "./store.ts";
import { Tombstones } from "./tombstones.ts";
import type { Ground } from "./walk.ts";

export class Cell extends DurableObject<EdgeEnv> implements Peer {
	readonly #store: Store;
	readonly #outbox: Outbox;
	readonly #people: People;
	readonly #home: Home;
	readonly #due: Due;
	readonly #coupons: Coupons;
	readonly #serving: Serving;
	readonly #outside: Outside;
	/** For those of a developer's machine, which can do more: see ../demo/cell.ts. */
	protected readonly realm: Realm;
	protected readonly identity: Identity;
	readonly #messages: Messages;
	readonly #rights: Rights;
	readonly #neighbours: Neighbours;
	readonly #fill: Fill;
	readonly #apply: Apply;
	readonly #erasing: Erasing;
	readonly #wake: Wake;

	constructor(state: DurableObjectState, env: EdgeEnv) {
		super(state, env);
		this.#store = new Store(sqlOf(state.storage));
		this.#store.migrate();
		this.#outbox = new Outbox(this.#store);
		this.#people = new People(this.#store, this.#outbox);
		this.#coupons = new Coupons(this.#store);
		const outbox = this.#outbox;
		const transact = <T>(work: () => T) => this.#transact(work);
		const home = new Home(this.#store, this.#people, env, transact, (snapshot, before) =>
			this.#fill.begin(snapshot, before),
		);
		this.#home = home;
		const tombstones = new Tombstones(this.#store);
		const realm: Realm = {
			env,
			store: this.#store,
			people: this.#people,
			outbox,
			transact,
			publication: () => home.publication(),
			published: () => home.known(),
			ready: (call) => home.ready(call),
			self: () => home.self(),
			now: () => home.now(),
			emptyPools: () => stock.empty,
			isErased: (person) => tombstones.at("person", person) !== undefined,
			lostAt: (card, identifier) => tombstones.nameAt(card, identifier),
			cleared: (lines) => clearedOf(lines, (kind, id) => tombstones.at(kind, id) !== undefined),
			erase: (person) => this.#erasing.begin(person, home.now()),
			here: this,
		};
		this.realm = realm;
		this.identity = new Identity(realm);
		this.#neighbours = new Neighbours(realm, this.identity);
		this.#messages = new Messages(realm, this.identity, (work) =>
			state.waitUntil(work.finally(() => this.#wake.wind())),
		);
		const stock = new Stock(
			this.#coupons,
			(pool, after) => siteOf(env, home.self().site).leaseCoupons(pool, home.self().cell, after),
			(work) => this.#store.sql.transaction(work),
		);
		const ground: Ground = {
			transact,
			publication: () => home.publication(),
			now: () => home.now(),
			databaseOf: (site) => databaseOf(env, site),
		};
		this.#fill = new Fill(this.#store, this.#people, outbox, ground);
		this.#apply = new Apply(this.#store, this.#people, outbox, ground);
		this.#erasing = new Erasing(this.#store, this.#people, outbox, tombstones, {
			...ground,
			env,
			published: () => home.published,
			home: () => home.birth,
			loseCopy: (call) => this.identity.peer(call.cell).loseCopy(call),
			askAnew: (person) => this.identity.askAnew(person),
		});
		this.#rights = new Rights(realm, this.identity, this.#messages, this.#erasing, tombstones);
		this.#serving = new Serving(realm, {
			home,
			identity: this.identity,
			messages: this.#messages,
			neighbours: this.#neighbours,
			stock,
			tombstones,
			detached: (work) => state.waitUntil(work),
		});
		this.#outside = new Outside(realm, home, this.identity, this.#neighbours, stock, this.#coupons);
		const due = new Due(this.#store, this.#people, home, transact);
		this.#due = due;
		const delivery = new Delivery(
			outbox,
			new Intaking(
				this.#people,
				env,
				() => home.self(),
				(histories) => due.lapse(histories),
			),
		);
		this.#wake = new Wake(state, {
			outbox,
			delivery,
			walks: [this.#erasing, this.identity.errands, this.#fill.walk, this.#apply, this.#messages.mails],
			deliver: () => delivery.deliver(),
			dueAt: (wall) => due.at(wall),
		});
	}

	async collect(call: string): Promise<string> {
		return JSON.stringify(await this.#serving.collect(JSON.parse(call)));
	}

	async frame(call: FrameCall): Promise<CollectAnswer> {
		return this.#serving.frame(call);
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
		await this.#home.ready(call);
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

	async publish(snapshot: Snapshot): Promise<void> {
		this.#home.publish(snapshot);
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
		const byMs = offsetMs - this.#home.clockOffsetMs;
		this.#home.moveClock(offsetMs);
		this.#store.askDue();
		this.#wake.hasten(byMs);
	}

	/** What comes of people from outside their browsers: see outside.ts. */
	async act(call: ActCall): Promise<readonly Acted[]> {
		return this.#outside.act(call);
	}

	async receive(call: ReceiveCall): Promise<readonly Received[]> {
		return this.#outside.receive(call);
	}

	async rehearse(call: ReceiveCall): Promise<readonly Rehearsed[]> {
		return this.#outside.rehearse(call);
	}

	async dropPart(call: DropCall): Promise<readonly Dropped[]> {
		return this.#outside.drop(call);
	}

	/** Gives back to the site the codes of a pool that are still here, by their places. */
	async giveCouponsBack(pool: string): Promise<readonly number[]> {
		return this.#transact(() => this.#coupons.giveBack(pool));
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
		return this.#transact(() => this.identity.untie(card, part));
	}

	async vanish(): Promise<void> {
		return vanish(this.ctx);
	}

	override async alarm(): Promise<void> {
		await this.#wake.ring(() => this.#due.look());
	}

	/** All or nothing, in memory too; and then what came of it is seen to. */
	#transact<T>(work: () => T): T {
		try {
			return this.#store.sql.transaction(work);
		} catch (error) {
			this.#people.distrust();
			this.#outbox.resume();
			this.identity.errands.resume();
			this.#fill.walk.resume();
			this.#apply.resume();
			this.#messages.mails.resume();
			throw error;
		} finally {
			this.#wake.wind();
		}
	}
}
