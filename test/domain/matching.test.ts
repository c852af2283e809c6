import fc from "fast-check";
import { expect, test } from "vitest";
import type { EventMatch } from "../../worker/domain/condition.ts";
import { matches } from "../../worker/domain/match.ts";
import { matchingOf } from "../../worker/domain/matching.ts";

const piece = fc.constantFrom("", "/", "/cennik", "/Cennik/", "*", "/p/*", "ł", "*i*k");
const path = fc.array(piece, { maxLength: 3 }).map((pieces) => pieces.join(""));
const match: fc.Arbitrary<EventMatch> = fc.record(
	{
		name: fc.constantFrom("Page Viewed", "Product Viewed"),
		path: fc.record({ op: fc.constantFrom("is", "starts-with", "contains", "wildcard"), value: path }),
		where: fc.constant([{ property: "size", test: { op: ">=", n: 2 } } as const]),
	},
	{ requiredKeys: ["name"] },
);
const event = fc
	.record({ path, size: fc.integer({ min: 0, max: 4 }) }, { requiredKeys: [] })
	.map((props) => ({ id: "1", name: "Page Viewed", at: 0, props }));

test("many matches at once are satisfied as each by itself, and in the order in which they were given", () => {
	fc.assert(
		fc.property(fc.array(match, { maxLength: 12 }), event, (all, happened) => {
			const found = matchingOf(all.map((one, i) => [one, i] as const)).of(happened);
			expect(found).toEqual([...all.keys()].filter((i) => matches(all[i] as EventMatch, happened)));
		}),
		{ numRuns: 500 },
	);
});
