// What a site's conditions may speak of, asked of the API.

import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type * as z from "zod/mini";
import type { AttributeNames } from "../../../protocol/attribute.ts";
import type { Builder } from "../../../protocol/builder.ts";
import type * as schema from "../../../protocol/suggestion.schema.ts";
import { useAsked } from "../api/asked.ts";
import { call } from "../api/call.ts";
import { useDefinitions } from "../definitions/kept.ts";
import { type Lang, useFormat, useLang } from "../language.ts";
import type { Suggestion } from "../parts/combobox.tsx";
import type { Option } from "../parts/field.tsx";
import { Answered } from "../parts/page.tsx";
import { useSite } from "../site.ts";
import { type Known, KnownContext, type KnownField } from "./known.ts";
import type { ValueKind } from "./tests.tsx";

type Part = Builder["attributes"][number]["test"];
type Suggestions = z.infer<typeof schema.Suggestions>;

/** Values with names: those that a field has, or those of which the platform knows the names. */
function namedIn({ values }: Part, lang: Lang): readonly Option[] | undefined {
	return values?.map(({ value, words }) => ({ value: String(value), label: words[lang] }));
}

const types: readonly string[] = ["text", "number", "date"] satisfies readonly KnownField["type"][];
const kinds: readonly string[] = ["text", "number", "date", "list"] satisfies readonly ValueKind[];

/** Fields that are one test of a value: the builder is made of these as they come. */
function fieldsIn({ fields }: Builder, lang: Lang): readonly KnownField[] {
	return fields.flatMap(({ field, words, parts }) => {
		const [part] = parts;
		if (!part || parts.length > 1 || part.is !== "test" || !part.of || !types.includes(part.of)) return [];
		// The age is asked with questions of its own.
		if (field === "age") return [];
		const values = namedIn(part, lang);
		return [
			{
				id: field,
				type: part.of as KnownField["type"],
				label: capital(words[lang]),
				...(values && { values }),
			},
		];
	});
}

function attributesIn({ attributes }: Builder, lang: Lang): Known["attributes"] {
	return attributes.map(({ name, words, test }) => {
		const kind = test.of === "choice" ? "text" : test.of;
		const values = namedIn(test, lang);
		return {
			name,
			label: words[lang],
			...(kind && kinds.includes(kind) && { kind: kind as ValueKind }),
			...(values && { values }),
		};
	});
}

/** Those that somebody gave a name: of any other the name that it is sent by is all that is known. */
function ownIn(attributes: AttributeNames["attributes"], lang: Lang): Known["attributes"] {
	return attributes.map(({ name, names, kind }) => ({ name, label: names[lang], ...(kind && { kind }) }));
}

const namesOf = (events: Builder["events"], lang: Lang) =>
	new Map(events.map(({ name, words }) => [name, capital(words[lang])]));
const capital = (text: string) => text.slice(0, 1).toLocaleUpperCase() + text.slice(1);

/** Whatever builds conditions stands within it. */
export function SiteKnown({ children }: { readonly children: ComponentChildren }) {
	const lang = useLang();
	const site = useSite();
	const format = useFormat();
	const asked = useAsked<Builder>("/api/fields");
	const segments = useDefinitions("segment").value?.definitions;
	const lists = useDefinitions("list").value?.definitions;
	const programmes = useDefinitions("programme").value?.definitions;
	const builder = asked.value;
	const own = useAsked<AttributeNames>(`${site.api}/attribute-names`).value?.attributes;
	const known = useMemo(
		(): Known | undefined =>
			builder && {
				fields: fieldsIn(builder, lang),
				attributes: [...attributesIn(builder, lang), ...ownIn(own ?? [], lang)],
				events: builder.events.map(({ name, words }) => ({ value: name, label: capital(words[lang]) })),
				segments: (segments ?? []).map(({ id, names }) => ({ value: id, label: names[lang] })),
				lists: (lists ?? []).map(({ id, names }) => ({ value: id, label: names[lang] })),
				programmes: (programmes ?? []).map(({ id, names, draft }) => ({
					value: id,
					label: names[lang],
					tiers: (draft?.tiers ?? []).map((tier) => ({ value: tier.id, label: tier.name })),
				})),
				suggest: async (field, written, which) => {
					const q = written.trim();
					const query = new URLSearchParams({ field, language: lang, ...which, ...(q && { q }) });
					const { values } = await call<Suggestions>("GET", `${site.api}/suggestions?${query}`);
					const named =
						field === "event"
							? namesOf(builder.events, lang)
							: field === "attribute"
								? new Map(ownIn(own ?? [], lang).map((one) => [one.name, one.label]))
								: undefined;
					return values.map(
						({ value, label, count }): Suggestion => ({
							value,
							label: named?.get(value) ?? label ?? value,
							...(count !== null && { note: format.number(count) }),
						}),
					);
				},
			},
		[builder, own, segments, lists, programmes, lang, site.api, format],
	);
	return (
		<Answered asked={asked}>
			{() => known && <KnownContext.Provider value={known}>{children}</KnownContext.Provider>}
		</Answered>
	);
}
