// The box that was ticked on a form, as an entry of the ledger. What the page says is taken for what it is: whether a
// consent has to be confirmed is said by the published form, and where no such form is published, it has to.

import { type ConsentState, type ConsentTerms, consentEvent, mayWrite } from "../domain/consent.ts";
import type { Event } from "../domain/event.ts";
import { read } from "../domain/person.ts";
import { uuidv7 } from "../platform/id.ts";
import type { FormBlock } from "../protocol/experience.ts";
import type { Experience } from "../protocol/site.ts";
import { keep, type Passage } from "./collect.ts";

export type Terms = ConsentTerms & { readonly wording?: string };
interface Agreed {
	/** As the page has it. */
	readonly terms: Terms;
	readonly state: Extract<ConsentState, "given" | "pending">;
	/**
	 * What a message is to ask, if one is to: in the published words alone, for whoever types another's address must not
	 * have us write to them what they please.
	 */
	readonly asks: Terms | undefined;
}

const purposePattern = /^[a-z0-9-]{1,64}$/;
const longestWording = 500;

/**
 * Keeps what a submitted form says of consent, if anything; answers with what a message has to ask, if anything: what is
 * given already is not asked again.
 */
export function agree(passage: Passage, submitted: Event): Terms | undefined {
	const agreed = agreedIn(submitted, passage.rules.experiences);
	if (!agreed) return undefined;
	const { terms, state, asks } = agreed;
	keep(passage, consentEvent(state, terms, "form", { id: uuidv7(passage.now), at: submitted.at }), {});
	const facts = read(passage.state.standing.person);
	return mayWrite(facts, terms.channel, terms.purpose) ? undefined : asks;
}

/** None where no box was ticked. */
export function agreedIn(
	{ props }: Pick<Event, "props">,
	experiences: readonly Pick<Experience, "id" | "content">[],
): Agreed | undefined {
	const { consent: purpose, wording, version } = props;
	if (typeof purpose !== "string" || !purposePattern.test(purpose)) return undefined;
	const channel = "email";
	const published = experiences
		.filter(({ id }) => id === props.experience)
		.flatMap(({ content }) => Object.values(content).flatMap(({ blocks }) => blocks))
		.filter((block): block is FormBlock => block.kind === "form")
		.flatMap(({ consent }) => (consent?.purpose === purpose ? [consent] : []));
	const mustConfirm = published.length === 0 || published.some(({ doubleOptIn }) => doubleOptIn === true);
	// In the language that was read, where it is still the same.
	const asked = published.find((one) => one.wording === wording) ?? published[0];
	return {
		terms: {
			channel,
			purpose,
			...(typeof version === "string" && purposePattern.test(version) ? { version } : {}),
			...(typeof wording === "string" ? { wording: wording.slice(0, longestWording) } : {}),
		},
		state: mustConfirm ? "pending" : "given",
		asks:
			mustConfirm && asked ? { channel, purpose, version: asked.version, wording: asked.wording } : undefined,
	};
}
