// One scoring rule: how many points, whose, when, how often, and for how long they count.

import { useLocation, useRoute } from "preact-iso";
import type { Limit } from "../../../../domain/definition.ts";
import { useKnown } from "../../builder/known.ts";
import { ConditionSays } from "../../builder/says.tsx";
import type { Draft, Editing } from "../../definitions/editing.ts";
import { DefinitionPage } from "../../definitions/page.tsx";
import { useWords } from "../../language.ts";
import { Input, NumberInput, Select } from "../../parts/field.tsx";
import { Section } from "../../parts/page.tsx";
import { Expiry } from "../../rules/expiry.tsx";
import { Past } from "../../rules/past.tsx";
import { begunWhen, conditionOfWhen, finishedWhen, WhenEditor } from "../../rules/when.tsx";
import { useSite } from "../../site.ts";

const begun: Draft<"score-rule"> = { name: "", points: 5, when: begunWhen };
const finished = (draft: Draft<"score-rule">) => ({ ...draft, when: finishedWhen(draft.when) });
/** As long as it has no id. */
const unnamed = "new";

export default function ScoreRulePage() {
	const { scores: words, rules } = useWords();
	const { params } = useRoute();
	const { query } = useLocation();
	const site = useSite();
	const { programme } = query;
	return (
		<DefinitionPage
			kind="score-rule"
			id={params.id === "new" ? undefined : params.id}
			home={`${site.home}/scores`}
			title={words.title}
			addTitle={words.add}
			begun={programme ? { ...begun, programme } : begun}
			finished={finished}
			isReady={({ draft }) => draft.name.trim() !== "" && draft.points !== 0}
			main={(editing) => <RuleForm editing={editing} />}
			beside={({ draft, isChanged, kept }) => (
				<>
					<ConditionSays title={rules.forWhom} condition={conditionOfWhen(draft.when)} />
					{(kept || (draft.name.trim() !== "" && draft.points !== 0)) && (
						<Past
							apply={{ rule: kept?.id ?? unnamed }}
							unsaved={isChanged || !kept ? { kind: "score-rule", body: finished(draft) } : undefined}
							isLive={kept?.state === "live" && !kept.hasChanges}
							isChanged={isChanged || !kept}
						/>
					)}
				</>
			)}
		/>
	);
}

function RuleForm({ editing: { draft, set } }: { readonly editing: Editing<"score-rule"> }) {
	const { scores: words, definitions, rules } = useWords();
	const { programmes } = useKnown();
	const { limit = draft.once ? "once" : "each" } = draft;
	const often = typeof limit === "object" ? "perDay" : limit;
	// Older definitions say `once`; what is set here says it all.
	const setLimit = (next: Limit) => set({ limit: next === "each" ? undefined : next, once: undefined });
	const mayExpire = draft.programme === undefined || draft.points > 0;
	return (
		<>
			<Section>
				<Input
					label={definitions.name}
					at="name"
					value={draft.name}
					placeholder={words.namePlaceholder}
					maxLength={200}
					required
					onInput={(name) => set({ name })}
				/>
				<div class="rule-line">
					<NumberInput
						label={words.points}
						at="points"
						hint={words.pointsHint}
						min={-10_000}
						max={10_000}
						value={draft.points}
						onInput={(points = 0) => set({ points: Math.round(points) })}
					/>
					<Select
						label={words.whose}
						at="programme"
						value={draft.programme ?? ""}
						options={[{ value: "", label: words.siteScore }, ...programmes]}
						onChange={(programme) => set({ programme: programme || undefined })}
					/>
				</div>
			</Section>
			<WhenEditor title={rules.when} when={draft.when} onChange={(when) => set({ when })} />
			<Section title={words.howOften}>
				{"event" in draft.when ? (
					<div class="rule-line">
						<Select
							label={words.howOften}
							hideLabel
							value={often}
							options={(["each", "once", "perDay"] as const).map((value) => ({
								value,
								label: words.limits[value],
							}))}
							onChange={(next) => setLimit(next === "perDay" ? { perDay: 1 } : next)}
						/>
						{typeof limit === "object" && (
							<NumberInput
								label={words.limits.perDay}
								hideLabel
								min={1}
								max={1_000}
								value={limit.perDay}
								unit={words.perDay}
								onInput={(perDay) => perDay && setLimit({ perDay: Math.round(perDay) })}
							/>
						)}
					</div>
				) : (
					<p class="hint">{words.traitOnce}</p>
				)}
				{mayExpire && (
					<Expiry
						label={words.expires}
						hint={words.expiresHint}
						ms={draft.expiresAfterMs}
						onChange={(expiresAfterMs) => set({ expiresAfterMs })}
					/>
				)}
			</Section>
		</>
	);
}
