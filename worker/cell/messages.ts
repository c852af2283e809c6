// The cell's messages to people: what is asked by them, what waits to be sent, and what people answer on our page. A link
// in a message is kept for years: meanwhile the person may be another's, elsewhere.

import { senderOf } from "../automation/sender.ts";
import type { Channel } from "../domain/consent.ts";
import { own } from "../domain/keyed.ts";
import { read } from "../domain/person.ts";
import { Asking, type AskingLetter, writeAsking } from "./asking.ts";
import type { AskAnswer, AskCall, CollectCall, Confirmed, Question, Unsubscribed } from "./call.ts";
import type { Passage, Sound } from "./collect.ts";
import { Confirmations } from "./confirmations.ts";
import { agree } from "./consents.ts";
import type { Identity, Realm } from "./identity.ts";
import { Mails, type ShownMail } from "./mails.ts";

export class Messages {
	readonly #realm: Realm;
	readonly #identity: Identity;
	readonly #confirmations: Confirmations;
	readonly #asking: Asking;
	readonly mails: Mails<AskingLetter>;

	/** `detached`: keeps the cell awake until it is done, and then looks what is left. */
	constructor(realm: Realm, identity: Identity, detached: (work: Promise<void>) => void) {
		const { store, people, env } = realm;
		this.#realm = realm;
		this.#identity = identity;
		this.#confirmations = new Confirmations(store);
		this.mails = new Mails(store, {
			sender: () => senderOf(env),
			write: (letter, id, { from }) => writeAsking(letter, id, from, env),
			detached,
		});
		this.#asking = new Asking(this.#confirmations, this.mails, people);
	}

	/** Of somebody who is gone. */
	forget(person: string): void {
		this.#confirmations.forget(person);
		this.mails.forget(person);
	}

	/** Asks a person whether the address on their card is theirs. */
	async ask({ person, ...whence }: AskCall): Promise<AskAnswer> {
		const { people, publication, transact, now, env } = this.#realm;
		const published = publication();
		if (!published) return "person-unknown";
		const { settings } = published.snapshot;
		return transact(() => {
			const state = people.know(person, published, now());
			if (!state) return "person-unknown";
			const email = own(read(state.standing.person).attributes, "email")?.value;
			if (typeof email !== "string") return "no-address";
			const isLocal = env.LOCAL === "1";
			const isAsked = this.#asking.ask({ person, email }, undefined, whence, settings, isLocal, now());
			return isAsked ? "asked" : "too-often";
		});
	}

	/**
	 * Keeps what a form says of consent, and asks the owner of the address where that has to be confirmed. In the
	 * transaction of the caller.
	 */
	heard(passage: Passage, { event, attributes }: Sound, call: CollectCall, person: string): void {
		const { email } = attributes;
		const terms = agree(passage, event);
		const published = this.#realm.publication();
		if (!terms || !published || typeof email !== "string" || call.edge === undefined) return;
		const { site, cell, edge, page } = call;
		const language = page.language?.toLowerCase().startsWith("pl") ? "pl" : "en";
		const whence = { site, cell, edge, language, page: page.url } as const;
		const isLocal = this.#realm.env.LOCAL === "1";
		this.#asking.ask({ person, email }, terms, whence, published.snapshot.settings, isLocal, passage.now);
	}

	/** What somebody was asked, for our page to ask it; nothing where it was never asked, or too long ago. */
	async confirmation(id: string): Promise<Question | undefined> {
		const published = this.#realm.publication();
		return published && this.#asking.look(id, published.snapshot.settings, this.#realm.now());
	}

	/** The person confirms it on our page. */
	async confirm(id: string): Promise<Confirmed | undefined> {
		const { publication, transact, now } = this.#realm;
		const published = publication();
		if (!published) return undefined;
		return transact(() => this.#asking.confirm(id, published, published.snapshot.settings, now()));
	}

	/** The address that was confirmed, for the one who brings the proof of it: see `Confirmations`. */
	async redeem(id: string, by: string | undefined): Promise<string | undefined> {
		return this.#realm.transact(() => this.#confirmations.redeem(id, by, this.#realm.now()));
	}

	/** The person takes a consent back by the link in a message. */
	async unsubscribe(person: string, channel: Channel, purpose: string): Promise<Unsubscribed | undefined> {
		const { publication, transact, now } = this.#realm;
		const published = publication();
		if (!published) return undefined;
		const { settings } = published.snapshot;
		return this.#identity.follow(
			person,
			(name) => transact(() => this.#asking.unsubscribe(name, channel, purpose, published, settings, now())),
			(peer, { person: name }) => peer.unsubscribe(name, channel, purpose),
		);
	}

	/** Messages that were kept instead of sent, on a developer's machine. */
	async shown(): Promise<readonly ShownMail[]> {
		if (this.#realm.env.LOCAL !== "1") throw new Error("messages are shown on a developer's machine alone");
		return this.mails.shown();
	}
}
