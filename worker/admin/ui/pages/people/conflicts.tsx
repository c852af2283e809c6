// Cards that one identifier points at: one person, or two. Somebody says which.

import { Check } from "lucide";
import { useState } from "preact/hooks";
import { useAsked } from "../../api/asked.ts";
import { call } from "../../api/call.ts";
import { useFormat, useWords } from "../../language.ts";
import { Button, LinkButton } from "../../parts/button.tsx";
import { Confirm } from "../../parts/dialog.tsx";
import { Answered, Empty, Page } from "../../parts/page.tsx";
import { Table } from "../../parts/table.tsx";
import { say, sayRefused } from "../../shell/toasts.tsx";
import { useMay, useSite } from "../../site.ts";
import { MergeDialog } from "../person/merge.tsx";
import type { Conflict } from "./types.ts";

interface Pair {
	readonly person: string;
	readonly other: string;
	readonly conflicts: readonly Conflict[];
}

/** Whatever points at two people is settled for the two at once. */
function pairsOf(conflicts: readonly Conflict[]): readonly Pair[] {
	const groups = Map.groupBy(conflicts, ({ person, other }) => [person, other].toSorted().join(" "));
	return Array.from(groups.values()).flatMap((its) => {
		const [first] = its;
		return first ? [{ person: first.person, other: first.other, conflicts: its }] : [];
	});
}

export default function ConflictsPage() {
	const { people, card: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const maySettle = useMay("marketer");
	const asked = useAsked<{ readonly conflicts: readonly Conflict[] }>(`${site.api}/people/conflicts`);
	const [merging, setMerging] = useState<Pair>();
	const [apart, setApart] = useState<Pair>();
	async function settle({ person, other }: Pair): Promise<void> {
		setApart(undefined);
		asked.expect({
			conflicts: (asked.value?.conflicts ?? []).filter(
				(one) =>
					!(one.person === person && one.other === other) && !(one.person === other && one.other === person),
			),
		});
		try {
			await call("POST", `${site.api}/people/conflicts`, { person, other });
			say(words.settled);
		} catch (error) {
			sayRefused(error);
		}
		asked.refresh();
	}
	return (
		<Page
			title={people.conflicts}
			lead={words.conflictsLead}
			above={[{ name: people.title, href: `${site.home}/people` }]}
		>
			<Answered asked={asked}>
				{({ conflicts }) =>
					conflicts.length === 0 ? (
						<Empty
							icon={Check}
							title={words.noConflicts}
							action={<LinkButton href={`${site.home}/people`}>{people.title}</LinkButton>}
						>
							{words.noConflictsWhy}
						</Empty>
					) : (
						<Table
							label={people.conflicts}
							rows={pairsOf(conflicts)}
							keyOf={({ person, other }) => `${person} ${other}`}
							columns={[
								{
									id: "what",
									label: words.pointsAtBoth,
									isMain: true,
									cell: ({ conflicts: its }) =>
										format.list(its.map(({ kind, value }) => `${words.identifiers[kind]}: ${value}`)),
								},
								{
									id: "cards",
									label: words.cards,
									cell: ({ person, other }) => (
										<span class="row">
											<a href={`${site.home}/people/${person}`}>{words.oneCard}</a>
											<a href={`${site.home}/people/${other}`}>{words.otherCard}</a>
										</span>
									),
								},
								{
									id: "at",
									label: words.noticed,
									cell: ({ conflicts: [first] }) => first && format.relative(first.at),
								},
								{
									id: "acts",
									label: words.settle,
									isActs: true,
									cell: (pair) =>
										maySettle && (
											<span class="row">
												<Button small onClick={() => setMerging(pair)}>
													{words.compare}
												</Button>
												<Button small kind="quiet" onClick={() => setApart(pair)}>
													{words.areTwo}
												</Button>
											</span>
										),
								},
							]}
						/>
					)
				}
			</Answered>
			{merging && (
				<MergeDialog
					into={merging.other}
					other={merging.person}
					onClose={() => setMerging(undefined)}
					onDone={asked.refresh}
				/>
			)}
			{apart && (
				<Confirm
					title={words.areTwo}
					act={words.areTwo}
					onAct={() => void settle(apart)}
					onClose={() => setApart(undefined)}
				>
					<p>{words.areTwoWhat}</p>
				</Confirm>
			)}
		</Page>
	);
}
