// What crosses between a marketer's tools and the authenticated API. Conditions stay unread here: what is wrong with one
// is told with its place, by parseCondition.

import * as z from "zod/mini";
import { limits as conditionLimits } from "../domain/condition.ts";
import { channels } from "../domain/consent.ts";
import { kinds } from "../domain/kinds.ts";
import { PageProduct } from "./collect.schema.ts";
import { limits } from "./limits.ts";
import { Experience, Id, TimeZone } from "./site.schema.ts";

const Language = z.enum(["pl", "en"]);
/** Any JSON: parsed by `parseCondition`, documented as `Tree`. */
export const RawCondition = z.unknown().check(z.refine((value) => value !== undefined, "member-missing"));
const instant = z.int();
const InEach = z.strictObject({ pl: z.string(), en: z.string() });
/** An address, or what of one follows the host: what is shown there now. */
const AskedPage = z.strictObject({
	url: z.string().check(
		z.maxLength(limits.text),
		z.refine((url) => /^(https?:\/\/|\/)/i.test(url), "url-malformed"),
	),
	referrer: z.exactOptional(z.string().check(z.maxLength(limits.text))),
	title: z.exactOptional(z.string().check(z.maxLength(limits.text))),
	product: z.exactOptional(PageProduct),
});
const PersonId = z.string().check(z.minLength(1), z.maxLength(limits.propertyName));

/** Of the instants in sentences, IANA. */
const timeZone = z._default(TimeZone, "UTC");
/** Whose segments the condition means. Where nothing was published yet, the drafts. */
const definitions = z._default(z.enum(["published", "drafts"]), "published");

export const CheckBody = z.strictObject({
	condition: RawCondition,
	/** The sentence in this language alone. */
	language: z.exactOptional(Language),
	/** Whether it is said how many people it means, with some of them, and some whom it nearly means. */
	examples: z._default(z.boolean(), false),
	definitions,
	timeZone,
});
/** A column of a list of people: see admin/columns.ts. */
const column = z.string().check(z.minLength(1), z.maxLength(limits.propertyName + 11));
export const Columns = z.array(column).check(z.minLength(1), z.maxLength(50));
/** `createdAt` is in the order of ids. */
export const Sorting = z.strictObject({
	by: z.enum(["createdAt", "lastSeenAt", "score", "visits"]),
	order: z.enum(["asc", "desc"]),
});
export const PeopleBody = z.strictObject({
	condition: RawCondition,
	/** A part of a name, an address, a company or a phone number: of those who meet the condition, whoever has it. */
	q: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(conditionLimits.text))),
	/** Each person as cells of these, and not as they are. */
	columns: z.exactOptional(Columns),
	sort: z._default(Sorting, { by: "createdAt", order: "desc" }),
	/** `next` of the page before, of the same order. */
	after: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(2 * limits.propertyName))),
	limit: z._default(z.int().check(z.minimum(1), z.maximum(100)), 50),
	/** The count alone, or the page alone, which is there the sooner. */
	only: z.exactOptional(z.enum(["count", "page"])),
	definitions,
});
/** One of `condition`, `segment`, `tag`, `score` and `page`. */
export const ExplainBody = z.union([
	z.strictObject({ segment: Id, person: PersonId, timeZone }),
	z.strictObject({ condition: RawCondition, person: PersonId, definitions, timeZone }),
	z.strictObject({
		tag: z.string().check(z.minLength(1), z.maxLength(limits.text)),
		person: PersonId,
		timeZone,
	}),
	/** A programme; null for the site's own score. */
	z.strictObject({ score: z.nullable(Id), person: PersonId, timeZone }),
	z.strictObject({ page: AskedPage, person: PersonId, timeZone }),
]);
/** For whom an experience would show now, as it is given, whether or not it was saved. */
export const QualifyingBody = z.strictObject({
	experience: Experience,
	page: z._default(AskedPage, { url: "/" }),
	definitions: z._default(z.enum(["published", "drafts"]), "drafts"),
	timeZone,
});
export const PreviewBody = z.strictObject({ condition: RawCondition, definitions, timeZone });
const AppliedToPast = z.union([
	/** A tag rule adds what it would have added; of a scoring rule, the points are put right. */
	z.strictObject({ rule: Id }),
	/** All points of a programme are put right as its rules have them; null for the site's own score. */
	z.strictObject({ score: z.nullable(Id) }),
]);
/** What is published is applied: a scale is previewed as a draft, published, and then applied. */
export const PastBody = z.strictObject({ apply: AppliedToPast });
export const PastPreviewBody = z.strictObject({
	apply: AppliedToPast,
	/** The rule as it is being written, saved or not: what it would have changed is told, under the id that is applied. */
	rule: z.exactOptional(
		z.strictObject({
			kind: z.enum(["tag-rule", "score-rule"]),
			/** As the definition's own address takes it. */
			body: z.record(z.string(), z.unknown()),
		}),
	),
	/** `next` of the page before. */
	after: z.exactOptional(
		z.string().check(z.regex(/^[a-z0-9-]{1,64}\/[\w-]{0,64}$/, "not the next of a page")),
	),
	/** How many people are looked at. */
	limit: z._default(z.int().check(z.minimum(1), z.maximum(200)), 100),
	definitions,
});
/** A page of one of the site's origins; the link to it is good for so many days. */
export const PersonalLinkBody = z.strictObject({
	url: z.url({ protocol: /^https?$/ }).check(z.maxLength(limits.text)),
	days: z._default(z.int().check(z.minimum(1), z.maximum(400)), 90),
});
/** `edge` is where the site's pages reach us: its host, and `/_w` behind it where that is a route of the site's own. */
export const ConfirmationBody = z.strictObject({
	edge: z.url({ protocol: /^https?$/ }).check(
		z.maxLength(limits.text),
		z.refine((url) => !url.endsWith("/"), "no slash at the end"),
	),
	page: z.url({ protocol: /^https?$/ }).check(z.maxLength(limits.text)),
	language: Language,
});
export const UnsubscribingBody = z.strictObject({ channel: z.enum(channels), purpose: Id });
/** Codes as they are to be shown and typed. */
export const CodesBody = z.strictObject({
	codes: z
		.array(z.string().check(z.regex(/^[!-~]{1,64}$/, "a code is 1 to 64 letters, digits or signs")))
		.check(z.minLength(1), z.maxLength(10_000)),
});

/** At most so many at once; repeated, it changes nothing. */

export const Complaint = z.strictObject({
	error: z.string(),
	/** In what is refused: where, and why. `segments` are those that a reference is about. */
	problems: z.exactOptional(
		z.array(
			z.strictObject({
				/** Where another definition is meant than the one that was sent. */
				in: z.exactOptional(z.strictObject({ kind: z.enum(kinds), id: Id })),
				at: z.string(),
				why: z.string(),
				/** Of what a schema refuses in words of its own. */
				code: z.exactOptional(z.string()),
				segments: z.exactOptional(z.array(z.string())),
			}),
		),
	),
	/** Of a fault, to be found by in the log. */
	id: z.exactOptional(z.uuid()),
});
export const Done = z.strictObject({ ok: z.literal(true) });
export const Published = z.strictObject({ revision: z.int(), cellsWaiting: z.int() });
/** How far a publication has come to the people who were there before it; `definitions` are still filling. */
export const Filling = z.strictObject({
	revision: z.int(),
	people: z.int(),
	done: z.int(),
	definitions: z.readonly(z.array(z.string())),
});
export const Keys = z.strictObject({ key: z.string(), staffMark: z.string() });
export const Person = z.strictObject({
	id: z.string(),
	identity: z.enum(["anonymous", "identified", "monitored"]),
	score: z.number(),
	visits: z.int(),
	firstSeenAt: z.nullable(instant),
	lastSeenAt: z.nullable(instant),
	tags: z.record(z.string(), z.strictObject({ count: z.int(), firstAt: instant, lastAt: instant })),
	attributes: z.record(
		z.string(),
		z.union([z.string(), z.number(), z.boolean(), z.readonly(z.array(z.string()))]),
	),
	/** Memberships with the instant of entry. */
	segments: z.record(z.string(), instant),
});
export const People = z.strictObject({
	/** Null where only a page was asked for. */
	count: z.nullable(z.int()),
	people: z.readonly(z.array(Person)),
	next: z.nullable(z.string()),
});
const Cell = z.nullable(z.union([z.string(), z.number(), z.boolean(), z.readonly(z.array(z.string()))]));
/** The same as rows of a table. Instants are epoch ms. */
export const PeopleTable = z.strictObject({
	count: z.nullable(z.int()),
	columns: z.readonly(z.array(z.strictObject({ name: z.string(), isInstant: z.boolean() }))),
	rows: z.readonly(z.array(z.strictObject({ id: z.string(), cells: z.readonly(z.array(Cell)) }))),
	next: z.nullable(z.string()),
});
export const PeopleAnswer = z.union([People, PeopleTable]);
export const Explanation = z.strictObject({
	/** Whether they meet the condition, are in the segment, have the tag or any points, are shown the experience. */
	is: z.boolean(),
	/** Until when time alone leaves the answer as it is, or the points; null for always. */
	until: z.nullable(instant),
	/** The condition, the rules of the tag, what the experience asks; how many points there are. */
	sentence: InEach,
	/** What is so, a sentence for each of its parts. */
	sentences: z.strictObject({ pl: z.readonly(z.array(z.string())), en: z.readonly(z.array(z.string())) }),
	/** The least that would make the answer another; of points, what the next tier takes. */
	change: z.strictObject({ isPossible: z.boolean(), sentence: InEach }),
});
/** Up to five; null where it took too long. Of those who do not meet it, the nearest first. */
const some = z.nullable(z.readonly(z.array(z.strictObject({ person: Person, explanation: Explanation }))));
export const Examples = z.strictObject({ count: z.nullable(z.int()), in: some, almost: some });
export const Checked = z.strictObject({
	sentence: z.partialRecord(Language, z.string()),
	/** What the marketer surely did not mean; each has a kind and a place. */
	warnings: z.array(z.looseObject({ kind: z.string(), at: z.array(z.union([z.string(), z.number()])) })),
	examples: z.exactOptional(Examples),
});
export const ExplainedPerson = z.extend(Explanation, {
	person: z.string(),
	/** Of a segment: since when they are in it, null where they are not. */
	memberSince: z.exactOptional(z.nullable(instant)),
	/** False where their history is so long that its oldest events were left out. */
	isWhole: z.boolean(),
});
const Candidate = z.strictObject({
	experience: z.string(),
	revision: z.int(),
	/** The first of what speaks against it. */
	reason: z.looseObject({ is: z.string() }),
});
export const ExplainedPage = z.strictObject({
	person: z.string(),
	/** In the order in which they compete. */
	candidates: z.readonly(z.array(z.extend(Explanation, { ...Candidate.shape, name: z.string() }))),
	/** What was shown, the latest first, with the reasons of that moment. */
	shown: z.readonly(
		z.array(
			z.strictObject({
				at: instant,
				experience: z.string(),
				path: z.string(),
				candidates: z.readonly(z.array(Candidate)),
			}),
		),
	),
});
export const ExplainAnswer = z.union([ExplainedPerson, ExplainedPage]);
const Foreseen = z.readonly(
	z.array(
		z.strictObject({
			person: Person,
			/** Null where the person's cell no longer knows them. */
			candidate: z.nullable(z.extend(Explanation, { ...Candidate.shape, name: z.string() })),
		}),
	),
);
/** `count` are in its segment, all of `of` where it has none; of either up to five, each with what speaks against it there. */
export const Qualifying = z.strictObject({ count: z.int(), of: z.int(), in: Foreseen, out: Foreseen });
const Movers = z.strictObject({
	count: z.int(),
	/** Up to twenty; no explanation where the person's cell no longer knows them. */
	people: z.readonly(z.array(z.strictObject({ person: Person, explanation: z.nullable(Explanation) }))),
});
export const Preview = z.strictObject({ in: Movers, out: Movers, isWhole: z.boolean() });
const change = { before: z.number(), after: z.number() };
export const PastPreview = z.strictObject({
	/** How many were looked at; `busy` of them did something just now, and are not told of. */
	people: z.int(),
	busy: z.int(),
	/** Whoever would be changed. */
	changed: z.array(
		z.strictObject({
			person: z.string(),
			tags: z.array(z.strictObject({ tag: z.string(), ...change })),
			/** Of a programme its balance; null for the site's own score. */
			points: z.array(z.strictObject({ score: z.nullable(z.string()), ...change })),
			/** How many entries would be made, and the latest of them with what happened then. */
			count: z.int(),
			entries: z.array(
				z.strictObject({
					at: instant,
					name: z.string(),
					props: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
					rule: z.string(),
					reason: z.exactOptional(z.strictObject({ name: z.string(), path: z.exactOptional(z.string()) })),
				}),
			),
		}),
	),
	next: z.nullable(z.string()),
});
/** What is under way or waits, and how far what is under way has come. */
export const PastProgress = z.strictObject({
	pending: z.array(AppliedToPast),
	people: z.int(),
	done: z.int(),
});
export const PersonalLink = z.strictObject({ url: z.string(), expiresAt: instant });
/** Under the address of the edge, which visitors reach. */
export const Unsubscribing = z.strictObject({ path: z.string(), expiresAt: instant });
export const CodesAdded = z.strictObject({ added: z.int() });
/** `left` of `codes` are in no cell yet; `isLow` where that is a tenth or less. */
export const Pools = z.strictObject({
	pools: z.array(z.strictObject({ pool: Id, codes: z.int(), left: z.int(), isLow: z.boolean() })),
});
