// Help while a condition is built: in one answer what it says, how many people it means, some of them, and some whom it
// nearly means with what is missing.

import { beforeEach, describe, expect, it } from "vitest";
import type * as z from "zod/mini";
import type { Checked } from "../../worker/protocol/admin.schema.ts";
import { ask, everyone, viewedPrices } from "./asked.ts";
import { Browser, drain, freshWorld, partsOf, publish } from "./world.ts";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish();
});

/** Who viewed the price list so many times. */
async function viewer(times: number): Promise<string> {
	const browser = new Browser(key);
	await browser.view("/", "");
	for (let n = 0; n < times; n++) await browser.view("/cennik", "");
	await drain(browser.token);
	return partsOf(browser.token).visitor;
}

const checked = (condition: object) =>
	ask<z.infer<typeof Checked>>("conditions/check", { condition, examples: true });
const idsIn = (some: readonly { person: { id: string } }[] | null | undefined) =>
	some?.map(({ person }) => person.id);

describe("help while a condition is built", () => {
	it("says how many it means, some of them with the reason, and who is nearest with the smallest change", async () => {
		const [none, one, two, four] = [await viewer(0), await viewer(1), await viewer(2), await viewer(4)];
		const { sentence, warnings, examples } = await checked(viewedPrices(3));
		expect([sentence.pl?.length, sentence.en?.length]).toEqual([expect.any(Number), expect.any(Number)]);
		expect(warnings).toEqual([]);
		expect(examples?.count).toBe(1);
		expect(idsIn(examples?.in)).toEqual([four]);
		// Who never looked is not near.
		expect(idsIn(examples?.almost)).toEqual([two, one]);
		expect(idsIn(examples?.almost)).not.toContain(none);
		const [nearest] = examples?.almost ?? [];
		expect(nearest?.explanation).toMatchObject({ is: false, change: { isPossible: true } });
		expect(nearest?.explanation.change.sentence.pl).toContain("cennik");
	});

	it("takes whoever lacks one of several things for near", async () => {
		const two = await viewer(2);
		const condition = {
			all: [viewedPrices(2), { field: "attribute", name: "city", test: { op: "exists" } }],
		};
		const { examples } = await checked(condition);
		expect([examples?.count, idsIn(examples?.in), idsIn(examples?.almost)]).toEqual([0, [], [two]]);
	});

	it("shows anybody where nobody is near, and nobody where there is nobody", async () => {
		expect((await checked(viewedPrices(1))).examples).toEqual({ count: 0, in: [], almost: [] });
		const stranger = await viewer(0);
		expect(idsIn((await checked(viewedPrices(1))).examples?.almost)).toEqual([stranger]);
		expect(idsIn((await checked(everyone)).examples?.almost)).toEqual([]);
	});

	it("is not worked out where nobody asks for it", async () => {
		expect(await ask<object>("conditions/check", { condition: everyone })).not.toHaveProperty("examples");
	});
});
