// Attributes that the platform knows by their meaning, by their names in the language of the screen.

import { useMemo } from "preact/hooks";
import type { Builder } from "../../../../protocol/builder.ts";
import { type Reading, useAsked } from "../../api/asked.ts";
import { useLang } from "../../language.ts";
import type { Meaning } from "./targets.ts";

export type Named = Meaning & { readonly label: string };

export function useMeanings(): Reading<readonly Named[]> {
	const lang = useLang();
	const asked = useAsked<Builder>("/api/fields");
	const value = useMemo(
		() =>
			asked.value?.attributes.map(
				({ name, words, test: { of } }): Named => ({
					name,
					label: words[lang].slice(0, 1).toLocaleUpperCase() + words[lang].slice(1),
					type: of === "number" || of === "date" || of === "list" ? of : "text",
				}),
			),
		[asked.value, lang],
	);
	return { ...asked, value };
}

/** What an attribute is called. */
export function labelIn(meanings: readonly Named[], name: string): string {
	return meanings.find((one) => one.name === name)?.label ?? name;
}
