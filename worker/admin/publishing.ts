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
import type { AdminHono } from "./actor.ts";
import { byOf } from "./by.ts";
import { problemsAmong } from "./consistency.ts";
import { answer, changedMeanwhile, definitionUnknown, find, type Outcome, refused } from "./drafts.ts";
import { keptView, namesOf } from "./kept.ts";
import { acts, reads } from "./policy.ts";
import { asked, type Problem, parse, siteUnknown } from "./request.ts";

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
		return outcome.is === "refused"
			? Response.json(outcome.answer, { status: outcome.status })
			: context.json(outcome.published);
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
		return context.json({
			definitions: [
				...plan.going.flatMap(({ ref, of }) => goingView(find(held.definitions, ref), ref, of)),
				...(plan.settings ? goingView(held.settings, settingsRef, null) : []),
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
			publishedBy: last?.by ?? null,
			cells: reached.cells,
			cellsWaiting: reached.waiting,
			changes: [...changedAmong(held.definitions), ...(hasChanges(held.settings) ? [settingsRef] : [])],
		} satisfies z.infer<typeof Publication>);
	})
	.post("/:site/experiences/:experience/pause", acts("marketer", "experience.paused"), (context) =>
		stop(context.env, context.req.param(), byOf(context), (kept, by) => {
			if (kept.stopped?.as === "paused") return kept;
			if (!kept.live || kept.stopped) return "not-live";
			return { ...kept, stopped: { ...by, as: "paused" } };
		}),
	)
	.post("/:site/experiences/:experience/resume", acts("marketer", "experience.resumed"), (context) =>
		stop(context.env, context.req.param(), byOf(context), (kept) => {
			if (kept.stopped?.as === "archived" || !kept.live) return "not-paused";
			return kept.stopped ? { ...kept, stopped: null } : kept;
		}),
	)
	.post("/:site/experiences/:experience/archive", acts("marketer", "experience.archived"), (context) =>
		stop(context.env, context.req.param(), byOf(context), (kept, by) => {
			if (kept.stopped?.as === "archived") return kept;
			return { ...kept, stopped: { ...by, as: "archived" } };
		}),
	)
	/** What was live before comes back paused, everything else as a draft. */
	.post("/:site/experiences/:experience/restore", acts("marketer", "experience.restored"), (context) =>
		stop(context.env, context.req.param(), byOf(context), (kept, by) => {
			if (kept.stopped?.as !== "archived") return "not-archived";
			return { ...kept, stopped: kept.live ? { ...by, as: "paused" } : null };
		}),
	);

/** Without a body all that has changed is meant. */
async function chosenIn(request: Request) {
	if (!request.body) return { is: "parsed", value: undefined } as const;
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
function disagreement({ definitions, settings }: Held, chosen: Chosen, { going }: Plan): Refused | undefined {
	for (const { kind, id, version } of chosen) {
		if (kind === "settings") {
			if (settings?.version !== version) return refused(409, { error: "changed-meanwhile" }) as Refused;
			continue;
		}
		const kept = find(definitions, { kind, id });
		if (!kept) return definitionUnknown as Refused;
		const conflict = changedMeanwhile(kept, version) as Refused | undefined;
		if (conflict) return conflict;
		if (kept.stopped?.as === "archived")
			return refused(409, { error: "archived", current: keptView(kept) }) as Refused;
	}
	const listed = new Set(chosen.map(({ kind, id }) => `${kind}/${id}`));
	const more = going.map(({ ref }) => ref).filter((ref) => !listed.has(keyOf(ref)));
	return more.length > 0 ? (refused(409, { error: "more-needed", more }) as Refused) : undefined;
}

type Refused = Extract<Outcome, { is: "refused" }>;
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
			if (!held.settings) return { changes: none, answer: refused(404, siteUnknown) as Refused };
			const after = decide(held);
			if ("is" in after) return { changes: none, answer: after };
			const definitions = [...after.definitions, ...(after.settings ? [after.settings] : [])].filter(
				(one) => one !== held.settings && !held.definitions.includes(one),
			);
			if (after.isQuiet) return { changes: { definitions }, answer: after };
			const live = liveOf<Experience>(after.definitions);
			const problems: Problem[] = problemsAmong(live);
			if (problems.length > 0)
				return { changes: none, answer: refused(422, { error: "inconsistent", problems }) as Refused };
			const revision = Math.max(held.revision, await siteOf(env, site).revision()) + 1;
			const snapshot = snapshotOf(site, revision, live, after.settings);
			if (!snapshot) return { changes: { definitions }, answer: after };
			if (new TextEncoder().encode(JSON.stringify(snapshot)).length > limits.snapshotBytes)
				return { changes: none, answer: refused(422, { error: "too-large" }) as Refused };
			return { changes: { definitions, publication: { snapshot, ...by } }, answer: after };
		}),
	);
	if ("is" in decided) return decided;
	return { is: "live", held: decided, published: await push(env, site) };
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
async function stop(
	env: AdminEnv,
	{ site, experience }: { readonly site: string; readonly experience: string },
	by: By,
	decide: (kept: Kept, by: By) => Kept | string,
): Promise<Response> {
	const ref = { kind: "experience", id: experience } as const;
	const outcome = await goLive(env, site, by, ({ definitions, settings }) => {
		const kept = find(definitions, ref);
		if (!kept || (kept.draft === null && !kept.live)) return definitionUnknown as Refused;
		const next = decide(kept, by);
		if (typeof next === "string") return refused(409, { error: next, current: keptView(kept) }) as Refused;
		const after = definitions.map((one) => (one === kept ? next : one));
		// What comes back has to stand together with the drafts of today.
		const problems = next.stopped?.as === "archived" ? [] : problemsAmong(draftsOf<Experience>(after), ref);
		if (problems.length > 0) return refused(422, { error: "inconsistent", problems }) as Refused;
		return { definitions: after, settings, isQuiet: isMet(kept) === isMet(next) };
	});
	if (outcome.is === "refused") return answer(outcome);
	const all = outcome.held.definitions;
	const kept = find(all, ref);
	return answer(kept ? { is: "kept", kept, all } : definitionUnknown);
}

/** Whether visitors meet it. */
function isMet({ live, stopped }: Kept): boolean {
	return live !== null && !stopped;
}

function goingView(
	kept: Kept | undefined,
	{ kind, id }: { readonly kind: Ref["kind"] | "settings"; readonly id: string },
	of: Ref | null,
): z.infer<typeof PublishPreview>["definitions"] {
	if (!kept) return [];
	const { draft, live, version, changed } = kept;
	const does = draft === null ? "goes" : live ? "changes" : "goes-live";
	const names = namesOf(kept);
	return [{ kind, id, names, version, changedAt: changed.at, changedBy: changed.by, does, of }];
}
