// The fields that most forms have, and how those of further kinds are taken in.

import type { FunctionComponent, InputHTMLAttributes, JSX } from "preact";
import type { Field } from "../../worker/protocol/experience.ts";
import { isText } from "../offer.ts";
import type { Setting } from "./blocks.tsx";
import { marked } from "./marks.tsx";
import type { Words } from "./words.ts";

export type AskedField = Exclude<Field, { kind: "hidden" }>;

/** A field as its form draws it. */
export interface Asked<Of extends AskedField = AskedField> extends Setting {
	readonly field: Of;
	/** What is wrong with the answer, in words. */
	readonly problem: string | undefined;
	/** What was typed before. */
	readonly typed: readonly string[];
}

/** A kind of fields of its own. What is wrong with an answer is asked of all that stands in the form for it. */
export interface FieldKind<Of extends AskedField = AskedField> {
	readonly is: (field: Of) => boolean;
	readonly Draw: FunctionComponent<Asked<Of>>;
	readonly problem: (
		field: Of,
		values: readonly string[],
		form: HTMLFormElement,
		words: Words,
		language: string,
	) => string | undefined;
}
export type FieldKinds = {
	readonly [K in AskedField["kind"]]?: FieldKind<Extract<AskedField, { kind: K }>>;
} & {
	/** Text of several lines. */
	readonly long?: FieldKind<Extract<AskedField, { kind: "text" }>>;
};

/** What a browser may fill in, by the attribute that is asked for. */
const fills: Record<string, string> = {
	name: "name",
	firstName: "given-name",
	lastName: "family-name",
	company: "organization",
	city: "address-level2",
	postcode: "postal-code",
};

const inputs: Record<string, InputHTMLAttributes> = {
	email: { type: "email", autocomplete: "email", maxLength: 254 },
	phone: { type: "tel", autocomplete: "tel", maxLength: 40 },
};

const further: Record<string, FieldKind> = {};
const kindOf = (field: Field): string => ("long" in field && field.long ? "long" : field.kind);

export function knowFields(kinds: FieldKinds): void {
	Object.assign(further, kinds);
}

export function isField(field: Field): boolean {
	const { kind, name } = field;
	if (!/^\w+$/.test(name)) return false;
	if (kind === "hidden") return isText(field.value);
	if (kind === "consent") return [field.wording, field.version, field.purpose].every(isText);
	return isText(field.label) && (further[kindOf(field)]?.is(field) ?? (kind === "text" || kind in inputs));
}

export function Ask(asked: Asked): JSX.Element {
	const { field, typed } = asked;
	const { kind, name } = field;
	const Further = further[kindOf(field)]?.Draw;
	if (Further) return <Further {...asked} />;
	if (kind === "consent") {
		return (
			<label class="agreement">
				<input type="checkbox" defaultChecked={typed.length > 0} {...marksOf(asked)} />
				<span>
					{marked(field.wording, (link, within) => (
						<a href={link} target="_blank" rel="noopener">
							{within}
						</a>
					))}
				</span>
				<Complaint {...asked} />
			</label>
		);
	}
	return (
		<div>
			<label class="label" for={name}>
				<Label {...asked} />
			</label>
			<Hint {...asked} />
			<input
				maxLength={kind === "text" ? (field.most ?? 200) : undefined}
				autocomplete={kind === "text" ? fills[field.to ?? ""] : undefined}
				{...inputs[kind]}
				defaultValue={typed[0]}
				{...marksOf(asked)}
			/>
			<Complaint {...asked} />
		</div>
	);
}

/** What every control of a field has. */
export function marksOf({ field: { name, required, ...field }, problem }: Asked) {
	const said = [problem && `${name}-error`, "hint" in field && field.hint && `${name}-hint`].filter(Boolean);
	return {
		name,
		id: name,
		required: !!required,
		"aria-invalid": problem ? (true as const) : undefined,
		"aria-describedby": said.join(" ") || undefined,
	};
}

export function Label({ field, words }: Asked): JSX.Element {
	return (
		<>
			{"label" in field && field.label}
			{!field.required && <small>{words.optional}</small>}
		</>
	);
}

export function Hint({ field }: Asked): JSX.Element | false {
	return (
		"hint" in field && (
			<span class="hint" id={`${field.name}-hint`}>
				{field.hint}
			</span>
		)
	);
}

/** Read out with its control, to which the focus goes: not by itself, for there may be many at once. */
export function Complaint({ field, problem }: Asked): JSX.Element | false {
	return (
		!!problem && (
			<span class="error" id={`${field.name}-error`}>
				{problem}
			</span>
		)
	);
}

/** What is to be done about an answer, in words; nothing where it will do. */
export function problemOf(
	field: AskedField,
	values: readonly string[],
	form: HTMLFormElement,
	words: Words,
	language: string,
): string | undefined {
	const { kind, required } = field;
	const [value = ""] = values;
	const own = further[kindOf(field)];
	if (own) return own.problem(field, values, form, words, language);
	if (!value)
		return required
			? ({ consent: words.agreementMissing, email: words.emailMissing }[kind as string] ?? words.missing)
			: undefined;
	if (kind === "email" && !/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(value)) return words.emailWrong;
	// As the server takes it: with the country's code, or nine digits.
	if (kind === "phone" && !/^(\d{9}|(\+|00)[1-9]\d{6,14})$/.test(value.replace(/[\s().\-/]/g, "")))
		return words.phoneWrong;
	return;
}
