// A year week by week: bars for whoever sees them, and the same as a table.

import type { Activity } from "../../../../protocol/person.ts";
import { useAsked } from "../../api/asked.ts";
import { useFormat, useWords } from "../../language.ts";
import { Section } from "../../parts/page.tsx";
import { Table } from "../../parts/table.tsx";
import { useSite } from "../../site.ts";

const height = 56;
const step = 10;
const least = 4;

/** Of a person of whom nothing is told yet nothing is drawn. */
export function ActivityByWeek({ person }: { readonly person: string }) {
	const { card: words, people, shell } = useWords();
	const format = useFormat();
	const site = useSite();
	const { value } = useAsked<Activity>(`${site.api}/people/${person}/activity`);
	const weeks = value?.weeks ?? [];
	const most = Math.max(1, ...weeks.map(({ events }) => events));
	const total = weeks.reduce((sum, { events }) => sum + events, 0);
	const first = weeks[0];
	const last = weeks.at(-1);
	return (
		<Section title={words.activity} hint={words.activityIs(total)}>
			<svg
				class="person-weeks"
				viewBox={`0 0 ${52 * step} ${height}`}
				preserveAspectRatio="none"
				aria-hidden="true"
			>
				{weeks.map(({ from, events, orders }, place) => {
					const size = events === 0 ? 1 : Math.max(least, (events / most) * height);
					return (
						<rect
							key={from}
							class={events === 0 ? "is-idle" : orders > 0 ? "has-order" : undefined}
							x={place * step + 1}
							y={height - size}
							width={step - 2}
							height={size}
						>
							<title>{`${format.date(from)}: ${format.number(events)}`}</title>
						</rect>
					);
				})}
			</svg>
			{first && last && (
				<p class="person-weeks-ends">
					<small>{format.date(first.from)}</small>
					<small class="person-weeks-key">{words.withOrder}</small>
					<small>{words.now}</small>
				</p>
			)}
			{total > 0 && (
				<details>
					<summary>{shell.asTable}</summary>
					<Table
						label={words.activity}
						rows={weeks.filter(({ events, orders }) => events + orders > 0).toReversed()}
						keyOf={({ from }) => String(from)}
						columns={[
							{ id: "from", label: words.week, isMain: true, cell: ({ from }) => format.date(from) },
							...(["events", "visits", "pages", "orders", "amount"] as const).map((id) => ({
								id,
								label: { ...people.column, ...words.counts }[id],
								isNumber: true,
								cell: (week: Activity["weeks"][number]) => format.number(week[id], 2),
							})),
						]}
					/>
				</details>
			)}
		</Section>
	);
}
