// Secret keys for the site's servers: made, listed and revoked.

import { Hono } from "hono/tiny";
import type { Env } from "../platform/env.ts";
import { siteOf } from "../platform/name.ts";
import { SecretKeyBody } from "../protocol/key.schema.ts";
import { about, acts, reads } from "./policy.ts";
import { type Answer, parse } from "./request.ts";

export const secretKeyRoutes = new Hono<{ Bindings: Env }>()
	.get("/:site/secret-keys", reads("owner"), async (context) =>
		context.json({ keys: [...(await siteOf(context.env, context.req.param("site")).secretKeys())] }),
	)
	.post("/:site/secret-keys", acts("owner", "secret-key.made"), async (context) => {
		const site = context.req.param("site");
		const parsed = await parse(context.req.raw, SecretKeyBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const made = await siteOf(context.env, site).makeSecretKey(site, parsed.value);
		about(context, { key: made.id });
		return context.json({ ...made, scopes: [...made.scopes] }, 200, { "cache-control": "no-store" });
	})
	.delete("/:site/secret-keys/:key", acts("owner", "secret-key.revoked"), async (context) => {
		const { site, key } = context.req.param();
		return (await siteOf(context.env, site).revokeSecretKey(key))
			? context.json({ ok: true })
			: context.json({ error: "key-unknown" } satisfies Answer, 404);
	});
