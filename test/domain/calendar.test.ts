import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	agedBetween,
	ageOf,
	anniversaries,
	beginningOf,
	bornBetween,
	dayIn,
	dayMs,
	dayOf,
	daysAfter,
	monthDayOf,
	nextAnniversary,
	sameTimeOn,
} from "../../worker/domain/calendar.ts";
import { runs } from "../support/runs.ts";

const instant = fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2100, 0, 1) });

test("an anniversary is among those of the next days where it comes by then", () => {
	fc.assert(
		fc.property(instant, instant, fc.integer({ min: 0, max: 60 }), (at, now, days) => {
			const next = nextAnniversary(at, now);
			const isSoon = next !== undefined && dayOf(next) <= dayOf(now) + days;
			expect(anniversaries(now, days).has(monthDayOf(at) ?? "")).toBe(isSoon);
		}),
		{ numRuns: 3_000 },
	);
});

test("29 February comes on 1 March where the year has none", () => {
	const born = Date.UTC(2000, 1, 29);
	expect(nextAnniversary(born, Date.UTC(2027, 1, 10))).toBe(Date.UTC(2027, 2, 1));
	expect(nextAnniversary(born, Date.UTC(2028, 1, 10))).toBe(Date.UTC(2028, 1, 29));
	expect([...anniversaries(Date.UTC(2027, 1, 28), 1)]).toEqual(["02-28", "03-01", "02-29"]);
	expect([...anniversaries(Date.UTC(2028, 1, 28), 2)]).toEqual(["02-28", "02-29", "03-01"]);
});

test("who is of an age was born between two instants, and is so between two others", () => {
	const years = fc.integer({ min: 0, max: 120 });
	const leapDays = fc.constantFrom(
		Date.UTC(2000, 1, 29, 7),
		Date.UTC(2004, 1, 29),
		Date.UTC(2027, 1, 28, 23),
	);
	const day = fc.oneof(instant, leapDays);
	fc.assert(
		fc.property(day, day, years, years, (at, now, low, more) => {
			const ages = { low, high: low + more };
			const age = ageOf(at, now);
			const isSo = age !== undefined && age >= low && age <= low + more;
			const { from, to } = agedBetween(at, ages);
			const born = bornBetween(now, ages);
			expect([from <= now && now < to, born.from <= at && at < born.to]).toEqual([isSo, isSo]);
		}),
		{ numRuns: 3_000 },
	);
	expect(ageOf(Date.UTC(2008, 1, 29), Date.UTC(2026, 1, 28, 23))).toBe(17);
	expect(ageOf(Date.UTC(2008, 1, 29), Date.UTC(2026, 2, 1))).toBe(18);
	expect(["1990", undefined, 1e21].map((born) => ageOf(born, 0))).toEqual([undefined, undefined, undefined]);
});

test("the calendar is that of the years 0 to 9999", () => {
	expect(monthDayOf(Date.UTC(-1, 11, 31))).toBeUndefined();
	expect(monthDayOf(new Date("0000-01-01T00:00:00Z").getTime())).toBe("01-01");
	expect(monthDayOf(new Date("9999-12-31T23:59:59.999Z").getTime())).toBe("12-31");
	expect(monthDayOf(Date.UTC(10_000, 0, 1))).toBeUndefined();
	expect([1e21, -1e21, Number.NaN].map(monthDayOf)).toEqual([undefined, undefined, undefined]);
	expect(monthDayOf(-0.5 * dayMs)).toBe("12-31");
});

describe("the same time on another day", () => {
	const warsaw = "Europe/Warsaw";
	const at = (day: string, time: string, hoursFromUtc: number) =>
		Date.parse(`${day}T${time}Z`) - hoursFromUtc * 3_600_000;

	test("is what the clock shows, on days when it is changed and around them", () => {
		// In 2026 the clocks of Warsaw go forward at 02:00 on 29 March, and back at 03:00 on 25 October.
		for (const time of ["00:30", "01:30", "03:30", "12:00", "23:30"]) {
			expect(sameTimeOn("2026-03-28", at("2026-03-29", time, time < "02" ? 1 : 2), warsaw)).toBe(
				at("2026-03-28", time, 1),
			);
			expect(sameTimeOn("2026-03-29", at("2026-03-30", time, 2), warsaw)).toBe(
				at("2026-03-29", time, time < "02" ? 1 : 2),
			);
			expect(sameTimeOn("2026-10-24", at("2026-10-25", time, time < "02" ? 2 : 1), warsaw)).toBe(
				at("2026-10-24", time, 2),
			);
			expect(sameTimeOn("2026-10-25", at("2026-10-26", time, 1), warsaw)).toBe(
				at("2026-10-25", time, time < "02" ? 2 : 1),
			);
		}
	});

	test("is an hour later where the clock leaves it out, and the first where it shows it twice", () => {
		expect(sameTimeOn("2026-03-29", at("2026-03-30", "02:30", 2), warsaw)).toBe(at("2026-03-29", "03:30", 2));
		expect(sameTimeOn("2026-10-25", at("2026-10-26", "02:30", 1), warsaw)).toBe(at("2026-10-25", "02:30", 2));
	});

	test("lies within that day, and on the day itself where the clock is not changed is as far from its beginning", () => {
		const zone = fc.constantFrom(warsaw, "UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu");
		const recent = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2028, 0, 1) });
		fc.assert(
			fc.property(recent, fc.integer({ min: -8, max: 0 }), zone, (instant, days, timeZone) => {
				const day = daysAfter(dayIn(timeZone)(instant), days);
				const same = sameTimeOn(day, instant, timeZone);
				expect(dayIn(timeZone)(same)).toBe(day);
				const [begins, today] = [day, dayIn(timeZone)(instant)].map((one) => beginningOf(one, timeZone));
				if (beginningOf(daysAfter(day, 1), timeZone) - (begins ?? 0) !== dayMs) return;
				if (beginningOf(daysAfter(dayIn(timeZone)(instant), 1), timeZone) - (today ?? 0) !== dayMs) return;
				expect(same - (begins ?? 0)).toBe(instant - (today ?? 0));
			}),
			{ numRuns: runs(100, 1_000) },
		);
	});
});
