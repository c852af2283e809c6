// The contents of an experience: its own, and those of its variants.

import type { Content } from "./experience.ts";
import type { Experience } from "./site.ts";

/** In every language. */
export function contentsOf({
	content,
	variants = [],
}: Pick<Experience, "content" | "variants">): readonly Content[] {
	return [content, ...variants.flatMap((one) => one.content ?? [])].flatMap((one) => Object.values(one));
}
