// A list of people as its address says it, and acts by hand with what takes them back.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { actOf, inverse, untold } from "../../worker/admin/ui/pages/people/acting.ts";
import {
	baseOf,
	contacts,
	contactsView,
	definitionsFor,
	moved,
	read,
	sortings,
	usual,
	write,
} from "../../worker/admin/ui/pages/people/listing.ts";
import type { View } from "../../worker/admin/ui/pages/people/types.ts";
import type { Condition } from "../../worker/domain/condition.ts";
import type { Card } from "../../worker/protocol/person.ts";

const tagged: Condition = { field: "tag", tag: "VIP", count: { op: ">=", n: 1 } };
const saved: View = {
	...{ id: "v1", name: "VIP", condition: tagged, columns: ["name", "score"], isShared: true },
	...{ sort: { by: "score", order: "desc" }, version: 3, changedAt: 1 },
};
const queryOf = (address: string) => Object.fromEntries(new URLSearchParams(address));

describe("the address of a list", () => {
	test("says whatever list there is, and is read back as the same", () => {
		const listings = fc.record({
			condition: fc.constantFrom<Condition>(
				{ all: [] },
				tagged,
				{ not: tagged },
				{ any: [tagged, { all: [tagged] }] },
			),
			q: fc.string({ maxLength: 20 }),
			columns: fc.uniqueArray(fc.constantFrom("name", "score", "attribute.email", "first.source"), {
				minLength: 1,
			}),
			sort: fc.record({ by: fc.constantFrom(...sortings), order: fc.constantFrom("asc", "desc") }),
		});
		const begun = fc.constantFrom<Record<string, string>>({}, { view: "v1" }, { view: contactsView });
		fc.assert(
			fc.property(listings, begun, (listing, query) => {
				const address = write(listing, query, baseOf(query, [saved]));
				expect(read(queryOf(address), [saved])).toEqual(
					expect.objectContaining({ ...listing, condition: listing.condition }),
				);
			}),
		);
	});

	test("is empty for the usual list, and only names the view of a saved one", () => {
		expect(write(usual, {}, usual)).toBe("");
		expect(write(read({ view: "v1" }, [saved]), { view: "v1" }, baseOf({ view: "v1" }, [saved]))).toBe(
			"?view=v1",
		);
	});

	test("leads to the people of a segment, of a tag, or to contacts", () => {
		expect(read({ segment: "ready" }, []).condition).toEqual({ field: "segment", segment: "ready" });
		expect(read({ tag: "VIP" }, []).condition).toEqual(tagged);
		expect(read({ view: contactsView }, []).condition).toEqual(contacts);
		expect(read({ q: "ola" }, [])).toEqual({ ...usual, q: "ola" });
	});

	test("shows the usual list where it says what cannot be read", () => {
		for (const where of ["{", "null", "7", '{"all":7}', '{"all":[7]}', '{"field":7}', '{"not":{}}'])
			expect(read({ where, sort: "up.name", columns: "~~" }, [])).toEqual(usual);
	});
});

test("a segment that was never published is asked of the drafts", () => {
	const inReady: Condition = { not: { any: [{ field: "segment", segment: "ready" }] } };
	expect(definitionsFor(inReady, [{ id: "ready", live: null }])).toBe("drafts");
	expect(definitionsFor(inReady, [{ id: "ready", live: {} }])).toBe("published");
	expect(definitionsFor(tagged, [{ id: "ready", live: null }])).toBe("published");
});

test("a column moves to where it is sent, and never out of the list", () => {
	expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
	expect(moved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
	expect(moved(["a", "b"], 0, -1)).toEqual(["a", "b"]);
	expect(moved(["a", "b"], 1, 2)).toEqual(["a", "b"]);
});

describe("an act by hand", () => {
	test("is asked for once all of it was told", () => {
		expect(actOf("tag", untold)).toBeUndefined();
		expect(actOf("tag", { ...untold, text: " VIP " })).toEqual({ kind: "tag", tag: "VIP" });
		expect(actOf("tag", { ...untold, text: "{path}" })).toBeUndefined();
		expect(actOf("points", { ...untold, points: 0 })).toBeUndefined();
		expect(actOf("points", { ...untold, points: 1.5 })).toBeUndefined();
		expect(actOf("points", { ...untold, points: -5 })).toEqual({ kind: "points", points: -5 });
		expect(actOf("points", { ...untold, points: 5, programme: "club" })).toEqual({
			kind: "points",
			points: 5,
			programme: "club",
		});
		expect(actOf("enlist", untold)).toBeUndefined();
	});

	test("is taken back by another where one leaves what was there before", () => {
		const card = {
			tags: [{ tag: "VIP", count: 2, firstAt: 1, lastAt: 2 }],
			lists: [{ id: "callers", names: { pl: "", en: "" }, since: 1 }],
			funnelStage: "lead",
			owner: null,
		} as unknown as Card;
		expect(inverse({ kind: "tag", tag: "NEW" }, card)).toEqual({ kind: "untag", tag: "NEW" });
		expect(inverse({ kind: "tag", tag: "VIP" }, card)).toBeUndefined();
		expect(inverse({ kind: "points", points: 5 }, card)).toEqual({ kind: "points", points: -5 });
		expect(inverse({ kind: "enlist", list: "callers" }, card)).toBeUndefined();
		expect(inverse({ kind: "delist", list: "callers" }, card)).toEqual({ kind: "enlist", list: "callers" });
		expect(inverse({ kind: "stage", stage: "won" }, card)).toEqual({ kind: "stage", stage: "lead" });
		expect(inverse({ kind: "owner", owner: "ola" }, card)).toBeUndefined();
		expect(inverse({ kind: "note", text: "…" }, card)).toBeUndefined();
	});
});
