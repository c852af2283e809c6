// The gallery's templates: whatever a marketer picks is whole, in both languages, and can be published as it stands.

import { describe, expect, it } from "vitest";
import { categories, templates } from "../../worker/admin/ui/templates/index.ts";
import { plain, sketch } from "../../worker/admin/ui/templates/sketch.ts";
import { faultIn } from "../../worker/content/words.ts";
import { inconsistenciesIn } from "../../worker/domain/consistency.ts";
import { covers, interrupts } from "../../worker/domain/surface.ts";
import { opensAtOnce } from "../../worker/domain/trigger.ts";
import { Experience, Segment } from "../../worker/protocol/site.schema.ts";
import { textsIn } from "../../worker/protocol/texts.ts";

const named = templates.map((template) => [template.id, template] as const);
const kindsIn = (steps: { blocks: readonly { kind: string }[] }[]) =>
	steps.map(({ blocks }) => blocks.map(({ kind }) => kind));

describe("the gallery", () => {
	it("has at least twenty, each of its own id and name, and some for every aim", () => {
		expect(templates.length).toBeGreaterThanOrEqual(20);
		for (const names of [
			templates.map(({ id }) => id),
			templates.map(({ names: { pl } }) => pl),
			templates.map(({ names: { en } }) => en),
		])
			expect(new Set(names).size).toBe(names.length);
		expect(new Set(templates.map(({ category }) => category))).toEqual(new Set(Object.keys(categories)));
	});

	it("holds no two that look alike: the same surface in the same theme", () => {
		const looks = templates
			.filter(({ draft }) => draft.kind !== "frame")
			.map(({ draft }) => JSON.stringify([draft.surface, draft.theme]));
		expect(looks.filter((look, n) => looks.indexOf(look) !== n)).toEqual([]);
	});

	it("lets a segment that two are meant for be one and the same", () => {
		const audiences = templates.flatMap(({ audience = [] }) => audience);
		for (const one of audiences)
			expect(audiences.filter(({ id }) => id === one.id)).toEqual(
				audiences.filter(({ id }) => id === one.id).map(() => one),
			);
	});
});

describe.each(named)("%s", (id, { draft, audience, names, lead, needs }) => {
	const experience = { ...draft, id, revision: 1 };

	it("is an experience as the API takes it, and stands by itself", () => {
		const parsed = Experience.safeParse(experience);
		expect(parsed.error?.issues).toBeUndefined();
		// Nothing in it was dropped on the way.
		expect(parsed.data).toEqual(experience);
		const segments = audience
			? [Segment.parse({ id: audience.id, name: audience.names.en, condition: audience.condition })]
			: [];
		const programmes = [{ id: "club", name: "Club", joins: "everyone", tiers: [], rewards: [] } as const];
		expect(draft.segment ?? draft.group).toBeUndefined();
		const meant = audience ? { ...experience, segment: audience.id } : experience;
		for (const one of [experience, meant])
			expect(
				inconsistenciesIn({ tagRules: [], scoreRules: [], programmes, segments, experiences: [one] }),
			).toEqual([]);
	});

	it("says the same in both languages: every text there, block for block and step for step", () => {
		const { pl, en } = draft.content;
		if (!pl || !en) throw new Error("a language is missing");
		const steps = [pl, en].map(({ blocks, steps = {} }) => ({ "": { blocks }, ...steps }));
		const [first = {}, second = {}] = steps;
		expect(Object.keys(second)).toEqual(Object.keys(first));
		expect(kindsIn(Object.values(second))).toEqual(kindsIn(Object.values(first)));
		const [ways, others] = [pl, en].map((content) => textsIn(content).map(({ at }) => at.join(".")));
		expect(others).toEqual(ways);
		expect(Object.keys(en.teaser ?? {})).toEqual(Object.keys(pl.teaser ?? {}));
		for (const said of [names, lead, needs ?? names, audience?.names ?? names])
			expect(Object.values(said).every((text) => text.trim().length > 2)).toBe(true);
		expect(Math.max(...Object.values(lead).map((text) => text.length))).toBeLessThanOrEqual(140);
	});

	it("has only personal words that can be written out", () => {
		for (const content of Object.values(draft.content))
			for (const { text, reading } of textsIn(content)) expect(faultIn(text, reading)).toBeUndefined();
	});

	it("spares people: it is limited, it waits before it covers a page, and stays out of the checkout", () => {
		if (!interrupts(draft)) return;
		const { cap, afterCloseMs } = draft.attention;
		expect(afterCloseMs).toBeGreaterThan(0);
		if (draft.kind !== "banner" && draft.surface?.kind !== "bar" && id !== "back-in-stock")
			expect(cap).toBeDefined();
		const isWaiting = Object.values(draft.content).every(({ teaser }) => teaser?.before);
		if (covers(draft)) expect(opensAtOnce(draft.trigger) && !isWaiting).toBe(false);
		if (draft.pages.only.length === 0)
			expect(draft.pages.except.map(({ value }) => value)).toContain("*/checkout*");
	});
});

describe("a thumbnail", () => {
	it.each([
		[
			"Good to see you again{% if person.first_name %}, {{ person.first_name }}{% endif %}",
			"Good to see you again",
		],
		["{% if a %}{{ a }}, hi{% elsif b %}B{% else %}Hello{% endif %}", "Hello"],
		["**Free** delivery, see [how](/how)", "Free delivery, see how"],
	])("has %s as it reads to somebody unknown", (text, read) => {
		expect(plain(text)).toBe(read);
	});

	it.each(named)("has room for what %s shows first", (_, { draft }) => {
		const isSmall = draft.surface?.kind === "corner" || draft.surface?.kind === "spotlight";
		for (const content of Object.values(draft.content)) {
			const { height, shapes } = sketch(content, isSmall ? 106 : 122, isSmall ? 11 : 13);
			expect(shapes.length).toBeGreaterThan(0);
			expect(height).toBeLessThanOrEqual(176);
		}
	});
});
