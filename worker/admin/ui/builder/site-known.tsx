// What a site's conditions may speak of, asked of the API.

import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { call } from "../api/call.ts";
import { useAsked } from "../api/asked.ts";
import { useDefinitions } from "../definitions/kept.ts";
import { useLang } from "../language.ts";
import type { Suggestion } from "../parts/combobox.tsx";
import { Answered } from "../parts/page.tsx";
import { useSite } from "../site.ts";
import { type Known, KnownContext } from "./known.ts";

type Vocabulary = Pick<Known, "fields" | "attributes" | "events">;

/** Whatever builds conditions stands within it. */
export function SiteKnown({ children }: { readonly children: ComponentChildren }) {
	const lang = useLang();
	const site = useSite();
	const vocabulary = useAsked<Vocabulary>(`${site.api}/vocabulary?language=${lang}`);
	const segments = useDefinitions("segment").value?.definitions;
	const lists = useDefinitions("list").value?.definitions;
	const programmes = useDefinitions("programme").value?.definitions;
	const known = useMemo(
		(): Known | undefined =>
			vocabulary.value && {
				...vocabulary.value,
				segments: (segments ?? []).map(({ id, names }) => ({ value: id, label: names[lang] })),
				lists: (lists ?? []).map(({ id, names }) => ({ value: id, label: names[lang] })),
				programmes: (programmes ?? []).map(({ id, names, draft }) => ({
					value: id,
					label: names[lang],
					tiers: (draft?.tiers ?? []).map((tier) => ({ value: tier.id, label: tier.name })),
				})),
				suggest: async (field, q) => {
					const query = new URLSearchParams({ field, q });
					const { suggestions } = await call<{ suggestions: readonly Suggestion[] }>(
						"GET",
						`${site.api}/suggestions?${query}`,
					);
					return suggestions;
				},
			},
		[vocabulary.value, segments, lists, programmes, lang, site.api],
	);
	return (
		<Answered asked={vocabulary}>
			{() => known && <KnownContext.Provider value={known}>{children}</KnownContext.Provider>}
		</Answered>
	);
}
