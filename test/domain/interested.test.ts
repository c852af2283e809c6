// Tags for what people are interested in: made, moved and taken off as the interest grows, is outgrown, and fades.

import { expect, test } from "vitest";
import type { InterestTag } from "../../worker/domain/definition.ts";
import type { Event, Properties } from "../../worker/domain/event.ts";
import { read } from "../../worker/domain/person.ts";
import { prepare } from "../../worker/domain/rules.ts";
import { adopt, arrive, newcomer, pass } from "../../worker/domain/standing.ts";
import { tagLimits, tagsOf } from "../../worker/domain/tag.ts";

const dayMs = 86_400_000;
const start = Date.UTC(2026, 10, 2, 9);
const part = { id: "browser", kind: "browser" } as const;

class Life {
	now = start;
	rules;
	readonly standing = newcomer();
	readonly told: Event[] = [];
	#events = 0;

	constructor(...interestTags: readonly InterestTag[]) {
		this.rules = rulesOf(interestTags);
	}

	does(name: string, props: Properties): this {
		this.now += 1_000;
		const event: Event = { id: `event-${this.#events++}`, name, at: this.now, props };
		this.told.push(...arrive(this.standing, this.rules, part, event, {}, this.now));
		return this;
	}

	views(category: string, times = 1): this {
		for (let i = 0; i < times; i++) this.does("Product Viewed", { category, brand: "Alfa" });
		return this;
	}

	waitsUntil(at: number): this {
		this.now = at;
		this.told.push(...pass(this.standing, this.rules, part.id, at));
		return this;
	}

	get tags(): readonly string[] {
		return Object.keys(tagsOf(read(this.standing.person)));
	}
}

function rulesOf(interestTags: readonly InterestTag[]) {
	return prepare({ tagRules: [], scoreRules: [], segments: [], experiences: [], interestTags });
}

const strong: InterestTag = { id: "strong", tag: "{category}", of: "strength", test: { op: ">=", n: 3 } };
const mostly: InterestTag = {
	id: "mostly",
	tag: "GLOWNIE_{category}",
	of: "share",
	test: { op: ">=", n: 60 },
};

test("KOSIARKA_AKUMULATOROWA is the interest of whoever looks at cordless mowers, and goes when it has faded", () => {
	const life = new Life(strong).views("Kosiarka akumulatorowa", 2).views("Łopaty");
	expect(life.tags).toEqual([]);
	expect(life.views("Kosiarka akumulatorowa", 3).tags).toEqual(["KOSIARKA_AKUMULATOROWA"]);
	// 5 views are worth 3.03 after 22 days, and 2.94 after 23.
	const midnight = Date.UTC(2026, 10, 25);
	expect(life.standing.until).toBe(midnight);
	expect(life.waitsUntil(midnight - 1).tags).toEqual(["KOSIARKA_AKUMULATOROWA"]);
	expect(life.waitsUntil(midnight + dayMs).tags).toEqual([]);
	expect(life.told.at(-1)).toMatchObject({ name: "Tag Removed", at: midnight, cause: { rule: "strong" } });
	expect(life.views("Kosiarka akumulatorowa").tags).toEqual(["KOSIARKA_AKUMULATOROWA"]);
});

test("a tag is made once, however often the interest is shown", () => {
	const life = new Life(strong).views("Kosiarki", 9);
	expect(life.told.map(({ name }) => name)).toEqual(["Tag Added"]);
	expect(read(life.standing.person).tags.KOSIARKI).toMatchObject({ count: 1, by: ["strong"] });
});

test("an interest that is outgrown by another gives its tag up at once", () => {
	const life = new Life(mostly).views("Piły", 2);
	expect(life.tags).toEqual(["GLOWNIE_PILY"]);
	expect(life.does("Product Added", { category: "Kosiarki" }).tags).toEqual(["GLOWNIE_KOSIARKI"]);
});

test("brands are marked beside categories, each by its own rule, for one event", () => {
	const brand: InterestTag = { id: "brand", tag: "MARKA_{brand}", of: "rank", test: { op: "=", n: 1 } };
	const life = new Life(mostly, brand).views("Kosiarki|Piły").views("Piły", 4);
	expect(life.tags).toEqual(["MARKA_ALFA", "GLOWNIE_PILY"]);
	expect(new Set(life.told.map(({ id }) => id)).size).toBe(life.told.length);
});

test("publishing a rule marks nobody; what they do next does", () => {
	const life = new Life().views("Kosiarki", 4);
	life.rules = rulesOf([strong]);
	adopt(life.standing, life.rules, life.now);
	expect(life.tags).toEqual([]);
	expect(life.views("Łopaty").tags).toEqual(["KOSIARKI"]);
});

test("a page that invents categories makes no more tags than a part may have", () => {
	const any: InterestTag = { ...strong, test: { op: ">=", n: 0.1 } };
	const life = new Life(any);
	for (let i = 0; i < 2 * tagLimits.ofPart; i++) {
		life.views(`zmyślona ${i}`);
		if (i % 80 === 79) life.waitsUntil(life.now + 200 * dayMs);
	}
	expect(Object.keys(read(life.standing.person).tags)).toHaveLength(tagLimits.ofPart);
});
