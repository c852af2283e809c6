// What the site's own people see of an experience by a preview's link, in place of what visitors are shown. Nothing is
// asked of D1, and nothing is recorded.

import { previewed, type Shown, seenOn } from "../cell/offers.ts";
import { tasteOfNobody } from "../cell/taste.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { keyringOf } from "../platform/key.ts";
import { readLink } from "../platform/link.ts";
import { cellOf, siteOf } from "../platform/name.ts";
import type { Page } from "../protocol/collect.ts";
import type { Offer } from "../protocol/experience.ts";
import { filled } from "./filled.ts";

/** By what the preview is known; nothing for a mark that is none, or no longer good. */
export async function previewIn(env: EdgeEnv, site: string, mark: string): Promise<string | undefined> {
	const link = await readLink(keyringOf(env.TOKEN_KEYS), "preview", mark, Date.now());
	return link?.site === site ? link.subject : undefined;
}

/** The one offer of the preview, filled as for whom it was made. */
export async function preview(env: EdgeEnv, site: string, id: string, page: Page): Promise<readonly Offer[]> {
	const kept = await siteOf(env, site).preview(id);
	if (!kept) return [];
	const { experience, person, words = { person: {} } } = kept;
	// The types of what a call brings back know of no tuples.
	const shown = person
		? ((await cellOf(env, site, person.cell).pose({ person: person.person, experience, page })) as
				| Shown
				| undefined)
		: previewed(
				experience,
				{ page, site: {} },
				() => words,
				() => tasteOfNobody(seenOn(page), Date.now()),
				Date.now(),
			);
	if (!shown) return [];
	return (await filled(env, site, shown)).map(marked);
}

const marks = { pl: "▸ PODGLĄD · nic się nie liczy", en: "▸ PREVIEW · nothing is counted" } as const;

/** Whoever looks at it sees what it is, whatever surface it has. */
function marked(offer: Offer): Offer {
	const { content, language } = offer;
	const mark = { kind: "text", text: marks[language] } as const;
	return {
		...offer,
		chunk: "popup",
		preview: true,
		content: { ...content, blocks: [mark, ...content.blocks] },
	};
}
