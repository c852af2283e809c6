// Why a condition holds or does not, as a sentence for each of its leaves: what is needed, and what is so.

import type { ComponentChildren } from "preact";
import type { Because, LeafBecause } from "../../domain/because.ts";
import type { EventMatch, NumberTest, ScalarTest, TextField } from "../../domain/condition.ts";
import type { Scalar } from "../../domain/event.ts";
import { windowOf } from "./format.ts";
import { Icon } from "./icon.tsx";
import { type Language, useLanguage } from "./language.ts";

export function Why({ of }: { readonly of: Because }) {
	return (
		<ul class="why">
			<Node of={of} />
		</ul>
	);
}

function Node({ of }: { readonly of: Because }) {
	const language = useLanguage();
	const { because } = language.words;
	if ("member" in of)
		return (
			<Line is={of.is} text={because.not}>
				<ul>
					<Node of={of.member} />
				</ul>
			</Line>
		);
	if ("members" in of)
		return (
			<Line is={of.is} text={because[of.kind]}>
				<ul>
					{of.members.map((member, i) => (
						<Node key={i} of={member} />
					))}
				</ul>
			</Line>
		);
	return (
		<Line is={of.is} text={needed(of, language)}>
			<span class="actual">
				{because.is} <b>{actual(of, language)}</b>
			</span>
		</Line>
	);
}

function Line(props: { readonly is: boolean; readonly text: string; readonly children: ComponentChildren }) {
	return (
		<li class={props.is ? "is-true" : "is-false"}>
			<Icon of={props.is ? "yes" : "no"} />
			<div>
				<span>{props.text}</span> {props.children}
			</div>
		</li>
	);
}

function needed(of: LeafBecause, language: Language): string {
	const { because } = language.words;
	switch (of.kind) {
		case "text":
			return `${fieldName(of.field, language)} ${testText(of.needed, language)}`;
		case "number":
			return `${because.field[of.field]} ${testText(of.needed, language)}`;
		case "attribute":
			return `${language.words.who.attributes[of.name] ?? of.name} ${testText(of.needed, language)}`;
		case "tag":
			return `${because.field.tag} ${of.tag} ${testText(of.needed, language)}×`;
		case "events": {
			const { match, needed, withinMs } = of;
			const times = `${testText(needed, language)}×`;
			return [matchText(match, language), times, withinMs === undefined ? "" : span(withinMs, language)]
				.filter(Boolean)
				.join(" ");
		}
	}
}

function actual(of: LeafBecause, { words, format }: Language): string {
	if (of.actual === undefined) return words.because.missing;
	if (of.kind === "text" && of.field === "identity") return identityName(of.actual, words) ?? of.actual;
	if (of.kind === "text" && of.field === "device") return words.who.device[of.actual] ?? of.actual;
	if (of.actual === "(direct)") return words.who.direct;
	const more = of.kind === "events" && of.isAtLeast ? ` ${words.because.orMore}` : "";
	return (typeof of.actual === "number" ? format.number(of.actual) : words.quoted(String(of.actual))) + more;
}

function fieldName(field: TextField, { words }: Language): string {
	const { because } = words;
	switch (field) {
		case "identity":
		case "device":
		case "browser":
		case "system":
		case "language":
		case "country":
		case "city":
			return because.field[field];
		case "first.source":
		case "first.medium":
		case "first.campaign":
		case "first.phrase":
		case "first.referrer":
		case "first.landing":
			return `${because.field[touchPart(field)]} (${because.first})`;
		default:
			return `${because.field[touchPart(field)]} (${because.last})`;
	}
}

type TouchPart = "source" | "medium" | "campaign" | "phrase" | "referrer" | "landing";

function touchPart<P extends TouchPart>(field: `first.${P}` | `last.${P}`): P {
	return field.slice(field.indexOf(".") + 1) as P;
}

function testText(test: ScalarTest | NumberTest, { words, format }: Language): string {
	const { because } = words;
	switch (test.op) {
		case "is":
		case "contains":
		case "starts-with":
		case "ends-with":
			return `${because.text[test.op]} ${valueText(test.value, words)}`;
		case "any-of":
			return `${because.text[test.op]} ${format.list(test.values.map((value) => valueText(value, words)))}`;
		case "exists":
			return because.exists;
		case "is-true":
		case "is-false":
			return because.truth[test.op];
		case "between":
			return because.between(format.number(test.from), format.number(test.to));
		default:
			return `${because.compare[test.op]} ${format.number(test.n)}`;
	}
}

function matchText({ name, path, where = [] }: EventMatch, language: Language): string {
	const { story, because } = language.words;
	const conditions = where.map(({ property, test }) => `${property} ${testText(test, language)}`);
	return [
		story.events[name] ?? name,
		path?.value ?? "",
		...(conditions.length > 0 ? [because.where, conditions.join(", ")] : []),
	]
		.filter(Boolean)
		.join(" ");
}

function span(ms: number, { words }: Language): string {
	const { unit, n } = windowOf(ms);
	return words.because.within[unit](n);
}

function valueText(value: Scalar, words: Language["words"]): string {
	const text = String(value);
	return identityName(text, words) ?? words.who.device[text] ?? words.quoted(text);
}

function identityName(text: string, { who }: Language["words"]): string | undefined {
	return text === "anonymous" || text === "identified" || text === "monitored"
		? who.identity[text]
		: undefined;
}
