// Where today's visits came from, and what experiences brought.

import type { Today } from "../../../../protocol/figure.ts";
import { useNames, useOriginName } from "../../figures/site.ts";
import { useFormat, useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Section } from "../../parts/page.tsx";
import { Bars } from "../../parts/show.tsx";
import { useSite } from "../../site.ts";

const most = 6;

export function Sources({ of }: { readonly of: Today["channels"] }) {
	const { today: words } = useWords();
	const format = useFormat();
	const site = useSite();
	const nameOf = useOriginName();
	return (
		<Section
			title={words.sources}
			actions={
				<LinkButton small kind="quiet" href={`${site.home}/reports?days=1`}>
					{words.toReports}
				</LinkButton>
			}
		>
			{of.length === 0 ? (
				<p class="hint">{words.noSources}</p>
			) : (
				<Bars
					label={words.sources}
					rows={of.slice(0, most).map(({ channel, visits }) => ({
						key: channel,
						name: nameOf("channel", channel),
						value: visits,
						shown: format.number(visits),
					}))}
				/>
			)}
		</Section>
	);
}

export function Brought({ of }: { readonly of: Today["experiences"] }) {
	const { today: words } = useWords();
	const site = useSite();
	const format = useFormat();
	const nameOf = useNames("experience");
	return (
		<Section title={words.brought} hint={words.broughtHint}>
			{of.length === 0 ? (
				<p class="hint">{words.noBrought}</p>
			) : (
				<Bars
					label={words.brought}
					rows={of.slice(0, most).map(({ experience, shown, reactions }) => ({
						key: experience,
						name: nameOf(experience),
						value: shown,
						shown: `${format.number(shown)} · ${words.reacted(reactions)}`,
						href: `${site.home}/reports/experiences/${experience}?days=1`,
					}))}
				/>
			)}
		</Section>
	);
}
