// What a Worker asks of a cell, and what it is told. Crosses between old and new during a deploy: members are added,
// never changed. Why is none of the cell's business: it tells how people stand, and whoever asks works it out.

import type { FillCall } from "../content/call.ts";
import type { Application, Applied } from "../domain/application.ts";
import type { Correction } from "../domain/correction.ts";
import type { Environment } from "../domain/facts.ts";
import type { Claim, CollectEvent, CollectResponse, Page } from "../protocol/collect.ts";
import type { Experience, Snapshot } from "../protocol/site.ts";
import type { Terms } from "./consents.ts";
import type { State } from "./state.ts";

export type Filling = Pick<FillCall, "taste" | "words">;

export interface CollectCall {
	readonly site: string;
	/** Name of the cell itself: an object cannot tell its own. */
	readonly cell: string;
	/**
	 * `new`: made by the Worker for this request. `known`: out of a token that we signed.
	 * `nobody`: nothing may be written (no consent, staff, a bot): the page is decided for, and forgotten.
	 */
	readonly who:
		| { readonly is: "known"; readonly visitor: string }
		/** `replaces`: the visitor whose token came was erased. Nothing that the browser did until now is taken in anew. */
		| { readonly is: "new"; readonly visitor: string; readonly replaces?: "erased" }
		| { readonly is: "nobody" };
	readonly origin: string | undefined;
	readonly environment: Environment;
	readonly page: Page;
	readonly decide: boolean;
	/** The browser's clock at the sending, epoch ms. */
	readonly sentAt: number;
	readonly events: readonly CollectEvent[];
	readonly claims: readonly Claim[];
	/** Where the browser reaches us: our origin, with the prefix of a site's own route. An older Worker does not say. */
	readonly edge?: string;
}

export type CollectAnswer =
	/**
	 * `moved`: the cell where the browser is now, and for which it gets another token. `fill`: what is shown has something in
	 * it that only the content Worker has, and this is what it may know of the visitor.
	 */
	| ({ readonly is: "answered"; readonly moved?: string; readonly fill?: Filling } & Omit<
			CollectResponse,
			"token"
	  >)
	/** The token was signed by us, but its visitor was erased or never came: to be taken as new. */
	| { readonly is: "unknown-visitor"; readonly was?: "erased" }
	| { readonly is: "refused"; readonly code: "origin-refused" | "too-many-requests" | "site-unknown" };

/** Where the events of pages are taken in: calls and answers as JSON. */
export interface Collector {
	collect(call: string): Promise<string>;
}

/**
 * Every page view is such a call. As text it crosses at less than half of what an object costs, which is taken apart and put
 * together member by member, and comes with a function to give it up.
 */
export async function collectIn(cell: Collector, call: CollectCall): Promise<CollectAnswer> {
	return JSON.parse(await cell.collect(JSON.stringify(call)));
}

/** The site's own people look at an experience as this person would see it. */
export interface PosingCall {
	readonly person: string;
	readonly experience: Experience;
	readonly page: Page;
}

/** How people of a cell stand, by what is published there: all that it takes to say why. None of whoever is not known. */
export interface Standings {
	readonly now: number;
	readonly snapshot: Snapshot;
	/** Coupon pools of which no code is known to be had. */
	readonly emptyPools: readonly string[];
	readonly people: readonly Standing[];
}

export interface Standing {
	/** As they were asked for. */
	readonly person: string;
	/** Their id now, where that is another: by it they get variants. */
	readonly id?: string;
	readonly standing: State["standing"];
	readonly interruptions: NonNullable<State["interruptions"]>;
}

/** Somebody is to be asked whether the address on their card is theirs. */
export interface AskCall {
	readonly site: string;
	readonly cell: string;
	readonly person: string;
	/** Where browsers reach us. */
	readonly edge: string;
	readonly language: "pl" | "en";
	/** Where the person goes on from there: counts where it is one of the site's own. */
	readonly page: string;
}

export type AskAnswer = "asked" | "person-unknown" | "no-address" | "too-often";

/** What a confirmation asks, on our page. `page` is where the browser goes on, if anywhere. */
export interface Question {
	readonly site: string;
	readonly wording?: string;
	readonly page?: string;
	readonly isConfirmed: boolean;
}

/** `isNew`: it was this call that confirmed it. */
export interface Confirmed extends Question {
	readonly isNew: boolean;
}

/** What somebody says of a consent by a link of ours; without `terms` it is only whether they are there. */
export interface SayCall {
	readonly site: string;
	readonly cell: string;
	/** A UUIDv7: said again under it, it is said once. */
	readonly id: string;
	readonly person: string;
	readonly what: "given" | "withdrawn";
	readonly terms?: Terms;
	readonly place: "link" | "unsubscribe";
}

export interface Unsubscribed {
	readonly site: string;
}

/** What would come of it, for up to `limit` people after one, in the order of their ids. */
export interface PreviewCall {
	readonly application: Application;
	readonly after: string;
	readonly limit: number;
}

export interface PastPreview {
	/** How many people were looked at. */
	readonly people: number;
	/** The last of them; null where nobody comes after. */
	readonly next: string | null;
	/** Of them, those whose latest acts D1 has not yet, and who were passed over. */
	readonly busy: number;
	/** Whoever it would change. */
	readonly changed: readonly PastChange[];
}

export interface PastChange {
	readonly person: string;
	readonly tags: readonly (Changed & { readonly tag: string })[];
	/** Of a programme its balance; null for the site's own score. */
	readonly points: readonly (Changed & { readonly score: string | null })[];
	/** How many entries it would make, and the latest of them, in the order of time. */
	readonly count: number;
	readonly entries: readonly Correction[];
}

interface Changed {
	readonly before: number;
	readonly after: number;
}

/** How far the first of them has come; the others wait for it. */
export interface Applications {
	readonly pending: readonly Applied[];
	readonly people: number;
	readonly done: number;
}
