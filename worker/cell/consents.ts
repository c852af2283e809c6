// The box that was ticked on a form, as an entry of the ledger. What the page says is taken for what it is: whether a
// consent has to be confirmed is said by the published form, and where no such form is published, it has to. Whoever
// typed an address need not be whose it is: they bring back nothing that was taken back, or the owner of the address
// confirms it.

import { type ConsentTerms, consentEvent, isTakenBack, mayWrite } from "../domain/consent.ts";
import type { Event } from "../domain/event.ts";
import { read } from "../domain/person.ts";
import { maySpeak } from "../domain/proof.ts";
import { uuidv7 } from "../platform/id.ts";
import type { FormBlock } from "../protocol/experience.ts";
import type { Experience } from "../protocol/site.ts";
import { keep, type Passage } from "./collect.ts";
import { proofIn } from "./state.ts";

export type Terms = ConsentTerms & { readonly wording?: string };
interface Agreed {
	/** As the page has it. */
	readonly terms: Terms;
	readonly mustConfirm: boolean;
	/** In the published words alone, for whoever types another's address must not have us write to them what they please. */
	readonly published: Terms | undefined;
}

const purposePattern = /^[a-z0-9-]{1,64}$/;
const longestWording = 500;

/**
 * Keeps what a submitted form says of consent, if anything; answers with what a message has to ask, if anything: what is
 * given already is not asked again.
 */
export function agree(passage: Passage, submitted: Event): Terms | undefined {
	const { state, part, rules, now } = passage;
	const agreed = agreedIn(submitted, rules.experiences);
	if (!agreed) return undefined;
	const { terms, published } = agreed;
	const { channel, purpose } = terms;
	const isTheirs = maySpeak(proofIn(state, part));
	const mustConfirm =
		agreed.mustConfirm || (!isTheirs && isTakenBack(read(state.standing.person), channel, purpose));
	const place = mustConfirm || isTheirs ? "form" : "typed";
	const entry = { id: uuidv7(now), at: submitted.at };
	keep(passage, consentEvent(mustConfirm ? "pending" : "given", terms, place, entry), {});
	const isGiven = mayWrite(read(state.standing.person), channel, purpose);
	return mustConfirm && !isGiven ? published : undefined;
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
		mustConfirm,
		published: asked && { channel, purpose, version: asked.version, wording: asked.wording },
	};
}
