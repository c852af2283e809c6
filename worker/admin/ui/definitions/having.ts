// How many people have a tag or are in a segment, of those that the API looks at: the latest of the site.

import type * as z from "zod/mini";
import type * as schema from "../../../protocol/suggestion.schema.ts";
import { useAsked } from "../api/asked.ts";
import { useFormat } from "../language.ts";
import { useSite } from "../site.ts";

type Suggestions = z.infer<typeof schema.Suggestions>;

/** Written out; nothing while it is not known, and of what the API does not name among the fifty most frequent. */
export function useHaving(field: "tag" | "segment"): (value: string) => string | undefined {
	const site = useSite();
	const format = useFormat();
	const asked = useAsked<Suggestions>(`${site.api}/suggestions?field=${field}&limit=50`);
	const counts = new Map(asked.value?.values.map(({ value, count }) => [value, count]));
	return (value) => {
		const count = counts.get(value);
		return count === undefined || count === null ? undefined : format.number(count);
	};
}
