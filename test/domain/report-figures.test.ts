// What the pages of figures work out for themselves: days, sums of revisions, and who is here.

import { expect, test } from "vitest";
import { alongside, changeOf } from "../../worker/admin/ui/figures/compared.ts";
import { askedOf, before, choiceIn, dayOf, daysIn, queryOf } from "../../worker/admin/ui/figures/period.ts";
import { countedBy, withNews } from "../../worker/admin/ui/pages/live/present.ts";
import { byExperience } from "../../worker/admin/ui/pages/reports/editions.ts";
import type { Experiences, Present } from "../../worker/protocol/figure.ts";

test("an address names days, and says nothing of what is usual", () => {
	const usual = { of: { days: 28 }, isCompared: true } as const;
	for (const query of [
		{},
		{ days: "3" },
		{ from: "2026-02-02", until: "2026-02-01" },
		{ from: "x", until: "y" },
	])
		expect(choiceIn(query)).toEqual(usual);
	expect(queryOf(usual)).toEqual({});
	for (const query of [{ days: "7" }, { from: "2026-02-01", until: "2026-02-02", compare: "no" }])
		expect(queryOf(choiceIn(query))).toEqual(query);
	expect(askedOf({ from: "2026-02-01", until: "2026-02-02" })).toBe("from=2026-02-01&until=2026-02-02");
});

test("the time before has as many days, over the end of a month and of summer time", () => {
	expect(before({ from: "2026-03-01", until: "2026-03-03" })).toEqual({
		from: "2026-02-26",
		until: "2026-02-28",
	});
	const summer = { from: "2026-10-20", until: "2026-10-30" };
	expect(daysIn(before(summer))).toBe(daysIn(summer));
	expect(dayOf(Date.parse("2026-11-21T23:30Z"), "Europe/Warsaw")).toBe("2026-11-22");
});

test("nothing to compare with is no change, and hours without a fellow are unknown", () => {
	expect(changeOf(3, 0)).toBeUndefined();
	expect(changeOf(3, 2)).toBe(0.5);
	expect(alongside([1, 2], 3)).toEqual([1, 2, null]);
});

test("an experience is the sum of its revisions and variants", () => {
	const outcomes = {
		qualified: 4,
		shown: 3,
		seen: 0,
		engaged: 0,
		clicked: 1,
		submitted: 1,
		closed: 1,
		missed: 0,
	};
	const owed = { orders: 1, revenue: 10 };
	const edition = {
		experience: "a",
		variant: "",
		outcomes,
		byClick: owed,
		byView: owed,
		assisted: owed,
		tried: owed,
	};
	const editions: Experiences["experiences"] = [1, 2].map((revision) => ({ ...edition, revision }));
	const [sum, none] = byExperience(editions);
	expect(none).toBeUndefined();
	expect(sum).toMatchObject({
		reactions: 4,
		outcomes: { qualified: 8, shown: 6 },
		byClick: { orders: 2, revenue: 20 },
	});
});

test("who is here is what was told, but for whoever did nothing for five minutes", () => {
	const one = (person: string, lastAt: number, path = "/"): Present => ({
		person,
		lastAt,
		path,
		name: null,
		identity: "anonymous",
		score: 0,
		segments: [],
		title: null,
		since: lastAt,
		pages: 1,
		source: null,
		channel: null,
		device: null,
		city: null,
		shown: [],
	});
	const minute = 60_000;
	const first = withNews(undefined, {
		now: 10 * minute,
		cursor: 10 * minute,
		here: 2,
		visitors: [one("a", 6 * minute), one("b", 9 * minute)],
	});
	expect(first.visitors.map(({ person }) => person)).toEqual(["b", "a"]);
	const later = { now: 12 * minute, cursor: 12 * minute, here: 2 };
	const second = withNews(first, {
		...later,
		visitors: [one("c", 12 * minute), one("b", 11 * minute, "/cennik")],
	});
	expect(second.visitors.map(({ person, path }) => [person, path])).toEqual([
		["c", "/"],
		["b", "/cennik"],
	]);
	expect(countedBy([...second.visitors, one("d", 1)], ({ path }) => path)).toEqual([
		["/", 2],
		["/cennik", 1],
	]);
});
