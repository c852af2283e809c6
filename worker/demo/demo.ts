// The demo, on a developer's machine alone: the shop in a frame beside what Witaj knows of its visitor, a choice of
// visitors to play, and a clock to move. Everywhere else each of these addresses is not found.

import { Hono } from "hono/tiny";
import * as z from "zod/mini";
import { css, html, icon, js } from "../../dist/demo/bundle.js";
import { activityView, cardView, timelineView } from "../admin/card.ts";
import { inspectIn } from "../admin/inspect.ts";
import { entriesAsked } from "../admin/past-asked.ts";
import { candidateView, contextOf, type Explanation, explanationOf } from "../admin/sentences.ts";
import { explainIn } from "../admin/why.ts";
import { databaseOf } from "../data/database.ts";
import { ledgerOf, storyOf } from "../data/history.ts";
import { pastsOf } from "../data/past.ts";
import { publicationOf } from "../data/sites.ts";
import { beginningsOf, happeningKinds } from "../domain/happening.ts";
import type { LocalEnv } from "../platform/env.ts";
import { cellOf, siteOf } from "../platform/name.ts";
import { TimeZone } from "../protocol/site.schema.ts";
import { outboxOf } from "./outbox.ts";
import { isPersonaHost, stage } from "./persona.ts";
import type { CardReport, Report, Visitor } from "./report.ts";
import { publishedAs, type Sighting, sight } from "./story.ts";

/** The site that the demo shop's tag is of. */
const site = "demo";
const day = 86_400_000;

const policy = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"connect-src 'self'",
	"frame-src http://*.localhost:* http://localhost:*",
	"img-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join("; ");
const headers = {
	"cache-control": "no-store",
	"x-content-type-options": "nosniff",
	"referrer-policy": "no-referrer",
};

const Clock = z.object({
	offsetMs: z.int().check(z.minimum(0), z.maximum(3_650 * day)),
});
const Question = z.object({
	/** Where the persona's shop is. */
	origin: z.url().check(z.refine((text) => isPersonaHost(new URL(text).hostname))),
	/** What an earlier answer told: pages and their hosts are forgotten before the visitor is. */
	known: z.union([z.uuid(), z.literal("")]),
	path: z.string().check(z.maxLength(2_048)),
	timeZone: z.catch(TimeZone, "UTC"),
});

const CardQuestion = z.object({
	person: z.string(),
	cell: z.string(),
	kind: z.union([z.enum(happeningKinds), z.literal("")]),
	from: z.string().check(z.regex(/^\d{0,16}$/)),
	timeZone: z.catch(TimeZone, "UTC"),
});

const Why = z.object({
	person: z.string(),
	cell: z.string(),
	/** Of the site's own score where it is absent. */
	tag: z.optional(z.string()),
	timeZone: z.catch(TimeZone, "UTC"),
});

export const demo = new Hono<{ Bindings: LocalEnv }>()
	.use((context, next) =>
		context.env.LOCAL === "1" ? next() : Promise.resolve(context.json({ error: "not-found" }, 404)),
	)
	.get("/", (context) => {
		const url = new URL(context.req.url);
		if (url.hostname === "localhost" || url.hostname === "127.0.0.1") {
			url.hostname = `demo.${stage}`;
			return context.redirect(url.href);
		}
		const page = html.replace("__SHOP__", () => encodeURI(context.env.SHOP ?? ""));
		return context.html(page, 200, { ...headers, "content-security-policy": policy });
	})
	.get("/demo.js", (context) =>
		context.body(js, 200, { ...headers, "content-type": "text/javascript; charset=utf-8" }),
	)
	.get("/demo.css", (context) =>
		context.body(css, 200, { ...headers, "content-type": "text/css; charset=utf-8" }),
	)
	.get("/icon.svg", (context) => context.body(icon, 200, { ...headers, "content-type": "image/svg+xml" }))
	.get("/outbox", (context) => outboxOf(context.env, site))
	.get("/api/visitor", async (context) => {
		const asked = Question.safeParse(context.req.query());
		if (!asked.success) return context.json({ error: "malformed" }, 400);
		const clockOffsetMs = await siteOf(context.env, site).clockOffsetMs();
		const visitor = await inspect(context.env, asked.data);
		const report: Report = { now: Date.now() + clockOffsetMs, clockOffsetMs, visitor };
		return context.json(report, 200, headers);
	})
	.get("/api/why", async (context) => {
		const asked = Why.safeParse(context.req.query());
		if (!asked.success) return context.json({ error: "malformed" }, 400);
		return context.json(await why(context.env, asked.data), 200, headers);
	})
	.get("/api/card", async (context) => {
		const asked = CardQuestion.safeParse(context.req.query());
		if (!asked.success) return context.json({ error: "malformed" }, 400);
		return context.json(await cardReport(context.env, asked.data), 200, headers);
	})
	.post("/api/clock", async (context) => {
		// Any page in the developer's browser can reach this; only the demo's own may move the clock.
		if (context.req.header("origin") !== new URL(context.req.url).origin)
			return context.json({ error: "origin-refused" }, 403);
		const asked = Clock.safeParse(await context.req.json().catch(() => undefined));
		if (!asked.success) return context.json({ error: "malformed" }, 400);
		await siteOf(context.env, site).moveClock(asked.data.offsetMs);
		return context.json(asked.data, 200, headers);
	});

async function inspect(
	env: LocalEnv,
	{ origin, known, path, timeZone }: z.infer<typeof Question>,
): Promise<Visitor | null> {
	const db = databaseOf(env, site);
	const seen = await sight(db, site, new URL(origin).origin, known);
	if (!seen) return null;
	const { part, isUnproven } = seen;
	const here = seen.path ?? path;
	// The cell first: where time has made it forget or decide anew, that is what D1 is told next.
	const found = await inspectAnywhere(env, seen, here);
	if (!found) return null;
	const { inspected, cell } = found;
	const [{ snapshot, names }, ledger, story] = await Promise.all([
		publishedAs(db, site, inspected.revision),
		ledgerOf(db, site, inspected.person, inspected.now),
		storyOf(db, site, inspected.person, inspected.now),
	]);
	const context = contextOf(snapshot.settings, snapshot.definitions, timeZone);
	const person = {
		...inspected,
		segments: inspected.segments.map(({ id, name, since, ...why }) => {
			return { id, name, since, ...explanationOf(why, context) };
		}),
		candidates: inspected.candidates.map((one) => candidateView(one, context)),
	};
	return { id: part, cell, path: here, person, isUnproven, rules: names, ledger, story };
}

/** Who merely typed an address is in a cell of their own, which only the cells themselves know. */
async function inspectAnywhere(env: LocalEnv, { part, cell }: Sighting, path: string) {
	const [visitor = part] = part.split(".");
	const cells = new Set([...(cell === null ? [] : [cell]), ...(await siteOf(env, site).cells())]);
	for (const one of cells) {
		const inspected = await inspectIn(cellOf(env, site, one), visitor, path);
		if (inspected) return { inspected, cell: one };
	}
	return undefined;
}

/** As the API has it; nothing where nobody is known so, or not any more. */
async function cardReport(
	env: LocalEnv,
	{ person, cell, kind, from, timeZone }: z.infer<typeof CardQuestion>,
): Promise<CardReport | null> {
	const card = await cellOf(env, site, cell).card(person);
	const published = await publicationOf(env, site);
	if (!card || !published) return null;
	const { settings, definitions } = published;
	const context = contextOf(settings, definitions, timeZone);
	const query = {
		limit: 50,
		...(from && { from: Number(from) }),
		...(kind && { kind: { beginnings: beginningsOf(kind), isOther: kind === "other" } }),
	};
	const [view, timeline, activity] = await Promise.all([
		cardView(env, site, card, { context, definitions }),
		timelineView(env, site, card, query, context),
		activityView(env, site, card),
	]);
	return { card: view, timeline, activity };
}

/** Nothing where nobody is known so, or not any more. */
async function why(
	env: LocalEnv,
	{ person, cell, tag, timeZone }: z.infer<typeof Why>,
): Promise<Explanation | null> {
	const question =
		tag === undefined ? ({ of: "score", programme: null } as const) : ({ of: "tag", tag } as const);
	const now = Date.now() + (await siteOf(env, site).clockOffsetMs());
	const { pasts } = await pastsOf(databaseOf(env, site), site, [person], entriesAsked[question.of], now);
	const people = [{ person, past: pasts.get(person) ?? {} }];
	const answer = await explainIn(cellOf(env, site, cell), { people, question });
	const published = await publicationOf(env, site);
	const [explained] = answer.is === "explained" ? answer.people : [];
	if (!explained || !published) return null;
	return explanationOf(explained.why, contextOf(published.settings, published.definitions, timeZone));
}
