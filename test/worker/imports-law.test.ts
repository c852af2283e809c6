// A rehearsal says exactly what the run then does, whatever the file, whoever is there already and whatever the rules;
// and an undo leaves everything as it was.

import fc from "fast-check";
import { expect, it } from "vitest";
import type { Definitions } from "../../worker/protocol/site.ts";
import { drainAll, everything, Importing } from "./importing.ts";
import { freshWorld, isLong, publish } from "./world.ts";

const definitions: Partial<Definitions> = {
	tagRules: [
		{ id: "buyer", tag: "KUPUJĄCY", when: { event: { name: "Order Completed" } } },
		{
			id: "from-lodz",
			tag: "ŁÓDŹ",
			when: { trait: { field: "attribute", name: "city", test: { op: "is", value: "Łódź" } } },
		},
	],
	scoreRules: [
		{ id: "bought", name: "Zakup", points: 10, when: { event: { name: "Order Completed" } } },
		{ id: "once-marked", name: "Tag", points: 1, when: { event: { name: "Tag Added" } }, limit: "once" },
	],
	programmes: [],
	interestTags: [],
	segments: [
		{ id: "marked", name: "marked", condition: { field: "tag", tag: "a", count: { op: ">=", n: 2 } } },
		{ id: "good", name: "good", condition: { field: "score", test: { op: ">=", n: 20 } } },
		{
			id: "not-gdynia",
			name: "not-gdynia",
			condition: { not: { field: "attribute", name: "city", test: { op: "is", value: "Gdynia" } } },
		},
	],
	experiences: [],
};

const cell = (...values: readonly string[]) => fc.constantFrom("", ...values);
const row = fc.record({
	email: cell("a@example.com", "b@example.com", "c@example.com", "d@example.com", "nie adres"),
	telefon: cell("600 100 200", "600 100 201", "600 100 202", "12"),
	id: cell("K1", "K2", "K3"),
	miasto: cell("Łódź", "Gdynia", "Sopot"),
	tagi: cell("a", "a|b", "c"),
	order: fc.option(
		fc.tuple(fc.constantFrom("Z1", "Z2", "Z3"), fc.constantFrom("2024-01-01", "2024-05-05", "wczoraj")),
		{
			nil: undefined,
			freq: 3,
		},
	),
});
type Row = typeof row extends fc.Arbitrary<infer Value> ? Value : never;
const file = fc.record({
	rows: fc.array(row, { minLength: 1, maxLength: 14 }),
	tags: fc.subarray(["a", "z"]),
	firesRules: fc.boolean(),
});

function written({ rows }: { readonly rows: readonly Row[] }): string {
	const lines = rows.map(({ email, telefon, id, miasto, tagi, order: [order = "", at = ""] = [] }) =>
		[email, telefon, id, miasto, tagi, order, at].join(";"),
	);
	return ["email;telefon;id;miasto;tagi;Numer zamówienia;Data zamówienia", ...lines].join("\n");
}

it("a rehearsal says exactly what the run then does, and an undo takes exactly that back", {
	timeout: 300_000,
}, async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 3 }), async (files) => {
			await freshWorld();
			await publish({ definitions });
			for (const one of files) {
				await drainAll();
				const before = await everything({ owners: false });
				const imported = await Importing.upload(written(one), { tags: one.tags, firesRules: one.firesRules });
				const { rehearsal, reading } = await imported.rehearse();
				await drainAll();
				expect(await everything({ owners: false })).toEqual(before);
				const ran = await imported.run();
				expect(ran.totals).toEqual(rehearsal?.totals);
				expect(ran.reading).toEqual(reading);
				await drainAll();
				if (one !== files.at(-1)) continue;
				await imported.undo();
				await drainAll();
				expect(await everything({ owners: false })).toEqual(before);
			}
		}),
		{ numRuns: isLong ? 12 : 4, endOnFailure: true },
	);
});
