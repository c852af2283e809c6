// The questions that can be begun, by what they are about. What a site knows by itself (fields, attributes) stands among them.

import type { EventMatch, Leaf } from "../../../domain/condition.ts";
import type { Words } from "../words/words.ts";
import type { Known } from "./known.ts";

export type Theme = "behaviour" | "commerce" | "marks" | "person" | "source" | "device";
export const themes: readonly Theme[] = ["behaviour", "commerce", "marks", "person", "source", "device"];

export interface Question {
	readonly id: string;
	readonly theme: Theme;
	readonly label: string;
	readonly begin: () => Leaf;
}

type OwnQuestion = keyof Words["builder"]["questions"];

const dayMs = 86_400_000;
const once = { op: ">=", n: 1 } as const;
const page: EventMatch = { name: "Page Viewed", path: { op: "is", value: "" } };
const happened = (name: string): Leaf => ({
	field: "events",
	match: { name },
	count: once,
	withinMs: 30 * dayMs,
});

const own: Readonly<Record<OwnQuestion, readonly [Theme, (known: Known) => Leaf]>> = {
	viewed: ["behaviour", () => ({ field: "events", match: page, count: once, withinMs: 30 * dayMs })],
	event: ["behaviour", () => happened("Page Viewed")],
	read: [
		"behaviour",
		() => ({
			field: "sum",
			match: { name: "Page Left" },
			property: "seconds",
			test: { op: ">=", n: 120 },
		}),
	],
	moment: [
		"behaviour",
		() => ({
			field: "moment",
			match: { name: "Page Viewed" },
			which: "last",
			test: { op: "longer-ago", ms: 30 * dayMs },
		}),
	],
	sequence: [
		"behaviour",
		() => ({
			field: "sequence",
			first: { name: "Product Viewed" },
			second: { name: "Product Added" },
			thenWithinMs: dayMs,
		}),
	],
	product: ["commerce", () => happened("Product Viewed")],
	cheaper: ["commerce", () => happened("Product Price Dropped")],
	back: ["commerce", () => happened("Product Back in Stock")],
	orders: ["commerce", () => ({ field: "orders", of: "count", test: once })],
	cartProducts: ["commerce", () => ({ field: "cartProducts", test: { op: "has-any", values: [] } })],
	interest: [
		"commerce",
		() => ({ field: "interest", in: "category", value: "", of: "share", test: { op: ">=", n: 30 } }),
	],
	tag: ["marks", () => ({ field: "tag", tag: "", count: once })],
	tagged: [
		"marks",
		() => ({ field: "tagged", tag: "", which: "last", test: { op: "in-the-last", ms: 30 * dayMs } }),
	],
	segment: ["marks", ({ segments }) => ({ field: "segment", segment: segments[0]?.value ?? "" })],
	list: ["marks", ({ lists }) => ({ field: "list", list: lists[0]?.value ?? "" })],
	points: [
		"marks",
		({ programmes }) => ({
			field: "points",
			programme: programmes[0]?.value ?? "",
			of: "balance",
			test: { op: ">=", n: 100 },
		}),
	],
	member: ["marks", ({ programmes }) => ({ field: "member", programme: programmes[0]?.value ?? "" })],
	tier: [
		"marks",
		({ programmes: [first] }) => ({
			field: "tier",
			programme: first?.value ?? "",
			tier: first?.tiers[0]?.value ?? "",
			op: "at-least",
		}),
	],
	shown: ["marks", () => happened("Experience Shown")],
	attribute: ["person", () => ({ field: "attribute", name: "", test: { op: "is", value: "" } })],
	age: ["person", () => ({ field: "age", test: { op: "between", from: 25, to: 40 } })],
	near: ["person", () => ({ field: "near", latitude: 50.0614, longitude: 19.9366, km: 30 })],
	consent: ["person", () => ({ field: "consent", channel: "email", purpose: "newsletter", state: "given" })],
};

/** Of which theme a field of the site's table is. */
function themeOf(id: string): Theme {
	if (/^(first|last)\./.test(id)) return "source";
	if (/^(order|cart)/.test(id)) return "commerce";
	if (/^(device|browser|system|language|timeZone|country|region|city)/.test(id)) return "device";
	if (/^(score)$/.test(id)) return "marks";
	return /^(visit|seen)/.test(id) ? "behaviour" : "person";
}

export function questionsOf(known: Known, words: Words["builder"]): readonly Question[] {
	const asked = Object.entries(own).map(([id, [theme, begin]]) => ({
		id,
		theme,
		label: words.questions[id as OwnQuestion],
		begin: () => begin(known),
	}));
	const fields = known.fields.map(({ id, type, label, values }): Question => {
		const test =
			type === "number"
				? once
				: type === "date"
					? ({ op: "in-the-last", ms: 30 * dayMs } as const)
					: ({ op: "is", value: values?.[0]?.value ?? "" } as const);
		return { id, theme: themeOf(id), label, begin: () => ({ field: id, test }) as Leaf };
	});
	return [...asked, ...fields];
}

/** The question that a leaf answers: the most exact that fits. */
export function questionOf(leaf: Leaf, questions: readonly Question[]): Question | undefined {
	const id = leaf.field === "events" ? eventQuestion(leaf.match) : leaf.field === "sum" ? "read" : leaf.field;
	return questions.find((one) => one.id === id);
}

function eventQuestion({ name, path }: EventMatch): OwnQuestion {
	if (name === "Page Viewed" && path) return "viewed";
	if (name === "Product Viewed") return "product";
	if (name === "Product Price Dropped") return "cheaper";
	if (name === "Product Back in Stock") return "back";
	return name === "Experience Shown" ? "shown" : "event";
}
