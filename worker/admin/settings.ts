// A site's settings: kept like a definition, with a draft and what of it is live.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { change, heldOf } from "../data/definitions.ts";
import { type Kept, newlyKept, withDraft } from "../domain/kept.ts";
import { unfitKey } from "../platform/jwt.ts";
import { type SettingsConflict, SettingsQuery } from "../protocol/definition.schema.ts";
import { SettingsBody } from "../protocol/site.schema.ts";
import type { WrittenSettings } from "../protocol/site.ts";
import type { AdminHono } from "./actor.ts";
import { settingsView } from "./kept.ts";
import { acts, nothingDone, reads } from "./policy.ts";
import { type Answer, asked, parse, parseQuery, refused, siteUnknown } from "./request.ts";
import { byOf } from "./who.ts";

type Saved =
	| { readonly is: "kept"; readonly kept: Kept<WrittenSettings>; readonly isSame: boolean }
	| { readonly is: "conflict"; readonly kept: Kept<WrittenSettings> | undefined }
	| ReturnType<typeof refused>;

export const settingsRoutes = new Hono<AdminHono>()
	.get("/:site/settings", reads("analyst"), async (context) => {
		const { env } = context;
		const { settings } = await asked(heldOf(env, context.req.param("site")));
		return settings ? context.json(await settingsView(env, settings)) : context.json(siteUnknown, 404);
	})
	.put("/:site/settings", acts("owner", "settings.saved"), async (context) => {
		const query = parseQuery(context.req.query(), SettingsQuery);
		if (query.is === "refused") return context.json(query.answer, 422);
		const parsed = await parse(context.req.raw, SettingsBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { version } = query.value;
		const by = byOf(context);
		const saved = await asked(
			change<Saved>(context.env, context.req.param("site"), async ({ settings }) => {
				const none = { definitions: [] };
				if (version !== undefined && version !== (settings?.version ?? 0))
					return { changes: none, answer: { is: "conflict", kept: settings } };
				const written = withKey(parsed.value, settings?.draft ?? undefined);
				if ("is" in written) return { changes: none, answer: written };
				const before = settings ?? newlyKept("settings", "settings", by);
				const kept = withDraft<WrittenSettings>(before, written, by);
				const isSame = kept === settings;
				return {
					changes: isSame ? none : { definitions: [kept] },
					answer: { is: "kept", kept, isSame },
				};
			}),
		);
		switch (saved.is) {
			case "refused":
				return context.json(saved.answer, 422);
			case "conflict":
				return context.json(
					{
						error: "changed-meanwhile",
						...(saved.kept && { current: await settingsView(context.env, saved.kept) }),
					} satisfies z.infer<typeof SettingsConflict>,
					409,
				);
			case "kept":
				if (saved.isSame) nothingDone(context);
				return context.json(await settingsView(context.env, saved.kept));
		}
	});

/** The login keeps the key that it has where none is sent, as long as it is one for the same algorithm. */
function withKey(
	sent: z.infer<typeof SettingsBody>,
	known: WrittenSettings | undefined,
): WrittenSettings | ReturnType<typeof refused> {
	const { login, ...settings } = sent;
	if (!login) return settings;
	const kept = known?.login?.algorithm === login.algorithm ? known.login.key : undefined;
	const key = login.key ?? kept;
	const unfit = key === undefined ? "member-missing" : unfitKey({ algorithm: login.algorithm, key });
	if (key === undefined || unfit !== undefined)
		return refused("malformed", [{ at: "login.key", why: unfit ?? "" }]) satisfies { answer: Answer };
	return { ...settings, login: { ...login, key } };
}
