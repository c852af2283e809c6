// The fields that forms are made of, and how an answer leads on to a step.

import * as z from "zod/mini";
import { knownAttributes } from "../domain/attributes.ts";
import { channels } from "../domain/consent.ts";
import { maySay } from "../domain/introduction.ts";
import { PropertyName } from "./collect.schema.ts";
import { Id } from "./id.schema.ts";
import { linksAreSound, Words } from "./text.schema.ts";

const whole = z.int().check(z.minimum(0), z.maximum(1_000_000));
const Day = z.iso.date();

/** Properties of "Form Submitted" that say something else, and names that would hide what a form has by birth. */
const taken: ReadonlySet<string> = new Set([
	"experience",
	"revision",
	"variant",
	"step",
	"form",
	"consent",
	"wording",
	"traits",
	"honeypot",
	"email",
	"phone",
]);
const name = z.string().check(z.regex(/^[a-z][A-Za-z0-9_]{0,39}$/));
const ownName = name.check(
	z.refine((text) => !taken.has(text), { error: "a field cannot have this name: it says something else" }),
);

/** The attribute of the card that the answer becomes. */
const attribute = PropertyName.check(z.refine(maySay, { error: "a visitor cannot say this of themselves" }));
const asked = {
	label: Words,
	/** Stands below the label, and is read out with it. */
	hint: z.exactOptional(Words),
	required: z.exactOptional(z.boolean()),
	/** Not asked of whoever has answered it already: the server leaves it out. */
	progressive: z.exactOptional(z.boolean()),
};
const answered = { name: ownName, ...asked, to: z.exactOptional(attribute) };

const Option = z.strictObject({
	/** What is kept: without a comma, for several are kept as one text between commas. */
	value: z.string().check(z.regex(/^[^,]{1,100}$/), z.regex(/^\S(.*\S)?$/)),
	label: z.string().check(z.minLength(1), z.maxLength(200)),
});
const options = z.array(Option).check(
	z.minLength(1),
	z.maxLength(50),
	z.refine((all) => new Set(all.map(({ value }) => value)).size === all.length, {
		error: "two options have one value",
	}),
);

const kindOf = (to: string | undefined) =>
	to !== undefined && Object.hasOwn(knownAttributes, to)
		? knownAttributes[to as keyof typeof knownAttributes]
		: undefined;
const unfit = { error: "this attribute holds something else than the field asks for", path: ["to"] };
/** Names that are the site's own hold what they are given. */
const fits = (kind: "text" | "number" | "date") =>
	z.refine<{ to?: string }>(({ to }) => (kindOf(to) ?? kind) === kind, unfit);
const inOrder = z.refine<{ least?: number | string; most?: number | string }>(
	({ least, most }) => least === undefined || most === undefined || least <= most,
	{ error: "the least is more than the most", path: ["least"] },
);

export const Field = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("email"), name: z.literal("email"), ...asked }),
	z.strictObject({ kind: z.literal("phone"), name: z.literal("phone"), ...asked }),
	z
		.strictObject({
			kind: z.literal("text"),
			...answered,
			/** Of several lines. */
			long: z.exactOptional(z.boolean()),
			/** Characters. */
			most: z.exactOptional(z.int().check(z.minimum(1), z.maximum(2_000))),
		})
		.check(fits("text")),
	z
		.strictObject({
			kind: z.literal("number"),
			...answered,
			least: z.exactOptional(z.number()),
			most: z.exactOptional(z.number()),
			/** Not only whole ones. */
			fractions: z.exactOptional(z.boolean()),
		})
		.check(fits("number"), inOrder),
	z
		.strictObject({
			kind: z.literal("date"),
			...answered,
			least: z.exactOptional(Day),
			most: z.exactOptional(Day),
		})
		.check(fits("date"), inOrder),
	/** One of the options. */
	z.strictObject({ kind: z.literal("choice"), ...answered, options }).check(
		z.refine(({ to, options: all }) => {
			const kind = kindOf(to) ?? "text";
			if (typeof kind !== "object") return kind === "text";
			const among: readonly string[] = kind.among;
			return all.every(({ value }) => among.includes(value));
		}, unfit),
	),
	/** Any of the options. */
	z
		.strictObject({
			kind: z.literal("choices"),
			...answered,
			options,
			least: z.exactOptional(whole),
			most: z.exactOptional(whole.check(z.minimum(1))),
		})
		.check(fits("text"), inOrder),
	/** 1 to 5 stars. */
	z.strictObject({ kind: z.literal("rating"), ...answered }).check(fits("number")),
	/** 0 to 10: how likely one is to recommend. */
	z
		.strictObject({
			kind: z.literal("nps"),
			...answered,
			/** What 0 and 10 mean. */
			ends: z.exactOptional(z.strictObject({ least: Words, most: Words })),
		})
		.check(fits("number")),
	z
		.strictObject({
			kind: z.literal("consent"),
			name: ownName,
			purpose: Id,
			/** What the visitor agrees to, with simple marks: kept as it stood. */
			wording: Words.check(linksAreSound),
			version: Id,
			/** E-mail alone where absent. */
			channels: z.exactOptional(
				z.array(z.enum(channels)).check(
					z.minLength(1),
					z.refine((all) => new Set(all).size === all.length, { error: "a channel stands there twice" }),
				),
			),
			/** The consent waits until the address has confirmed it by the link in a message. */
			doubleOptIn: z.exactOptional(z.boolean()),
			required: z.exactOptional(z.boolean()),
			progressive: z.exactOptional(z.boolean()),
		})
		.check(
			z.refine(({ channels: all = ["email"], doubleOptIn }) => !doubleOptIn || all.includes("email"), {
				error: "only an e-mail address can confirm by a link",
				path: ["doubleOptIn"],
			}),
		),
	/** Sent with the answers, and not shown. */
	z
		.strictObject({
			kind: z.literal("hidden"),
			name: ownName,
			value: z.string().check(z.maxLength(500)),
			to: z.exactOptional(attribute),
		})
		.check(fits("text")),
]);

/** Of the answer to a field: `is` an option's value, or among those chosen. What was not answered is none of these. */
export const Answered = z.union([
	z.strictObject({ field: name, is: z.union([z.string(), z.number(), z.boolean()]) }),
	z
		.strictObject({ field: name, least: z.exactOptional(z.number()), most: z.exactOptional(z.number()) })
		.check(
			z.refine(({ least, most }) => least !== undefined || most !== undefined, {
				error: "say what the answer is, or its least or most",
			}),
			inOrder,
		),
]);
