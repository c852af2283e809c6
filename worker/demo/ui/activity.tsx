// A year week by week: bars for whoever sees them, and the same as a table.

import type { Activity as Weeks } from "../../protocol/person.ts";
import { useLanguage } from "./language.ts";

const height = 48;
const step = 8;

export function Activity({ weeks }: { readonly weeks: Weeks["weeks"] }) {
	const { words, format, lang } = useLanguage();
	const { card: its } = words;
	const most = Math.max(1, ...weeks.map(({ events }) => events));
	const total = weeks.reduce((sum, { events }) => sum + events, 0);
	const day = new Intl.DateTimeFormat(lang === "pl" ? "pl-PL" : "en-GB", {
		dateStyle: "medium",
		timeZone: "UTC",
	});
	return (
		<section class="card-activity">
			<h2>{its.activity}</h2>
			<svg
				viewBox={`0 0 ${weeks.length * step} ${height}`}
				role="img"
				aria-label={its.activityIs(format.number(total))}
			>
				{weeks.map(({ from, events }, n) => {
					const size = events === 0 ? 1 : Math.max(3, (events / most) * height);
					return (
						<rect
							key={from}
							class={events === 0 ? "is-idle" : ""}
							x={n * step + 1}
							y={height - size}
							width={step - 2}
							height={size}
						/>
					);
				})}
			</svg>
			<details>
				<summary>{its.asTable}</summary>
				<div class="scroll">
					<table>
						<thead>
							<tr>
								{[its.week, its.events, words.who.visits, its.pages, its.orders, its.amount].map((title) => (
									<th key={title} scope="col">
										{title}
									</th>
								))}
							</tr>
						</thead>
						<tbody>
							{weeks
								.filter(({ events, orders }) => events + orders > 0)
								.toReversed()
								.map(({ from, events, visits, pages, orders, amount }) => (
									<tr key={from}>
										<th scope="row">{day.format(from)}</th>
										{[events, visits, pages, orders, amount].map((n, place) => (
											<td key={place}>{format.number(n)}</td>
										))}
									</tr>
								))}
						</tbody>
					</table>
				</div>
			</details>
		</section>
	);
}
