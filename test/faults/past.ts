// Sites with clocks of their own, and people who have a past there.

import type { Definitions } from "../../worker/protocol/site.ts";
import { definitions, settings } from "../shop/definitions.ts";
import { answered, messageId, pageView, publish, send } from "../support/client.ts";
import { localSecrets } from "../support/edge.ts";
import { type FaultyEdge, until, type Whereabouts, whereaboutsOf } from "../support/faulty-edge.ts";

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const week = 7 * 24 * hour;
const shop = "https://shop.example";
/** What tells of a visit's details wherever it stands: a path that nothing else has, and what rules made of it. */
const details = ["/tajemnica", "CENNIK", "from-google", "Chrome", "google"];

/** The demo's rules, with two that time alone sets off. */
const withTime: Definitions = {
	...definitions,
	segments: [
		...definitions.segments,
		{
			id: "three-in-a-week",
			name: "Trzy w tygodniu",
			condition: {
				field: "events",
				match: { name: "Page Viewed", path: { op: "is", value: "/cennik" } },
				count: { op: ">=", n: 3 },
				withinMs: week,
			},
		},
	],
	scoreRules: [
		...definitions.scoreRules,
		{
			id: "cooled-off",
			name: "Przestał zaglądać",
			points: -7,
			once: true,
			when: {
				trait: {
					all: [
						{ field: "tag", tag: "CENNIK", count: { op: ">=", n: 3 } },
						{
							field: "events",
							match: { name: "Page Viewed", path: { op: "is", value: "/cennik" } },
							count: { op: "<=", n: 0 },
							withinMs: week,
						},
					],
				},
			},
		},
	],
};

/** A site for each test: every one has a clock of its own. */
let sites = 0;
export class World {
	readonly edge: FaultyEdge;
	readonly site = `past-${++sites}`;
	#key = "";

	static async create(edge: FaultyEdge): Promise<World> {
		const world = new World(edge);
		world.#key = (await publish(edge.url, world.site, settings, withTime)).key;
		return world;
	}

	private constructor(edge: FaultyEdge) {
		this.edge = edge;
	}

	async view(path: string, token?: string): Promise<string> {
		const body = pageView(
			this.#key,
			shop + path,
			token,
			token === undefined ? "https://www.google.com/" : "",
		);
		const answer = await answered(await send(this.edge.url, body));
		return answer.token ?? token ?? "";
	}

	async tell(token: string, name: string, props: Record<string, string>): Promise<void> {
		const now = Date.now();
		const body = { ...pageView(this.#key, `${shop}/`, token), decide: false };
		const [verdict] = (
			await answered(
				await send(this.edge.url, { ...body, events: [{ id: messageId(), name, at: now, props }] }),
			)
		).verdicts;
		if (verdict?.verdict !== "ok") throw new Error(JSON.stringify(verdict));
	}

	/** Three looks at the price list and one at the secret page, by someone who came from a search. */
	async visit(): Promise<Person> {
		let token: string | undefined;
		for (const path of ["/cennik", "/cennik", "/cennik", "/tajemnica"]) token = await this.view(path, token);
		return new Person(this, token ?? "");
	}

	/** How many people the operator's API finds who came from a search. */
	async readable(): Promise<number> {
		const condition = { field: "last.source", test: { op: "is", value: "google" } };
		const answer = await fetch(`${this.edge.url}/api/sites/${this.site}/conditions/people`, {
			method: "POST",
			headers: { authorization: `Bearer ${localSecrets.ADMIN_TOKEN}` },
			body: JSON.stringify({ condition }),
		});
		return ((await answer.json()) as { count: number }).count;
	}

	/** How far the site's clock is ahead when it shows `instant`. */
	offsetTo(instant: number): number {
		return instant - Date.now();
	}
}

export class Person implements Whereabouts {
	readonly world: World;
	readonly token: string;
	readonly cell: string;
	readonly visitor: string;

	constructor(world: World, token: string) {
		this.world = world;
		this.token = token;
		({ cell: this.cell, visitor: this.visitor } = whereaboutsOf(token));
	}

	async look(offsetMs?: number) {
		const { site, edge } = this.world;
		const seen = await (offsetMs === undefined ? edge.look(site, this) : edge.lookAt(site, offsetMs, this));
		if (!seen) throw new Error("nobody is there");
		return seen;
	}

	async events(): Promise<
		readonly { readonly name: string; readonly at: number; readonly cause: string | null }[]
	> {
		const query = "SELECT * FROM events WHERE site = ? AND part = ? ORDER BY at, id";
		return this.world.edge.sql(query, this.world.site, this.visitor);
	}

	async row() {
		const query =
			"SELECT visits, score, json(tags) AS tags, json(facts) AS facts, first_seen_at FROM parts WHERE site = ? AND id = ?";
		const [row] = await this.world.edge.sql<{
			visits: number;
			score: number;
			tags: string;
			facts: string;
			first_seen_at: number;
		}>(query, this.world.site, this.visitor);
		return row;
	}

	async waitForD1(): Promise<void> {
		await until(
			() => this.world.edge.tables(this.world.site, this.cell),
			({ outbox }) => outbox.every(({ sink }) => sink !== "d1"),
		);
	}

	/** Where details of this person still stand: by what tells of them. */
	async traces(): Promise<readonly string[]> {
		const { people, slots, dead } = await this.world.edge.tables(this.world.site, this.cell);
		const [row, events] = await Promise.all([this.row(), this.events()]);
		const places = {
			state: people.filter(({ id }) => id === this.visitor),
			outbox: slots.filter(({ payload }) => payload.includes(this.visitor)),
			dead: dead.filter(({ payload }) => payload.includes(this.visitor)),
			row,
			events,
		};
		return Object.entries(places).flatMap(([place, held]) => {
			const text = JSON.stringify(held) ?? "";
			return details.filter((detail) => text.includes(detail)).map((detail) => `${detail} in ${place}`);
		});
	}
}
