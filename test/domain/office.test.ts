// When somebody is there: the hours of a site in its own zone, also where its clocks change.

import fc from "fast-check";
import { expect, it } from "vitest";
import { closesAt, type Hours, isWithin, opensAt } from "../../worker/domain/conversation/office.ts";
import { runs } from "../support/runs.ts";

const minuteMs = 60_000;
const at = (text: string) => Date.parse(text);
const never: Hours = [null, null, null, null, null, null, null];
const on = (day: number, from: number, until: number): Hours => never.with(day, { from, until });

it.each([
	// In Warsaw the clocks go from 2:00 to 3:00 on 29 March, and from 3:00 to 2:00 on 25 October.
	["Europe/Warsaw", "2026-03-28T16:00:00Z", on(6, 540, 1_020), "2026-03-29T07:00:00Z"],
	["Europe/Warsaw", "2026-10-24T16:00:00Z", on(6, 540, 1_020), "2026-10-25T08:00:00Z"],
	// Hours which that night does not have come a week later.
	["Europe/Warsaw", "2026-03-28T16:00:00Z", on(6, 125, 170), "2026-04-05T00:05:00Z"],
	// Those that it has twice begin with the first.
	["Europe/Warsaw", "2026-10-24T16:00:00Z", on(6, 125, 170), "2026-10-25T00:05:00Z"],
	// Half an hour, and three quarters.
	["Australia/Lord_Howe", "2026-10-03T12:00:00Z", on(6, 485, 600), "2026-10-03T21:05:00Z"],
	["Asia/Kathmandu", "2026-01-01T00:00:00Z", on(3, 607, 608), "2026-01-01T04:22:00Z"],
	["America/New_York", "2026-11-01T00:00:00Z", on(6, 540, 600), "2026-11-01T14:00:00Z"],
] as const)("hours of %s, asked at %s, begin to the minute", (zone, now, hours, opens) => {
	expect(opensAt(hours, zone, at(now))).toBe(at(opens));
});

it("who has no hours never opens, and who has no rule about them is never closed", () => {
	expect(opensAt(never, "Europe/Warsaw", 0)).toBeUndefined();
	expect(opensAt(undefined, "Europe/Warsaw", 0)).toBeUndefined();
	expect(isWithin(undefined, "Europe/Warsaw", 0)).toBe(true);
	expect(isWithin(never, "Europe/Warsaw", 0)).toBe(false);
	expect(closesAt(undefined, "Europe/Warsaw", 0)).toBeUndefined();
	const always: Hours = never.map(() => ({ from: 0, until: 1_440 }));
	expect(closesAt(always, "Europe/Warsaw", 0)).toBeUndefined();
});

it("it opens at the first minute that is within hours and closes at the first that is not, whatever the hours, the zone and the day", () => {
	const span = fc
		.tuple(fc.nat(1_439), fc.integer({ min: 1, max: 400 }))
		.map(([from, length]) => ({ from, until: Math.min(1_440, from + length) }));
	const hours = fc.array(fc.option(span, { nil: null }), { minLength: 7, maxLength: 7 });
	const zone = fc.constantFrom("Europe/Warsaw", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu");
	// Most of them within two days of a change of clocks.
	const now = fc
		.tuple(
			fc.constantFrom("2026-03-29", "2026-10-25", "2026-03-08", "2026-11-01", "2026-04-05", "2026-10-04"),
			fc.integer({ min: -2_880, max: 2_880 }),
		)
		.map(([day, minutes]) => at(`${day}T00:00:00Z`) + minutes * minuteMs);
	fc.assert(
		fc.property(hours, zone, now, (week, where, from) => {
			const minutes = Array.from({ length: 2 * 1_440 }, (_, n) => from + n * minuteMs);
			for (const [turns, isWanted] of [
				[opensAt(week, where, from), true],
				[closesAt(week, where, from), false],
			] as const) {
				const first = minutes.find((one) => isWithin(week, where, one) === isWanted);
				if (first !== undefined) expect(turns).toBe(first);
				else expect(turns === undefined || turns > from + 2 * 1_440 * minuteMs - minuteMs).toBe(true);
			}
		}),
		{ numRuns: runs(60, 1_000) },
	);
});
