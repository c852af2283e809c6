// Offers with what only the content Worker can fill in: personal words, and recommended products. It is asked once, and only
// where there is something to fill; and a page does not wait long for it.

import type { Filling } from "../cell/call.ts";
import type { EdgeEnv } from "../platform/env.ts";
import { logFault } from "../platform/log.ts";
import { within } from "../platform/within.ts";
import { withoutEmpty } from "../protocol/empty.ts";
import type { Offer } from "../protocol/experience.ts";
import { hasTemplate, written } from "../protocol/texts.ts";

/** After so long a page goes without. */
const patienceMs = 300;

/** What is to be shown. What could not be filled is left out, and an offer of which nothing sensible would be left. */
export async function filled(
	env: Pick<EdgeEnv, "CONTENT">,
	site: string,
	{ show, fill }: { readonly show: readonly Offer[]; readonly fill?: Filling },
): Promise<readonly Offer[]> {
	if (!fill || show.length === 0) return show;
	try {
		const answer = await within(patienceMs, env.CONTENT.fill({ site, offers: show, ...fill }));
		return answer.filter((offer) => offer !== null) as readonly Offer[];
	} catch (error) {
		logFault("fill", error);
		return show.flatMap((offer) => unfilled(offer) ?? []);
	}
}

/** Without products, and what a template stands in: nobody ever sees one raw. */
function unfilled(offer: Offer): Offer | null {
	const plain = written(offer, (text) => (hasTemplate(text) ? undefined : text));
	if (!plain) return null;
	const { blocks } = plain.content;
	const isTelling = blocks.some(({ kind }) => kind !== "heading" && kind !== "image");
	// What lost what it had to say is left out, too.
	return blocks.length < offer.content.blocks.length && !isTelling ? null : withoutEmpty(plain);
}
