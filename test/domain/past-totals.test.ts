// What pages of a preview of the past come to: the same, however many pages there are.

import fc from "fast-check";
import { expect, test } from "vitest";
import { type PastTotals, withPage } from "../../worker/admin/ui/rules/past-totals.ts";

type Entry = PastTotals["samples"][number]["entries"][number];

const changed = fc.record({
	person: fc.uuid(),
	tags: fc.array(
		fc.record({ tag: fc.constantFrom("CENNIK", "__proto__"), before: fc.nat(9), after: fc.nat(9) }),
		{
			maxLength: 1,
		},
	),
	points: fc.array(fc.record({ score: fc.constant(null), before: fc.nat(99), after: fc.nat(99) }), {
		maxLength: 1,
	}),
	count: fc.nat(9),
	entries: fc.constant<Entry[]>([]),
});

test("totals are of the whole site, and single people are told of the first alone", () => {
	fc.assert(
		fc.property(fc.array(fc.array(changed, { maxLength: 9 }), { minLength: 1, maxLength: 9 }), (pages) => {
			const all = pages.flat();
			let so: PastTotals | undefined;
			for (const [n, page] of pages.entries())
				so = withPage(so, {
					people: 10,
					busy: 1,
					changed: page,
					next: n < pages.length - 1 ? `cell/${n}` : null,
				});
			expect(so).toMatchObject({
				people: pages.length * 10,
				busy: pages.length,
				changed: all.length,
				samples: all.slice(0, 5),
				next: null,
			});
			const given = all.flatMap(({ tags }) => tags);
			const totals = new Map(Object.entries(so?.tags ?? {}));
			for (const tag of ["CENNIK", "__proto__"]) {
				const own = given.filter((one) => one.tag === tag);
				const more = own.reduce((sum, { before, after }) => sum + after - before, 0);
				expect(totals.get(tag)).toEqual(own.length > 0 ? { people: own.length, more } : undefined);
			}
			const scored = all.flatMap(({ points }) => points);
			const more = scored.reduce((sum, { before, after }) => sum + after - before, 0);
			expect(so?.points).toEqual({ people: scored.length, more });
		}),
	);
});
