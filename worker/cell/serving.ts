// What pages ask of a cell: to take in what happened there, and to say what they show.

import { Rate } from "../platform/rate.ts";
import { Turns } from "../platform/turns.ts";
import { limits } from "../protocol/limits.ts";
import { answer, type Stage } from "./answer.ts";
import type { CollectAnswer, CollectCall } from "./call.ts";
import type { Passage, Sound } from "./collect.ts";
import type { Home } from "./home.ts";
import type { Identity, Realm } from "./identity.ts";
import type { Messages } from "./messages.ts";
import type { Neighbours } from "./neighbours.ts";
import { toNobody } from "./offers.ts";
import { type FrameCall, plainFrame } from "./plain.ts";
import type { Stock } from "./stock.ts";
import type { Tombstones } from "./tombstones.ts";

/** What serves a page beside the realm. */
export interface Servants {
	readonly home: Home;
	readonly identity: Identity;
	readonly messages: Messages;
	readonly neighbours: Neighbours;
	readonly stock: Stock;
	readonly tombstones: Tombstones;
	/** Goes on when the answer has left. */
	readonly detached: (work: Promise<unknown>) => void;
}

export class Serving {
	readonly #realm: Realm;
	readonly #with: Servants;
	readonly #turns = new Turns();
	readonly #rate = new Rate(limits.rateBurst, limits.ratePerMinute);

	constructor(realm: Realm, servants: Servants) {
		this.#realm = realm;
		this.#with = servants;
	}

	async collect(call: CollectCall): Promise<CollectAnswer> {
		const { home, stock, neighbours, detached } = this.#with;
		const { transact } = this.#realm;
		await this.#turns.next();
		// In a cell that is born a page view waits for nothing.
		const published = home.birth ? home.published : await home.asked(call);
		if (!published || !home.snapshot || home.snapshot.isClosed)
			return { is: "refused", code: "site-unknown" };
		const { origins } = home.snapshot.settings;
		if (origins.length > 0 && !origins.includes(call.origin ?? ""))
			return { is: "refused", code: "origin-refused" };
		const telling = home.pageCalled();
		if (telling) detached(telling);
		const now = home.now();
		if (call.who.is === "nobody")
			return { is: "answered", verdicts: [], grants: [], ...toNobody(published, call, now) };
		const { visitor } = call.who;
		if (!this.#rate.allows(visitor, now)) return { is: "refused", code: "too-many-requests" };
		const stage = this.#stageFor(call, { published, now, codes: stock.open() });
		const { codes } = stage;
		const answered = transact(() => answer(call, visitor, stage));
		if (codes.running.size > 0) detached(stock.fetch(codes.running));
		if (codes.lacking.size > 0 && answered.is === "answered") {
			// What it did is kept. It is answered again as if it had come twice, for that has no effect twice.
			await stock.fetch(codes.lacking);
			const again = { ...call, who: { is: "known", visitor } } as const;
			const { verdicts } = answered;
			const full = transact(() => answer(again, visitor, { ...stage, codes: stock.open() }));
			return full.is === "answered" ? { ...full, verdicts } : answered;
		}
		// Whoever was erased went nowhere.
		const isElsewhere = answered.is === "unknown-visitor" && answered.was === undefined;
		return isElsewhere ? neighbours.passOn(call, visitor) : answered;
	}

	/** A frame for a page or a message without script. */
	async frame(call: FrameCall): Promise<CollectAnswer> {
		const { home } = this.#with;
		const { people, transact } = this.#realm;
		const published = await home.asked(call);
		if (!published || home.snapshot?.isClosed) return { is: "refused", code: "site-unknown" };
		const { person } = call;
		const now = home.now();
		const state = person === undefined ? undefined : transact(() => people.know(person, published, now));
		return { is: "answered", verdicts: [], grants: [], ...plainFrame(call, published, state, now) };
	}

	#stageFor(call: CollectCall, now: Pick<Stage, "published" | "now" | "codes">): Stage {
		const { identity, messages, tombstones } = this.#with;
		return {
			...now,
			people: this.#realm.people,
			tombstones,
			announce: (person) => identity.announce(person),
			ask: (passage: Passage, sound: Sound, person: string) => messages.heard(passage, sound, call, person),
		};
	}
}
