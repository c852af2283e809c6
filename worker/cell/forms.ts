// Forms, held against what is published: what a page says was answered is taken as far as the form asks for it, and what a
// person has told already, and may be known to this browser, is not asked again.

import { consentOf } from "../domain/consent.ts";
import { eventNames, type Properties, type Scalar } from "../domain/event.ts";
import type { Facts } from "../domain/facts.ts";
import { own } from "../domain/keyed.ts";
import { read } from "../domain/person.ts";
import { visitGapMs } from "../domain/visit.ts";
import { keyedDigest } from "../platform/digest.ts";
import type { CollectEvent } from "../protocol/collect.ts";
import { contentsOf } from "../protocol/contents.ts";
import type { Content, Field } from "../protocol/experience.ts";
import type { Experience } from "../protocol/site.ts";
import type { Loaded } from "./people.ts";
import { tellable } from "./personal.ts";

/** A field that people do not see: who fills it in is a program. */
const trap = "honeypot";
/** What an event of a form says besides answers. */
const beside: ReadonlySet<string> = new Set([
	"experience",
	"revision",
	"variant",
	"step",
	"form",
	"path",
	"url",
]);
const { formSubmitted, formContinued } = eventNames;
const rememberedSubmissions = 5;

/**
 * The event with what the published form asks and nothing else; any other event, and one of a form that is the site's own,
 * as it is. Nothing where it was a program that filled the form in. What was answered so far of a form that was not
 * submitted yet has no address in it, unless its box was ticked.
 */
export function asPublished(
	event: CollectEvent,
	loaded: Pick<Loaded, "state" | "part">,
	experiences: readonly Experience[],
): CollectEvent | undefined {
	const { name, props = {} } = event;
	if (name !== formSubmitted && name !== formContinued) return event;
	const { [trap]: trapped = "", ...said } = props;
	if (trapped !== "") return undefined;
	const experience = experiences.find(({ id }) => id === props.experience);
	if (!experience) return { ...event, props: said };
	const fields = contentsOf(experience).flatMap((content) => fieldsOf(content));
	const answers = {
		...(name === formSubmitted && leftOut(fields, said, loaded)),
		...answersTo(fields, said),
	};
	const isAgreed = Object.keys(answers).some((key) => key.startsWith("consent."));
	if (name === formContinued && !isAgreed) for (const kind of ["email", "phone"]) delete answers[kind];
	return { ...event, props: answers };
}

/**
 * Whether this form came before with the same answers, in the same visit: the page was loaded again, or stood in two tabs,
 * and sent it as another message. Remembers it where it did not.
 */
export function isRepeated(
	{ state, part }: Pick<Loaded, "state" | "part">,
	{ name, props = {} }: CollectEvent,
	now: number,
): boolean {
	if (name !== formSubmitted || typeof props.experience !== "string") return false;
	const answers = Object.entries(props).filter(([key]) => key !== "revision" && key !== "step");
	const digest = keyedDigest(part, JSON.stringify(answers.sort()));
	const recent = (state.submissions ?? []).filter(([, at]) => now < at + visitGapMs);
	if (recent.some(([one]) => one === digest)) return true;
	state.submissions = [...recent, [digest, now] as const].slice(-rememberedSubmissions);
	return false;
}

const known = new WeakMap<Content, readonly Field[]>();

/** Of all forms. Looked for once in each content that is published. */
function fieldsOf(content: Content): readonly Field[] {
	const remembered = known.get(content);
	if (remembered) return remembered;
	const all = [content, ...Object.values(content.steps ?? {})].flatMap(({ blocks }) => blocks);
	const fields = all.flatMap((block) => (block.kind === "form" ? block.fields : []));
	known.set(content, fields);
	return fields;
}

/** Whether whoever sent it is known by what the forms insist on. */
export function isAnswered(content: Content, props: Properties): boolean {
	return fieldsOf(content).every(
		(field) =>
			(field.kind !== "email" && field.kind !== "phone") ||
			!field.required ||
			props[field.kind] !== undefined,
	);
}

function answersTo(fields: readonly Field[], said: Properties): Record<string, Scalar> {
	const answers: Record<string, Scalar> = {};
	const take = (key: string, isTaken: (value: Scalar) => boolean) => {
		const value = own(said, key);
		if (value !== undefined && isTaken(value)) answers[key] = value;
	};
	for (const key of beside) take(key, () => true);
	for (const field of fields) {
		take(keyOf(field), (value) => fits(field, value));
		if (field.kind === "consent") take(`wording.${field.purpose}`, (value) => typeof value === "string");
	}
	return answers;
}

/** Under which property an answer stands. */
function keyOf(field: Field): string {
	if (field.kind === "consent") return `consent.${field.purpose}`;
	return "to" in field && field.to !== undefined ? `traits.${field.to}` : field.name;
}

function fits(field: Field, value: Scalar): boolean {
	const isWithin = ({ least = -Infinity, most = Infinity }: { least?: number; most?: number }, n: number) =>
		least <= n && n <= most;
	switch (field.kind) {
		case "email":
		case "phone":
			return typeof value === "string" && value.length <= 254;
		case "text":
			return typeof value === "string" && value.length <= (field.most ?? 2_000);
		case "number":
			return (
				typeof value === "number" &&
				Number.isFinite(value) &&
				(field.fractions === true || Number.isInteger(value)) &&
				isWithin(field, value)
			);
		case "date": {
			const { least = "", most = "9999" } = field;
			return typeof value === "string" && isDay(value) && least <= value && value <= most;
		}
		case "choice":
			return field.options.some((option) => option.value === value);
		case "choices": {
			const chosen = String(value).split(",");
			const isAmong = (one: string) => field.options.some((option) => option.value === one);
			return (
				new Set(chosen).size === chosen.length && chosen.every(isAmong) && isWithin(field, chosen.length)
			);
		}
		case "rating":
			return isWithin({ least: 1, most: 5 }, Number(value)) && Number.isInteger(value);
		case "nps":
			return isWithin({ least: 0, most: 10 }, Number(value)) && Number.isInteger(value);
		case "consent":
			// Whatever version the page had: it may be older than what is published.
			return value === true || (typeof value === "string" && value !== "");
		case "hidden":
			return value === field.value;
	}
}

function isDay(text: string): boolean {
	return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}

/** Addresses that the form did not ask for, because this browser had told them. */
function leftOut(
	fields: readonly Field[],
	said: Properties,
	loaded: Pick<Loaded, "state" | "part">,
): Record<string, Scalar> {
	const answers: Record<string, Scalar> = {};
	for (const field of fields) {
		const { kind } = field;
		if (kind !== "email" && kind !== "phone") continue;
		const value =
			isProgressive(field) && said[kind] === undefined ? told(loaded).attributes[kind]?.value : "";
		if (typeof value === "string" && value !== "") answers[kind] = value;
	}
	return answers;
}

/** The content without the questions that the person has answered already, as far as this browser may know of it. */
export function stillAsked(content: Content, loaded: Pick<Loaded, "state" | "part">): Content {
	if (!fieldsOf(content).some(isProgressive)) return content;
	const facts = told(loaded);
	const asked = (blocks: Content["blocks"]): Content["blocks"] =>
		blocks.map((block) => {
			if (block.kind !== "form") return block;
			const fields = block.fields.filter((field) => !isProgressive(field) || !isTold(field, facts));
			// A form that asks for nothing would be none.
			return fields.some(({ kind }) => kind !== "hidden") ? { ...block, fields } : block;
		});
	const { blocks, steps } = content;
	const others = Object.entries(steps ?? {}).map(([id, step]) => [id, { blocks: asked(step.blocks) }]);
	return { ...content, blocks: asked(blocks), ...(steps && { steps: Object.fromEntries(others) }) };
}

function told(loaded: Pick<Loaded, "state" | "part">): Facts {
	return read(tellable(loaded));
}

function isProgressive(field: Field): boolean {
	return "progressive" in field && field.progressive === true;
}

function isTold(field: Field, facts: Facts): boolean {
	switch (field.kind) {
		case "consent":
			return (field.channels ?? ["email"]).every(
				(channel) => consentOf(facts, channel, field.purpose)?.state === "given",
			);
		case "email":
		case "phone":
			return own(facts.attributes, field.kind) !== undefined;
		default:
			return field.to !== undefined && own(facts.attributes, field.to) !== undefined;
	}
}
