// The people's Durable Object: the only writer of its people. A request is parsed by the Worker; here it is one
// transaction of load, think, store, tell the outbox, and then the answer. Nothing is awaited in between.

import { DurableObject } from "cloudflare:workers";
import { senderOf } from "../automation/sender.ts";
import { databaseOf } from "../data/database.ts";
import { poolOf } from "../domain/act.ts";
import type { Application } from "../domain/application.ts";
import type { Channel } from "../domain/consent.ts";
import type { Identifier, Owner } from "../domain/contact.ts";
import { own } from "../domain/keyed.ts";
import { read } from "../domain/person.ts";
import { prepare } from "../domain/rules.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { cellOf, siteOf } from "../platform/name.ts";
import { limits } from "../protocol/limits.ts";
import type { Snapshot } from "../protocol/site.ts";
import { type ActCall, type Acted, act } from "./acts.ts";
import { answer } from "./answer.ts";
import { Apply } from "./apply.ts";
import { Asking, type AskingLetter, writeAsking } from "./asking.ts";
import { type Basics, basicsOf } from "./basics.ts";
import type {
	Applications,
	AskAnswer,
	AskCall,
	CollectAnswer,
	CollectCall,
	Confirmed,
	ExplainAnswer,
	ExplainCall,
	Inspection,
	PastPreview,
	PreviewCall,
	Question,
	Unsubscribed,
} from "./call.ts";
import { type Card, cardOf } from "./card.ts";
import type { CopyAnswer, CopyCall } from "./cards.ts";
import { type Passage, type Sound, siteFactsOf } from "./collect.ts";
import { Confirmations } from "./confirmations.ts";
import { agree } from "./consents.ts";
import { Coupons } from "./coupons.ts";
import { Delivery } from "./delivery.ts";
import { Erasing, type ErasureProgress, type Strike, type Struck } from "./erasing.ts";
import { type Extract, tablesOf } from "./extract.ts";
import { Fill, type Filling } from "./fill.ts";
import type { AdoptAnswer, Adoption, HandOverAnswer, HandOverCall } from "./handover.ts";
import { Identity, type LossCall, type Peer, type Realm, type ReleaseCall } from "./identity.ts";
import { inspect } from "./inspect.ts";
import { Mails, type ShownMail } from "./mails.ts";
import type { MergeAnswer, MergeCall, Passing, UnmergeCall } from "./merging.ts";
import { Neighbours } from "./neighbours.ts";
import { offerToNobody } from "./offers.ts";
import { Outbox } from "./outbox.ts";
import { type DropCall, type Dropped, drop, type Rehearsed, rehearse } from "./parts.ts";
import { type History, nobodys, People, type Published } from "./people.ts";
import { Rate } from "./rate.ts";
import { type ReceiveCall, type Received, receive } from "./receive.ts";
import { type ReplayCall, replay } from "./replay.ts";
import { correct, isAllOf, pause, type Self, selfOf, type Wish } from "./self.ts";
import { sqlOf } from "./sql.ts";
import { hasLapsed } from "./state.ts";
import { Store } from "./store.ts";
import { watchedFor } from "./taste.ts";
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

export class Cell extends DurableObject<EdgeEnv> implements Peer {
	readonly #store: Store;
	readonly #outbox: Outbox;
	readonly #people: People;
	readonly #coupons: Coupons;
	readonly #confirmations: Confirmations;
	readonly #mails: Mails<AskingLetter>;
	readonly #asking: Asking;
	readonly #identity: Identity;
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
		this.#confirmations = new Confirmations(this.#store);
		this.#mails = new Mails(this.#store, {
			sender: () => senderOf(env),
			write: (letter, id, { from }) => writeAsking(letter, id, from, env),
			detached: (work) => state.waitUntil(work.finally(() => this.#wake.wind())),
		});
		this.#asking = new Asking(this.#confirmations, this.#mails, this.#people);
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
			published: () => this.#known(),
			ready: (call) => this.#ready(call),
			self: () => this.#self(),
			now: () => this.#now(),
			isErased: (person) => this.#tombstones.at("person", person) !== undefined,
			here: this,
		};
		this.#identity = new Identity(realm);
		this.#neighbours = new Neighbours(realm, this.#identity);
		const ground: Ground = {
			transact: (work) => this.#transact(work),
			publication: () =>
				this.#snapshot && this.#published && { ...this.#published, snapshot: this.#snapshot },
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
		const delivery = new Delivery(outbox, this.#people, env, (histories) => this.#lapse(histories));
		this.#wake = new Wake(state, {
			outbox,
			delivery,
			walks: [this.#erasing, this.#identity.errands, this.#fill.walk, this.#apply, this.#mails],
			deliver: async () => delivery.deliver(this.#self()),
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
		const announce = (person: string) => this.#identity.announce(person);
		const ask = (passage: Passage, sound: Sound, person: string) => this.#ask(passage, sound, call, person);
		const tombstones = this.#tombstones;
		const stage = { people: this.#people, tombstones, published, now, announce, ask };
		const answered = this.#transact(() => answer(call, visitor, stage));
		// Whoever was erased went nowhere.
		const isElsewhere = answered.is === "unknown-visitor" && answered.was === undefined;
		return isElsewhere ? this.#neighbours.passOn(call, visitor) : answered;
	}

	/** The visitor revoked consent: nothing of this browser stays. */
	async forget(visitor: string): Promise<void> {
		const published = this.#published;
		if (!published) return;
		const cell = this.#birth && (await this.#identity.cellFor(visitor));
		if (cell !== undefined) return this.#identity.peer(cell).forget(visitor);
		const now = this.#now();
		this.#transact(() => {
			const { person } = this.#store.browser(visitor);
			this.#identity.cards.erase(visitor, published, now);
			this.#tombstones.put({ people: [], parts: [], visitors: [visitor] }, now);
			if (this.#people.peek(person)) return;
			this.#confirmations.forget(person);
			this.#mails.forget(person);
		});
	}

	/** Asks a person by message whether the address on their card is theirs. */
	async ask({ person, ...whence }: AskCall): Promise<AskAnswer> {
		const published = this.#published;
		const settings = this.#snapshot?.settings;
		if (!published || !settings) return "person-unknown";
		const now = this.#now();
		return this.#transact(() => {
			const state = this.#people.know(person, published, now);
			if (!state) return "person-unknown";
			const email = own(read(state.standing.person).attributes, "email")?.value;
			if (typeof email !== "string") return "no-address";
			const isLocal = this.env.LOCAL === "1";
			const isAsked = this.#asking.ask({ person, email }, undefined, whence, settings, isLocal, now);
			return isAsked ? "asked" : "too-often";
		});
	}

	/** What somebody was asked by message, for our page to ask it; nothing where it was never asked, or too long ago. */
	async confirmation(id: string): Promise<Question | undefined> {
		return this.#snapshot && this.#asking.look(id, this.#snapshot.settings, this.#now());
	}

	/** The person confirms it on our page. */
	async confirm(id: string): Promise<Confirmed | undefined> {
		const published = this.#published;
		const settings = this.#snapshot?.settings;
		if (!published || !settings) return undefined;
		return this.#transact(() => this.#asking.confirm(id, published, settings, this.#now()));
	}

	/** The address that was confirmed, for the one who brings the proof of it: see `Confirmations`. */
	async redeem(id: string, by: string | undefined): Promise<string | undefined> {
		return this.#transact(() => this.#confirmations.redeem(id, by, this.#now()));
	}

	/** The person takes a consent back by the link in a message. */
	async unsubscribe(person: string, channel: Channel, purpose: string): Promise<Unsubscribed | undefined> {
		const published = this.#published;
		const settings = this.#snapshot?.settings;
		if (!published || !settings || !this.#birth) return undefined;
		// A link in a message is kept for years: meanwhile the person may be another's, elsewhere.
		const { site, cell } = this.#birth;
		const at = this.#identity.whereIs(person);
		if (at.cell !== cell) return cellOf(this.env, site, at.cell).unsubscribe(at.person, channel, purpose);
		return this.#transact(() =>
			this.#asking.unsubscribe(at.person, channel, purpose, published, settings, this.#now()),
		);
	}

	/** Messages that were kept instead of sent, on a developer's machine. */
	async shownMails(): Promise<readonly ShownMail[]> {
		if (this.env.LOCAL !== "1") throw new Error("messages are shown on a developer's machine alone");
		return this.#mails.shown();
	}

	/** Forgets a person in every store. Asked again, it says how far that has come. */
	async erase({ site, cell, person }: Birth & { readonly person: string }): Promise<ErasureProgress> {
		await this.#ready({ site, cell });
		const at = this.#identity.whereIs(person);
		if (at.cell !== cell)
			return cellOf(this.env, site, at.cell).erase({ site, cell: at.cell, person: at.person });
		return this.#erasing.erase(at.person === nobodys ? person : at.person, this.#now());
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
		const at = this.#identity.whereIs(person);
		const { site, cell } = this.#self();
		if (at.cell !== cell) return cellOf(this.env, site, at.cell).card(at.person);
		const state = this.#transact(() => this.#people.know(at.person, published, now));
		return state && cardOf(at.person, state, snapshot, now);
	}

	/** Everything that is stored of a person here. */
	async extract(person: string): Promise<Extract | undefined> {
		const published = this.#published;
		if (!published) return undefined;
		const at = this.#identity.whereIs(person);
		const { site, cell } = this.#self();
		if (at.cell !== cell) return cellOf(this.env, site, at.cell).extract(at.person);
		const state = this.#transact(() => this.#people.know(at.person, published, this.#now()));
		if (!state) return undefined;
		const struck = this.#erasing.callsOf(at.person);
		return { ...struck, isLapsed: hasLapsed(state), tables: tablesOf(this.#store, this.#outbox, struck.ids) };
	}

	/** What a visitor is told of themselves; with `wish`, once that is done. */
	async about(visitor: string, wish?: Wish): Promise<Self | undefined> {
		const [published, snapshot, now] = [this.#published, this.#snapshot, this.#now()];
		if (!published || !snapshot) return undefined;
		const elsewhere = await this.#identity.cellFor(visitor);
		if (elsewhere !== undefined) return cellOf(this.env, this.#self().site, elsewhere).about(visitor, wish);
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
		const elsewhere = this.#birth && (await this.#identity.cellFor(visitor));
		if (elsewhere !== undefined) return cellOf(this.env, this.#self().site, elsewhere).forgetSelf(visitor);
		const now = this.#now();
		const loaded = published && this.#transact(() => this.#people.load(visitor, false, published, now));
		if (!loaded) return { is: "unknown" };
		if (isAllOf(loaded)) return this.#erasing.erase(loaded.person, now, loaded.state.tiedTo?.person);
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
		const cell = await this.#identity.cellFor(visitor);
		if (cell !== undefined) return this.#identity.peer(cell).inspect(visitor, path);
		const now = this.#now();
		const published = this.#published;
		const loaded = this.#transact(() => this.#people.load(visitor, false, published, now));
		return loaded && inspect(loaded, this.#snapshot, published.rules, path, now);
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
		await this.#stockUp(call, published, call.people.length);
		const now = this.#now();
		const stage = { people: this.#people, coupons: this.#coupons, published };
		return this.#identity.following(
			call.people.map((person) => ({ person })),
			(those) => this.#transact(() => those.map(({ person }) => act(person, call, stage, now))),
			(peer, cell, those) => peer.act({ ...call, cell, people: those.map(({ person }) => person) }),
		);
	}

	/** Takes in what other systems than a browser tell of people whom the directory has given to this cell. */
	async receive(call: ReceiveCall): Promise<readonly Received[]> {
		const published = await this.#ready(call);
		const now = this.#now();
		const announce = (person: string) => this.#identity.announce(person);
		const cards = this.#identity.cards;
		const stage = { people: this.#people, cards, published, self: call.cell, announce };
		return this.#identity.following(
			call.people,
			(those) => this.#transact(() => those.map((one) => receive(one, stage, now))),
			(peer, cell, people) => peer.receive({ ...call, cell, people }),
			({ proof }) => proof === "typed",
		);
	}

	/** What a site's server is told of somebody, as of now. */
	async basics(person: string): Promise<Basics | undefined> {
		const published = this.#published;
		if (!published) return undefined;
		const now = this.#now();
		const state = this.#transact(() => this.#people.know(person, published, now));
		return state && basicsOf(person, state, published.rules);
	}

	/** Who somebody of this cell is by now, and where; nobody where they were erased, or never came. */
	async whoIs(person: string): Promise<Owner | undefined> {
		if (!this.#birth) return undefined;
		const owner = this.#identity.whereIs(person);
		if (owner.person === nobodys) return undefined;
		if (owner.cell !== this.#birth.cell) return this.#identity.peer(owner.cell).whoIs(owner.person);
		return this.#people.peek(owner.person) && owner;
	}

	/** By what somebody is known; nothing of whoever is not known here. */
	async identifiersOf(person: string): Promise<readonly Identifier[]> {
		return this.#people.peek(person)?.identifiers?.map(({ kind, value }) => ({ kind, value })) ?? [];
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

	async takeMerge(passing: Passing): Promise<void> {
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

	/** Why these people meet a condition, have a tag or points, or are shown something; or do not, as of now. */
	async explain({ people, question }: ExplainCall): Promise<ExplainAnswer> {
		const published = this.#published;
		if (!published || !this.#snapshot) return { is: "refused", code: "site-unknown" };
		const now = this.#now();
		const [first] = people;
		const into = this.#birth && first && this.#identity.whereIs(first.person);
		if (first && into && into.cell !== this.#birth?.cell && people.length === 1) {
			const asked = [{ ...first, person: into.person }];
			const answered = await this.#identity.peer(into.cell).explain({ people: asked, question });
			if (answered.is !== "explained") return answered;
			return { ...answered, people: answered.people.map((one) => ({ ...one, person: first.person })) };
		}
		const known = this.#transact(() =>
			people.flatMap(({ person, past }) => {
				const state = this.#people.know(this.#identity.whereIs(person).person, published, now);
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
			this.#identity.errands.resume();
			this.#fill.walk.resume();
			this.#apply.resume();
			this.#mails.resume();
			throw error;
		} finally {
			this.#wake.wind();
		}
	}

	/** Keeps what a form says of consent, and asks the owner of the address where that has to be confirmed. */
	#ask(passage: Passage, { event, attributes }: Sound, call: CollectCall, person: string): void {
		const { email } = attributes;
		const terms = agree(passage, event);
		const settings = this.#snapshot?.settings;
		if (!terms || !settings || typeof email !== "string" || call.edge === undefined) return;
		const { site, cell, edge, page } = call;
		const language = page.language?.toLowerCase().startsWith("pl") ? "pl" : "en";
		const whence = { site, cell, edge, language, page: page.url } as const;
		this.#asking.ask({ person, email }, terms, whence, settings, this.env.LOCAL === "1", passage.now);
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

	#self(): Birth {
		if (!this.#birth) throw new Error("an unborn cell has nothing to tell");
		return this.#birth;
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
