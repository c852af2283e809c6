// Definitions one by one, as the screens of the admin read and write them: drafts with versions, what of them is live, and
// what became of them. A body is one of the schemas of site.schema.ts.

import * as z from "zod/mini";
import { type Kind, kinds } from "../domain/kinds.ts";
import { Group, SiteAttention } from "./attention.schema.ts";
import { Id } from "./id.schema.ts";
import {
	Experience,
	InterestTag,
	Programme,
	ScoreRule,
	Segment,
	StaticList,
	TagRule,
} from "./site.schema.ts";

/** What a definition of each kind is. */
export const bodies = {
	"tag-rule": TagRule,
	"score-rule": ScoreRule,
	programme: Programme,
	"interest-tag": InterestTag,
	list: StaticList,
	segment: Segment,
	experience: Experience,
	group: Group,
	attention: SiteAttention,
} as const satisfies Record<Kind, z.ZodMiniType>;

/**
 * What a definition is, by its kind. Its id is that of the address, or made of its name; the revision of an experience is
 * given to it. So neither need be sent.
 */
export const DefinitionBody = z.union(Object.values(bodies));
const Body = z.unknown();
const KindName = z.enum(kinds);
const Ref = z.strictObject({ kind: KindName, id: Id });
const instant = z.int();
const version = z.int().check(z.minimum(0));
/** An account; without a name the operator (`operator`), or somebody who has none any more. */
const Who = z.strictObject({ id: z.string(), name: z.nullable(z.string()) });
const Names = z.strictObject({ pl: z.string(), en: z.string() });
/** The member of a list with an id, or the way through objects and lists. */
const Step = z.union([z.string(), z.int(), z.strictObject({ id: z.string() })]);

const State = z.enum(["draft", "live", "paused", "archived", "deleted"]);
/** All but what was deleted, or those in this state. */
export const ListQuery = z.strictObject({ state: z.exactOptional(State) });

const number = z.pipe(z.string().check(z.regex(/^\d{1,9}$/, "not a version")), z.transform(Number));
/** The version that whoever changes it has seen. */
export const VersionQuery = z.strictObject({ version: number });
/** Without it, whatever there is gives way. */
export const SettingsQuery = z.strictObject({ version: z.exactOptional(number) });

/** A definition as it is kept. Instants are epoch ms. */
export const Kept = z.strictObject({
	kind: KindName,
	id: Id,
	/** As the screen calls it. */
	names: Names,
	/** `deleted`: neither live nor a draft, and can be brought back for 90 days. */
	state: State,
	/** Since when it is paused or archived, and who did it. */
	stopped: z.nullable(z.strictObject({ at: instant, by: Who })),
	/** Whether publishing it would change something. */
	hasChanges: z.boolean(),
	/** Of the draft. */
	version,
	changedAt: instant,
	changedBy: Who,
	/** The version that was brought back, where the draft is one of before. */
	of: z.nullable(version),
	/** Null where it was deleted. */
	draft: z.nullable(Body),
	/** What was published last; null where nothing was, or its deletion. */
	live: z.nullable(z.strictObject({ version, publishedAt: instant, publishedBy: Who, definition: Body })),
});
const UseBy = z.strictObject({
	of: Ref,
	by: z.strictObject({ ...Ref.shape, names: Names, state: State }),
	/** The way to the mention, in what mentions it. */
	at: z.array(z.union([z.string(), z.int()])),
	/** Whether that cannot be without it. A rule that gives a tag can go: whoever has the tag keeps it. */
	isNeeded: z.boolean(),
});
export const KeptList = z.strictObject({ definitions: z.array(Kept) });
export const KeptOne = z.strictObject({ definition: Kept, uses: z.array(UseBy) });
export const Uses = z.strictObject({ uses: z.array(UseBy) });

/** Why a definition was not changed, and what there is instead. */
export const Conflict = z.strictObject({
	/**
	 * `changed-meanwhile`: somebody was there before, see `current`. `in-use`: see `uses`. `more-needed`: more would go live
	 * than was agreed to, see `more`. `not-live`, `not-paused`, `archived`, `not-archived`, `too-many`: what it says.
	 */
	error: z.string(),
	current: z.exactOptional(Kept),
	uses: z.exactOptional(z.array(UseBy)),
	more: z.exactOptional(z.array(Ref)),
});

export const Revisions = z.strictObject({
	revisions: z.array(
		z.strictObject({
			version,
			at: instant,
			by: Who,
			of: z.nullable(version),
			isDeletion: z.boolean(),
			isLive: z.boolean(),
		}),
	),
});
export const Revision = z.strictObject({
	version,
	at: instant,
	by: Who,
	of: z.nullable(version),
	/** Null where it was deleted then. */
	definition: z.nullable(Body),
});
/** `version` is that which whoever asks has seen, `to` that which is to be the draft again. */
export const RollbackBody = z.strictObject({ version, to: version.check(z.minimum(1)) });

const side = z.union([z.enum(["draft", "live"]), number]);
export const DifferenceQuery = z.strictObject({
	from: z._default(side, "live"),
	to: z._default(side, "draft"),
});
export const Difference = z.strictObject({
	changes: z.array(
		z.strictObject({
			at: z.array(Step),
			/** Missing where it was added, or only moved. */
			before: z.exactOptional(z.unknown()),
			after: z.exactOptional(z.unknown()),
			moved: z.exactOptional(z.strictObject({ from: z.int(), to: z.int() })),
		}),
	),
});

/** A site's settings can be published by themselves. */
const Publishable = z.strictObject({ kind: z.enum([...kinds, "settings"]), id: Id });
/** Those that are to be live, with the version of each that was seen. All that has changed where there is no body. */
export const PublishBody = z.strictObject({
	definitions: z.array(z.strictObject({ ...Publishable.shape, version })).check(z.maxLength(3_000)),
});
export const PublishPreviewBody = z.strictObject({
	definitions: z.exactOptional(z.array(Publishable).check(z.maxLength(3_000))),
});
export const PublishPreview = z.strictObject({
	definitions: z.array(
		z.strictObject({
			...Publishable.shape,
			names: Names,
			version,
			changedAt: instant,
			changedBy: Who,
			does: z.enum(["goes-live", "changes", "goes"]),
			/** For whose sake it has to go live too; null where it was chosen. */
			of: z.nullable(Ref),
		}),
	),
	/** What would not stand together. */
	problems: z.array(
		z.strictObject({
			in: z.exactOptional(Ref),
			at: z.string(),
			why: z.string(),
			/** Of what the engine of personal words refuses in its own. */
			code: z.exactOptional(z.string()),
			segments: z.exactOptional(z.array(z.string())),
		}),
	),
});
/** How far the last publication has come; no revision where nothing was ever published. */
export const Publication = z.strictObject({
	revision: z.int(),
	publishedAt: z.nullable(instant),
	publishedBy: z.nullable(Who),
	cells: z.int(),
	/** Those that do not have it yet: until then their visitors meet the one before. */
	cellsWaiting: z.int(),
	/** When a page with the tag first called, whatever its visitor consents to. */
	tagSeenAt: z.nullable(instant),
	/** What publishing all would change. */
	changes: z.array(Publishable),
});

/** The settings as they are kept: the key of the site's own login is left out. */
export const KeptSettings = z.strictObject({
	version,
	changedAt: instant,
	changedBy: Who,
	hasChanges: z.boolean(),
	settings: z.unknown(),
	live: z.nullable(
		z.strictObject({ version, publishedAt: instant, publishedBy: Who, settings: z.unknown() }),
	),
});
export const SettingsConflict = z.strictObject({ error: z.string(), current: z.exactOptional(KeptSettings) });
