import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyFacts } from "../../worker/domain/facts.ts";
import {
	merge,
	nobody,
	open,
	type Part,
	type Person,
	read,
	seal,
	withoutPart,
	withPart,
} from "../../worker/domain/person.ts";
import { nothingWatched, watchFor } from "../../worker/domain/watch.ts";
import { condition, factsOf, history, personOf } from "../support/generate.ts";

// A part has one writer, so a version says what is in it: the score stands for that.
const part = fc
	.record({ id: fc.constantFrom("a", "b", "c", "__proto__"), version: fc.integer({ min: 1, max: 4 }) })
	.map(
		({ id, version }): Part => ({ id, kind: "browser", version, facts: { ...emptyFacts(), score: version } }),
	);
const person = fc.array(part, { maxLength: 4 }).map((parts): Person => parts.reduce(withHigher, nobody));

function withHigher(known: Person, one: Part): Person {
	return merge(known, { parts: Object.fromEntries([[one.id, one]]) });
}

test("merging is commutative, associative and idempotent, and nobody is its neutral element", () => {
	fc.assert(
		fc.property(person, person, person, (a, b, c) => {
			expect(merge(a, b)).toEqual(merge(b, a));
			expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
			expect(merge(a, a)).toEqual(a);
			expect(merge(a, nobody)).toEqual(a);
		}),
	);
});

test("of one part the higher version wins", () => {
	const older: Part = { id: "a", kind: "browser", version: 1, facts: { ...emptyFacts(), score: 1 } };
	const newer: Part = { ...older, version: 2, facts: { ...emptyFacts(), score: 2 } };
	expect(read(merge({ parts: { a: newer } }, { parts: { a: older } })).score).toBe(2);
	expect(read(merge({ parts: { a: older } }, { parts: { a: newer } })).score).toBe(2);
});

test("a part put in and taken out again leaves the person as before", () => {
	fc.assert(
		fc.property(person, part, (known, one) => {
			if (Object.hasOwn(known.parts, one.id)) return;
			expect(withoutPart(withPart(known, one), one.id)).toEqual(known);
		}),
	);
});

test("all parts read as one are what one part would have recorded, but for visits", () => {
	fc.assert(
		fc.property(history(30), fc.array(condition, { maxLength: 8 }), ({ kinds, ...past }, asked) => {
			const watch = watchFor(asked);
			const kind = kinds?.[0] ?? "browser";
			const apart = read(personOf({ ...past, kinds: past.parts.map(() => kind) }, watch));
			const together = factsOf(past.parts.flat(), watch, kind);
			const alike = ["environment", "firstTouch", "lastTouch", "attributes", "tags", "score"] as const;
			for (const fact of [...alike, "points", "orders", "cart"] as const)
				expect(apart[fact]).toEqual(together[fact]);
			expect([apart.firstSeenAt, apart.lastSeenAt]).toEqual([together.firstSeenAt, together.lastSeenAt]);
			// Each part keeps as much as one would: together they may hold more, and the same latest ones.
			for (const [key, instants] of Object.entries(together.counters)) {
				if (watch.byVisit.includes(key)) continue;
				const known = apart.counters[key] ?? [];
				const isFirst = key.startsWith("first ");
				expect(isFirst ? known.slice(-1) : known.slice(0, instants.length)).toEqual(instants);
			}
			for (const [key, { at, of }] of Object.entries(together.values ?? {})) {
				const known = apart.values?.[key] ?? { at: [], of: [] };
				expect([known.at.slice(0, at.length), known.of.slice(0, of.length)]).toEqual([at, of]);
			}
			for (const [key, { ever, days, sums }] of Object.entries(together.sums ?? {})) {
				const known = apart.sums?.[key] ?? { ever: 0, days: [], sums: [] };
				expect([known.ever, known.days.slice(0, days.length)]).toEqual([ever, days]);
				expect(known.sums.slice(0, sums.length)).toEqual(sums);
			}
		}),
	);
});

/** What one writer did with four parts, step by step: wrote to one, or sealed one that stood open. */
const steps = fc.array(
	fc.record({ part: fc.constantFrom("a", "b", "c", "d", "__proto__"), seals: fc.boolean() }),
	{ maxLength: 12 },
);

function livesOf(done: readonly { readonly part: string; readonly seals: boolean }[]): readonly Person[] {
	const lives: Person[] = [nobody];
	for (const { part: id, seals } of done) {
		const before = lives.at(-1) ?? nobody;
		const isSealed = Object.values(before.parts).some((one) => one.seals?.includes(id));
		const known = Object.hasOwn(before.parts, id) ? before.parts[id] : undefined;
		if (isSealed || (seals && !known)) continue;
		const version = (known?.version ?? 0) + 1;
		const written: Part = { id, kind: "browser", version, facts: { ...emptyFacts(), score: version } };
		if (!seals || !known) lives.push(merge(before, { parts: Object.fromEntries([[id, written]]) }));
		else lives.push(seal(before, "seal", [known]));
	}
	return lives;
}

/** Some of somebody's parts as they were at one time or another, as messages bring them. */
const brought = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 5 });

test("merging is so with seals as well, in any order of arrival, and of what is sealed nothing counts twice", () => {
	fc.assert(
		fc.property(steps, brought, brought, brought, (done, ...messages) => {
			const lives = livesOf(done);
			const last = lives.at(-1) ?? nobody;
			const [a = nobody, b = nobody, c = nobody] = messages.map((message) =>
				message.reduce((known, [when, which]) => {
					const parts = Object.entries(lives[when % lives.length]?.parts ?? {});
					const one = parts[which % parts.length];
					return one ? merge(known, { parts: Object.fromEntries([one]) }) : known;
				}, nobody),
			);
			expect(merge(a, b)).toEqual(merge(b, a));
			expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
			expect(merge(a, a)).toEqual(a);
			// Whatever came before, who knows all of the last knows nothing else.
			expect(merge(merge(merge(a, b), c), last)).toEqual(last);
		}),
	);
});

test("sealing changes no fact, and so no answer at any time, whatever happens after; opening gives back all there was", () => {
	fc.assert(
		fc.property(
			history(30),
			history(6),
			fc.array(condition, { maxLength: 8 }),
			fc.nat(),
			(past, later, asked, n) => {
				const watch = watchFor(asked);
				const whole = personOf(past, watch);
				const after = personOf(later, watch);
				const since = Object.values(after.parts).map((one) => ({ ...one, id: `later ${one.id}` }));
				const and = (known: Person) => since.reduce(withPart, known);
				const parts = Object.values(whole.parts);
				const some = parts.filter((_, i) => (n >> i) & 1);
				if (some.length === 0) return;
				const [first, ...others] = some;
				const sealed = seal(seal(whole, "seal", first ? [first] : []), "seal", others);
				expect(read(sealed)).toEqual(read(whole));
				expect(read(and(sealed))).toEqual(read(and(whole)));
				expect(sealed.parts.seal?.seals).toEqual(some.map(({ id }) => id).sort());
				expect(open(sealed, "seal", some, new Set(some.map(({ id }) => id)))).toEqual(whole);
				// One of them comes back, or is forgotten: the others stay sealed, and are what they were.
				const back = new Set([some[0]?.id ?? ""]);
				expect(read(open(sealed, "seal", some, back))).toEqual(read(whole));
				for (const id of back) {
					const left = withoutPart(open(sealed, "seal", some, back), id);
					expect(read(left)).toEqual(read(withoutPart(whole, id)));
				}
			},
		),
	);
});

test("the same half hour on two devices is two visits", () => {
	const visit = { id: "e", name: "Page Viewed", at: 5, props: {} };
	const facts = factsOf([{ event: visit, circumstances: {}, effects: [] }], nothingWatched);
	const on = (id: string): Part => ({ id, kind: "browser", version: 1, facts });
	expect(read({ parts: { a: on("a"), b: on("b") } }).visits).toEqual([
		[5, 5, 1],
		[5, 5, 1],
	]);
});
