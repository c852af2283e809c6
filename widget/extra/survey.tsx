// What surveys and longer forms ask: numbers, days, choices, ratings, longer texts.

import type { InputHTMLAttributes, JSX } from "preact";
import { isText } from "../offer.ts";
import {
	type Asked,
	type AskedField,
	Complaint,
	type FieldKind,
	type FieldKinds,
	Hint,
	Label,
	marksOf,
} from "../ui/fields.tsx";
import survey from "../ui/survey.css";
import type { Words } from "../ui/words.ts";

type Of<K extends AskedField["kind"]> = Extract<AskedField, { kind: K }>;
type Option = { readonly value: string; readonly label: string };

/** So many options are shown as they are; more are a list to pick from. */
const mostShown = 7;
const longest = 500;

const pl = {
	choose: "Wybierz…",
	choiceMissing: "Wybierz odpowiedź.",
	choices: "Zaznacz odpowiedzi:",
	number: "Wpisz liczbę",
	whole: "Wpisz liczbę całkowitą",
	date: "Wpisz datę",
	from: "od",
	upTo: "do",
	stars: (n: number) => `${n} na 5`,
};
const en: typeof pl = {
	choose: "Choose…",
	choiceMissing: "Choose an answer.",
	choices: "Tick answers:",
	number: "Enter a number",
	whole: "Enter a whole number",
	date: "Enter a date",
	from: "from",
	upTo: "to",
	stars: (n) => `${n} of 5`,
};
const wordsIn = (language: string) => (language === "pl" ? pl : en);

/** A sentence with the bounds in it, as far as there are any. */
function bounded(
	says: string,
	{ least, most }: { least?: unknown; most?: unknown },
	language: string,
): string {
	const { from, upTo } = wordsIn(language);
	return `${[says, least !== undefined && `${from} ${least}`, most !== undefined && `${upTo} ${most}`].filter(Boolean).join(" ")}.`;
}

function Control(asked: Asked & { children: JSX.Element }): JSX.Element {
	return (
		<div>
			<label class="label" for={asked.field.name}>
				<Label {...asked} />
			</label>
			<Hint {...asked} />
			{asked.children}
			<Complaint {...asked} />
		</div>
	);
}

function Input({ bounds, ...asked }: Asked & { bounds: InputHTMLAttributes }): JSX.Element {
	return (
		<Control {...asked}>
			<input {...bounds} defaultValue={asked.typed[0]} {...marksOf(asked)} />
		</Control>
	);
}

/** Options to pick from, each in view. */
function Group({
	options,
	look,
	children,
	...asked
}: Asked & {
	options: readonly { value: string; label: string | JSX.Element; says?: string }[];
	look?: string;
	children?: JSX.Element | undefined;
}): JSX.Element {
	const { id: _, required: __, "aria-describedby": described, ...marks } = marksOf(asked);
	const isOne = asked.field.kind !== "choices";
	return (
		<fieldset class={look ?? ""} aria-describedby={described}>
			<legend class="label">
				<Label {...asked} />
			</legend>
			<Hint {...asked} />
			<div class="options">
				{options.map(({ value, label, says }) => (
					<label key={value}>
						<input
							type={isOne ? "radio" : "checkbox"}
							value={value}
							aria-label={says}
							defaultChecked={asked.typed.includes(value)}
							{...marks}
							required={isOne && asked.field.required === true}
						/>
						<span>{label}</span>
					</label>
				))}
			</div>
			{children}
			<Complaint {...asked} />
		</fieldset>
	);
}

const areOptions = ({ options }: { options: readonly Option[] }) =>
	options.every(({ value, label }) => isText(value) && isText(label));

const missing = ({ required }: AskedField, says: string) => (required ? says : undefined);
/** Of what only has to be there. */
const chosen: FieldKind["problem"] = (field, values, _form, _words, language) =>
	values.length > 0 ? undefined : missing(field, wordsIn(language).choiceMissing);

/** Of what the browser itself takes for no number or no day, or for one out of bounds. */
function written(says: (field: AskedField, words: typeof pl) => string): FieldKind["problem"] {
	return (field, values, form, words: Words, language) => {
		const { validity } = form.elements.namedItem(field.name) as HTMLInputElement;
		const { badInput, rangeOverflow, rangeUnderflow, stepMismatch } = validity;
		if (badInput || rangeOverflow || rangeUnderflow || stepMismatch)
			return bounded(says(field, wordsIn(language)), field as { least?: unknown }, language);
		return values.length > 0 ? undefined : missing(field, words.missing);
	};
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => `${from + n}`);
const isScale = () => true;

export const fields: FieldKinds = {
	long: {
		is: () => true,
		Draw: (asked: Asked<Of<"text">>) => (
			<Control {...asked}>
				<textarea
					rows={3}
					maxLength={asked.field.most ?? longest}
					defaultValue={asked.typed[0]}
					{...marksOf(asked)}
				/>
			</Control>
		),
		problem: (field, values, _form, words) => (values.length > 0 ? undefined : missing(field, words.missing)),
	},
	number: {
		is: () => true,
		Draw: (asked: Asked<Of<"number">>) => {
			const { least: min, most: max, fractions } = asked.field;
			const bounds = { type: "number", inputMode: "decimal", min, max, step: fractions ? "any" : 1 };
			return <Input {...asked} bounds={bounds as InputHTMLAttributes} />;
		},
		problem: written((field, words) =>
			"fractions" in field && field.fractions ? words.number : words.whole,
		),
	},
	date: {
		is: () => true,
		Draw: (asked: Asked<Of<"date">>) => {
			const { least: min, most: max, to } = asked.field;
			const autocomplete = to === "birthday" ? "bday" : undefined;
			return <Input {...asked} bounds={{ type: "date", min, max, autocomplete } as InputHTMLAttributes} />;
		},
		problem: written((_, words) => words.date),
	},
	choice: {
		is: areOptions,
		Draw: (asked: Asked<Of<"choice">>) => {
			const { field, offer, typed } = asked;
			if (field.options.length <= mostShown) return <Group {...asked} options={field.options} />;
			return (
				<Control {...asked}>
					<select {...marksOf(asked)}>
						<option value="">{wordsIn(offer.language).choose}</option>
						{field.options.map(({ value, label }) => (
							<option key={value} value={value} selected={value === typed[0]}>
								{label}
							</option>
						))}
					</select>
				</Control>
			);
		},
		problem: chosen,
	},
	choices: {
		is: areOptions,
		Draw: (asked: Asked<Of<"choices">>) => <Group {...asked} options={asked.field.options} />,
		problem: (field, values, ...more) => {
			const { least = 0, most = values.length } = field;
			if (values.length === 0) return chosen(field, values, ...more);
			const [, , language] = more;
			return values.length < least || values.length > most
				? bounded(wordsIn(language).choices, field, language)
				: undefined;
		},
	},
	rating: {
		is: isScale,
		Draw: (asked: Asked<Of<"rating">>) => {
			const options = numbers(1, 5).map((value) => ({
				value,
				says: wordsIn(asked.offer.language).stars(Number(value)),
				label: <Star />,
			}));
			return <Group {...asked} look="rating" options={options} />;
		},
		problem: chosen,
	},
	nps: {
		is: ({ ends }: Of<"nps">) => ends === undefined || (isText(ends.least) && isText(ends.most)),
		Draw: (asked: Asked<Of<"nps">>) => {
			const { ends } = asked.field;
			const says = (value: string) =>
				value === "0" && ends ? `0: ${ends.least}` : value === "10" && ends ? `10: ${ends.most}` : value;
			const options = numbers(0, 10).map((value) => ({ value, label: value, says: says(value) }));
			return (
				<Group {...asked} look="nps" options={options}>
					{ends && (
						<div class="ends" aria-hidden="true">
							<span>{ends.least}</span>
							<span>{ends.most}</span>
						</div>
					)}
				</Group>
			);
		},
		problem: chosen,
	},
};

export const css = survey;

function Star(): JSX.Element {
	return (
		<svg viewBox="0 0 40 40" aria-hidden="true">
			<path d="M20 5l4.6 9.6 10.4 1.4-7.6 7.3 1.9 10.4L20 28.7l-9.3 5 1.9-10.4L5 16l10.4-1.4z" />
		</svg>
	);
}
