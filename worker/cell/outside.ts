// What comes of people from outside their browsers: of servers, imports, the site's own staff. Whoever is another
// cell's by now is told there.

import { poolOf } from "../domain/act.ts";
import { type ActCall, type Acted, act } from "./acts.ts";
import type { Coupons } from "./coupons.ts";
import type { Home } from "./home.ts";
import type { Identity, Realm } from "./identity.ts";
import type { Neighbours } from "./neighbours.ts";
import { type DropCall, type Dropped, drop, type Rehearsed, rehearse } from "./parts.ts";
import { type ReceiveCall, type Received, receive } from "./receive.ts";
import type { Stock } from "./stock.ts";

export class Outside {
	readonly #realm: Realm;
	readonly #home: Home;
	readonly #identity: Identity;
	readonly #neighbours: Neighbours;
	readonly #stock: Stock;
	readonly #coupons: Coupons;

	constructor(
		realm: Realm,
		home: Home,
		identity: Identity,
		neighbours: Neighbours,
		stock: Stock,
		coupons: Coupons,
	) {
		this.#realm = realm;
		this.#home = home;
		this.#identity = identity;
		this.#neighbours = neighbours;
		this.#stock = stock;
		this.#coupons = coupons;
	}

	/** Does the same by hand to each of these people, once. */
	async act(call: ActCall): Promise<readonly Acted[]> {
		const published = await this.#home.asked(call);
		if (!published) return call.people.map((person) => ({ person, is: "refused", why: "person-unknown" }));
		const pool = poolOf(call.act, published.rules);
		if (pool !== undefined) await this.#stock.stockUp(pool, call.people.length);
		const { people, transact } = this.#realm;
		const now = this.#home.now();
		const stage = { people, coupons: this.#coupons, published };
		return this.#identity.following(
			call.people.map((person, i) => ({ person, part: call.parts?.[i] })),
			(those) => transact(() => those.map(({ person, part }) => act(person, call, stage, now, part))),
			(peer, cell, those) =>
				peer.act({
					...call,
					cell,
					people: those.map(({ person }) => person),
					...(call.parts && { parts: those.map(({ part = "" }) => part) }),
				}),
		);
	}

	/** Takes in what other systems than a browser tell of people whom the directory has given to this cell. */
	async receive(call: ReceiveCall): Promise<readonly Received[]> {
		const published = await this.#home.ready(call);
		const { people, transact } = this.#realm;
		const now = this.#home.now();
		const announce = (person: string) => this.#identity.announce(person);
		const stage = { people, cards: this.#identity.cards, published, self: call.cell, announce };
		await this.#neighbours.refuseOthers(call);
		return this.#identity.following(
			call.people,
			(those) => transact(() => those.map((one) => receive(one, stage, now))),
			(peer, cell, people) => peer.receive({ ...call, cell, people }),
			({ proof }) => proof === "typed",
		);
	}

	/** What `receive` would do. Nothing of it is kept. */
	async rehearse(call: ReceiveCall): Promise<readonly Rehearsed[]> {
		const published = await this.#home.ready(call);
		const { people, transact } = this.#realm;
		const now = this.#home.now();
		return this.#identity.following(
			call.people,
			(those) => transact(() => those.map((one) => rehearse(one, people, published, now))),
			(peer, cell, people) => peer.rehearse({ ...call, cell, people }),
		);
	}

	/** Takes a part of these people back, whatever became of it; again, it changes nothing. */
	async drop(call: DropCall): Promise<readonly Dropped[]> {
		const published = await this.#home.ready(call);
		const { people, outbox, transact } = this.#realm;
		const now = this.#home.now();
		return this.#identity.following(
			call.people,
			(those) => transact(() => those.map((one) => drop(one, { people, outbox, published }, now))),
			(peer, cell, people) => peer.dropPart({ ...call, cell, people }),
		);
	}
}
