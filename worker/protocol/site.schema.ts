// A site's settings and what it publishes. One snapshot holds all that a cell needs to think.

import * as z from "zod";
import { limits as conditionLimits } from "../domain/condition.ts";
import { placeholderOf } from "../domain/tag.ts";
import { PropertyName } from "./collect.schema.ts";
import { ConditionSchema, EventMatch, PathTest } from "./condition.schema.ts";
import { Popup, Theme, Trigger } from "./experience.schema.ts";
import { PageConditionSchema } from "./page.schema.ts";

export const Id = z.string().regex(/^[a-z0-9-]{1,64}$/);
const instant = z.number().int().min(0);
const day = 86_400_000;

const Currency = z.string().regex(/^[A-Z]{3}$/);

/** IANA. */
export const TimeZone = z.string().max(64).refine(isTimeZone, "time-zone-unknown");

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
	/** Whose day and hour "the site's" is, IANA. */
	timeZone: TimeZone.exactOptional(),
	/** ISO 4217: what orders and carts are summed in. */
	currency: Currency.exactOptional(),
	/** What one unit of another currency is in the site's. */
	rates: z.record(Currency, z.number().positive()).exactOptional(),
});

function isTimeZone(timeZone: string): boolean {
	try {
		new Intl.DateTimeFormat("en", { timeZone });
		return true;
	} catch {
		// The platform's only way to say that it knows no such zone.
		return false;
	}
}

const When = z.union([
	z.strictObject({ event: EventMatch, who: ConditionSchema.exactOptional() }),
	z.strictObject({ trait: ConditionSchema }),
]);

const tagWord = "[\\p{Lu}\\p{N}_ -]*";
/** In capitals, and at most one `{property}`, which may be all of it. */
const TagName = z
	.string()
	.regex(
		new RegExp(`^(?:[\\p{Lu}\\p{N}]${tagWord})?(?:\\{[^{}]+\\}${tagWord})?$`, "u"),
		"a tag is written in capitals, with at most one {property}",
	)
	.min(1)
	.max(conditionLimits.text)
	.refine(
		(tag) => {
			const property = placeholderOf(tag);
			return property === undefined || PropertyName.safeParse(property).success;
		},
		{ error: "what stands in braces is no property" },
	);
/** Nobody keeps track of less, and nobody waits for more. */
const expiresAfterMs = z
	.number()
	.int()
	.min(60_000)
	.max(3_650 * day);
const points = z.number().int().min(1).max(1_000_000_000);

export const TagRule = z
	.strictObject({
		id: Id,
		tag: TagName,
		when: When,
		removes: z.boolean().exactOptional(),
		expiresAfterMs: expiresAfterMs.exactOptional(),
	})
	.refine(({ tag, when }) => placeholderOf(tag) === undefined || "event" in when, {
		error: "only an event fills a placeholder",
		path: ["tag"],
	})
	.refine((rule) => !(rule.removes && rule.expiresAfterMs !== undefined), {
		error: "what a rule removes does not expire",
		path: ["expiresAfterMs"],
	});
export const ScoreRule = z
	.strictObject({
		id: Id,
		name: z.string().min(1).max(200),
		points: z.number().int().min(-10_000).max(10_000),
		programme: Id.exactOptional(),
		when: When,
		limit: z
			.union([z.enum(["each", "once"]), z.strictObject({ perDay: z.number().int().min(1).max(1_000) })])
			.exactOptional(),
		once: z.boolean().exactOptional(),
		expiresAfterMs: expiresAfterMs.exactOptional(),
	})
	.refine((rule) => !(rule.programme && rule.points < 0 && rule.expiresAfterMs !== undefined), {
		error: "points that a rule takes from a programme do not expire",
		path: ["expiresAfterMs"],
	});

const named = { id: Id, name: z.string().min(1).max(200) };
export const Programme = z.strictObject({
	...named,
	joins: z.union([z.literal("everyone"), z.strictObject({ by: When })]),
	tiers: z
		.array(z.strictObject({ ...named, from: z.number().int().min(0).max(1_000_000_000) }))
		.max(20)
		.refine(areDistinct, { error: "two tiers have one id" })
		.refine((tiers) => tiers.every(({ from }, n) => n === 0 || from > (tiers[n - 1]?.from ?? from)), {
			error: "each tier begins above the one before",
		}),
	fades: z
		.strictObject({
			everyDays: z.number().int().min(1).max(3_650),
			percent: z.number().int().min(1).max(100),
		})
		.exactOptional(),
	rewards: z
		.array(z.strictObject({ ...named, points }))
		.max(200)
		.refine(areDistinct, { error: "two rewards have one id" }),
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
	here: PageConditionSchema.exactOptional(),
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

export const Definitions = z
	.strictObject({
		tagRules: z.array(TagRule).max(500),
		scoreRules: z.array(ScoreRule).max(500),
		/** None in older definitions. */
		programmes: z
			.array(Programme)
			.max(20)
			.refine(areDistinct, { error: "two programmes have one id" })
			.exactOptional(),
		segments: z.array(Segment).max(1_000),
		experiences: z.array(Experience).max(500),
	})
	.check(({ value, issues }) => {
		const programmes = new Set((value.programmes ?? []).map(({ id }) => id));
		for (const [n, { programme }] of value.scoreRules.entries()) {
			if (programme === undefined || programmes.has(programme)) continue;
			const message = `there is no programme ${programme}`;
			issues.push({ code: "custom", input: value, path: ["scoreRules", n, "programme"], message });
		}
		// A cause names a rule, a segment or a programme: all share one space of names.
		for (const { id } of [...value.tagRules, ...value.scoreRules, ...value.segments]) {
			if (!programmes.has(id)) continue;
			issues.push({
				code: "custom",
				input: value,
				path: ["programmes"],
				message: `the id ${id} is used twice`,
			});
		}
	});

function areDistinct(members: readonly { readonly id: string }[]): boolean {
	return new Set(members.map(({ id }) => id)).size === members.length;
}
