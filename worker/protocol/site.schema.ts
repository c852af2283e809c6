// A site's settings and what it publishes. One snapshot holds all that a cell needs to think.

import * as z from "zod";
import { limits as conditionLimits } from "../domain/condition.ts";
import { ConditionSchema, EventMatch, PathTest } from "./condition.schema.ts";
import { Popup, Theme, Trigger } from "./experience.schema.ts";

export const Id = z.string().regex(/^[a-z0-9-]{1,64}$/);
const instant = z.number().int().min(0);
const day = 86_400_000;

export const SiteSettings = z.strictObject({
	name: z.string().min(1).max(100),
	/** Origins from which pages may send; empty for any. */
	origins: z.array(z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin)).max(50),
	consent: z.enum(["ask", "not-needed"]),
	/** How long details of anonymous visits live after the last activity. */
	retentionMs: z
		.number()
		.int()
		.min(60_000)
		.max(30 * day)
		.default(3 * 3_600_000),
});

const When = z.union([
	z.strictObject({ event: EventMatch, who: ConditionSchema.exactOptional() }),
	z.strictObject({ trait: ConditionSchema }),
]);

export const TagRule = z.strictObject({
	id: Id,
	tag: z
		.string()
		.regex(/^[\p{Lu}\p{N}][\p{Lu}\p{N}_ -]*$/u, "a tag is written in capitals")
		.max(conditionLimits.text),
	when: When,
});
export const ScoreRule = z.strictObject({
	id: Id,
	name: z.string().min(1).max(200),
	points: z.number().int().min(-10_000).max(10_000),
	when: When,
	once: z.boolean(),
});
export const Segment = z.strictObject({
	id: Id,
	name: z.string().min(1).max(200),
	condition: ConditionSchema,
});

export const Experience = z.strictObject({
	id: Id,
	revision: z.number().int().min(1),
	name: z.string().min(1).max(200),
	priority: z.number().int().min(-1_000).max(1_000),
	segment: Id.exactOptional(),
	pages: z.strictObject({ only: z.array(PathTest).max(50), except: z.array(PathTest).max(50) }),
	schedule: z.strictObject({ from: instant.exactOptional(), until: instant.exactOptional() }),
	attention: z.strictObject({
		cap: z
			.strictObject({
				times: z.number().int().min(1).max(20),
				perMs: z.number().int().min(60_000).exactOptional(),
			})
			.exactOptional(),
		afterCloseMs: z
			.number()
			.int()
			.min(0)
			.max(400 * day),
		afterSubmitMs: z
			.number()
			.int()
			.min(0)
			.max(400 * day)
			.nullable(),
	}),
	trigger: Trigger,
	theme: Theme,
	/** By language; at least one. A visitor gets their own language, else the first. */
	content: z.partialRecord(z.enum(["pl", "en"]), Popup).refine((content) => Object.keys(content).length > 0),
});

export const Definitions = z.strictObject({
	tagRules: z.array(TagRule).max(1_000),
	scoreRules: z.array(ScoreRule).max(1_000),
	segments: z.array(Segment).max(1_000),
	experiences: z.array(Experience).max(500),
});
