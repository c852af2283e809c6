// What there is to say of each kind of field. Pure.

import type { Field } from "../../../../protocol/experience.ts";
import { newField } from "./begin.ts";
import { inWords, type Prop } from "./props.ts";

const asked: readonly Prop[] = [
	{ name: "label", is: "words" },
	{ name: "hint", is: "words", optional: true },
	{ name: "required", is: "flag" },
	{ name: "progressive", is: "flag" },
];
const named: Prop = { name: "name", is: "text", most: 40, hint: true };
const answered: readonly Prop[] = [...asked, named, { name: "to", is: "attribute", optional: true }];
const options: Prop = {
	name: "options",
	is: "list",
	least: 1,
	most: 50,
	begin: (language) => ({
		value: `${Date.now() % 100_000}`,
		label: inWords(language, "Odpowiedź", "Answer"),
	}),
	of: [
		{ name: "label", is: "words", most: 200 },
		{ name: "value", is: "text", most: 100 },
	],
};
const number = (name: "least" | "most"): Prop => ({ name, is: "number", optional: true });

export const fieldProps: Readonly<Record<Field["kind"], readonly Prop[]>> = {
	email: asked,
	phone: asked,
	text: [
		...answered,
		{ name: "long", is: "flag" },
		{ name: "most", is: "number", least: 1, most: 2000, optional: true },
	],
	number: [...answered, number("least"), number("most"), { name: "fractions", is: "flag" }],
	date: [
		...answered,
		{ name: "least", is: "day", optional: true },
		{ name: "most", is: "day", optional: true },
	],
	choice: [...answered, options],
	choices: [...answered, options, number("least"), number("most")],
	rating: answered,
	nps: [
		...answered,
		{
			name: "ends",
			is: "group",
			optional: true,
			begin: (newField("nps", "pl", []) as { ends?: object }).ends ?? {},
			of: [
				{ name: "least", is: "words" },
				{ name: "most", is: "words" },
			],
		},
	],
	consent: [
		{ name: "wording", is: "words", long: true },
		{ name: "purpose", is: "text", most: 64 },
		{ name: "version", is: "text", most: 64, hint: true },
		{ name: "channels", is: "several", of: ["email", "sms", "webpush", "phone", "post"] },
		{ name: "doubleOptIn", is: "flag" },
		{ name: "required", is: "flag" },
		{ name: "progressive", is: "flag" },
		named,
	],
	hidden: [
		named,
		{ name: "value", is: "text", most: 500, optional: true },
		{ name: "to", is: "attribute", optional: true },
	],
};
