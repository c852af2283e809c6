// One loyalty programme: who joins, its tiers, how points fade, what they are spent on, and the rules that give them.

import { Plus } from "lucide";
import { useRoute } from "preact-iso";
import type * as z from "zod/mini";
import type * as schema from "../../../../protocol/admin.schema.ts";
import { useAsked } from "../../api/asked.ts";
import { ConditionSays } from "../../builder/says.tsx";
import type { Draft, Editing } from "../../definitions/editing.ts";
import { useDefinitions } from "../../definitions/kept.ts";
import { DefinitionPage } from "../../definitions/page.tsx";
import { useFormat, useLang, useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Checkbox, Choice, Input, NumberInput, Select } from "../../parts/field.tsx";
import { Section } from "../../parts/page.tsx";
import { Badge } from "../../parts/show.tsx";
import { NamedRows } from "../../rules/named.tsx";
import { Past } from "../../rules/past.tsx";
import { begunWhen, conditionOfWhen, finishedWhen, WhenEditor } from "../../rules/when.tsx";
import { useMay, useSite } from "../../site.ts";
import { signed } from "./signed.ts";

type Pools = z.infer<typeof schema.Pools>;

const begun: Draft<"programme"> = { name: "", joins: "everyone", tiers: [], rewards: [] };

export default function ProgrammePage() {
	const { scores: words } = useWords();
	const { params } = useRoute();
	const site = useSite();
	return (
		<DefinitionPage
			kind="programme"
			id={params.id === "new" ? undefined : params.id}
			home={`${site.home}/scores/programmes`}
			list={`${site.home}/scores`}
			title={words.title}
			addTitle={words.addProgramme}
			begun={begun}
			finished={({ joins, ...draft }) => ({
				...draft,
				tiers: draft.tiers.toSorted((a, b) => a.from - b.from),
				joins: joins === "everyone" ? joins : { by: finishedWhen(joins.by) },
			})}
			isReady={({ draft }) =>
				[draft, ...draft.tiers, ...draft.rewards].every(({ name }) => name.trim() !== "")
			}
			main={(editing) => <ProgrammeForm editing={editing} />}
			beside={({ draft: { joins }, isChanged, kept }) => (
				<>
					{joins !== "everyone" && (
						<ConditionSays title={words.joins} condition={conditionOfWhen(joins.by)} />
					)}
					{kept && <RulesOf programme={kept.id} />}
					{kept && (
						<Past
							apply={{ score: kept.id }}
							isLive={kept.state === "live" && !kept.hasChanges}
							isChanged={isChanged}
						/>
					)}
				</>
			)}
		/>
	);
}

function ProgrammeForm({ editing: { draft, set } }: { readonly editing: Editing<"programme"> }) {
	const { scores: words, definitions, builder } = useWords();
	const site = useSite();
	const format = useFormat();
	const { pools = [] } = useAsked<Pools>(`${site.api}/pools`).value ?? {};
	const { joins, fades } = draft;
	return (
		<>
			<Section>
				<Input
					label={definitions.name}
					at="name"
					value={draft.name}
					placeholder={words.programmePlaceholder}
					maxLength={200}
					required
					onInput={(name) => set({ name })}
				/>
				<Choice
					label={words.joins}
					value={joins === "everyone" ? "everyone" : "by"}
					options={[
						{ value: "everyone", label: words.joinsEveryone },
						{ value: "by", label: words.joinsBy },
					]}
					onChange={(next) => set({ joins: next === "everyone" ? next : { by: begunWhen } })}
				/>
			</Section>
			{joins !== "everyone" && (
				<WhenEditor title={words.joinsBy} when={joins.by} onChange={(by) => set({ joins: { by } })} />
			)}
			<Section title={words.tiers} hint={words.tiersHint}>
				<NamedRows
					at="tiers"
					rows={draft.tiers}
					numberLabel={words.tierFrom}
					numberOf={({ from }) => from}
					withNumber={(tier, from) => ({ ...tier, from })}
					begin={(id) => ({ id, name: "", from: (draft.tiers.at(-1)?.from ?? 0) + 100 })}
					addLabel={words.addTier}
					onChange={(tiers) => set({ tiers })}
				/>
			</Section>
			<Section title={words.rewards} hint={words.rewardsHint}>
				<NamedRows
					at="rewards"
					rows={draft.rewards}
					numberLabel={words.costs}
					numberOf={({ points }) => points}
					withNumber={(reward, points) => ({ ...reward, points: Math.max(1, points) })}
					begin={(id) => ({ id, name: "", points: 100 })}
					addLabel={words.addReward}
					onChange={(rewards) => set({ rewards })}
				>
					{({ pool = "", ...reward }, change) => (
						<Select
							label={words.pool}
							value={pool}
							options={[
								{ value: "", label: words.noPool },
								...pools.map((one) => ({
									value: one.pool,
									label: `${one.pool} (${words.codesLeft(format.number(one.left))})`,
								})),
								...(pool && !pools.some((one) => one.pool === pool) ? [{ value: pool, label: pool }] : []),
							]}
							onChange={(next) => change(next ? { ...reward, pool: next } : reward)}
						/>
					)}
				</NamedRows>
			</Section>
			<Section title={words.fading}>
				<Checkbox
					label={words.fades}
					hint={words.fadesHint}
					checked={fades !== undefined}
					onChange={(isSo) => set({ fades: isSo ? { everyDays: 30, percent: 10 } : undefined })}
				/>
				{fades && (
					<div class="rule-line">
						<NumberInput
							label={words.everyDays}
							min={1}
							max={3_650}
							value={fades.everyDays}
							unit={builder.days}
							onInput={(days) => days && set({ fades: { ...fades, everyDays: Math.round(days) } })}
						/>
						<NumberInput
							label={words.percent}
							min={1}
							max={100}
							value={fades.percent}
							unit="%"
							onInput={(percent) => percent && set({ fades: { ...fades, percent: Math.round(percent) } })}
						/>
					</div>
				)}
			</Section>
		</>
	);
}

/** What gives and takes the points of a programme. */
function RulesOf({ programme }: { readonly programme: string }) {
	const { scores: words } = useWords();
	const lang = useLang();
	const site = useSite();
	const format = useFormat();
	const mayEdit = useMay("marketer");
	const all = useDefinitions("score-rule").value?.definitions ?? [];
	const rules = all.filter(({ draft }) => draft?.programme === programme);
	return (
		<Section
			title={words.rules}
			actions={
				mayEdit && (
					<LinkButton small icon={Plus} href={`${site.home}/scores/new?programme=${programme}`}>
						{words.add}
					</LinkButton>
				)
			}
		>
			{rules.length === 0 && <p class="hint">{words.noRules}</p>}
			<ul class="samples">
				{rules.map(({ id, names, draft }) => (
					<li key={id} class="row">
						<a href={`${site.home}/scores/${id}`}>{names[lang]}</a>
						<Badge>{signed(format, draft?.points ?? 0)}</Badge>
					</li>
				))}
			</ul>
		</Section>
	);
}
