// Where today's visits came from, and what experiences brought.

import type { Experiences, Visits } from "../../../../protocol/figure.ts";
import { useAsked } from "../../api/asked.ts";
import { useNames, useOriginName } from "../../figures/site.ts";
import { useFormat, useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Answered, Section } from "../../parts/page.tsx";
import { Bars } from "../../parts/show.tsx";
import { useSite } from "../../site.ts";
import { byExperience } from "../reports/editions.ts";

const most = 6;
interface Props {
	readonly day: string;
}

export function Sources({ day }: Props) {
	const { today: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const nameOf = useOriginName();
	const asked = useAsked<Visits>(`${site.api}/figures/visits?from=${day}&until=${day}&by=channel`);
	return (
		<Section
			title={words.sources}
			actions={
				<LinkButton small kind="quiet" href={`${site.home}/reports?days=1`}>
					{words.toReports}
				</LinkButton>
			}
		>
			<Answered asked={asked}>
				{({ rows }) =>
					rows.length === 0 ? (
						<p class="hint">{words.noSources}</p>
					) : (
						<Bars
							label={words.sources}
							rows={rows.slice(0, most).map(({ value, visits }) => ({
								key: value,
								name: nameOf("channel", value),
								value: visits,
								shown: format.number(visits),
							}))}
						/>
					)
				}
			</Answered>
		</Section>
	);
}

export function Brought({ day }: Props) {
	const { today: words } = useWords();
	const site = useSite();
	const format = useFormat();
	const nameOf = useNames("experience");
	const asked = useAsked<Experiences>(`${site.api}/reports/experiences?from=${day}&until=${day}`);
	return (
		<Section title={words.brought} hint={words.broughtHint}>
			<Answered asked={asked}>
				{({ experiences }) => {
					const shown = byExperience(experiences).filter(({ outcomes }) => outcomes.shown > 0);
					if (shown.length === 0) return <p class="hint">{words.noBrought}</p>;
					return (
						<Bars
							label={words.brought}
							rows={shown
								.toSorted((a, b) => b.outcomes.shown - a.outcomes.shown)
								.slice(0, most)
								.map(({ experience, outcomes, reactions }) => ({
									key: experience,
									name: nameOf(experience),
									value: outcomes.shown,
									shown: `${format.number(outcomes.shown)} · ${words.reacted(reactions)}`,
									href: `${site.home}/reports/experiences/${experience}?days=1`,
								}))}
						/>
					);
				}}
			</Answered>
		</Section>
	);
}
