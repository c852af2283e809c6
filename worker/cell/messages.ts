// The cell's messages to people: what is asked by them, what waits to be sent, and what people answer on our page. A link
// in a message is kept for years: meanwhile the person may be another's, elsewhere.

import { senderOf } from "../automation/sender.ts";
import { findOwner } from "../directory/resolve.ts";
import type { Channel } from "../domain/consent.ts";
import { normalise, type Owner } from "../domain/contact.ts";
import { own } from "../domain/keyed.ts";
import { read } from "../domain/person.ts";
import { uuidv7 } from "../platform/id.ts";
import { Asking, type AskingLetter, writeAsking } from "./asking.ts";
import type { AskAnswer, AskCall, CollectCall, Confirmed, Question, SayCall, Unsubscribed } from "./call.ts";
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
			sender: () => senderOf(env, (smtp, message, isWanted) => env.CONTENT.send(smtp, message, isWanted)),
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
		const askHere = (name: string): AskAnswer => {
			const state = people.know(name, published, now());
			if (!state) return "person-unknown";
			const email = own(read(state.standing.person).attributes, "email")?.value;
			if (typeof email !== "string") return "no-address";
			const isLocal = env.LOCAL === "1";
			const who = { person: name, email };
			return this.#asking.ask(who, undefined, whence, settings, isLocal, now()) ? "asked" : "too-often";
		};
		return this.#identity.follow(
			person,
			(name) => transact(() => askHere(name)),
			(peer, at) => peer.ask({ ...whence, ...at }),
		);
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

	/**
	 * The person confirms it on our page. Who that is, the directory says: whose the address is, and not whoever typed it,
	 * who may be one with somebody else by now.
	 */
	async confirm(id: string): Promise<Confirmed | undefined> {
		const { publication, transact, now, self } = this.#realm;
		const published = publication();
		const known = this.#confirmations.find(id, now());
		if (!published || !known) return undefined;
		if (known.confirmedAt === undefined) {
			const { terms, person, email } = known;
			const said = { id, what: "given", place: "link", ...(terms && { terms }) } as const;
			const owner = await this.#ownerOf(email);
			const isSaid =
				(owner !== undefined && (await this.#say(owner, said))) ||
				(await this.#say({ person, cell: self().cell }, said));
			if (!isSaid) return undefined;
		}
		return transact(() => this.#asking.confirm(id, published.snapshot.settings, now()));
	}

	/** Takes in what somebody says of a consent. Heard again, it changes nothing. */
	async say(call: SayCall): Promise<boolean> {
		const published = await this.#realm.ready(call);
		const { transact, now } = this.#realm;
		return this.#identity.follow(
			call.person,
			(person) => transact(() => this.#asking.say({ ...call, person }, published, now())),
			(peer, at) => peer.say({ ...call, ...at }),
		);
	}

	#say(who: Owner, said: Pick<SayCall, "id" | "what" | "terms" | "place">): Promise<boolean> {
		const { site } = this.#realm.self();
		return this.#identity.peer(who.cell).say({ site, ...who, ...said });
	}

	async #ownerOf(email: string): Promise<Owner | undefined> {
		const { env, self } = this.#realm;
		const address = normalise("email", email);
		const owner = address && (await findOwner(env, self().site, address));
		return owner && { person: owner.person, cell: owner.cell };
	}

	/** The address that was confirmed, for the one who brings the proof of it: see `Confirmations`. */
	async redeem(id: string, by: string | undefined): Promise<string | undefined> {
		return this.#realm.transact(() => this.#confirmations.redeem(id, by, this.#realm.now()));
	}

	/** The person takes a consent back by the link in a message. */
	async unsubscribe(person: string, channel: Channel, purpose: string): Promise<Unsubscribed | undefined> {
		const { publication, now, self } = this.#realm;
		const published = publication();
		if (!published) return undefined;
		const said = { what: "withdrawn", place: "unsubscribe", terms: { channel, purpose } } as const;
		await this.#say({ person, cell: self().cell }, { id: uuidv7(now()), ...said });
		return { site: published.snapshot.settings.name };
	}

	/** Messages that were kept instead of sent, on a developer's machine. */
	async shown(): Promise<readonly ShownMail[]> {
		if (this.#realm.env.LOCAL !== "1") throw new Error("messages are shown on a developer's machine alone");
		return this.mails.shown();
	}
}
