// Who nearly meets a condition.

import { expect, it } from "vitest";
import type { Condition } from "../../worker/domain/condition.ts";
import { nearTo } from "../../worker/domain/near.ts";

const prices = (n: number): Condition => ({
	field: "events",
	match: { name: "Page Viewed", path: { op: "is", value: "/cennik" } },
	count: { op: ">=", n },
});
const phone: Condition = { field: "device", test: { op: "is", value: "phone" } };

it("nearly meets a count who comes to a part of it", () => {
	expect(nearTo(prices(3))).toEqual({ all: [{ not: prices(3) }, { any: [prices(1)] }] });
});

it("nearly meets several things who lacks one of them", () => {
	const both: Condition = { all: [prices(1), phone] };
	expect(nearTo(both)).toEqual({ all: [{ not: both }, { any: [{ all: [phone] }, { all: [prices(1)] }] }] });
});

it("nearly meets nothing that is there or is not", () => {
	for (const one of [
		phone,
		{ not: prices(3) },
		{ all: [] },
		{ any: [phone] },
		prices(1),
	] satisfies Condition[])
		expect(nearTo(one)).toBeUndefined();
});

it("nearly meets an amount who comes to half of it, wherever it stands", () => {
	const score = (n: number): Condition => ({ field: "score", test: { op: ">=", n } });
	const either: Condition = { any: [phone, score(30)] };
	expect(nearTo(either)).toEqual({ all: [{ not: either }, { any: [{ any: [score(15)] }] }] });
});
