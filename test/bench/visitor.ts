// A browser with our widget in it, reduced to what it sends: each page's end rides with the next page's view, and what
// is left when the site is left goes by itself.

import type { CollectEvent, CollectResponse } from "../../worker/protocol/collect.ts";
import { messageId } from "../support/client.ts";
import { type Life, shop } from "./life.ts";
import type { Pages } from "./load.ts";

export interface Tally {
	pageViews: number;
	requests: number;
	events: number;
	shown: number;
	submitted: number;
}

export class Visitor {
	readonly life: Life;
	readonly #pages: Pages;
	readonly #edge: string;
	readonly #key: string;
	readonly #tally: Tally;
	#token: string | undefined;
	#queue: CollectEvent[] = [];
	#view: { readonly id: string; readonly url: string; readonly referrer: string } | undefined;

	constructor(life: Life, pages: Pages, edge: string, key: string, tally: Tally) {
		this.life = life;
		this.#pages = pages;
		this.#edge = edge;
		this.#key = key;
		this.#tally = tally;
	}

	/** Opens the page of a visit, and does with a pop-up what this visitor does. Nothing where there is no such page. */
	async open(visit: number, page: number): Promise<void> {
		const { referrer, pages, scrollsFar, submits } = this.life.visits[visit] ?? {};
		const path = pages?.[page];
		if (path === undefined) return;
		const url = shop + path;
		const id = messageId();
		const before = page === 0 ? (referrer ?? "") : shop + pages?.[page - 1];
		this.#view = { id, url, referrer: before };
		const title = "Kosiarki akumulatorowe – Zielony Kąt";
		this.#note("Page Viewed", { path, url, title, referrer: before }, id);
		this.#tally.pageViews++;
		const [offer] = (await this.#send({ decide: true })).show;
		if (offer) {
			const opens = offer.claim !== undefined || (scrollsFar && (await this.#claim(offer.experience)));
			if (opens) {
				this.#tally.shown++;
				const { experience, revision } = offer;
				if (submits && offer.claim === undefined) await this.#submit(experience);
				else this.#note("Experience Closed", { experience, revision });
			}
		}
		this.#note("Page Left", { view: id, seconds: 38, scroll: 62 });
	}

	/** Leaves the site. Nothing where the visit never was. */
	async leave(visit: number): Promise<void> {
		if (this.life.visits[visit]) await this.#send({ decide: false });
	}

	#note(name: string, props: Record<string, string | number>, id = messageId()): void {
		this.#queue.push({ id, name, at: Date.now(), props });
		this.#tally.events++;
	}

	async #claim(experience: string): Promise<boolean> {
		const { grants } = await this.#send({ decide: false, claims: [{ id: messageId(), experience }] });
		return grants.some(({ granted }) => granted);
	}

	async #submit(experience: string): Promise<void> {
		const email = `visitor-${messageId()}@example.com`;
		this.#note("Form Submitted", {
			experience,
			email,
			name: "Anna Maj",
			"consent.newsletter": "newsletter-pl-1",
		});
		await this.#send({ decide: false });
		this.#tally.submitted++;
	}

	async #send(part: { decide: boolean; claims?: readonly unknown[] }): Promise<CollectResponse> {
		const { id = "", url = shop, referrer = "" } = this.#view ?? {};
		const page = { view: id, url, referrer, title: "Kosiarki", language: "pl", visible: true };
		const body = {
			...part,
			site: this.#key,
			consent: "granted",
			...(this.#token === undefined ? {} : { token: this.#token }),
			page,
			sentAt: Date.now(),
			events: this.#queue,
		};
		const { status, body: text } = await this.#pages.post(`${this.#edge}/v1/collect`, JSON.stringify(body), {
			"user-agent": this.life.agent,
		});
		if (status !== 200) throw new Error(`collect: ${status} ${text}`);
		const answer: CollectResponse = JSON.parse(text);
		this.#tally.requests++;
		this.#queue = [];
		this.#token = answer.token ?? this.#token;
		return answer;
	}
}
