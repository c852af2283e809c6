// The law of parts: whatever two cards are made of, a merge that is undone leaves both as they were, to the byte where
// nothing happened since; and where something did, each event stays with its part.

import { runInDurableObject } from "cloudflare:test";
import fc from "fast-check";
import { beforeEach, expect, it } from "vitest";
import { Cards } from "../../worker/cell/cards.ts";
import { siteFactsOf } from "../../worker/cell/collect.ts";
import { Errands } from "../../worker/cell/errands.ts";
import { type Ground, mergeAway, unmerge } from "../../worker/cell/merging.ts";
import { People, type Published } from "../../worker/cell/people.ts";
import { newState, readState, type State, writeState } from "../../worker/cell/state.ts";
import { Store } from "../../worker/cell/store.ts";
import { handOf } from "../../worker/domain/act.ts";
import { ownParts, withCopy } from "../../worker/domain/card.ts";
import type { Identifier } from "../../worker/domain/contact.ts";
import type { Part } from "../../worker/domain/person.ts";
import type { Proof } from "../../worker/domain/proof.ts";
import { prepare } from "../../worker/domain/rules.ts";
import { adopt, arrive } from "../../worker/domain/standing.ts";
import { Outbox } from "../../worker/outbox/outbox.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { cellOf } from "../../worker/platform/name.ts";
import { sqlOf } from "../../worker/platform/sql.ts";
import { definitions, settings } from "../shop/definitions.ts";
import { history, latest, personOf } from "../support/generate.ts";
import { env, event, freshWorld, isLong, site } from "./world.ts";

const rules = prepare({ ...definitions, programmes: definitions.programmes ?? [] });
const published: Published = {
	revision: 1,
	retentionMs: 10_800_000,
	rules,
	site: siteFactsOf({ ...settings, origins: [] } as never),
};
const cell = "eu-eeur-9";
const now = latest + 1;

const identifiers = fc.subarray<Identifier>([
	{ kind: "user", value: "42" },
	{ kind: "email", value: "anna@example.pl" },
	{ kind: "phone", value: "+48600700800" },
]);
const made = fc.record({
	lived: history(12),
	identifiers,
	proofs: fc.array(fc.constantFrom<Proof>("linked", "verified"), { minLength: 3, maxLength: 3 }),
	tied: fc.option(history(4), { nil: undefined }),
	claims: fc.array(fc.tuple(fc.uuid(), fc.boolean()), { maxLength: 25 }),
	seen: fc.array(fc.tuple(fc.uuid(), fc.nat()), { maxLength: 3 }),
});
type Made = typeof made extends fc.Arbitrary<infer Value> ? Value : never;
const touched = fc.array(fc.tuple(fc.nat(), fc.constantFrom("Page Viewed", "Order Completed")), {
	maxLength: 4,
});

/** A card of its own: browsers that are proven, what systems told of it, acts by hand, and what strangers tied to it. */
function cardOf(name: string, { lived, identifiers: known, proofs, tied, claims, seen }: Made): State {
	const state = newState(now, published.revision);
	const named = (part: Part, i: number): Part => ({ ...part, id: `${name}-${i}` });
	const parts = Object.values(personOf(lived, rules.watch).parts).map(named);
	const hand = Object.values(personOf({ ...lived, parts: [[]], kinds: ["hand"] }, rules.watch).parts);
	const all = [...parts, ...hand.map((part) => ({ ...part, id: handOf(name), version: 1 }))];
	state.standing.person = { parts: Object.fromEntries(all.map((part) => [part.id, part])) };
	state.standing.identity = "monitored";
	state.identifiers = known;
	state.claims = claims.slice(-20);
	state.seen = seen.map(([id, at]) => [id.slice(19), at]);
	const browsers = all.filter(({ kind }) => kind === "browser");
	if (browsers.length > 0)
		state.proofs = Object.fromEntries(browsers.map(({ id }, i) => [id, proofs[i] ?? "linked"]));
	for (const [i, part] of Object.values(tied ? personOf(tied, rules.watch).parts : {}).entries()) {
		const { standing, ties } = state;
		const copy = { ...part, id: `stranger-${name}-${i}` };
		const card = { person: standing.person, proofs: state.proofs, ties };
		const with_ = withCopy(card, copy, { person: `stranger-${name}`, cell: "eu-eeur-1" });
		standing.person = with_.person;
		if (with_.ties) state.ties = with_.ties;
	}
	adopt(state.standing, rules, now);
	return readState(writeState(state));
}

/** What must be as it was: what a card is and remembers. How often it was written is not. */
function bytesOf(people: People, person: string): string {
	const state = people.peek(person);
	if (!state) return "gone";
	const { standing, proofs, memories, claims, identifiers: known, lastActivityAt, seen } = state;
	return JSON.stringify({ standing, proofs, memories, claims, identifiers: known, lastActivityAt, seen });
}

const versionsOf = (people: People, person: string): Record<string, number> =>
	Object.fromEntries(
		ownParts(people.peek(person)?.standing.person ?? { parts: {} }).map(({ id, version }) => [id, version]),
	);

beforeEach(freshWorld);

async function withGround(test: (ground: Ground) => void): Promise<void> {
	await runInDurableObject(cellOf(env, site, cell), (_cell, { storage }) => {
		const store = new Store(sqlOf(storage));
		const outbox = new Outbox(store);
		const people = new People(store, outbox);
		const errands = new Errands(store, async () => {});
		test({ store, people, outbox, errands, cards: new Cards(store, people, outbox, errands) });
	});
}

function both(ground: Ground, one: Made, other: Made): void {
	const { store, people } = ground;
	for (const table of ["people", "browsers", "forwards", "merges", "errands", "outbox"])
		store.sql.all(`DELETE FROM ${table}`);
	people.distrust();
	ground.outbox.resume();
	ground.errands.resume();
	people.settle("one", cardOf("one", one), published, now);
	people.settle("other", cardOf("other", other), published, now);
}

const merge = (ground: Ground) =>
	mergeAway({ site, cell, person: "other", into: { person: "one", cell } }, ground, published, now);

it("undone where nothing happened since, both are as they were, to the byte, however often", () =>
	withGround((ground) => {
		fc.assert(
			fc.property(made, made, fc.integer({ min: 1, max: 3 }), (one, other, times) => {
				both(ground, one, other);
				const before = [bytesOf(ground.people, "one"), bytesOf(ground.people, "other")];
				for (let i = 0; i < times; i++) {
					expect(merge(ground)).toEqual({ is: "done" });
					expect(bytesOf(ground.people, "other")).toBe("gone");
					ground.people.distrust();
					expect(unmerge({ site, cell, person: "other" }, ground, published, now)).toEqual({ is: "done" });
					ground.people.distrust();
					expect([bytesOf(ground.people, "one"), bytesOf(ground.people, "other")]).toEqual(before);
				}
			}),
			{ numRuns: isLong ? 150 : 50 },
		);
	}));

it("undone later, each part is its person's with all that it did since, and acts by hand stay", () =>
	withGround((ground) => {
		fc.assert(
			fc.property(made, made, touched, (one, other, events) => {
				both(ground, one, other);
				const { people } = ground;
				const before = { one: versionsOf(people, "one"), other: versionsOf(people, "other") };
				merge(ground);
				const state = people.know("one", published, now);
				if (!state) throw new Error("the card is there");
				const theirs = ownParts(state.standing.person).filter(({ kind }) => kind !== "hand");
				for (const [n, name] of events) {
					const part = theirs[n % Math.max(1, theirs.length)];
					if (!part) continue;
					const happened = { ...event(name, { order_id: uuidv7(now) }, now), props: { path: "/cennik" } };
					const effects = arrive(state.standing, rules, part, happened, {}, now);
					people.save(
						{ person: "one", part: part.id, state },
						[{ event: happened, effects }],
						published,
						now,
					);
				}
				const whole = versionsOf(people, "one");
				unmerge({ site, cell, person: "other" }, ground, published, now);
				const after = { one: versionsOf(people, "one"), other: versionsOf(people, "other") };
				for (const who of ["one", "other"] as const)
					expect(Object.keys(after[who]).toSorted()).toEqual(Object.keys(before[who]).toSorted());
				for (const { id } of theirs) expect({ ...after.one, ...after.other }[id]).toBe(whole[id]);
			}),
			{ numRuns: isLong ? 100 : 40 },
		);
	}));
