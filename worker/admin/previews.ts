// Links by which the site's own people see an experience on the live site before anybody else does.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { whereabouts } from "../data/cards.ts";
import { databaseOf } from "../data/database.ts";
import { heldOf } from "../data/definitions.ts";
import type { Env } from "../platform/env.ts";
import { siteOf } from "../platform/name.ts";
import { type PreviewLink, PreviewLinkBody } from "../protocol/preview.schema.ts";
import type { Experience } from "../protocol/site.ts";
import { find } from "./outcome.ts";
import { acts } from "./policy.ts";
import { type Answer, asked, parse, siteUnknown } from "./request.ts";

const hourMs = 3_600_000;

export const previewRoutes = new Hono<{ Bindings: Env }>().post(
	"/:site/experiences/:experience/preview",
	acts("marketer", "preview.made"),
	async (context) => {
		const { env } = context;
		const { site, experience: id } = context.req.param();
		const parsed = await parse(context.req.raw, PreviewLinkBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { url, of, person, persona, variant, atOnce, hours } = parsed.value;
		const settings = await siteOf(env, site).settings();
		if (!settings) return context.json(siteUnknown, 404);
		const { origins } = settings;
		// The link shows what is not published yet: it leads to pages of the site alone.
		if (origins.length > 0 && !origins.includes(new URL(url).origin))
			return context.json({ error: "origin-refused" } satisfies Answer, 422);
		const { definitions } = await asked(heldOf(env, site));
		const kept = find(definitions, { kind: "experience", id });
		// What was published last, though it may be paused.
		const found = (of === "draft" ? kept?.draft : kept?.live?.body) as Experience | null | undefined;
		if (!found) return context.json({ error: "experience-unknown" } satisfies Answer, 404);
		const tried = found.variants?.find((one) => one.id === variant);
		if (variant && !tried) return context.json({ error: "variant-unknown" } satisfies Answer, 404);
		const known = person && (await asked(whereabouts(databaseOf(env, site), site, [person]))).get(person);
		if (person && !known) return context.json({ error: "person-unknown" } satisfies Answer, 404);
		const whole = { ...found, content: tried?.content ?? found.content };
		const preview = {
			experience: atOnce ? { ...whole, trigger: { kind: "at-once" } as const } : whole,
			...(known && { person: { person: known.person, cell: known.cell } }),
			...(persona && { words: persona }),
		};
		const now = Date.now();
		const span = { issuedAt: now, expiresAt: now + hours * hourMs };
		const link = await siteOf(env, site).previewLink(site, preview, url, span);
		return context.json({ url: link, expiresAt: span.expiresAt } satisfies z.infer<typeof PreviewLink>);
	},
);
