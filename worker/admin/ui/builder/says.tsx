// Beside a builder: the sentence that the condition is, what in it was surely not meant, how many it fits now, and some of
// them, with why; and some who nearly fit, with what they lack.

import type { Condition } from "../../../domain/condition.ts";
import { useLang, useWords } from "../language.ts";
import { Notice, Section, Skeleton } from "../parts/page.tsx";
import { useRefusalWords } from "../parts/refusal.ts";
import { type Checked, useChecked } from "./checked.ts";
import { Samples } from "./samples.tsx";
import { groupOf, pruned } from "./tree.ts";
import { useWarningWords } from "./warnings.ts";

export function ConditionSays({
	condition,
	title,
}: {
	readonly condition: Condition;
	/** Where it is one of several conditions. */
	readonly title?: string;
}) {
	const { builder } = useWords();
	const lang = useLang();
	const wordsOf = useRefusalWords();
	const wordsOfWarning = useWarningWords();
	const checked = useChecked(condition);
	const found = useChecked(condition, { examples: true });
	const whole = pruned(condition);
	const isEverybody = "all" in whole && groupOf(whole).members.length === 0;
	const { sentence, warnings = [] } = checked.value ?? {};
	const { refusal } = checked;
	return (
		<Section title={title ?? builder.says}>
			<div class="builder-says">
				<div aria-live="polite">
					{refusal ? (
						<Notice>{refusal.status === 422 ? builder.unfinished : wordsOf(refusal)}</Notice>
					) : (
						<blockquote>{isEverybody ? builder.everybody : (sentence?.[lang] ?? "…")}</blockquote>
					)}
				</div>
				{warnings
					// The others are said at their rows.
					.filter(({ at }) => at.length === 0)
					.map((warning) => (
						<Notice key={warning.kind} kind="warn">
							{wordsOfWarning(warning)}
						</Notice>
					))}
				{!refusal &&
					(found.value?.examples ? (
						<Examples examples={found.value.examples} />
					) : found.refusal ? (
						<p class="hint">{wordsOf(found.refusal)}</p>
					) : (
						<Skeleton />
					))}
			</div>
		</Section>
	);
}

function Examples({
	examples: { count, in: within, almost },
}: {
	readonly examples: NonNullable<Checked["examples"]>;
}) {
	const { builder } = useWords();
	const lang = useLang();
	return (
		<>
			<p class="builder-count" role="status">
				{count === null ? builder.uncounted : builder.fits(count)}
			</p>
			{within && within.length > 0 && (
				<div>
					<h3>{builder.within}</h3>
					<Samples
						people={within.map(({ person, explanation }) => ({
							person,
							why: explanation.sentences[lang],
						}))}
					/>
				</div>
			)}
			{almost && almost.length > 0 && (
				<div>
					<h3>{builder.almost}</h3>
					<Samples
						people={almost.map(({ person, explanation }) => ({
							person,
							lacks: explanation.change.sentence[lang],
						}))}
					/>
				</div>
			)}
			{(within === null || almost === null) && <p class="hint">{builder.tooSlow}</p>}
		</>
	);
}
