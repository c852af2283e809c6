// Definitions and settings as they are told: with their names, their state, who changed them, and no secret.

import type * as z from "zod/mini";
import { hasChanges, type Kept, stateOf } from "../domain/kept.ts";
import { type Definition, type Kind, keyOf, type Ref } from "../domain/kinds.ts";
import type { UseBy } from "../domain/uses.ts";
import type { InEach } from "../domain/words/language.ts";
import type { AdminEnv } from "../platform/env.ts";
import type * as schema from "../protocol/definition.schema.ts";
import type { WrittenSettings } from "../protocol/site.ts";
import { type WhoIs, whoAmong } from "./who.ts";

export type KeptView = z.infer<typeof schema.Kept>;
export type UseView = z.infer<typeof schema.Uses>["uses"][number];
export type KeptDefinition = Kept & { readonly kind: Kind };

const attentionNames = { pl: "Budżet uwagi", en: "Attention budget" } as const;
const settingsNames = { pl: "Ustawienia serwisu", en: "Settings of the site" } as const;

/** What a marketer called it, in its draft or in what is live; else its id. */
export function namesOf({
	kind,
	id,
	draft,
	live,
}: Pick<Kept, "kind" | "id" | "draft" | "live">): InEach<string> {
	if (kind === "attention") return attentionNames;
	if (kind === "settings") return settingsNames;
	const body = Object(draft ?? live?.body) as {
		readonly names?: InEach<string>;
		readonly name?: string;
		readonly tag?: string;
	};
	const name = body.name ?? body.tag ?? id;
	return body.names ?? { pl: name, en: name };
}

/** Names whoever had a hand in any of these. */
export function whoOf(env: AdminEnv, all: readonly Kept[]): Promise<WhoIs> {
	return whoAmong(
		env,
		all.flatMap(({ changed, live, stopped }) =>
			[changed, live, stopped].flatMap((one) => (one ? [one.by] : [])),
		),
	);
}

export function keptView(kept: KeptDefinition, who: WhoIs): KeptView {
	const { kind, id, version, changed, of, draft, live, stopped } = kept;
	return {
		kind,
		id,
		names: namesOf(kept),
		state: stateOf(kept),
		stopped: stopped && { at: stopped.at, by: who(stopped.by) },
		hasChanges: hasChanges(kept),
		version,
		changedAt: changed.at,
		changedBy: who(changed.by),
		of,
		draft,
		live: live && {
			version: live.version,
			publishedAt: live.at,
			publishedBy: who(live.by),
			definition: live.body,
		},
	};
}

/** Each with the name and the state of what uses it. */
export function useViews(uses: readonly UseBy[], all: readonly Kept[]): UseView[] {
	const byKey = new Map(all.map((one) => [keyOf(one as Ref), one]));
	return uses.flatMap(({ of, by, at, isNeeded }) => {
		const user = byKey.get(keyOf(by));
		if (!user) return [];
		return [{ of, by: { ...by, names: namesOf(user), state: stateOf(user) }, at: [...at], isNeeded }];
	});
}

/** The drafts of all, archived ones among them: they come back as they are. */
export function draftsWithArchived(all: readonly Kept[]): readonly Definition[] {
	return all.flatMap(({ kind, id, draft }) =>
		draft === null ? [] : [{ kind, id, body: draft } as Definition],
	);
}

export async function settingsView(
	env: AdminEnv,
	kept: Kept<WrittenSettings>,
): Promise<z.infer<typeof schema.KeptSettings>> {
	const { version, changed, draft, live } = kept;
	const who = await whoOf(env, [kept]);
	return {
		version,
		changedAt: changed.at,
		changedBy: who(changed.by),
		hasChanges: hasChanges(kept),
		settings: draft && withoutKey(draft),
		live: live && {
			version: live.version,
			publishedAt: live.at,
			publishedBy: who(live.by),
			settings: withoutKey(live.body),
		},
	};
}

/** Of HS256 the key is a secret, and nobody needs to read any of the others back. */
function withoutKey({ login, ...settings }: WrittenSettings) {
	if (!login) return settings;
	const { key: _, ...told } = login;
	return { ...settings, login: told };
}
