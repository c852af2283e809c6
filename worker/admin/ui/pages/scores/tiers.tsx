// How many members stand in each tier: with the tiers as they are being written, and as they are live.

import type { Condition } from "../../../../domain/condition.ts";
import type { Tier } from "../../../../domain/definition.ts";
import { useAsked } from "../../api/asked.ts";
import { useSettled } from "../../builder/settled.ts";
import { peopleOf } from "../../figures/site.ts";
import { useFormat, useWords } from "../../language.ts";
import { Section } from "../../parts/page.tsx";
import { useSite } from "../../site.ts";

interface Props {
	readonly programme: string;
	/** Ascending. */
	readonly tiers: readonly Tier[];
	/** Of the programme as it is live; none where it is not. */
	readonly live: readonly Tier[];
}

const afterMs = 400;

export function TierMembers({ programme, tiers, live }: Props) {
	const { scores: words } = useWords();
	const settled = useSettled(tiers, afterMs);
	return settled.length === 0 ? null : (
		<Section title={words.tierMembers} hint={words.tierMembersHint}>
			<ul class="samples">
				{settled.map(({ id, name }) => (
					<li key={id} class="row">
						<span>{name}</span>
						<Members now={within(programme, settled, id)} then={within(programme, live, id)} />
					</li>
				))}
			</ul>
		</Section>
	);
}

function Members({
	now,
	then,
}: {
	readonly now: Condition | undefined;
	readonly then: Condition | undefined;
}) {
	const { scores: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const [is, was] = [useCount(now), useCount(then)];
	if (is === undefined) return <>…</>;
	return (
		<>
			<a href={peopleOf(site, now)}>{format.number(is)}</a>
			{was !== undefined && was !== is && <small> {words.tierBefore(format.number(was))}</small>}
		</>
	);
}

function useCount(condition: Condition | undefined): number | undefined {
	const site = useSite();
	const path = condition && `${site.api}/conditions/people`;
	const body = { condition, only: "count", definitions: "drafts" };
	return useAsked<{ readonly count: number | null }>(path, { body }).value?.count ?? undefined;
}

/** Members who ever earned as much as the tier takes, and not as much as the next. */
function within(programme: string, tiers: readonly Tier[], id: string): Condition | undefined {
	const tier = tiers.find((one) => one.id === id);
	if (!tier) return undefined;
	const next = tiers.find(({ from }) => from > tier.from);
	const earned = { field: "points", programme, of: "earned" } as const;
	const test = next
		? ({ op: "between", from: tier.from, to: next.from - 1 } as const)
		: ({ op: ">=", n: tier.from } as const);
	return {
		all: [
			{ field: "member", programme },
			{ ...earned, test },
		],
	};
}
