// Pop-ups that an agent pushes into a visitor's page: as they were published, filled with what may be told to whoever gets
// them. They are asked for by an agent and not decided, so nothing bounds them and nothing is given with them.

import { contentFor, givesOnce } from "../cell/gifts.ts";
import { previewed, type Shown } from "../cell/offers.ts";
import { tasteOfNobody } from "../cell/taste.ts";
import { heldOf } from "../data/definitions.ts";
import type { AdminEnv } from "../platform/env.ts";
import { cellOf, deskOf } from "../platform/name.ts";
import type { AgentCommand } from "../protocol/chat.ts";
import type { Offer } from "../protocol/experience.ts";
import type { Experience } from "../protocol/site.ts";
import { find } from "./outcome.ts";
import { asked } from "./request.ts";

/** What is to be shown, by command. None for what is not live, stands in a place of its own, or gives something to each but once. */
export async function pushedBy(
	env: AdminEnv,
	site: string,
	conversation: string,
	commands: readonly AgentCommand[],
): Promise<Readonly<Record<string, Offer>>> {
	const wanted = commands.flatMap(({ id, ...command }) =>
		command.is === "push" && command.what.is === "experience"
			? [{ id, experience: command.what.experience }]
			: [],
	);
	if (wanted.length === 0) return {};
	const where = await deskOf(env, site).whereabouts(conversation);
	if (!where) return {};
	const { definitions, settings } = await asked(heldOf(env, site));
	const { whose, cell, live, language } = where;
	const page = { url: live?.url ?? "", visible: true, ...(language !== null && { language }) };
	const offers = await Promise.all(
		wanted.map(async ({ id, experience }): Promise<[string, Offer][]> => {
			const kept = find(definitions, { kind: "experience", id: experience });
			const found = kept?.stopped ? undefined : (kept?.live?.body as Experience | undefined);
			if (!found || found.surface?.kind === "inline" || givesOnce(contentFor(found, page.language).content))
				return [];
			const theme = { ...settings?.live?.body.theme, ...found.theme };
			const whole = { ...found, theme, trigger: { kind: "at-once" } as const };
			const { person } = whose;
			// What is personal is for whoever has proven who they are. The types of what a call brings back know of no tuples.
			const shown =
				whose.proof === "verified"
					? ((await cellOf(env, site, cell).pose({ person, experience: whole, page })) as Shown | undefined)
					: previewed(
							whole,
							{ page, site: {} },
							() => ({ person: {} }),
							() => tasteOfNobody({}, Date.now()),
							Date.now(),
						);
			if (!shown) return [];
			const { show, fill } = shown;
			const [offer] = fill ? await env.CONTENT.fill({ site, offers: show, ...fill }) : show;
			return offer ? [[id, { ...(offer as Offer), claim: id }]] : [];
		}),
	);
	return Object.fromEntries(offers.flat());
}
