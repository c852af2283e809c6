// Whom a rule would have changed: how many, what that comes to, and of the first the tags and points before and after, and
// by which event.

import { useFormat, useWords } from "../language.ts";
import { useSite } from "../site.ts";
import type { PastTotals } from "./past-totals.ts";

export function PastFound({ found }: { readonly found: PastTotals }) {
	const { rules: words, builder } = useWords();
	const format = useFormat();
	const site = useSite();
	const { people, busy, changed, tags, points, samples, next } = found;
	const more = (n: number) => `${n > 0 ? "+" : ""}${format.number(n)}`;
	return (
		<div role="status">
			<p class="builder-count">{words.wouldChange(changed)}</p>
			<p class="hint">
				{next === null ? words.amongAll(people) : words.among(people)}
				{busy > 0 && ` ${words.busy(busy)}`}
			</p>
			<ul class="samples">
				{Object.entries(tags).map(([tag, total]) => (
					<li key={tag}>{words.tagTotal(tag, total.people, more(total.more))}</li>
				))}
				{points.people > 0 && <li>{words.pointsTotal(points.people, more(points.more))}</li>}
			</ul>
			<ul class="samples">
				{samples.map(({ person, tags, points, entries: [latest] }) => (
					<li key={person}>
						<a href={`${site.home}/people/${person}`}>{builder.anonymous}</a>
						<small>
							{[
								...tags.map(({ tag, before, after }) => `${tag}: ${before} → ${after}`),
								...points.map(({ before, after }) => words.points(before, after)),
								...(latest ? [format.dateTime(latest.at)] : []),
							].join(" · ")}
						</small>
					</li>
				))}
			</ul>
		</div>
	);
}
