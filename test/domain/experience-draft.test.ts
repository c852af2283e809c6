import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	blank,
	blockKinds,
	fieldKinds,
	newBlock,
	newField,
} from "../../worker/admin/ui/pages/experiences/begin.ts";
import {
	addLanguage,
	addStep,
	areAlike,
	blocksIn,
	type Draft,
	firstList,
	insertBlock,
	type Language,
	listsOf,
	moveBlock,
	removeBlock,
	removeStep,
	setIn,
	untranslated,
	valueAt,
	withValue,
} from "../../worker/admin/ui/pages/experiences/draft.ts";
import { fieldProps } from "../../worker/admin/ui/pages/experiences/field-props.ts";
import { begun, edited, redone, undone } from "../../worker/admin/ui/pages/experiences/history.ts";
import { offerOf, plainly } from "../../worker/admin/ui/pages/experiences/offer.ts";
import { blockProps } from "../../worker/admin/ui/pages/experiences/props.ts";
import { Block } from "../../worker/protocol/block.schema.ts";
import { Offer } from "../../worker/protocol/experience.schema.ts";
import { Field } from "../../worker/protocol/field.schema.ts";
import { Experience } from "../../worker/protocol/site.schema.ts";

const popup = blank("popup", "Pop-up");
const whole = (draft: Draft) => Experience.safeParse({ ...draft, id: "one", revision: 1 });
const add = (draft: Draft, kind: ReturnType<typeof newBlock>["kind"]) =>
	insertBlock(draft, "pl", firstList, blocksIn(draft, "pl", firstList).length, (language) =>
		newBlock(kind, language),
	);

/** Any draft that clicks may lead to. */
const built = fc
	.array(
		fc.record({
			act: fc.constantFrom("add", "move", "remove", "step"),
			kind: fc.constantFrom(...blockKinds),
			from: fc.nat(),
			to: fc.nat(),
		}),
		{ maxLength: 15 },
	)
	.map((acts) =>
		acts.reduce((draft: Draft, { act, kind, from, to }) => {
			const lists = listsOf(draft, "pl");
			const list = lists[from % lists.length] ?? firstList;
			const index = from % Math.max(1, blocksIn(draft, "pl", list).length);
			if (act === "add") return add(draft, kind);
			if (act === "remove") return removeBlock(draft, "pl", [...list, index]);
			if (act === "step") return addStep(draft, "pl", (language) => newBlock(kind, language)).draft;
			const target = lists[to % lists.length] ?? firstList;
			return moveBlock(
				draft,
				"pl",
				[...list, index],
				target,
				to % (blocksIn(draft, "pl", target).length + 1),
			);
		}, popup),
	);
const kindsOf = (draft: Draft, language: Language) =>
	listsOf(draft, language).flatMap((list) => blocksIn(draft, language, list).map(({ kind }) => kind));

describe("what a new experience begins as", () => {
	it("can be saved, of every kind", () => {
		for (const kind of ["popup", "banner", "frame"] as const)
			expect(whole(blank(kind, "One")).error, kind).toBeUndefined();
	});

	it("can be saved with every kind of block and field, in both languages, and each has its form", () => {
		for (const language of ["pl", "en"] as const) {
			for (const kind of blockKinds) {
				expect(Block.safeParse(newBlock(kind, language)).error, kind).toBeUndefined();
				expect(blockProps[kind], kind).toBeDefined();
			}
			for (const kind of fieldKinds) {
				expect(Field.safeParse(newField(kind, language, [])).error, kind).toBeUndefined();
				expect(fieldProps[kind], kind).toBeDefined();
			}
		}
	});
});

describe("editing blocks", () => {
	it("keeps both languages built alike, and every list with a block, whatever is done", () => {
		fc.assert(
			fc.property(built, (draft) => {
				expect(areAlike(draft)).toBe(true);
				for (const list of listsOf(draft, "en")) expect(blocksIn(draft, "en", list)).not.toEqual([]);
			}),
		);
	});

	it("loses no block by moving it, and asks nothing in a form's thanks", () => {
		fc.assert(
			fc.property(built, fc.nat(), fc.nat(), fc.nat(), (draft, a, b, c) => {
				const lists = listsOf(draft, "pl");
				const from = lists[a % lists.length] ?? firstList;
				const to = lists[b % lists.length] ?? firstList;
				const at = [...from, c % blocksIn(draft, "pl", from).length];
				const moved = moveBlock(draft, "pl", at, to, c % (blocksIn(draft, "pl", to).length + 1));
				expect(kindsOf(moved, "pl").toSorted()).toEqual(kindsOf(draft, "pl").toSorted());
				for (const list of listsOf(moved, "pl").filter((one) => one.at(-1) === "thanks"))
					expect(blocksIn(moved, "pl", list).map(({ kind }) => kind)).not.toContain("form");
			}),
		);
	});

	it("moves a block up and down within its list", () => {
		const kinds = (draft: Draft) => blocksIn(draft, "en", firstList).map(({ kind }) => kind);
		expect(kinds(popup)).toEqual(["heading", "text", "button"]);
		const down = moveBlock(popup, "pl", ["blocks", 0], firstList, 2);
		expect(kinds(down)).toEqual(["text", "heading", "button"]);
		expect(kinds(moveBlock(down, "pl", ["blocks", 1], firstList, 0))).toEqual(["heading", "text", "button"]);
	});

	it("takes a step away with all that is in it", () => {
		const { draft, id } = addStep(popup, "en", (language) => newBlock("heading", language));
		expect(listsOf(draft, "pl")).toHaveLength(2);
		expect(removeStep(draft, "en", id)).toEqual(popup);
	});

	it("changes only one language where the languages are built differently", () => {
		const apart = withValue(popup, ["content", "en", "blocks"], [newBlock("divider", "en")]);
		const more = add(apart, "review");
		expect(blocksIn(more, "pl", firstList)).toHaveLength(4);
		expect(blocksIn(more, "en", firstList)).toHaveLength(1);
	});

	it("writes what has no words in every language that says the same, and leaves the others", () => {
		const at = ["blocks", 2, "link"];
		const both = setIn(popup, "pl", at, "/a", true);
		expect(valueAt(both.content.en, at)).toBe("/a");
		const one = setIn(both, "en", at, "/en", false);
		expect(valueAt(setIn(one, "pl", at, "/b", true).content.en, at)).toBe("/en");
	});

	it("tells which words of a language that was added are still to be translated", () => {
		const { en: _, ...pl } = popup.content;
		const added = addLanguage({ ...popup, content: pl }, "en");
		expect(untranslated(added)).toContainEqual(["blocks", 0, "text"]);
		expect(untranslated(popup)).toEqual([]);
	});
});

describe("undoing", () => {
	it("goes back through every step and forward again, typing being one", () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.integer(), fc.constantFrom("a", "b", undefined))), (steps) => {
				const start = begun(0);
				const end = steps.reduce((history, [value, what]) => edited(history, value, what), start);
				let history = end;
				for (const _ of end.past) history = undone(history);
				expect(history.now).toBe(0);
				for (const _ of history.future) history = redone(history);
				expect(history.now).toBe(end.now);
			}),
		);
		const typed = edited(edited(edited(begun(""), "a", "text"), "ab", "text"), "x", "link");
		expect(undone(typed).now).toBe("ab");
		expect(undone(undone(typed)).now).toBe("");
	});
});

describe("the preview's offer", () => {
	const sample = { theme: undefined, products: [], list: firstList };

	it("is one that the widget takes, for whatever was built", () => {
		fc.assert(
			fc.property(built, (draft) => {
				fc.pre(whole(draft).success);
				expect(Offer.safeParse(offerOf(draft, "pl", sample)).error).toBeUndefined();
			}),
		);
	});

	it("says what a template says to whoever is not known", () => {
		expect(plainly('Cześć, {{ person.first_name | default: "gościu" }}!')).toBe("Cześć, gościu!");
		expect(plainly("{{ person.city }}")).toBe("[person.city]");
	});
});
