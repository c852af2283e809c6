// What the edge asks of the content Worker: to fill offers with what only it has. It is a Worker of its own so that what
// fills (templates, the catalogue, feeds) costs no cold start of the one that every page view meets.

import type { Taste } from "../domain/recommend/recipe.ts";
import type { Offer } from "../protocol/experience.ts";
import type { Reading } from "../protocol/texts.ts";
import type { Message, Shown, Told } from "./me/page.ts";

/** Texts as a marketer wrote them, each with how it is read where it is shown (texts.ts). */
export interface CheckCall {
	readonly texts: readonly { readonly text: string; readonly reading: Reading }[];
}

/** In the same order: what is wrong and where, null where nothing is. */
export type CheckAnswer = readonly (string | null)[];

export interface FillCall {
	readonly site: string;
	/** Offers as the cell decided them: blocks of products without products, texts with templates in them. */
	readonly offers: readonly Offer[];
	/** What may be known of the visitor for recommendations; absent where no offer asks for any. */
	readonly taste?: Taste;
	/** What templates may say, by name: empty for whom nothing personal may be told. */
	readonly words: PersonalWords;
}

/** As templates name them: `person.first_name`, `score`, `programmes.club.balance`. Plain data. */
export interface PersonalWords {
	readonly person: Readonly<Record<string, string | number | boolean>>;
	readonly score?: number;
	readonly programmes?: Readonly<Record<string, { readonly balance: number; readonly tier?: string }>>;
	/** What lies in the cart now, in the site's currency; absent where it is empty. */
	readonly cart?: { readonly value: number; readonly items: number };
	readonly orders?: { readonly count: number; readonly value: number };
}

/** In the same order; null for an offer that has nothing to show (a frame without products) and is left out. */
export type FillAnswer = readonly (Offer | null)[];

/** The visitor's own page: a message, or what the site knows of them. */
export type OwnPageCall = { readonly told: Told } & (
	| { readonly message: Message }
	| { readonly shown: Shown }
);

/** A page behind a link in a message, and what it says. */
export interface LinkPageCall {
	readonly language: "pl" | "en";
	readonly says: "asks" | "already" | "done" | "leaves" | "left" | "gone";
	readonly site?: string | undefined;
	readonly wording?: string | undefined;
	/** The page of the site to go back to. */
	readonly back?: string | undefined;
}

/** `style`: the digest of its style sheet, as a policy names it. */
export interface LinkPage {
	readonly html: string;
	readonly style: string;
}
