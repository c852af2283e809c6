// What somebody asked for and the owner of the address has to confirm: remembered by the cell of the person, so that each
// is confirmed once, and the proof of it is used once.

import type { ConsentTerms } from "../domain/consent.ts";
import type { Store } from "./store.ts";

/** What is asked on our page. Without `terms` it is only whether the address is theirs. */
export interface Confirmation {
	readonly id: string;
	readonly person: string;
	readonly email: string;
	readonly terms?: ConsentTerms & { readonly wording?: string };
	/** Where the page sends the browser when it was confirmed; none where the site does not say which pages are its own. */
	readonly page?: string;
	readonly confirmedAt?: number;
	/** Who brought the proof of it: a visitor, or "" for one who was none yet. */
	readonly redeemedBy?: string;
}

const dayMs = 86_400_000;
/** How long the link in the message is good. */
export const confirmableMs = 7 * dayMs;
/** In a day, of one address and of one person, and of a whole cell: a form must not be a way to fill mailboxes. */
const mostInDay = { email: 3, person: 5, cell: 2_000 };

export class Confirmations {
	readonly #store: Store;

	constructor(store: Store) {
		this.#store = store;
	}

	/** Remembers what is asked; says whether the address may be written to once more today. */
	ask(confirmation: Confirmation, now: number): boolean {
		this.#store.sql.all("DELETE FROM confirmations WHERE expires_at <= ?", now);
		const asked = this.#store.sql.all(
			`SELECT count(*) AS cell, sum(email = ?) AS email, sum(person = ?) AS person FROM confirmations
			WHERE expires_at > ?`,
			confirmation.email,
			confirmation.person,
			now + confirmableMs - dayMs,
		)[0];
		for (const [of, most] of Object.entries(mostInDay)) if (Number(asked?.[of]) >= most) return false;
		const { id, person, email } = confirmation;
		this.#store.sql.all(
			"INSERT INTO confirmations (id, person, email, expires_at, body) VALUES (?, ?, ?, ?, ?)",
			id,
			person,
			email,
			now + confirmableMs,
			JSON.stringify(confirmation),
		);
		return true;
	}

	/** Nothing where it was never asked, or too long ago. */
	find(id: string, now: number): Confirmation | undefined {
		const query = "SELECT body FROM confirmations WHERE id = ? AND expires_at > ?";
		const body = this.#store.sql.all(query, id, now)[0]?.body;
		return typeof body === "string" ? JSON.parse(body) : undefined;
	}

	confirm(confirmation: Confirmation, now: number): void {
		this.#put({ ...confirmation, confirmedAt: now });
	}

	/** The address that was confirmed, for whoever brings the proof first, and for them alone. */
	redeem(id: string, by: string | undefined, now: number): string | undefined {
		const known = this.find(id, now);
		if (known?.confirmedAt === undefined) return undefined;
		if (known.redeemedBy === undefined) {
			this.#put({ ...known, redeemedBy: by ?? "" });
			return known.email;
		}
		return by !== undefined && known.redeemedBy === by ? known.email : undefined;
	}

	/** Of somebody who is gone. */
	forget(person: string): void {
		this.#store.sql.all("DELETE FROM confirmations WHERE person = ?", person);
	}

	#put(confirmation: Confirmation): void {
		const body = JSON.stringify(confirmation);
		this.#store.sql.all("UPDATE confirmations SET body = ? WHERE id = ?", body, confirmation.id);
	}
}
