// Conditions as large as they may be: what D1 must still take.

import type { Condition, CountLeaf } from "../../worker/domain/condition.ts";

export const times = <T>(n: number, make: (i: number) => T): T[] =>
	Array.from({ length: n }, (_, i) => make(i));
export const count = (match: CountLeaf["match"], i: number): Condition => ({
	field: "events",
	match,
	count: { op: ">=", n: i % 100 },
	withinMs: 1_000 + i,
});
export const largest: readonly [name: string, condition: Condition][] = [
	[
		"counts of what rules say",
		{ any: times(2, (k) => ({ all: times(78, (i) => count({ name: "Tag Added" }, k * 78 + i)) })) },
	],
	[
		"counts of what happened",
		{ any: times(2, (k) => ({ all: times(78, (i) => count({ name: "Page Viewed" }, k * 78 + i)) })) },
	],
	[
		"wildcards over what happened",
		{
			all: times(79, (i) => count({ name: "Page Viewed", path: { op: "wildcard", value: `a*${i}*b*c` } }, i)),
		},
	],
	[
		"wildcards",
		{ all: times(79, (i) => count({ name: "Tag Added", path: { op: "wildcard", value: `a*${i}*b*c` } }, i)) },
	],
	[
		"properties",
		{
			all: times(14, (k) => {
				const where = times(10, (i) => ({
					property: `p${k} ${i}`.padEnd(64, "x"),
					test: { op: "ends-with", value: `${i}` } as const,
				}));
				return count({ name: "Tag Added", where }, k);
			}),
		},
	],
	[
		"tags",
		{
			any: times(2, (k) => ({
				all: times(78, (i) => ({ field: "tag", tag: `"${k} ${i}`, count: { op: "=", n: 1 } })),
			})),
		},
	],
	[
		"attributes",
		{
			any: times(2, (k) => ({
				all: times(78, (i) => ({
					field: "attribute",
					name: `a ${k} ${i}`,
					test: { op: "contains", value: `${i}` },
				})),
			})),
		},
	],
];
