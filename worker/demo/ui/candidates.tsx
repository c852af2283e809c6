// Every experience of the site, in the order in which they compete, with what speaks for or against it on this page.

import type { CandidateView } from "../../admin/sentences.ts";
import type { Candidate, Reason } from "../../domain/decision.ts";
import type { RuleName, Visitor } from "../report.ts";
import { Explanation } from "./explanation.tsx";
import { Flash } from "./flash.tsx";
import { type Language, useLanguage } from "./language.ts";

export function Candidates({ visitor, now }: { readonly visitor: Visitor; readonly now: number }) {
	const { candidates } = useLanguage().words;
	return (
		<section class="candidates">
			<h2>
				{candidates.title}
				<span class="faint">{candidates.on(visitor.path)}</span>
			</h2>
			{visitor.person.candidates.length === 0 && <p class="none">{candidates.none}</p>}
			<Reasons of={visitor.person.candidates} names={visitor.rules} now={now} />
		</section>
	);
}

/** What is judged now tells why; what was judged then has its reasons alone. */
export function Reasons(props: {
	readonly of: readonly (Candidate | CandidateView)[];
	readonly names: Readonly<Record<string, RuleName>>;
	readonly now: number;
}) {
	const language = useLanguage();
	const { verdict } = language.words.candidates;
	return (
		<ul class="reasons">
			{props.of.map((candidate) => {
				const { experience, reason } = candidate;
				return (
					<li key={experience} data-experience={experience} data-reason={reason.is}>
						<Flash of={reason.is} class="name">
							<b>{nameOf(experience, props.names)}</b>
							<span class={`badge ${reason.is === "shown" ? "is-yes" : ""}`}>
								{reason.is === "shown" ? verdict.yes : verdict.no}
							</span>
						</Flash>
						<p>{reasonText(reason, props.names, props.now, language)}</p>
						{"sentences" in candidate && (
							<details class="why">
								<summary>{language.words.why}</summary>
								<Explanation of={candidate} />
							</details>
						)}
					</li>
				);
			})}
		</ul>
	);
}

export function nameOf(experience: string, names: Readonly<Record<string, RuleName>>): string {
	return names[`experience:${experience}`]?.name ?? experience;
}

function reasonText(
	reason: Reason,
	names: Readonly<Record<string, RuleName>>,
	now: number,
	{ words, format }: Language,
): string {
	const { candidates } = words;
	// "Never" is infinite in the domain and null on the wire.
	const again = (until: number) =>
		Number.isFinite(until)
			? candidates.again(format.when(until, now), format.relative(until, now))
			: candidates.never;
	switch (reason.is) {
		case "shown":
			return candidates.shown;
		case "off-schedule":
			return candidates.offSchedule;
		case "other-page":
			return candidates.otherPage;
		case "no-consent":
			return candidates.noConsent;
		case "not-in-segment":
			return candidates.notInSegment(names[reason.segment]?.name ?? reason.segment);
		case "capped":
			return `${candidates.capped}; ${again(reason.until)}`;
		case "cooling-down":
			return `${candidates.after[reason.after]}; ${again(reason.until)}`;
		case "landing":
			return candidates.landing;
		case "bought":
			return `${candidates.bought}; ${again(reason.until)}`;
		case "too-soon":
			return `${candidates.tooSoon}; ${again(reason.until)}`;
		case "interrupted":
			return candidates.interrupted(nameOf(reason.experience, names));
		case "pool-empty":
			return candidates.poolEmpty(reason.pool);
		case "held-out":
			return candidates.heldOut;
		case "expired":
			return candidates.expired;
		case "lost-to":
			return candidates.lostTo(nameOf(reason.experience, names));
	}
}
