import { expect, test } from "vitest";
import { unmarked } from "../../worker/domain/marks.ts";

test.each([
	["**Bold** and _italic_", "Bold and italic"],
	["Our [terms](https://shop.example/terms).", "Our terms (https://shop.example/terms)."],
	["**A [link](/x) within**", "A link (/x) within"],
	["snake_case_name stays, and 2 * 3 ** 4", "snake_case_name stays, and 2 * 3 ** 4"],
	["\\*\\*not bold\\*\\*, \\_nor this\\_", "**not bold**, _nor this_"],
	["[no link] (at all)", "[no link] (at all)"],
	["", ""],
])("plain text of %j has no marks", (marked, plain) => {
	expect(unmarked(marked)).toBe(plain);
});
