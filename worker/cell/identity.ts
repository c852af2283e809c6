// Who people are, where that is not for this cell alone to say: the directory says whose an identifier is, and another
// cell may have the card. What is awaited here is never in the path of a page view, and whatever it comes to is done in a
// transaction of its own, over what is so by then.

import { noteConflicts } from "../data/cards.ts";
import { databaseOf } from "../data/database.ts";
import { noIds } from "../data/registry.ts";
import { conflictsWith, findOwner, moveIdentifiers, release, resolve } from "../directory/resolve.ts";
import { cut, isProven, ownParts } from "../domain/card.ts";
import { attributeOf, type Identifier, isSame, type Owner } from "../domain/contact.ts";
import { own } from "../domain/keyed.ts";
import { read } from "../domain/person.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { uuidv7 } from "../platform/id.ts";
import { cellOf } from "../platform/name.ts";
import type { ActCall, Acted } from "./acts.ts";
import type { Basics } from "./basics.ts";
import type { AskAnswer, AskCall, Collector, PosingCall, SayCall, Standings } from "./call.ts";
import type { Card } from "./card.ts";
import { Cards, type CopyAnswer, type CopyCall, cardOf } from "./cards.ts";
import type { ErasureProgress } from "./erasing.ts";
import { type Errand, Errands } from "./errands.ts";
import type { Extract } from "./extract.ts";
import {
	type AdoptAnswer,
	type Adoption,
	type HandOverAnswer,
	type HandOverCall,
	type Noted,
	settleHandover,
} from "./handover.ts";
import {
	type MergeAnswer,
	type MergeCall,
	type Moved,
	moveKey,
	type Passing,
	partedFrom,
	type UnmergeCall,
} from "./merging.ts";
import type { Shown } from "./offers.ts";
import type { DropCall, Dropped, Rehearsed } from "./parts.ts";
import { nobodys, type People, type Published } from "./people.ts";
import type { ReceiveCall, Received } from "./receive.ts";
import type { Self, Wish } from "./self.ts";
import { type State, untie } from "./state.ts";
import type { Store } from "./store.ts";
import type { Publication } from "./walk.ts";

/** What one cell asks of another. */
export interface Peer extends Collector {
	forget(visitor: string): Promise<void>;
	about(visitor: string, wish?: Wish): Promise<Self | undefined>;
	forgetSelf(visitor: string): Promise<ErasureProgress>;
	card(person: string): Promise<Card | undefined>;
	extract(person: string): Promise<Extract | undefined>;
	erase(call: EraseCall): Promise<ErasureProgress>;
	ask(call: AskCall): Promise<AskAnswer>;
	say(call: SayCall): Promise<boolean>;
	basics(person: string): Promise<Basics | undefined>;
	pose(call: PosingCall): Promise<Shown | undefined>;
	identifiersOf(person: string): Promise<readonly Identifier[]>;
	whoIs(person: string): Promise<Owner | undefined>;
	handOver(call: HandOverCall): Promise<HandOverAnswer>;
	adopt(adoption: Adoption): Promise<AdoptAnswer>;
	act(call: ActCall): Promise<readonly Acted[]>;
	receive(call: ReceiveCall): Promise<readonly Received[]>;
	rehearse(call: ReceiveCall): Promise<readonly Rehearsed[]>;
	dropPart(call: DropCall): Promise<readonly Dropped[]>;
	standings(people: readonly string[]): Promise<Standings | undefined>;
	standingOf(visitor: string): Promise<Standings | undefined>;
	takeCopy(call: CopyCall): Promise<CopyAnswer>;
	loseCopy(call: LossCall): Promise<void>;
	release(call: ReleaseCall): Promise<void>;
	merge(call: MergeCall): Promise<MergeAnswer>;
	unmerge(call: UnmergeCall): Promise<MergeAnswer>;
	takeMerge(passing: Passing): Promise<"gone" | undefined>;
	takeBack(passing: Passing): Promise<void>;
}

/** `as`: the name that was asked for, where that led here. */
export interface EraseCall {
	readonly site: string;
	readonly cell: string;
	readonly person: string;
	readonly as?: string;
}

export interface LossCall {
	readonly site: string;
	readonly cell: string;
	readonly card: string;
	/** Whose copies they were. */
	readonly from: string;
}

/** Somebody is tied to a card no more, as of that epoch of the card. */
export interface ReleaseCall {
	readonly site: string;
	readonly cell: string;
	readonly person: string;
	readonly epoch: number;
}

/** What the cell lends to it. */
export interface Realm {
	readonly env: EdgeEnv;
	readonly store: Store;
	readonly people: People;
	readonly outbox: Outbox;
	readonly transact: <T>(work: () => T) => T;
	/** Nothing where the cell was not born yet, or its site never published. */
	readonly publication: () => Publication | undefined;
	/** As published, and known by then. */
	readonly published: () => Published;
	/** The same for whoever may be the first to call: the site and the cell's own name are in the call. */
	readonly ready: (call: { readonly site: string; readonly cell: string }) => Promise<Published>;
	readonly self: () => { readonly site: string; readonly cell: string };
	readonly now: () => number;
	/** Coupon pools of which nobody had a code when the site was asked last. */
	readonly emptyPools: () => readonly string[];
	readonly isErased: (person: string) => boolean;
	/** When somebody was erased whose this name was, though the directory may still call this card by it. */
	readonly lostAt: (card: string, identifier: Identifier) => number | undefined;
	/** Lines for D1 that another cell had, without what they say of whoever is erased. */
	readonly cleared: (lines: readonly string[]) => readonly string[];
	/** Begins to forget somebody in every store. */
	readonly erase: (person: string) => void;
	/** The cell itself, asked as any other. */
	readonly here: Peer;
}

export class Identity {
	readonly #realm: Realm;
	readonly errands: Errands;
	readonly cards: Cards;
	/** By person, the versions of the parts that their card's cell is known to have. */
	readonly #sent = new Map<string, string>();

	constructor(realm: Realm) {
		this.#realm = realm;
		const { store, people, outbox } = realm;
		this.errands = new Errands(store, (errand) => this.#perform(errand));
		this.cards = new Cards(store, people, outbox, this.errands);
		people.onTied = (person) => this.errands.want(`copy/${person}`);
	}

	/** In the caller's transaction. */
	announce(person: string): void {
		this.errands.want(`identify/${person}`);
	}

	peer(cell: string): Peer {
		const { env, self, here } = this.#realm;
		// A stub is its object, but for pairs in what it answers, which its types make lists of.
		return cell === self().cell ? here : (cellOf(env, self().site, cell) as Peer);
	}

	/** Who somebody is by now, and where; themselves, and here, where nothing else is known. */
	whereIs(person: string): Owner {
		return this.#wayOf(person).at;
	}

	/** `last`: who they were last of those who are, or were, of this cell. */
	#wayOf(person: string): { readonly at: Owner; readonly last: string } {
		const { cell } = this.#realm.self();
		let at: Owner = { person, cell };
		let last = person;
		// A forward leads on to another, and never back: each came later than the one before.
		while (at.cell === cell) {
			last = at.person;
			const into = this.#realm.isErased(last) ? nobody : this.#realm.store.forwardOf(last);
			if (!into) break;
			if (into.person === nobodys) return { at: { person: nobodys, cell }, last };
			at = into;
		}
		return { at, last };
	}

	/**
	 * Whose it is now what came to a card of this cell by these names, where the directory was asked before it knew that a
	 * merge was undone. Nothing where that is not so, and then nothing is awaited; it fails as long as nobody can say.
	 */
	ownerNow(card: string, identifiers: readonly Identifier[]): Promise<Owner> | undefined {
		const { people, lostAt, self } = this.#realm;
		const lost = identifiers.find((one) => lostAt(card, one) !== undefined);
		const parted = lost ? undefined : partedFrom(this.#realm, self().site, card, identifiers);
		const name = lost ?? parted?.identifier;
		if (!name) return undefined;
		const known = people.peek(card)?.identifiers ?? [];
		if (identifiers.some((one) => known.some(isSame(one)))) return undefined;
		return this.#ownerOf(card, name, parted?.person);
	}

	/** Whose a name of a card's is, since somebody was parted from it; or those erased to whom it was to go back. */
	async #ownerOf(card: string, name: Identifier, parted?: string): Promise<Owner> {
		const { env, self } = this.#realm;
		const { site, cell } = self();
		if (parted !== undefined) {
			await this.errands.settle(moveKey(parted));
			await this.errands.settle(`return/${parted}`);
		}
		const owner = await findOwner(env, site, name);
		if (parted === undefined && owner?.person === card) throw new Error("the name is this card's no more");
		if (owner) return { person: owner.person, cell: owner.cell };
		return { person: parted === undefined ? nobodys : card, cell };
	}

	/**
	 * Up to when whoever said these names is gone with a card that is: nothing where all of them are, whenever that was. What
	 * had gone away from the card before is another's, or it was said since.
	 */
	async goneAt(card: string, said: readonly Identifier[]): Promise<{ readonly at?: number }> {
		const { env, isErased, lostAt, self } = this.#realm;
		if (!isErased(card)) {
			const at = said.map((one) => lostAt(card, one)).find((one) => one !== undefined);
			return at === undefined ? {} : { at };
		}
		await this.errands.settleNaming(card, "move");
		const [name] = said;
		const owner = name && (await findOwner(env, self().site, name));
		return owner && owner.person !== card ? { at: owner.erasedAt ?? 0 } : {};
	}

	/** The cell to which a browser went, once that cell knows of it; nothing of whoever is here, or nowhere. */
	async cellFor(visitor: string): Promise<string | undefined> {
		const { store } = this.#realm;
		if (store.browser(visitor).cell === null) return undefined;
		await this.errands.settle(`hand/${visitor}`);
		await this.errands.settleNaming(visitor, "merge", "return");
		return store.browser(visitor).cell ?? undefined;
	}

	/** Asks of somebody where they are by now, under the name that they have there. */
	async follow<T>(
		person: string,
		here: (name: string) => T | Promise<T>,
		there: (peer: Peer, at: Owner) => Promise<T>,
	): Promise<T> {
		const at = this.whereIs(person);
		return at.cell === this.#realm.self().cell ? here(at.person) : there(this.peer(at.cell), at);
	}

	/** Asks of a browser where it is by now. */
	async followBrowser<T>(
		visitor: string,
		here: () => T | Promise<T>,
		there: (peer: Peer, cell: string) => Promise<T>,
	): Promise<T> {
		const cell = await this.cellFor(visitor);
		return cell === undefined ? here() : there(this.peer(cell), cell);
	}

	/**
	 * Asks of each where they are by now. Answers stand in the order of the questions, under the names that were asked for.
	 * `isOwn`: whoever it is asked of is meant themselves, and not the card to which they are tied.
	 */
	async following<In extends { readonly person: string }, Out extends { readonly person: string }>(
		asked: readonly In[],
		here: (those: readonly In[]) => readonly Out[],
		there: (peer: Peer, cell: string, those: readonly In[]) => Promise<readonly Out[]>,
		isOwn: (one: In) => boolean = () => false,
	): Promise<readonly Out[]> {
		const { cell: own } = this.#realm.self();
		// Of a card that is not there yet, its new cell knows neither what was done to it nor what was told of it.
		await Promise.all(asked.map(({ person }) => this.errands.settle(`merge/${this.#wayOf(person).last}`)));
		const found = asked.map((one, place) => {
			const isTied = isOwn(one) && this.#realm.people.peek(one.person)?.tiedTo !== undefined;
			const { person, cell } = isTied ? { person: one.person, cell: own } : this.whereIs(one.person);
			return { place, name: one.person, cell, one: { ...one, person } };
		});
		const answers: Out[] = [];
		const groups = Array.from(Map.groupBy(found, ({ cell }) => cell));
		await Promise.all(
			groups.map(async ([cell, those]) => {
				const ones = those.map(({ one }) => one);
				const outs = cell === own ? here(ones) : await there(this.peer(cell), cell, ones);
				for (const [i, { place, name }] of those.entries()) {
					const out = outs[i];
					if (out) answers[place] = { ...out, person: name };
				}
			}),
		);
		return answers;
	}

	async #perform({ key, body }: Errand): Promise<void> {
		const [kind = "", id = ""] = key.split("/");
		switch (kind) {
			case "identify":
				return this.#identify(id);
			case "copy":
				return this.#copy(id);
			case "lose":
				return this.#lose(id, JSON.parse(body));
			case "release":
				return this.#release(JSON.parse(body));
			case "hand":
				return this.#hand(id, JSON.parse(body));
			case "conflict":
				return this.#note(JSON.parse(body));
			case "merge":
				return this.#pass(JSON.parse(body));
			case "return":
				return this.#passBack(JSON.parse(body));
			case "move":
				return this.#move(JSON.parse(body));
			case "unchat":
				return this.#realm.env.CHAT.erase(this.#realm.self().site, { ...noIds, visitors: [id] });
			default:
				throw new Error("an errand that nobody knows");
		}
	}

	/**
	 * Whose card it is that somebody typed an identifier of: their own where nobody had it. Only the first is claimed: were
	 * what is typed together one person's, whoever typed another's address beside their own id would be let into the other's
	 * card by logging in.
	 */
	async #identify(person: string): Promise<void> {
		const { env, people, self, transact, now, published } = this.#realm;
		const [first, ...others] = people.glance(person)?.identifiers ?? [];
		if (!first) return;
		const { site, cell } = self();
		// What anybody can send in somebody's name makes a card and is tied to it, but never is the card: else what the
		// site's server says of that name later would stand in one with it.
		const parts = Object.values(people.glance(person)?.standing.person.parts ?? {});
		const isSource = parts.every(({ kind }) => kind === "server");
		const newcomer = isSource ? uuidv7(now()) : person;
		const owner = await resolve(env, site, [first], { person: newcomer, cell });
		const conflicts = await conflictsWith(env, site, owner.person, others);
		await this.#note({ person: owner.person, conflicts, at: now() });
		transact(() => {
			const state = people.know(person, published(), now());
			if (!state || state.tiedTo || isProven(cardOf(state))) return;
			// It was on its way when whoever it was of was erased: had it come before, it would have gone with them.
			if (isOlder(state, first, owner.erasedAt)) this.#realm.erase(person);
			else if (owner.person !== person)
				this.#tieTo({ person: owner.person, cell: owner.cell }, person, state);
		});
	}

	#tieTo(card: Owner, person: string, state: State): void {
		const { people, store, published, now } = this.#realm;
		if (state.tiedTo?.person !== card.person) untie(state);
		state.tiedTo = card;
		store.putForward(person, card);
		people.save({ person, part: person, state }, [], published(), now());
	}

	/** The card's cell gets all that this person's parts are now. */
	async #copy(person: string): Promise<void> {
		const { env, people, self, transact } = this.#realm;
		const state = people.whole(person);
		if (!state?.tiedTo) return;
		const { tiedTo, epoch } = state;
		const { site, cell } = self();
		const parts = structuredClone(ownParts(state.standing.person));
		const versions = JSON.stringify([tiedTo, ...parts.map(({ id, version }) => [id, version])]);
		if (this.#sent.get(person) === versions) return;
		const from = { person, cell };
		const call: CopyCall = { site, cell: tiedTo.cell, card: tiedTo.person, from, epoch, parts };
		const answer = await this.peer(tiedTo.cell).takeCopy(call);
		if (answer.is === "gone") await release(env, site, state.identifiers ?? [], tiedTo.person);
		if (answer.is === "kept" && answer.card.person === tiedTo.person) this.#remember(person, versions);
		else transact(() => this.#settleCopy(person, answer));
	}

	#settleCopy(person: string, answer: CopyAnswer): void {
		const { people, published, now } = this.#realm;
		const state = people.know(person, published(), now());
		if (!state?.tiedTo) return;
		if (answer.is === "kept") this.#tieTo(answer.card, person, state);
		else if (answer.is === "cut") this.cards.release(person, state, answer.epoch, published(), now());
		else if (answer.at === undefined || isOlder(state, state.identifiers?.[0], answer.at))
			this.#realm.erase(person);
		else this.askAnew(person);
	}

	/**
	 * Tied to a card that is gone, by a name that is another's, or was typed since: whose it is by now, the directory says.
	 * The card had nothing of theirs to refuse or to lose. In the caller's transaction.
	 */
	askAnew(person: string): void {
		const { people, published, now } = this.#realm;
		const state = people.know(person, published(), now());
		if (!state?.tiedTo) return;
		delete state.tiedTo;
		this.cards.release(person, state, state.epoch, published(), now());
		this.announce(person);
	}

	/** Takes off what somebody's browser tied to a card by typing; says whether the card had such a part. */
	untie(card: string, part: string): boolean {
		const { people, published, now, self } = this.#realm;
		const state = people.know(card, published(), now());
		const tie = state?.ties && own(state.ties, part);
		if (!state || !tie || tie.isCut) return false;
		const theirs = Object.entries(state.ties ?? {}).flatMap(([id, one]) =>
			one.from.person === tie.from.person ? [id] : [],
		);
		this.cards.reshape(card, state, (known) => cut(known, theirs), published(), now());
		const call: ReleaseCall = {
			...self(),
			cell: tie.from.cell,
			person: tie.from.person,
			epoch: state.epoch,
		};
		this.errands.want(`release/${tie.from.person}`, JSON.stringify(call));
		return true;
	}

	#remember(person: string, versions: string): void {
		if (this.#sent.size >= rememberedCopies) this.#sent.clear();
		this.#sent.set(person, versions);
	}

	async #hand(visitor: string, adoption: Adoption): Promise<void> {
		const answer = await this.peer(adoption.cell).adopt(adoption);
		this.#realm.transact(() => settleHandover(visitor, adoption, answer, this.#realm.store));
	}

	async #pass(passing: Passing): Promise<void> {
		const answer = await this.peer(passing.cell).takeMerge(passing);
		if (answer === "gone") this.#realm.transact(() => this.#realm.erase(passing.person));
	}

	async #passBack(passing: Passing): Promise<void> {
		await this.peer(passing.cell).takeBack(passing);
	}

	async #move({ identifiers, from, to }: Moved): Promise<void> {
		const { env, self } = this.#realm;
		await moveIdentifiers(env, self().site, identifiers, from, to);
	}

	async #release(call: ReleaseCall): Promise<void> {
		await this.peer(call.cell).release(call);
	}

	async #note({ person, conflicts, at }: Noted): Promise<void> {
		const { env, self } = this.#realm;
		await noteConflicts(databaseOf(env, self().site), self().site, [{ person, conflicts }], at);
	}

	async #lose(person: string, card: Owner): Promise<void> {
		const { site } = this.#realm.self();
		await this.peer(card.cell).loseCopy({ site, cell: card.cell, card: card.person, from: person });
	}
}

const rememberedCopies = 10_000;
const nobody: Owner = { person: nobodys, cell: "" };

/** Whether somebody was called so before that instant. */
function isOlder({ standing }: State, name: Identifier | undefined, instant: number | undefined): boolean {
	if (!name || instant === undefined) return false;
	const told = own(read(standing.person).attributes, attributeOf[name.kind]);
	return told?.value === name.value && told.at <= instant;
}
