// When a rule runs: each time an event matches, for such people; or once, as soon as somebody is such.

import type { Condition } from "../../../domain/condition.ts";
import type { When } from "../../../domain/definition.ts";
import { ConditionBuilder } from "../builder/builder.tsx";
import { useKnown } from "../builder/known.ts";
import { MatchMarks } from "../builder/marks.tsx";
import { MatchEditor } from "../builder/match.tsx";
import { groupOf, pruned } from "../builder/tree.ts";
import { useWords } from "../language.ts";
import { Checkbox, Choice } from "../parts/field.tsx";
import { Section } from "../parts/page.tsx";

export const begunWhen: When = { event: { name: "Page Viewed", path: { op: "starts-with", value: "" } } };

/** Without groups that hold nothing; without `who` where it asks nothing. */
export function finishedWhen(when: When): When {
	if ("trait" in when) return { trait: pruned(when.trait) };
	const { event, who } = when;
	const asked = who && pruned(who);
	return asked && groupOf(asked).members.length > 0 ? { event, who: asked } : { event };
}

/** Whoever the rule would have run for. */
export function conditionOfWhen(when: When): Condition {
	if ("trait" in when) return when.trait;
	const happened: Condition = { field: "events", match: when.event, count: { op: ">=", n: 1 } };
	return when.who ? { all: [happened, when.who] } : happened;
}

export function WhenEditor({
	title,
	when,
	onChange,
	hasTrait = true,
}: {
	readonly title: string;
	readonly when: When;
	readonly onChange: (when: When) => void;
	/** Whether a trait can be what it waits for. */
	readonly hasTrait?: boolean;
}) {
	const { rules: words, builder } = useWords();
	const { events } = useKnown();
	const isEvent = "event" in when;
	return (
		<Section title={title}>
			{hasTrait && (
				<Choice
					label={words.when}
					hideLabel
					value={isEvent ? "event" : "trait"}
					options={[
						{ value: "event", label: words.whens.event },
						{ value: "trait", label: words.whens.trait },
					]}
					onChange={(next) =>
						onChange(
							next === "trait"
								? { trait: ("event" in when && when.who) || { all: [] } }
								: { ...begunWhen, ...("trait" in when && isAsking(when.trait) && { who: when.trait }) },
						)
					}
				/>
			)}
			{isEvent ? (
				<>
					<div class="builder-row-fields">
						<MatchEditor
							label={builder.event}
							match={when.event}
							onChange={(event) => onChange({ ...when, event })}
						/>
					</div>
					<MatchMarks match={when.event} />
					{!events.some(({ value }) => value === when.event.name) && <p class="hint">{words.ownEvent}</p>}
					<Checkbox
						label={words.onlySuch}
						hint={words.onlySuchHint}
						checked={when.who !== undefined}
						onChange={(isOnly) =>
							onChange(isOnly ? { event: when.event, who: { all: [] } } : { event: when.event })
						}
					/>
					{when.who && (
						<ConditionBuilder
							label={words.onlySuch}
							condition={when.who}
							onChange={(who) => onChange({ ...when, who })}
						/>
					)}
				</>
			) : (
				<>
					<p class="hint">{words.traitHint}</p>
					<ConditionBuilder
						label={words.whens.trait}
						condition={when.trait}
						onChange={(trait) => onChange({ trait })}
					/>
				</>
			)}
		</Section>
	);
}

const isAsking = (condition: Condition) => groupOf(pruned(condition)).members.length > 0;
