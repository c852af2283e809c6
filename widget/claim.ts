// What is granted counts as shown, so it is asked for at the last moment.

import type { Grant } from "../worker/protocol/collect.ts";
import type { Offer } from "../worker/protocol/experience.ts";
import type { Host } from "./host.ts";

/** Nothing where it is not to be shown. Without consent there is nothing to count, and whoever came with a claim has it. */
export async function claim(offer: Offer, host: Host): Promise<Partial<Grant> | undefined> {
	if (offer.claim !== undefined || host.consent() !== "granted") return {};
	const { id } = host.newEvent("");
	const answer = await host.ask({ claims: [{ id, experience: offer.experience }] });
	const grant = answer?.grants?.find((one) => one.id === id);
	// It may have been granted, and its answer lost.
	if (grant?.granted || !answer) offer.claim = id;
	if (!answer) miss(offer, host, "no-answer");
	return grant?.granted ? grant : undefined;
}

/** It was offered and is not shown; what it was granted by is given back. */
export function miss({ experience, revision, claim: granted }: Offer, host: Host, why: string): void {
	const props = { experience, revision, why };
	host.note(host.newEvent("Experience Missed", granted ? { ...props, claim: granted } : props));
}
