// What a marketer writes: words, links, and words with simple marks, which the widget makes elements of and never HTML.

import * as z from "zod/mini";

export const Words = z.string().check(z.minLength(1), z.maxLength(500));

/** A link leads to the web and nowhere else. */
const isLink = (url: string) => /^(https?:\/\/|\/(?![/\\]))/i.test(url);
export const Link = z
	.string()
	.check(z.maxLength(2_048), z.refine(isLink, "a link starts with https:// or /"));

/**
 * `**bold**`, `_italic_` and `[words](link)`; a backslash before a mark takes it as it is, and what is no whole mark is text.
 * Checked here is where links lead, and once more in the widget (widget/ui/marks.tsx), which says what a mark is.
 */
export const linksAreSound = z.refine<string>(
	(text) => [...text.matchAll(/\]\(([^)\s]*)\)/g)].every(([, link = ""]) => isLink(link)),
	{ error: "a link starts with https:// or /" },
);
export const Marked = z.string().check(z.minLength(1), z.maxLength(2_000), linksAreSound);
