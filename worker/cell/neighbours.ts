// What cells ask of each other, and a cell of itself: to take in a browser, a copy, a whole card. Whoever it is for may have
// gone on to another cell meanwhile; then it is passed on. Each is one transaction, and none minds being asked twice.

import { saidIn } from "../data/erasure.ts";
import type { Identifier, Owner } from "../domain/contact.ts";
import { logFault } from "../platform/log.ts";
import { type CollectAnswer, type CollectCall, collectIn } from "./call.ts";
import type { CopyAnswer, CopyCall } from "./cards.ts";
import {
	type AdoptAnswer,
	type Adoption,
	adopt,
	depart,
	type HandOverAnswer,
	type HandOverCall,
} from "./handover.ts";
import type { Identity, LossCall, Realm, ReleaseCall } from "./identity.ts";
import {
	leftAt,
	type MergeAnswer,
	type MergeCall,
	mergeAway,
	type Passing,
	takeBack,
	takeMerge,
	type UnmergeCall,
	unmerge,
} from "./merging.ts";
import { nobodys } from "./people.ts";
import type { ReceiveCall } from "./receive.ts";

export class Neighbours {
	readonly #realm: Realm;
	readonly #identity: Identity;

	constructor(realm: Realm, identity: Identity) {
		this.#realm = realm;
		this.#identity = identity;
	}

	/** A browser that went to another cell is served there, and told so, for good: also with what it sent long ago. */
	async passOn(call: CollectCall, visitor: string): Promise<CollectAnswer> {
		const wasAway = this.#realm.store.browser(visitor).cell !== null;
		const cell = await this.#identity.cellFor(visitor);
		if (cell === undefined) return wasAway ? collectIn(this.#realm.here, call) : { is: "unknown-visitor" };
		const there = this.#identity.peer(cell);
		const answered = await collectIn(there, { ...call, cell, who: { is: "known", visitor } });
		return answered.is === "answered" ? { ...answered, moved: answered.moved ?? cell } : answered;
	}

	/** Gives a browser to the card that it was proven to be of. */
	async handOver(call: HandOverCall): Promise<HandOverAnswer> {
		const published = await this.#realm.ready(call);
		const { visitor } = call.who;
		let to: Owner;
		try {
			const found = this.#nowOf(call.to, call.identifiers);
			to = found instanceof Promise ? await found : found;
		} catch (error) {
			logFault("handover", error);
			return { is: "pending" };
		}
		if (to.person === nobodys) return { is: "gone" };
		const answered = this.#realm.transact(() =>
			depart({ ...call, to }, this.#ground(), published, this.#realm.now()),
		);
		if (answered.is === "handed" && answered.cell === call.cell) return answered;
		try {
			const cell = await this.#identity.cellFor(visitor);
			// The card may have come to this very cell meanwhile; or be erased, and the browser with it.
			const isHere = cell === undefined && this.#realm.store.browser(visitor).person !== nobodys;
			if (answered.is === "handed" && isHere) return { is: "handed", cell: call.cell };
			if (cell === undefined) return { is: "unknown-visitor" };
			if (answered.is === "handed") return { is: "handed", cell };
			return await this.#identity.peer(cell).handOver({ ...call, cell, who: { is: "known", visitor } });
		} catch (error) {
			logFault("handover", error);
			return { is: "pending" };
		}
	}

	/** Takes in what was handed over to a card of this cell. Heard again, it changes nothing. */
	async adopt(adoption: Adoption): Promise<AdoptAnswer> {
		const published = await this.#realm.ready(adoption);
		const { cell, identifiers } = adoption;
		const found = this.#nowOf({ person: adoption.card, cell }, identifiers);
		const card = found instanceof Promise ? await found : found;
		if (card.person === nobodys) return { is: "gone" };
		const epoch = Math.max(adoption.epoch, leftAt(this.#realm.store, adoption.card));
		const lines = this.#realm.cleared(adoption.lines);
		const asked = { ...adoption, cell: card.cell, card: card.person, epoch, lines };
		if (card.cell !== adoption.cell) return this.#identity.peer(card.cell).adopt(asked);
		this.#realm.transact(() => adopt(asked, this.#ground(), published, this.#realm.now()));
		return { is: "adopted", card };
	}

	/** Takes in what another cell, or this one, writes of somebody who is tied to a card here. */
	async takeCopy(call: CopyCall): Promise<CopyAnswer> {
		const published = await this.#realm.ready(call);
		const { card } = call;
		// What was tied before is told what became of it.
		const said = this.#identity.cards.knows(card, call.parts) ? [] : call.parts.flatMap(saidIn);
		const found = this.#nowOf({ person: card, cell: call.cell }, said);
		const into = found instanceof Promise ? await found : found;
		if (this.#realm.isErased(call.from.person)) return { is: "gone" };
		if (into.person === nobodys) return { is: "gone", ...(await this.#identity.goneAt(card, said)) };
		// It may be there before the card that went is: what that card said of its parts is older all the same.
		const epoch = Math.max(call.epoch, leftAt(this.#realm.store, card));
		const asked = { ...call, cell: into.cell, card: into.person, epoch };
		if (into.cell !== call.cell) return this.#identity.peer(into.cell).takeCopy(asked);
		return this.#realm.transact(() => this.#identity.cards.takeCopy(asked, published, this.#realm.now()));
	}

	/** Merges a card of this cell into another. Whatever is asked of it from then on is asked of that one. */
	async merge(call: MergeCall): Promise<MergeAnswer> {
		const published = await this.#realm.ready(call);
		const at = this.#identity.whereIs(call.person);
		if (at.cell !== call.cell)
			return this.#identity.peer(at.cell).merge({ ...call, cell: at.cell, person: at.person });
		const into = call.into.cell === call.cell ? this.#identity.whereIs(call.into.person) : call.into;
		if (into.person === nobodys || this.#realm.isErased(into.person))
			return { is: "refused", why: "person-unknown" };
		const asked = { ...call, person: at.person, into };
		return this.#realm.transact(() => mergeAway(asked, this.#ground(), published, this.#realm.now()));
	}

	/** Undoes the merge of somebody into a card of this cell. */
	async unmerge(call: UnmergeCall): Promise<MergeAnswer> {
		const published = await this.#realm.ready(call);
		const answer = this.#realm.transact(() => unmerge(call, this.#ground(), published, this.#realm.now()));
		// What is done to somebody who is not back yet would be done to the card. Who is out of reach comes later.
		if (answer.is === "done")
			await this.#identity.errands.settle(`return/${call.person}`).catch(() => undefined);
		return answer;
	}

	/** Takes in a card that was merged into one of this cell. `gone`: that one was erased, and so is this. */
	async takeMerge(passing: Passing): Promise<"gone" | undefined> {
		const published = await this.#realm.ready(passing);
		const into = this.#identity.whereIs(passing.into.person);
		if (into.person === nobodys) return "gone";
		const lines = this.#realm.cleared(passing.lines);
		const asked = { ...passing, cell: into.cell, into, lines };
		if (into.cell !== passing.cell) return this.#identity.peer(into.cell).takeMerge(asked);
		this.#realm.transact(() => takeMerge(asked, this.#ground(), published, this.#realm.now()));
		return undefined;
	}

	/** A card of this cell is itself again. */
	async takeBack(passing: Passing): Promise<void> {
		const published = await this.#realm.ready(passing);
		// Erasure beats what is in flight.
		if (this.#realm.isErased(passing.person)) return;
		const asked = { ...passing, lines: this.#realm.cleared(passing.lines) };
		this.#realm.transact(() => takeBack(asked, this.#ground(), published, this.#realm.now()));
	}

	/** Somebody of this cell is tied to their card no more. */
	async release({ person, epoch }: ReleaseCall): Promise<void> {
		const published = this.#realm.published();
		this.#realm.transact(() => {
			const state = this.#realm.people.know(person, published, this.#realm.now());
			if (state?.tiedTo) this.#identity.cards.release(person, state, epoch, published, this.#realm.now());
		});
	}

	/** What was tied to a card here is gone. */
	async loseCopy(call: LossCall): Promise<void> {
		const published = await this.#realm.ready(call);
		const into = this.#identity.whereIs(call.card);
		const asked = { ...call, cell: into.cell, card: into.person };
		if (into.cell !== call.cell) return this.#identity.peer(into.cell).loseCopy(asked);
		const isErased = this.#realm.isErased(call.from);
		this.#realm.transact(() =>
			this.#identity.cards.loseCopy(asked.card, call.from, isErased, published, this.#realm.now()),
		);
	}

	/**
	 * What the site's server tells of a card by another's names is not taken: it asked the directory before that knew of an
	 * undone merge, and asks again.
	 */
	async refuseOthers({ people }: ReceiveCall): Promise<void> {
		const verified = people.filter(({ proof }) => proof === "verified");
		await Promise.all(
			verified.flatMap(({ person, identifiers }) => {
				const asked = this.#identity.ownerNow(person, identifiers);
				return asked ? [asked.then((owner) => refuseAnother(owner, person))] : [];
			}),
		);
	}

	/**
	 * Who that is by now, to whom somebody comes by these names; and where. As a rule nothing is awaited, and then nothing
	 * may be before the transaction either.
	 */
	#nowOf(to: Owner, identifiers: readonly Identifier[]): Owner | Promise<Owner> {
		const { cell } = this.#realm.self();
		const at = (owner: Owner) => (owner.cell === cell ? this.#identity.whereIs(owner.person) : owner);
		const asked = to.cell === cell ? this.#identity.ownerNow(to.person, identifiers) : undefined;
		return asked ? asked.then(at) : at(to);
	}

	#ground() {
		const { store, people, outbox } = this.#realm;
		const { errands, cards } = this.#identity;
		return { store, people, outbox, errands, cards };
	}
}

function refuseAnother(owner: Owner, person: string): void {
	if (owner.person !== person) throw new Error("the names are another's by now");
}
