// The box that was ticked on a form, as an entry of the ledger. What the page says is taken for what it is: whether a
// consent has to be confirmed is said by the published form, and where no such form is published, it has to. Whoever
// typed an address need not be whose it is: they bring back nothing that was taken back, or the owner of the address
// confirms it.

import { type ConsentTerms, consentEvent, isTakenBack, mayWrite } from "../domain/consent.ts";
import type { Event } from "../domain/event.ts";
import { unmarked } from "../domain/marks.ts";
import { read } from "../domain/person.ts";
import { maySpeak } from "../domain/proof.ts";
import { uuidv7 } from "../platform/id.ts";
import { contentsOf } from "../protocol/contents.ts";
import type { ConsentField, Content } from "../protocol/experience.ts";
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

const prefix = "consent.";
const idPattern = /^[a-z0-9-]{1,64}$/;
const longestWording = 500;

/**
 * Keeps what a submitted form says of consent, if anything; answers with what a message has to ask, if anything: what is
 * given already is not asked again. A content asks for one confirmation at most.
 */
export function agree(passage: Passage, submitted: Event): Terms | undefined {
	const { state, part, rules, now } = passage;
	const isTheirs = maySpeak(proofIn(state, part));
	let asks: Terms | undefined;
	for (const { terms, mustConfirm, published } of agreedIn(submitted, rules.experiences)) {
		const { channel, purpose } = terms;
		const waits = mustConfirm || (!isTheirs && isTakenBack(read(state.standing.person), channel, purpose));
		const place = waits || isTheirs ? "form" : "typed";
		const entry = { id: uuidv7(now), at: submitted.at };
		keep(passage, consentEvent(waits ? "pending" : "given", terms, place, entry), {});
		const isGiven = mayWrite(read(state.standing.person), channel, purpose);
		// By a link only an address confirms.
		if (waits && !isGiven && channel === "email") asks ??= published;
	}
	return asks;
}

/** None where no box was ticked. A box is `consent.<purpose>`, with the version of its words, and `wording.<purpose>`. */
export function agreedIn(
	{ props }: Pick<Event, "props">,
	experiences: readonly Pick<Experience, "id" | "content" | "variants">[],
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
		.flatMap((one) => contentsOf(one).flatMap(boxesIn));
	return ticked.flatMap(({ purpose, version, wording }) => {
		const published = boxes.filter((box) => box.purpose === purpose);
		// In the language that was read, where it is still the same.
		const box = published.find((one) => one.wording === wording) ?? published[0];
		const isDouble = !box || published.some(({ doubleOptIn }) => doubleOptIn === true);
		return (box?.channels ?? ["email"]).map((channel): Agreed => {
			return {
				terms: {
					channel,
					purpose,
					...(typeof version === "string" && idPattern.test(version) ? { version } : {}),
					...(typeof wording === "string" ? { wording: wording.slice(0, longestWording) } : {}),
				},
				mustConfirm: isDouble && channel === "email",
				published: box && { channel, purpose, version: box.version, wording: unmarked(box.wording) },
			};
		});
	});
}

function boxesIn({ blocks, steps = {} }: Content): readonly ConsentField[] {
	const all = [blocks, ...Object.values(steps).map((step) => step.blocks)].flat();
	const fields = all.flatMap((block) => (block.kind === "form" ? block.fields : []));
	return fields.filter((field) => field.kind === "consent");
}
