// What visitors meet: publishing all drafts or some of them, and pausing, resuming, archiving and restoring experiences. What
// cells get is made of what is live, so none of these acts publishes what somebody else is still at work on.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { type Changes, change, type Held, heldOf } from "../data/definitions.ts";
import { lastPublication, parted, publicationOf } from "../data/sites.ts";
import { type By, draftsOf, hasChanges, type Kept, liveOf, published } from "../domain/kept.ts";
import { allOf, keyOf, type Ref } from "../domain/kinds.ts";
import { afterwards, changedAmong, type Going, together } from "../domain/publishing.ts";
import type { AdminEnv } from "../platform/env.ts";
import { siteOf } from "../platform/name.ts";
import type { Published } from "../protocol/admin.schema.ts";
import {
	type Publication,
	PublishBody,
	type PublishPreview,
	PublishPreviewBody,
} from "../protocol/definition.schema.ts";
import { limits } from "../protocol/limits.ts";
import type { Experience, Snapshot, WrittenSettings } from "../protocol/site.ts";
import type { AdminContext, AdminHono } from "./actor.ts";
import { problemsAmong } from "./consistency.ts";
import { told } from "./drafts.ts";
import { namesOf, whoOf } from "./kept.ts";
import { answer, changedMeanwhile, definitionUnknown, find, type Refused, refused } from "./outcome.ts";
import { about, acts, reads } from "./policy.ts";
import { asked, type Problem, parse, siteUnknown } from "./request.ts";
import { byOf, type WhoIs, whoAmong } from "./who.ts";

type Chosen = z.infer<typeof PublishBody>["definitions"];
/** What is to go live: definitions, and the settings where they have changed. */
interface Plan {
	readonly going: readonly Going[];
	readonly settings: boolean;
}

const settingsRef = { kind: "settings", id: "settings" } as const;

export const publishingRoutes = new Hono<AdminHono>()
	/** Kept in D1, then pushed to every cell. */
	.post("/:site/publish", acts("marketer", "site.published"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const chosen = await chosenIn(context.req.raw);
		if (chosen.is === "refused") return context.json(chosen.answer, 422);
		const by = byOf(context);
		const outcome = await goLive(env, site, by, (held) => {
			const plan = planOf(held, chosen.value);
			const conflict = chosen.value && disagreement(held, chosen.value, plan);
			if (conflict) return conflict;
			const going = new Set(plan.going.map(({ ref }) => keyOf(ref)));
			const { settings } = held;
			return {
				definitions: afterwards(held.definitions, going, by),
				settings: settings && plan.settings ? published(settings, by) : settings,
			};
		});
		if (outcome.is !== "live") return answer(env, outcome);
		about(context, { revision: outcome.published.revision });
		return context.json(outcome.published);
	})
	/** What else would go live with these, or all that would; and whether it could stand together. */
	.post("/:site/publish/preview", reads("analyst"), async (context) => {
		const parsed = await parse(context.req.raw, PublishPreviewBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const held = await asked(heldOf(context.env, context.req.param("site")));
		if (!held.settings) return context.json(siteUnknown, 404);
		const plan = planOf(held, parsed.value.definitions);
		const going = new Set(plan.going.map(({ ref }) => keyOf(ref)));
		const after = afterwards(held.definitions, going, byOf(context));
		const who = await whoOf(context.env, [...held.definitions, held.settings]);
		const of = new Map(plan.going.map((one) => [keyOf(one.ref), one.of]));
		const goers = held.definitions.filter((one) => going.has(keyOf(one as Ref)));
		return context.json({
			definitions: [
				...goers.map((one) => goingView(one, of.get(keyOf(one as Ref)) ?? null, who)),
				...(plan.settings ? [goingView(held.settings, null, who)] : []),
			],
			problems: problemsAmong(liveOf<Experience>(after)),
		} satisfies z.infer<typeof PublishPreview>);
	})
	.get("/:site/publication", reads("analyst"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const [held, last] = await asked(Promise.all([heldOf(env, site), lastPublication(env, site)]));
		if (!held.settings) return context.json(siteUnknown, 404);
		const revision = last?.revision ?? 0;
		const reached = await siteOf(env, site).reached(revision);
		// Committed, and cut off before it was pushed.
		if (last && reached.revision < revision) context.executionCtx.waitUntil(push(env, site));
		return context.json({
			revision,
			publishedAt: last?.at ?? null,
			publishedBy: last ? (await whoAmong(env, [last.by]))(last.by) : null,
			cells: reached.cells,
			cellsWaiting: reached.waiting,
			tagSeenAt: reached.tagSeenAt,
			changes: [...changedAmong(held.definitions), ...(hasChanges(held.settings) ? [settingsRef] : [])],
		} satisfies z.infer<typeof Publication>);
	})
	.post("/:site/experiences/:experience/pause", acts("marketer", "experience.paused"), (context) =>
		stop(context, (kept, by) => {
			if (kept.stopped?.as === "paused") return kept;
			if (!kept.live || kept.stopped) return "not-live";
			return { ...kept, stopped: { ...by, as: "paused" } };
		}),
	)
	.post("/:site/experiences/:experience/resume", acts("marketer", "experience.resumed"), (context) =>
		stop(context, (kept) => {
			if (kept.stopped?.as === "archived" || !kept.live) return "not-paused";
			return kept.stopped ? { ...kept, stopped: null } : kept;
		}),
	)
	.post("/:site/experiences/:experience/archive", acts("marketer", "experience.archived"), (context) =>
		stop(context, (kept, by) => {
			if (kept.stopped?.as === "archived") return kept;
			return { ...kept, stopped: { ...by, as: "archived" } };
		}),
	)
	/** What was live before comes back paused, everything else as a draft. */
	.post("/:site/experiences/:experience/restore", acts("marketer", "experience.restored"), (context) =>
		stop(context, (kept, by) => {
			if (kept.stopped?.as !== "archived") return "not-archived";
			return { ...kept, stopped: kept.live ? { ...by, as: "paused" } : null };
		}),
	);

/** Without a body all that has changed is meant. */
async function chosenIn(request: Request) {
	// Over a socket what has no body comes with one of no length.
	if (!request.body || request.headers.get("content-length") === "0")
		return { is: "parsed", value: undefined } as const;
	const parsed = await parse(request, PublishBody);
	return parsed.is === "refused" ? parsed : ({ is: "parsed", value: parsed.value.definitions } as const);
}

/** What was never published cannot wait any longer: no cell thinks without settings. */
function planOf(
	{ definitions, settings }: Held,
	chosen: readonly { readonly kind: Ref["kind"] | "settings"; readonly id: string }[] | undefined,
): Plan {
	if (!chosen) {
		const going = changedAmong(definitions).map((ref) => ({ ref, of: null }));
		return { going, settings: settings !== undefined && hasChanges(settings) };
	}
	const refs = chosen.flatMap(({ kind, id }) => (kind === "settings" ? [] : [{ kind, id }]));
	const withSettings = chosen.some(({ kind }) => kind === "settings") || settings?.live === null;
	return {
		going: together(definitions, refs),
		settings: settings !== undefined && withSettings && hasChanges(settings),
	};
}

/** Whoever publishes some has seen each of them as it is, and all that has to go with them. */
function disagreement(
	{ definitions: all, settings }: Held,
	chosen: Chosen,
	{ going }: Plan,
): Refused | undefined {
	for (const { kind, id, version } of chosen) {
		if (kind === "settings") {
			if (settings?.version !== version) return refused(409, { error: "changed-meanwhile" });
			continue;
		}
		const kept = find(all, { kind, id });
		if (!kept) return definitionUnknown;
		const conflict = changedMeanwhile(kept, version, all);
		if (conflict) return conflict;
		if (kept.stopped?.as === "archived") return { is: "conflict", error: "archived", current: kept, all };
	}
	const listed = new Set(chosen.map(({ kind, id }) => `${kind}/${id}`));
	const more = going.map(({ ref }) => ref).filter((ref) => !listed.has(keyOf(ref)));
	return more.length > 0 ? { is: "conflict", error: "more-needed", more, all } : undefined;
}

interface After {
	readonly definitions: readonly Kept[];
	readonly settings: Held["settings"];
	/** Nothing of what is live is another, and nobody is to be told. */
	readonly isQuiet?: boolean;
}
type Live =
	| Refused
	| { readonly is: "live"; readonly held: After; readonly published: z.infer<typeof Published> };

/**
 * Stores what is live from now on as a publication, if it can stand together, and pushes it. Answers when every cell that
 * could be reached has it.
 */
async function goLive(
	env: AdminEnv,
	site: string,
	by: By,
	decide: (held: Held) => After | Refused,
): Promise<Live> {
	const decided = await asked(
		change<Refused | After>(env, site, async (held) => {
			const none: Changes = { definitions: [] };
			if (!held.settings) return { changes: none, answer: refused(404, siteUnknown) };
			const after = decide(held);
			if ("is" in after) return { changes: none, answer: after };
			const definitions = [...after.definitions, ...(after.settings ? [after.settings] : [])].filter(
				(one) => one !== held.settings && !held.definitions.includes(one),
			);
			if (after.isQuiet) return { changes: { definitions }, answer: after };
			const live = liveOf<Experience>(after.definitions);
			const problems: Problem[] = problemsAmong(live);
			if (problems.length > 0)
				return { changes: none, answer: refused(422, { error: "inconsistent", problems }) };
			const revision = Math.max(held.revision, await siteOf(env, site).revision()) + 1;
			const snapshot = snapshotOf(site, revision, live, after.settings);
			if (!snapshot) return { changes: { definitions }, answer: after };
			if (new TextEncoder().encode(JSON.stringify(snapshot)).length > limits.snapshotBytes)
				return { changes: none, answer: refused(422, { error: "too-large" }) };
			return { changes: { definitions, publication: { snapshot, ...by } }, answer: after };
		}),
	);
	if ("is" in decided) return decided;
	return { is: "live", held: decided, published: await push(env, site) };
}

/** A site that was just made: with nothing to show yet it is live, so that its tag is known wherever it is put. */
export async function publishFirst(env: AdminEnv, site: string, by: By): Promise<void> {
	await goLive(env, site, by, ({ definitions, settings }) => ({
		definitions,
		settings: settings && published(settings, by),
	}));
}

/** Nothing where the settings were never published: then nothing is. */
function snapshotOf(
	site: string,
	revision: number,
	live: ReturnType<typeof liveOf<Experience>>,
	settings: Kept<WrittenSettings> | undefined,
): Snapshot | undefined {
	if (!settings?.live) return undefined;
	const told = live.map((one) => ({ ...one, body: withoutDescription(one.body) }) as typeof one);
	return { site, revision, settings: parted(settings.live.body).settings, definitions: allOf(told) };
}

/** For whoever reads it on the screen. */
function withoutDescription<Body extends object>(body: Body): Body {
	const { description: _, ...told } = body as Body & { readonly description?: string };
	return told as Body;
}

/** Brings what was published last to every cell. Of no effect where it is there already. */
async function push(env: AdminEnv, site: string): Promise<z.infer<typeof Published>> {
	const [snapshot, { settings }] = await asked(Promise.all([publicationOf(env, site), heldOf(env, site)]));
	if (!snapshot) return { revision: 0, cellsWaiting: 0 };
	const { waiting } = await siteOf(env, site).publish(snapshot, settings?.live?.body.login);
	return { revision: snapshot.revision, cellsWaiting: waiting };
}

/** What an experience is from now on, or why it cannot be that. */
async function stop(context: AdminContext, decide: (kept: Kept, by: By) => Kept | string): Promise<Response> {
	const { env } = context;
	const { site = "", experience = "" } = context.req.param() as Readonly<Record<string, string>>;
	const ref = { kind: "experience", id: experience } as const;
	const by = byOf(context);
	let isSame = false;
	const outcome = await goLive(env, site, by, ({ definitions, settings }) => {
		const kept = find(definitions, ref);
		if (!kept || (kept.draft === null && !kept.live)) return definitionUnknown;
		const next = decide(kept, by);
		if (typeof next === "string") return { is: "conflict", error: next, current: kept, all: definitions };
		isSame = next === kept;
		const after = definitions.map((one) => (one === kept ? next : one));
		// What comes back has to stand together with the drafts of today.
		const problems = next.stopped?.as === "archived" ? [] : problemsAmong(draftsOf<Experience>(after), ref);
		if (problems.length > 0) return refused(422, { error: "inconsistent", problems });
		return { definitions: after, settings, isQuiet: isMet(kept) === isMet(next) };
	});
	if (outcome.is !== "live") return answer(env, outcome);
	const all = outcome.held.definitions;
	const kept = find(all, ref);
	return told(context, kept ? { is: "kept", kept, all, isSame } : definitionUnknown);
}

/** Whether visitors meet it. */
function isMet({ live, stopped }: Kept): boolean {
	return live !== null && !stopped;
}

function goingView(
	kept: Kept,
	of: Ref | null,
	who: WhoIs,
): z.infer<typeof PublishPreview>["definitions"][number] {
	const { kind, id, draft, live, version, changed } = kept;
	const does = draft === null ? "goes" : live ? "changes" : "goes-live";
	const names = namesOf(kept);
	return { kind, id, names, version, changedAt: changed.at, changedBy: who(changed.by), does, of };
}
