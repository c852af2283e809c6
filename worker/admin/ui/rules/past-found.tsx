// Whom a rule would have changed: how many, and of the first the tags and points before and after, and by which event.

import type * as z from "zod/mini";
import type * as schema from "../../../protocol/admin.schema.ts";
import { useFormat, useWords } from "../language.ts";
import { useSite } from "../site.ts";

type PastPreview = z.infer<typeof schema.PastPreview>;
const shownAtMost = 5;

export function PastFound({ found: { people, busy, changed } }: { readonly found: PastPreview }) {
	const { rules: words, builder } = useWords();
	const format = useFormat();
	const site = useSite();
	return (
		<div role="status">
			<p class="builder-count">{words.wouldChange(changed.length)}</p>
			<p class="hint">
				{words.among(people)}
				{busy > 0 && ` ${words.busy(busy)}`}
			</p>
			<ul class="samples">
				{changed.slice(0, shownAtMost).map(({ person, tags, points, entries: [latest] }) => (
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
