// Every field of text and number: how the edge reads it and how SQL reads it, side by side, so that a new field
// compiles only when both know it.

import type { NumberField, TextField, TouchPart } from "./condition.ts";
import type { Environment, Facts } from "./facts.ts";
import type { Subject } from "./subject.ts";

/** What SQL gathers over a person's parts, once for each person: see `gathered` in sql.ts. */
export type Gathered =
	| "environment"
	| "firstTouch"
	| "lastTouch"
	| "score"
	| "visits"
	| "tags"
	| "attributes";

export interface TextSource {
	/** What of a subject holds it. */
	readonly from: "environment" | "firstTouch" | "lastTouch" | "subject";
	read(subject: Subject): string | undefined;
	/** Where SQL finds the folded text: a column of `people`, or a member of something gathered. */
	readonly sql: { readonly column: "identity" } | { readonly from: Gathered; readonly member: string };
}

export interface NumberSource {
	read(subject: Subject): number;
	readonly sql: { readonly from: Gathered };
}

export const textFields: Readonly<Record<TextField, TextSource>> = {
	identity: { from: "subject", read: ({ identity }) => identity, sql: { column: "identity" } },
	device: environment("device"),
	browser: environment("browser"),
	system: environment("system"),
	language: environment("language"),
	country: environment("country"),
	city: environment("city"),
	"first.source": touch("firstTouch", "source"),
	"first.medium": touch("firstTouch", "medium"),
	"first.campaign": touch("firstTouch", "campaign"),
	"first.phrase": touch("firstTouch", "phrase"),
	"first.referrer": touch("firstTouch", "referrer"),
	"first.landing": touch("firstTouch", "landing"),
	"last.source": touch("lastTouch", "source"),
	"last.medium": touch("lastTouch", "medium"),
	"last.campaign": touch("lastTouch", "campaign"),
	"last.phrase": touch("lastTouch", "phrase"),
	"last.referrer": touch("lastTouch", "referrer"),
	"last.landing": touch("lastTouch", "landing"),
};

export const numberFields: Readonly<Record<NumberField, NumberSource>> = {
	score: { read: ({ facts }) => facts.score, sql: { from: "score" } },
	visits: { read: ({ facts }) => visitsOf(facts), sql: { from: "visits" } },
};

export function visitsOf({ sealedVisits, visits }: Facts): number {
	return sealedVisits + visits.length;
}

/** What of an environment is text. */
type TextMember = {
	[M in keyof Environment]-?: Environment[M] extends string | undefined ? M : never;
}[keyof Environment];

export function isTextField(field: string): field is TextField {
	return Object.hasOwn(textFields, field);
}

function environment(member: TextMember): TextSource {
	return {
		from: "environment",
		read: ({ facts }) => facts.environment?.value[member],
		sql: { from: "environment", member },
	};
}

function touch(from: "firstTouch" | "lastTouch", member: TouchPart): TextSource {
	return { from, read: ({ facts }) => facts[from]?.value[member], sql: { from, member } };
}
