// The box that was ticked on a form, as an entry of the ledger. What the page says is taken for what it is: whether a
// consent has to be confirmed is said by the published form, and where no such form is published, it has to.

import { type ConsentState, type ConsentTerms, consentEvent, mayWrite } from "../domain/consent.ts";
import type { Event } from "../domain/event.ts";
import { unmarked } from "../domain/marks.ts";
import { read } from "../domain/person.ts";
import { uuidv7 } from "../platform/id.ts";
import type { ConsentField, Content } from "../protocol/experience.ts";
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

const prefix = "consent.";
const idPattern = /^[a-z0-9-]{1,64}$/;
const longestWording = 500;

/**
 * Keeps what a submitted form says of consent, if anything; answers with what a message has to ask, if anything: what is
 * given already is not asked again. A content asks for one confirmation at most.
 */
export function agree(passage: Passage, submitted: Event): Terms | undefined {
	const agreed = agreedIn(submitted, passage.rules.experiences);
	for (const { terms, state } of agreed)
		keep(passage, consentEvent(state, terms, "form", { id: uuidv7(passage.now), at: submitted.at }), {});
	const facts = read(passage.state.standing.person);
	return agreed.find(({ terms, asks }) => asks && !mayWrite(facts, terms.channel, terms.purpose))?.asks;
}

/** None where no box was ticked. A box is `consent.<purpose>`, with the version of its words, and `wording.<purpose>`. */
export function agreedIn(
	{ props }: Pick<Event, "props">,
	experiences: readonly Pick<Experience, "id" | "content">[],
): readonly Agreed[] {
	const ticked = Object.entries(props).flatMap(([name, version]) => {
		const purpose = name.startsWith(prefix) ? name.slice(prefix.length) : "";
		const isTicked = version === true || (typeof version === "string" && version !== "");
		return isTicked && idPattern.test(purpose)
			? [{ purpose, version, wording: props[`wording.${purpose}`] }]
			: [];
	});
	if (ticked.length === 0) return [];
	const boxes = experiences
		.filter(({ id }) => id === props.experience)
		.flatMap(({ content }) => Object.values(content).flatMap((one) => boxesIn(one)));
	return ticked.flatMap(({ purpose, version, wording }) => {
		const published = boxes.filter((box) => box.purpose === purpose);
		// In the language that was read, where it is still the same.
		const box = published.find((one) => one.wording === wording) ?? published[0];
		const mustConfirm = !box || published.some(({ doubleOptIn }) => doubleOptIn === true);
		return (box?.channels ?? ["email"]).map((channel): Agreed => {
			// By a link only an address confirms.
			const waits = mustConfirm && channel === "email";
			return {
				terms: {
					channel,
					purpose,
					...(typeof version === "string" && idPattern.test(version) ? { version } : {}),
					...(typeof wording === "string" ? { wording: wording.slice(0, longestWording) } : {}),
				},
				state: waits ? "pending" : "given",
				asks:
					waits && box
						? { channel, purpose, version: box.version, wording: unmarked(box.wording) }
						: undefined,
			};
		});
	});
}

function boxesIn({ blocks, steps = {} }: Content): readonly ConsentField[] {
	const all = [blocks, ...Object.values(steps).map((step) => step.blocks)].flat();
	const fields = all.flatMap((block) => (block.kind === "form" ? block.fields : []));
	return fields.filter((field) => field.kind === "consent");
}
