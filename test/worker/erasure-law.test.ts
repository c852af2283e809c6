// The law of erasure: whatever cards were merged and parted again, in whichever cells, whoever typed their addresses, and
// whatever of it was on its way, nothing is left of whoever is erased, and nobody else is touched.

import { runInDurableObject } from "cloudflare:test";
import fc from "fast-check";
import { afterEach, expect, it, vi } from "vitest";
import { Cell } from "../../worker/cell/cell.ts";
import type { ErasureProgress } from "../../worker/cell/erasing.ts";
import { readState } from "../../worker/cell/state.ts";
import { resolve } from "../../worker/directory/resolve.ts";
import { ownParts } from "../../worker/domain/card.ts";
import type { Identifier, Owner } from "../../worker/domain/contact.ts";
import { recognise } from "../../worker/edge/recognise.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { keyringOf } from "../../worker/platform/key.ts";
import { cellOf, siteOf } from "../../worker/platform/name.ts";
import { verifyToken } from "../../worker/platform/token.ts";
import { everything } from "./everything.ts";
import { post, verdictsOf } from "./servers.ts";
import {
	Browser,
	call,
	env,
	event,
	freshWorld,
	isLong,
	partsOf,
	publish,
	settled,
	shop,
	site,
} from "./world.ts";

const cells = ["eu-eeur-1", "eu-eeur-2", "eu-eeur-3"] as const;
const addresses = [0, 1, 2, 3].map((n): Identifier => ({ kind: "email", value: `tajny-${n}@example.pl` }));

const card = fc.nat({ max: addresses.length - 1 });
const browser = fc.nat({ max: 3 });
const step = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ do: fc.constant("merge" as const), card, into: card }) },
	{ weight: 3, arbitrary: fc.record({ do: fc.constant("part" as const), card }) },
	{ weight: 3, arbitrary: fc.record({ do: fc.constant("type" as const), browser, card }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant("tell" as const), browser, card }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant("prove" as const), browser, card }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant("write" as const), card }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant("ask" as const), card }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant("contest" as const), card, into: card }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant("settle" as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/**
 * From which step on until after the erasure D1 fails, and cards that go from cell to cell do not arrive; past the last,
 * all is well.
 */
const plan = fc.record({
	steps: fc.array(step, { minLength: 3, maxLength: 12 }),
	erased: card,
	downFrom: fc.nat({ max: 24 }),
	apartFrom: fc.nat({ max: 24 }),
});

/** What a suite knows of a world that it made: which cards are one, and whose each secret is. */
class World {
	readonly #key: string;
	readonly #owners: Owner[] = [];
	/** By card, into which it was merged. */
	readonly #into = new Map<number, number>();
	/** By text, with whose it is: as long as they are a card of their own, theirs; else the card's that they became. */
	readonly #secrets = new Map<string, number>();
	readonly #browsers = new Map<number, Browser>();
	/** By browser, or by the name of a sender: whose address was typed. */
	readonly #typed = new Map<string, number>();
	#made = 0;
	/** Whether something is out of reach, and so nothing settles. */
	isTroubled = false;
	/** By card, of whom else its address is said. */
	readonly #contested = new Map<number, readonly number[]>();
	/** Whether identifiers may be on their way back from one card to another. */
	#isParting = false;

	private constructor(key: string) {
		this.#key = key;
	}

	static async begin(): Promise<World> {
		await freshWorld();
		const world = new World(await publish());
		for (const [n, address] of addresses.entries()) await world.#meet(n, address);
		return world;
	}

	/** A card that the site's server told of. */
	async #meet(n: number, address: Identifier): Promise<void> {
		const cell = cells[n % cells.length] ?? cells[0];
		const owner = await resolve(env, site, [address], { person: uuidv7(Date.now()), cell });
		const { person } = owner;
		const secret = this.#secretOf(n);
		await cellOf(env, site, cell).receive({
			site,
			cell,
			people: [
				{
					person,
					part: { id: `server-${person}`, kind: "server" },
					identifiers: [address],
					events: [event("Order Completed", { order_id: secret, revenue: 10 })],
					firesRules: true,
				},
			],
		});
		this.#owners.push({ person, cell });
	}

	#secretOf(of: number): string {
		const secret = `tajemnica-${this.#made++}-`;
		this.#secrets.set(secret, of);
		return secret;
	}

	/** The card that this one is by now. */
	#rootOf(n: number): number {
		const into = this.#into.get(n);
		return into === undefined ? n : this.#rootOf(into);
	}

	#ownerOf(n: number): Owner {
		const owner = this.#owners[n];
		if (!owner) throw new Error("there is such a card");
		return owner;
	}

	async take(one: Step): Promise<void> {
		switch (one.do) {
			case "merge":
				return this.#merge(this.#rootOf(one.card), this.#rootOf(one.into));
			case "part":
				return this.#part(one.card);
			case "type":
				return this.#type(one.browser, one.card);
			case "tell":
				return this.#tell(one.browser, one.card);
			case "prove":
				return this.#prove(one.browser, one.card);
			case "write":
				return this.#write(this.#rootOf(one.card));
			case "ask":
				return this.#ask(this.#rootOf(one.card));
			case "contest":
				return this.#contest(this.#rootOf(one.card), one.into);
			case "settle":
				return this.#settle();
		}
	}

	async #merge(n: number, into: number): Promise<void> {
		const { person, cell } = this.#ownerOf(n);
		const answer = await cellOf(env, site, cell).merge({ site, cell, person, into: this.#ownerOf(into) });
		if (n !== into && !this.#isAway()) expect(answer).toEqual({ is: "done" });
		if (answer.is === "done") this.#into.set(n, into);
	}

	/** Refused where the card has not arrived yet, or the one that it became went on. */
	async #part(n: number): Promise<void> {
		const into = this.#into.get(n);
		if (into === undefined) return;
		const { cell } = this.#ownerOf(into);
		const answer = await cellOf(env, site, cell).unmerge({ site, cell, person: this.#ownerOf(n).person });
		if (answer.is !== "done") return;
		this.#into.delete(n);
		this.#isParting = true;
	}

	/** Of two addresses the directory may say of one already whose it is, and of the other not yet. */
	async #isCertain(): Promise<boolean> {
		if (this.#isParting) await this.#settle();
		return !this.#isParting;
	}

	async #type(which: number, of: number): Promise<void> {
		if (this.#browsers.has(which)) return;
		const one = new Browser(this.#key);
		this.#browsers.set(which, one);
		const secret = this.#secretOf(of);
		await one.view(`/${secret}`, "");
		await one.track("Form Submitted", { experience: "blog-newsletter", email: addresses[of]?.value ?? "" });
		const { visitor } = partsOf(one.token);
		this.#typed.set(visitor, of);
	}

	/** With the key that is in every page. */
	async #tell(which: number, of: number): Promise<void> {
		const sender = `sender-${which}`;
		if (this.#typed.has(sender)) return;
		this.#typed.set(sender, of);
		const secret = this.#secretOf(of);
		const traits = { email: addresses[of]?.value, city: secret };
		expect(await verdictsOf(post("identify", { anonymousId: sender, traits }, this.#key))).toEqual(["ok"]);
	}

	/** A browser of nobody's, or one that typed that very card's address. */
	async #prove(which: number, of: number): Promise<void> {
		const one = this.#browsers.get(which) ?? new Browser(this.#key);
		const { visitor } = partsOf(one.token);
		const typed = this.#typed.get(visitor);
		if (this.#browsers.has(which) && typed !== of) return;
		const root = this.#rootOf(of);
		if (typed === undefined) {
			this.#browsers.set(which, one);
			await one.view(`/${this.#secretOf(root)}`, "");
		}
		const token = await verifyToken(keyringOf(env.TOKEN_KEYS), site, one.token ?? "");
		const address = addresses[of];
		await recognise(env, site, token, { identifiers: address ? [address] : [], proof: "verified" });
		// It is that card's from here on, whose the address is by then.
		this.#typed.delete(visitor);
	}

	/** Whether somebody was parted who cannot come back yet: until they are, they are taken for the card. */
	#isAway(): boolean {
		return this.#isParting && this.isTroubled;
	}

	async #write(root: number): Promise<void> {
		if (this.#isAway()) return;
		const { person, cell } = this.#ownerOf(root);
		const act = { kind: "note", text: this.#secretOf(root) } as const;
		await cellOf(env, site, cell).act({ site, cell, id: uuidv7(Date.now()), act, people: [person] });
	}

	async #ask(root: number): Promise<void> {
		const owner = this.#ownerOf(root);
		const whence = { edge: shop, language: "pl", page: `${shop}/` } as const;
		await cellOf(env, site, owner.cell).ask({ site, ...owner, ...whence });
	}

	/** The site's server says that another's address is this card's. */
	async #contest(root: number, other: number): Promise<void> {
		if (!(await this.#isCertain())) return;
		const one = new Browser(this.#key);
		await one.view(`/${this.#secretOf(root)}`, "");
		const token = await verifyToken(keyringOf(env.TOKEN_KEYS), site, one.token ?? "");
		this.#contested.set(other, [...(this.#contested.get(other) ?? []), root]);
		const identifiers = [addresses[root], addresses[other]].flatMap((address) => address ?? []);
		await recognise(env, site, token, { identifiers, proof: "verified" });
	}

	async #settle(): Promise<void> {
		if (this.isTroubled) return;
		await settled();
		this.#isParting = false;
	}

	/** Who is one with this card, and what is theirs; and what is everybody else's. */
	sides(n: number): { readonly gone: readonly string[]; readonly kept: readonly string[] } {
		const root = this.#rootOf(n);
		const isGone = (one: number) => this.#rootOf(one) === root;
		const isSaidOfOthers = (one: number) => this.#contested.get(one)?.some((by) => !isGone(by)) === true;
		const of = (which: boolean) => [
			...this.#owners.flatMap(({ person }, one) => (isGone(one) === which ? [person] : [])),
			...Array.from(this.#secrets).flatMap(([secret, one]) => (isGone(one) === which ? [secret] : [])),
			...addresses.flatMap(({ value }, one) =>
				isGone(one) === which && !isSaidOfOthers(one) ? [value] : [],
			),
		];
		const typists = Array.from(this.#typed).flatMap(([name, one]) => (isGone(one) ? [name] : []));
		return { gone: [...of(true), ...typists], kept: of(false) };
	}

	async erase(n: number): Promise<void> {
		const { person, cell } = this.#ownerOf(n);
		await cellOf(env, site, cell).erase({ site, cell, person });
	}

	async isErased(n: number): Promise<boolean> {
		const answer = await call("GET", `${site}/people/${this.#ownerOf(n).person}/erasure`);
		return (await answer.json<ErasureProgress>()).is === "erased";
	}
}

function fails<Of extends object>(object: Of, method: keyof Of & string): void {
	vi.spyOn(object as Record<string, () => Promise<never>>, method).mockRejectedValue(
		new Error("out of reach"),
	);
}

async function isErasing(): Promise<boolean> {
	const counts = await Promise.all(
		(await siteOf(env, site).cells()).map((cell) =>
			runInDurableObject(cellOf(env, site, cell), (_cell, { storage }) =>
				storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM erasures").one(),
			),
		),
	);
	return counts.some(({ n }) => n > 0);
}

/** Parts that a cell writes, and D1 does not have. */
async function untoldParts(): Promise<readonly string[]> {
	const states = await Promise.all(
		(await siteOf(env, site).cells()).map((cell) =>
			runInDurableObject(cellOf(env, site, cell), (_cell, { storage }) =>
				storage.sql.exec<{ state: string }>("SELECT state FROM people").toArray(),
			),
		),
	);
	const written = states.flat().flatMap(({ state }) => ownParts(readState(state).standing.person));
	const { results } = await env.DB.prepare("SELECT id FROM parts").all<{ id: string }>();
	const told = new Set(results.map(({ id }) => id));
	return written.flatMap(({ id }) => (told.has(id) ? [] : [id]));
}

afterEach(() => {
	vi.restoreAllMocks();
});

/** What went wrong once. */
const known: [typeof plan extends fc.Arbitrary<infer Plan> ? Plan : never][] = [
	[
		{
			steps: [
				{ do: "merge", card: 0, into: 3 },
				{ do: "type", browser: 0, card: 0 },
				{ do: "part", card: 0 },
				{ do: "merge", card: 0, into: 0 },
			],
			erased: 0,
			downFrom: 0,
			apartFrom: 0,
		},
	],
	[
		{
			steps: [
				{ do: "merge", card: 0, into: 3 },
				{ do: "type", browser: 0, card: 0 },
				{ do: "part", card: 0 },
				{ do: "merge", card: 3, into: 1 },
			],
			erased: 0,
			downFrom: 0,
			apartFrom: 0,
		},
	],
	[
		{
			steps: [{ do: "merge", card: 1, into: 0 }, { do: "settle" }, { do: "part", card: 1 }],
			erased: 0,
			downFrom: 2,
			apartFrom: 2,
		},
	],
	[
		{
			steps: [
				{ do: "merge", card: 3, into: 1 },
				{ do: "settle" },
				{ do: "part", card: 3 },
				{ do: "prove", browser: 3, card: 1 },
				{ do: "tell", browser: 1, card: 3 },
				{ do: "type", browser: 2, card: 3 },
			],
			erased: 1,
			downFrom: 14,
			apartFrom: 22,
		},
	],
	[
		{
			steps: [
				{ do: "prove", browser: 0, card: 1 },
				{ do: "merge", card: 1, into: 0 },
				{ do: "settle" },
				{ do: "part", card: 1 },
			],
			erased: 0,
			downFrom: 9,
			apartFrom: 3,
		},
	],
];

it("nothing is left of whoever was one with them or typed what is theirs, and nobody else is touched", async () => {
	await fc.assert(
		fc.asyncProperty(plan, async ({ steps, erased, downFrom, apartFrom }) => {
			const world = await World.begin();
			for (const [n, one] of steps.entries()) {
				if (n === downFrom) fails(Object.getPrototypeOf(env.DB), "batch");
				if (n === apartFrom)
					for (const call of ["takeMerge", "takeBack"] as const) fails(Cell.prototype, call);
				world.isTroubled ||= n === downFrom || n === apartFrom;
				await world.take(one);
			}
			const { gone, kept } = world.sides(erased);
			await world.erase(erased);
			vi.restoreAllMocks();
			await vi.waitFor(async () => expect(await world.isErased(erased)).toBe(true), { timeout: 20_000 });
			// Whoever typed an address without anybody knowing it yet is erased when that is known.
			await settled();
			await vi.waitFor(async () => expect(await isErasing()).toBe(false), { timeout: 20_000 });
			await settled();
			const all = await everything();
			const around = (text: string) => {
				const at = all.indexOf(text);
				return at < 0 ? [] : [all.slice(Math.max(0, at - 150), at + 150)];
			};
			expect(gone.flatMap(around)).toEqual([]);
			expect(kept.filter((text) => !all.includes(text))).toEqual([]);
			expect(await untoldParts()).toEqual([]);
		}),
		{ numRuns: isLong ? 150 : 5, examples: known },
	);
}, 1_800_000);
