// Questions that visitors ask, with the site's own answers. What is saved holds at once: there is nothing to publish.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { databaseOf } from "../data/database.ts";
import {
	addEntry,
	changeEntry,
	dropEntry,
	entriesOf,
	entryOf,
	orderEntries,
	type StoredEntry,
} from "../data/faq.ts";
import { rank } from "../domain/faq.ts";
import { uuidv7 } from "../platform/id.ts";
import {
	FaqBody,
	FaqChange,
	type FaqConflict,
	type FaqEntries,
	type FaqEntry,
	type FaqFound,
	FaqOrder,
	FaqQuery,
} from "../protocol/faq.schema.ts";
import type { AdminHono } from "./actor.ts";
import { about, acts, reads } from "./policy.ts";
import { type Answer, asked, parse, parseQuery } from "./request.ts";
import { byOf, type WhoIs, whoAmong } from "./who.ts";

const mostEntries = 500;
const entryUnknown: Answer = { error: "entry-unknown" };
type Entry = z.infer<typeof FaqEntry>;

export const faqRoutes = new Hono<AdminHono>()
	.get("/:site/faq", reads("analyst"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const all = await asked(entriesOf(databaseOf(env, site), site));
		const who = await whoAmong(
			env,
			all.map((one) => one.changedBy),
		);
		return context.json({
			entries: all.map((one) => entryIn(one, who)),
		} satisfies z.infer<typeof FaqEntries>);
	})
	/** What a visitor who asks so would be told. */
	.get("/:site/faq/search", reads("analyst"), async (context) => {
		const site = context.req.param("site");
		const query = parseQuery(context.req.query(), FaqQuery);
		if (query.is === "refused") return context.json(query.answer, 422);
		const { q, language } = query.value;
		const all = await asked(entriesOf(databaseOf(context.env, site), site));
		const entries = all.map(({ id, texts }) => ({ id, texts: JSON.parse(texts) as Entry["texts"] }));
		const found = rank(entries, q, ({ texts }) => texts[language]);
		return context.json({
			found: found.flatMap(({ entry: { id, texts }, score }) => {
				const text = texts[language];
				return text ? [{ id, ...text, score }] : [];
			}),
		} satisfies z.infer<typeof FaqFound>);
	})
	.post("/:site/faq", acts("marketer", "faq.added"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const parsed = await parse(context.req.raw, FaqBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { at, by } = byOf(context);
		const texts = JSON.stringify(parsed.value.texts);
		const added = { id: uuidv7(at), version: 1, texts, changedAt: at, changedBy: by };
		if (!(await asked(addEntry(databaseOf(env, site), site, added, mostEntries))))
			return context.json({ error: "too-many" } satisfies Answer, 409);
		about(context, { entry: added.id });
		return context.json(entryIn(added, await whoAmong(env, [by])));
	})
	.put("/:site/faq", acts("marketer", "faq.ordered"), async (context) => {
		const site = context.req.param("site");
		const parsed = await parse(context.req.raw, FaqOrder);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const ids = [...new Set(parsed.value.ids)];
		return (await asked(orderEntries(databaseOf(context.env, site), site, ids)))
			? context.json({ ok: true })
			: context.json({ error: "changed-meanwhile" } satisfies Answer, 409);
	})
	.put("/:site/faq/:entry", acts("marketer", "faq.changed"), async (context) => {
		const { env } = context;
		const { site, entry: id } = context.req.param();
		const parsed = await parse(context.req.raw, FaqChange);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { at, by } = byOf(context);
		const db = databaseOf(env, site);
		const { version, texts } = parsed.value;
		const changed = { id, version, texts: JSON.stringify(texts), changedAt: at, changedBy: by };
		if (await asked(changeEntry(db, site, changed)))
			return context.json(entryIn({ ...changed, version: version + 1 }, await whoAmong(env, [by])));
		const current = await asked(entryOf(db, site, id));
		if (!current) return context.json(entryUnknown, 404);
		return context.json(
			{
				error: "changed-meanwhile",
				current: entryIn(current, await whoAmong(env, [current.changedBy])),
			} satisfies z.infer<typeof FaqConflict>,
			409,
		);
	})
	.delete("/:site/faq/:entry", acts("marketer", "faq.removed"), async (context) => {
		const { site, entry } = context.req.param();
		return (await asked(dropEntry(databaseOf(context.env, site), site, entry)))
			? context.json({ ok: true })
			: context.json(entryUnknown, 404);
	});

function entryIn({ texts, changedBy, ...entry }: StoredEntry, who: WhoIs): Entry {
	return { ...entry, texts: JSON.parse(texts), changedBy: who(changedBy)?.name ?? null };
}
