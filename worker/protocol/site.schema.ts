// A site's settings and what it publishes. One snapshot holds all that a cell needs to think.

import * as z from "zod/mini";
import type { Kind } from "../domain/kinds.ts";
import { limits as conditionLimits } from "../domain/limits.ts";
import { placeholderOf } from "../domain/tag.ts";
import { heldOut } from "../domain/variant.ts";
import { AttentionPolicy, Group, SiteAttention } from "./attention.schema.ts";
import { ChatSettings } from "./chat-settings.schema.ts";
import { PropertyName } from "./collect.schema.ts";
import { ConditionSchema, EventMatch, InterestKind, NumberTest, PathTest } from "./condition.schema.ts";
import { Content } from "./content.schema.ts";
import { Tokens } from "./experience.schema.ts";
import { Id, TimeZone } from "./id.schema.ts";
import { PageConditionSchema } from "./page.schema.ts";
import { Surface } from "./surface.schema.ts";
import { Opening } from "./trigger.schema.ts";

export { Id, TimeZone };

const instant = z.int().check(z.minimum(0));
const day = 86_400_000;

const Currency = z.string().check(z.regex(/^[A-Z]{3}$/));

const loginKey = z.string().check(z.minLength(1), z.maxLength(8_192));
const Login = z.strictObject({
	algorithm: z.enum(["RS256", "ES256", "HS256"]),
	/** Of HS256 the secret; else the public key, as PEM or as JSON of a JWK. */
	key: loginKey,
	audience: z.string().check(z.minLength(1), z.maxLength(255)),
	issuer: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(255))),
});

export const SiteSettings = z.strictObject({
	name: z.string().check(z.minLength(1), z.maxLength(100)),
	/** Origins from which pages may send; empty for any. */
	origins: z
		.array(
			z.pipe(
				z.url({ protocol: /^https?$/ }),
				z.transform((url) => new URL(url).origin),
			),
		)
		.check(z.maxLength(50)),
	consent: z.enum(["ask", "not-needed"]),
	/** How long details of anonymous visits live after the last activity. */
	retentionMs: z._default(z.int().check(z.minimum(60_000), z.maximum(30 * day)), 3 * 3_600_000),
	/** Whose day and hour "the site's" is, IANA. */
	timeZone: z.exactOptional(TimeZone),
	/** ISO 4217: what orders and carts are summed in. */
	currency: z.exactOptional(Currency),
	/** What one unit of another currency is in the site's. */
	rates: z.exactOptional(z.record(Currency, z.number().check(z.positive()))),
	/** How the site's own login vouches for people: a JWT of one algorithm. The key never leaves the `Site` object. */
	login: z.exactOptional(Login),
	/** Whom our messages to the site's people come from. Without it the operator's own sender. */
	sender: z.exactOptional(
		z.strictObject({
			name: z.string().check(z.minLength(1), z.maxLength(100)),
			address: z.email().check(z.maxLength(254)),
		}),
	),
	/** The brand's look, for all that is shown. */
	theme: z.exactOptional(Tokens),
	/** Where products come from beside feeds and the API: `learns` from what pages tell of them. */
	catalogue: z.exactOptional(z.strictObject({ learns: z.exactOptional(z.boolean()) })),
	/** The live chat; without it there is none. */
	chat: z.exactOptional(ChatSettings),
	/** What the script understands of the site's pages by itself. Public. */
	collect: z.exactOptional(
		z.strictObject({
			dataLayer: z.exactOptional(z.boolean()),
			schema: z.exactOptional(z.boolean()),
			forms: z.exactOptional(
				z.array(z.string().check(z.minLength(1), z.maxLength(200))).check(z.maxLength(20)),
			),
			consent: z.exactOptional(z.array(z.enum(["google", "tcf"])).check(z.maxLength(2))),
		}),
	),
});

/** As they are put in place: a login without a key keeps the one that it has, which nobody is told. */
export const SettingsBody = z.extend(SiteSettings, {
	login: z.exactOptional(z.extend(Login, { key: z.exactOptional(loginKey) })),
});

const When = z.union([
	z.strictObject({ event: EventMatch, who: z.exactOptional(ConditionSchema) }),
	z.strictObject({ trait: ConditionSchema }),
]);

const tagWord = "[\\p{Lu}\\p{N}_ -]*";
/** In capitals, and at most one `{property}`, which may be all of it. */
const TagName = z.string().check(
	z.regex(
		new RegExp(`^(?:[\\p{Lu}\\p{N}]${tagWord})?(?:\\{[^{}]+\\}${tagWord})?$`, "u"),
		"a tag is written in capitals, with at most one {property}",
	),
	z.minLength(1),
	z.maxLength(conditionLimits.text),
	z.refine(
		(tag) => {
			const property = placeholderOf(tag);
			return property === undefined || PropertyName.safeParse(property).success;
		},
		{ error: "what stands in braces is no property" },
	),
);
/** Nobody keeps track of less, and nobody waits for more. */
const expiresAfterMs = z.int().check(z.minimum(60_000), z.maximum(3_650 * day));
const points = z.int().check(z.minimum(1), z.maximum(1_000_000_000));

const Name = z.string().check(z.regex(/\S/, "a name is more than blanks"), z.maxLength(200));
/** In the marketer's words, for whoever reads it later: no cell is told. */
const description = z.exactOptional(z.string().check(z.maxLength(2_000)));
const named = { id: Id, name: Name };
const described = { ...named, description };

export const TagRule = z
	.strictObject({
		id: Id,
		name: z.exactOptional(Name),
		description,
		tag: TagName,
		when: When,
		removes: z.exactOptional(z.boolean()),
		expiresAfterMs: z.exactOptional(expiresAfterMs),
	})
	.check(
		z.refine(({ tag, when }) => placeholderOf(tag) === undefined || "event" in when, {
			error: "only an event fills a placeholder",
			path: ["tag"],
		}),
		z.refine((rule) => !(rule.removes && rule.expiresAfterMs !== undefined), {
			error: "what a rule removes does not expire",
			path: ["expiresAfterMs"],
		}),
	);
export const ScoreRule = z
	.strictObject({
		...described,
		points: z.int().check(z.minimum(-10_000), z.maximum(10_000)),
		programme: z.exactOptional(Id),
		when: When,
		limit: z.exactOptional(
			z.union([
				z.enum(["each", "once"]),
				z.strictObject({ perDay: z.int().check(z.minimum(1), z.maximum(1_000)) }),
			]),
		),
		once: z.exactOptional(z.boolean()),
		expiresAfterMs: z.exactOptional(expiresAfterMs),
	})
	.check(
		z.refine((rule) => !(rule.programme && rule.points < 0 && rule.expiresAfterMs !== undefined), {
			error: "points that a rule takes from a programme do not expire",
			path: ["expiresAfterMs"],
		}),
	);

export const Programme = z.strictObject({
	...described,
	joins: z.union([z.literal("everyone"), z.strictObject({ by: When })]),
	tiers: z
		.array(z.strictObject({ ...named, from: z.int().check(z.minimum(0), z.maximum(1_000_000_000)) }))
		.check(
			z.maxLength(20),
			z.refine(areDistinct, { error: "two tiers have one id" }),
			z.refine((tiers) => tiers.every(({ from }, n) => n === 0 || from > (tiers[n - 1]?.from ?? from)), {
				error: "each tier begins above the one before",
			}),
		),
	fades: z.exactOptional(
		z.strictObject({
			everyDays: z.int().check(z.minimum(1), z.maximum(3_650)),
			percent: z.int().check(z.minimum(1), z.maximum(100)),
		}),
	),
	rewards: z
		.array(z.strictObject({ ...named, points, pool: z.exactOptional(Id) }))
		.check(z.maxLength(200), z.refine(areDistinct, { error: "two rewards have one id" })),
});
export const InterestTag = z.strictObject({
	id: Id,
	name: z.exactOptional(Name),
	description,
	tag: TagName.check(
		z.refine((tag) => ["category", "brand"].includes(placeholderOf(tag) ?? ""), {
			error: "an interest tag has {category} or {brand} in its name",
		}),
	),
	of: InterestKind,
	test: NumberTest,
});
export const StaticList = z.strictObject({
	id: Id,
	names: z.strictObject({ pl: Name, en: Name }),
	description,
});
export const Segment = z.strictObject({
	...described,
	condition: ConditionSchema,
});

/** By language; at least one. A visitor gets their own language, else the first. */
const Contents = z
	.partialRecord(z.enum(["pl", "en"]), Content)
	.check(z.refine((content) => Object.keys(content).length > 0));

export const Experience = z.strictObject({
	...described,
	revision: z.int().check(z.minimum(1)),
	kind: z.exactOptional(z.enum(["popup", "banner", "frame", "greeting"])),
	surface: z.exactOptional(Surface),
	priority: z.int().check(z.minimum(-1_000), z.maximum(1_000)),
	segment: z.exactOptional(Id),
	pages: z.strictObject({
		only: z.array(PathTest).check(z.maxLength(50)),
		except: z.array(PathTest).check(z.maxLength(50)),
	}),
	here: z.exactOptional(PageConditionSchema),
	schedule: z.strictObject({ from: z.exactOptional(instant), until: z.exactOptional(instant) }),
	attention: AttentionPolicy,
	group: z.exactOptional(Id),
	onLanding: z.exactOptional(z.literal(true)),
	trigger: Opening,
	/** What differs from the site's. */
	theme: z.exactOptional(Tokens),
	content: Contents,
	/** Percent. */
	heldOut: z.exactOptional(z.int().check(z.minimum(1), z.maximum(90))),
	variants: z.exactOptional(
		z
			.array(
				z.strictObject({
					id: Id.check(z.refine((id) => id !== heldOut, { error: "this is the name of the control group" })),
					weight: z.int().check(z.minimum(1), z.maximum(1_000)),
					/** The experience's own where absent. */
					content: z.exactOptional(Contents),
				}),
			)
			.check(z.minLength(2), z.maxLength(10), z.refine(areDistinct, { error: "two variants have one id" })),
	),
});

/** How many of each kind. */
export const most = {
	"tag-rule": 500,
	"score-rule": 500,
	programme: 20,
	"interest-tag": 20,
	list: 200,
	segment: 1_000,
	experience: 500,
	group: 50,
	attention: 1,
} as const satisfies Record<Kind, number>;

/** Of the right shape each by itself; whether they can stand together says domain/consistency.ts. */
export const Definitions = z.strictObject({
	tagRules: z.array(TagRule).check(z.maxLength(most["tag-rule"])),
	scoreRules: z.array(ScoreRule).check(z.maxLength(most["score-rule"])),
	/** None in older definitions. */
	programmes: z.exactOptional(
		z
			.array(Programme)
			.check(z.maxLength(most.programme), z.refine(areDistinct, { error: "two programmes have one id" })),
	),
	interestTags: z.exactOptional(z.array(InterestTag).check(z.maxLength(most["interest-tag"]))),
	lists: z.exactOptional(
		z
			.array(StaticList)
			.check(z.maxLength(most.list), z.refine(areDistinct, { error: "two lists have one id" })),
	),
	segments: z.array(Segment).check(z.maxLength(most.segment)),
	experiences: z.array(Experience).check(z.maxLength(most.experience)),
	groups: z.exactOptional(
		z.array(Group).check(z.maxLength(most.group), z.refine(areDistinct, { error: "two groups have one id" })),
	),
	attention: z.exactOptional(SiteAttention),
});

function areDistinct(members: readonly { readonly id: string }[]): boolean {
	return new Set(members.map(({ id }) => id)).size === members.length;
}
