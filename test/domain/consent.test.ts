// The ledger of consents: whichever way its entries come together, a withdrawal is never lost, and nobody but the person
// takes it back.

import fc from "fast-check";
import { expect, test } from "vitest";
import {
	type Consents,
	consentEvent,
	consentOf,
	consentPlaces,
	consentStates,
	joinConsents,
	mayWrite,
	otherPlaces,
	personalPlaces,
	recordConsent,
} from "../../worker/domain/consent.ts";
import type { Event } from "../../worker/domain/event.ts";
import { emptyFacts, type Facts, record } from "../../worker/domain/facts.ts";
import { merge, nobody, type Person, read, withoutPart, withPart } from "../../worker/domain/person.ts";
import { nothingWatched } from "../../worker/domain/watch.ts";

const newsletter = { channel: "email", purpose: "newsletter" } as const;

const act = fc
	.record({
		state: fc.constantFrom(...consentStates),
		place: fc.constantFrom(...consentPlaces),
		at: fc.integer({ min: 0, max: 6 }),
		purpose: fc.constantFrom("newsletter", "__proto__"),
	})
	.map(({ state, place, at, purpose }) => ({ state, place, at, channel: "email" as const, purpose }));
const entries = fc
	.array(act, { maxLength: 8 })
	.map((acts) =>
		acts.map(({ state, place, at, ...terms }, i) => consentEvent(state, terms, place, { id: `${i}`, at })),
	);

function ledgerOf(events: readonly Event[]): Consents {
	return events.reduce<Consents>(recordConsent, {});
}

function standing(events: readonly Event[]): string | undefined {
	return consentOf({ consents: ledgerOf(events) }, "email", "newsletter")?.state;
}

const of = (list: readonly Event[], purpose = "newsletter") =>
	list.filter(({ props }) => props.purpose === purpose);
const isBy = (places: readonly string[]) => (event: Event) => places.includes(String(event.props.place));
const latest = (list: readonly Event[], name: string) =>
	Math.max(-1, ...list.filter((event) => event.name === name).map(({ at }) => at));

test("entries give the same consents in any order", () => {
	const shuffled = entries.chain((list) =>
		fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
	);
	fc.assert(
		fc.property(shuffled, ([list, other]) => {
			expect(ledgerOf(other)).toEqual(ledgerOf(list));
		}),
	);
});

test("the union of ledgers is commutative, associative and idempotent, and is the ledger of all entries", () => {
	const three = fc
		.tuple(entries, fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 }))
		.map(([list, a, b]) => [list.slice(0, a), list.slice(a, a + b), list.slice(a + b)] as const);
	fc.assert(
		fc.property(three, (lists) => {
			const [a, b, c] = lists.map(ledgerOf);
			if (!a || !b || !c) return;
			expect(joinConsents(a, b)).toEqual(joinConsents(b, a));
			expect(joinConsents(joinConsents(a, b), c)).toEqual(joinConsents(a, joinConsents(b, c)));
			expect(joinConsents(a, a)).toEqual(a);
			expect(joinConsents(joinConsents(a, b), c)).toEqual(ledgerOf(lists.flat()));
		}),
	);
});

test("after a withdrawal only a later act of the person's own is a consent again", () => {
	fc.assert(
		fc.property(entries, (list) => {
			const ours = of(list);
			const withdrawnAt = latest(ours, "Consent Withdrawn");
			const givenAt = latest(ours.filter(isBy(personalPlaces)), "Consent Given");
			if (withdrawnAt < 0) return;
			expect(standing(list) === "given").toBe(givenAt > withdrawnAt);
		}),
	);
});

test("whatever others say later changes nothing after a withdrawal", () => {
	const withdrawn = consentEvent("withdrawn", newsletter, "unsubscribe", { id: "w", at: 3 });
	fc.assert(
		fc.property(entries, (list) => {
			const before = standing([...list.filter(isBy(personalPlaces)), withdrawn]);
			const others = list.filter(isBy(otherPlaces)).filter(({ name }) => name !== "Consent Withdrawn");
			expect(standing([...list.filter(isBy(personalPlaces)), withdrawn, ...others])).toBe(before);
		}),
	);
});

function personOf(parts: readonly (readonly Event[])[]): Person {
	return parts.reduce<Person>((person, list, i) => {
		const facts: Facts = emptyFacts();
		for (const event of list) record(facts, event, nothingWatched);
		return withPart(person, { id: `part-${i}`, kind: "import", version: 1, facts });
	}, nobody);
}

test("a withdrawal survives a merge and the undoing of any part, its own among them", () => {
	const two = fc.tuple(entries, entries, fc.constantFrom("part-0", "part-1"));
	fc.assert(
		fc.property(two, ([one, other, dropped]) => {
			const whole = merge(personOf([one]), personOf([[], other]));
			const known = consentOf(read(whole), "email", "newsletter")?.state;
			const left = consentOf(read(withoutPart(whole, dropped)), "email", "newsletter")?.state;
			if (known === "withdrawn") expect(left).toBe("withdrawn");
			const isThere = of([...one, ...other]).some(({ name }) => name === "Consent Withdrawn");
			if (isThere && known === "pending") expect(["pending", "withdrawn"]).toContain(left);
		}),
	);
});

test("a part without withdrawals goes without a trace", () => {
	const given = consentEvent("given", newsletter, "import", { id: "a", at: 1 });
	expect(withoutPart(personOf([[given]]), "part-0")).toEqual(nobody);
});

test.each([
	["nothing said is no consent", [], undefined],
	["a form without double opt-in gives it", [["given", "form", 1]], "given"],
	["a form with double opt-in waits", [["pending", "form", 1]], "pending"],
	[
		"the confirmed link gives it",
		[
			["pending", "form", 1],
			["given", "link", 2],
		],
		"given",
	],
	[
		"somebody who types the address again takes nothing away",
		[
			["given", "link", 1],
			["pending", "form", 2],
		],
		"given",
	],
	[
		"who unsubscribes and asks again has to confirm again",
		[
			["given", "link", 1],
			["withdrawn", "unsubscribe", 2],
			["pending", "form", 3],
		],
		"pending",
	],
	[
		"in one instant a withdrawal outweighs a consent",
		[
			["given", "link", 2],
			["withdrawn", "unsubscribe", 2],
		],
		"withdrawn",
	],
	["an import may say that it was given", [["given", "import", 1]], "given"],
	["what others say cannot wait for the person", [["pending", "api", 1]], undefined],
	[
		"an import that lags behind a withdrawal says nothing",
		[
			["withdrawn", "hand", 1],
			["given", "import", 2],
		],
		"withdrawn",
	],
	[
		"a log-in is an act of the person's own",
		[
			["withdrawn", "hand", 1],
			["given", "login", 2],
		],
		"given",
	],
] as const)("%s", (_name, acts, expected) => {
	const list = acts.map(([state, place, at], i) =>
		consentEvent(state, newsletter, place, { id: `${i}`, at }),
	);
	expect(standing(list)).toBe(expected);
	expect(mayWrite({ consents: ledgerOf(list) }, "email", "newsletter")).toBe(expected === "given");
});

test("an entry keeps the words that were agreed to, and the ledger their version", () => {
	const terms = { ...newsletter, version: "v2", wording: "I want the newsletter." };
	const entry = consentEvent("given", terms, "form", { id: "a", at: 1 });
	expect(entry.props).toEqual({ ...terms, place: "form" });
	const known = consentOf({ consents: ledgerOf([entry]) }, "email", "newsletter");
	expect(known).toEqual({ state: "given", act: { at: 1, id: "a", place: "form", version: "v2" } });
});
