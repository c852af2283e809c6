// What people are asked by message, and what they answer on our page: double opt-in, "is this your address", unsubscribing.
// The answer is an act of the person's own; it stands in the part of the acts on the card, which no undo drops.

import type { Message } from "../automation/message.ts";
import type { Sender } from "../automation/sender.ts";
import { handOf } from "../domain/act.ts";
import { consentEvent, consentOf } from "../domain/consent.ts";
import { confirmationLetter, letterHtml, letterText } from "../domain/letter.ts";
import { read } from "../domain/person.ts";
import { arrive } from "../domain/standing.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { uuidv7 } from "../platform/id.ts";
import { keyringOf } from "../platform/key.ts";
import { signLink } from "../platform/link.ts";
import type { SiteSettings } from "../protocol/site.ts";
import type { Confirmed, Question, SayCall } from "./call.ts";
import { type Confirmation, type Confirmations, confirmableMs } from "./confirmations.ts";
import type { Terms } from "./consents.ts";
import type { Mails } from "./mails.ts";
import type { People, Published } from "./people.ts";
import { recallAct, rememberAct } from "./state.ts";

/** What the message that asks is written of, when it is sent. */
export interface AskingLetter {
	readonly site: string;
	readonly cell: string;
	readonly edge: string;
	readonly to: string;
	readonly language: "pl" | "en";
	readonly name: string;
	readonly sender?: SiteSettings["sender"];
	readonly wording?: string;
	readonly at: number;
}

/** Where the person is, where the link in the message leads, and where to send them back. */
export interface Whence {
	readonly site: string;
	readonly cell: string;
	/** Where the browser reaches us. */
	readonly edge: string;
	readonly language: "pl" | "en";
	readonly page: string;
}

export class Asking {
	readonly #confirmations: Confirmations;
	readonly #mails: Mails<AskingLetter>;
	readonly #people: People;

	constructor(confirmations: Confirmations, mails: Mails<AskingLetter>, people: People) {
		this.#confirmations = confirmations;
		this.#mails = mails;
		this.#people = people;
	}

	/**
	 * Asks the owner of an address to confirm it, and where there are terms, that they agree to them; says whether a message
	 * leaves, which is not more often than a mailbox bears. In the transaction of the caller.
	 */
	ask(
		who: { readonly person: string; readonly email: string },
		terms: Terms | undefined,
		whence: Whence,
		settings: SiteSettings,
		isLocal: boolean,
		now: number,
	): boolean {
		const id = uuidv7(now);
		const page = pageOf(whence.page, settings.origins, isLocal);
		const asked: Confirmation = {
			id,
			...who,
			...(terms && { terms }),
			...(page === undefined ? {} : { page }),
		};
		if (!this.#confirmations.ask(asked, now)) return false;
		const { site, cell, edge, language } = whence;
		const { name, sender } = settings;
		this.#mails.append({
			id,
			person: who.person,
			letter: {
				site,
				cell,
				edge,
				to: who.email,
				language,
				name,
				...(sender && { sender }),
				...(terms?.wording === undefined ? {} : { wording: terms.wording }),
				at: Date.now(),
			},
		});
		return true;
	}

	/** What our page asks, without a write: mail scanners open every link. */
	look(id: string, settings: SiteSettings, now: number): Question | undefined {
		const known = this.#confirmations.find(id, now);
		if (!known) return undefined;
		return {
			site: settings.name,
			isConfirmed: known.confirmedAt !== undefined,
			...(known.terms?.wording === undefined ? {} : { wording: known.terms.wording }),
			...(known.page === undefined ? {} : { page: known.page }),
		};
	}

	/** It was confirmed, and said so to whose consent it is. In the transaction of the caller. */
	confirm(id: string, settings: SiteSettings, now: number): Confirmed | undefined {
		const known = this.#confirmations.find(id, now);
		const asked = this.look(id, settings, now);
		if (!known || !asked) return undefined;
		if (asked.isConfirmed) return { ...asked, isNew: false };
		this.#confirmations.confirm(known, now);
		return { ...asked, isNew: true };
	}

	/**
	 * Enters what somebody says of a consent, once for each id; whoever took it back before has it taken back still. Says
	 * whether they are there at all. In the transaction of the caller.
	 */
	say(call: Omit<SayCall, "site" | "cell">, published: Published, now: number): boolean {
		const { id, person, what, terms, place } = call;
		const state = this.#people.know(person, published, now);
		if (!state) return false;
		if (!terms || recallAct(state, id)) return true;
		const known = consentOf(read(state.standing.person), terms.channel, terms.purpose);
		if (what === "withdrawn" && known?.state === "withdrawn") return true;
		rememberAct(state, id, now);
		const event = consentEvent(what, terms, place, { id: uuidv7(now), at: now });
		const part = handOf(person);
		const effects = arrive(state.standing, published.rules, { id: part, kind: "hand" }, event, {}, now);
		this.#people.save({ person, part, state }, [{ event, effects }], published, now);
		return true;
	}
}

/** The message that asks, with its link signed. Its instants are the wall clock's, as those of every link. */
export async function writeAsking(
	letter: AskingLetter,
	id: string,
	operator: Sender["from"],
	env: Pick<EdgeEnv, "TOKEN_KEYS">,
): Promise<Message> {
	const { site, cell, edge, to, language, name, sender, wording, at } = letter;
	const span = { issuedAt: at, expiresAt: at + confirmableMs };
	const link = { kind: "confirmation", site, cell, subject: id, ...span } as const;
	const url = `${edge}/c/${await signLink(keyringOf(env.TOKEN_KEYS), link)}`;
	const written = confirmationLetter(language, { site: name, wording }, url);
	return {
		id,
		from: sender ?? { ...operator, name },
		to: { address: to },
		subject: written.subject,
		text: letterText(written),
		html: letterHtml(written),
		// Nobody's holiday is to answer it.
		headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
	};
}

/**
 * The page to go back to, if it is one of the site's own: what a page says of its address is a claim, and whoever typed
 * another's address must not be the one to whom the proof is sent.
 */
function pageOf(page: string, origins: readonly string[], isLocal: boolean): string | undefined {
	const url = URL.parse(page);
	if (!url) return undefined;
	const isOurs = isLocal && origins.length === 0 && /(^|\.)localhost$/.test(url.hostname);
	return origins.includes(url.origin) || isOurs ? url.href : undefined;
}
