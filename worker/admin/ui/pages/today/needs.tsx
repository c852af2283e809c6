// What somebody should look at, with what to do about it. Nothing is there where all is well.

import { CircleCheck, TriangleAlert } from "lucide";
import type { Need, Needs } from "../../../../protocol/figure.ts";
import { useAsked } from "../../api/asked.ts";
import { useFormat, useWords } from "../../language.ts";
import { LinkButton } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Answered, Section } from "../../parts/page.tsx";
import { useSite } from "../../site.ts";
import type { Words } from "../../words/words.ts";

const everyMs = 5 * 60_000;

export function NeedsList() {
	const { today: words } = useWords();
	const site = useSite();
	const asked = useAsked<Needs>(`${site.api}/needs`, { everyMs });
	return (
		<Answered asked={asked} rows={1}>
			{({ needs }) =>
				needs.length === 0 ? (
					<p class="all-well">
						<Icon of={CircleCheck} />
						<span>
							{words.noNeeds}. <small>{words.noNeedsWhy}</small>
						</span>
					</p>
				) : (
					<Section title={words.needs}>
						<ul class="needs">
							{needs.map((need) => (
								<NeedRow key={JSON.stringify(need)} need={need} />
							))}
						</ul>
					</Section>
				)
			}
		</Answered>
	);
}

function NeedRow({ need }: { readonly need: Need }) {
	const words = useWords();
	const format = useFormat();
	const site = useSite();
	const { title, todo, act, path } = told(need, words, format);
	return (
		<li>
			<Icon of={TriangleAlert} />
			<div>
				<strong>{title}</strong>
				<p class="hint">{todo}</p>
			</div>
			{path !== undefined && (
				<LinkButton small href={site.home + path}>
					{act}
				</LinkButton>
			)}
		</li>
	);
}

interface Told {
	readonly title: string;
	readonly todo: string;
	readonly act: string;
	/** Where one can do it, if one can. */
	readonly path?: string;
}

function told(need: Need, { today, figures }: Words, format: ReturnType<typeof useFormat>): Told {
	switch (need.kind) {
		case "segment-empty": {
			const { title, todo, act } = today.need[need.kind];
			const path = `/segments/${need.segment}`;
			return { title: title(need.name, need.days), todo: todo(need.experiences.length), act, path };
		}
		case "experience-never-shown": {
			const { title, todo, act } = today.need[need.kind];
			const most = need.lost[0]?.reason;
			const reason = most === undefined ? undefined : (figures.reasons[most] ?? most);
			const path = `/reports/experiences/${need.experience}?days=7`;
			return { title: title(need.name, need.days), todo: todo(reason), act, path };
		}
		case "feed-failed": {
			const { title, suspicious, todo, todoSuspicious, act } = today.need[need.kind];
			const when = format.relative(need.at);
			return need.fault === "suspicious"
				? { title: suspicious, todo: todoSuspicious(when), act, path: "/products/feed" }
				: { title, todo: todo(when), act, path: "/products/feed" };
		}
		case "pool-low": {
			const { title, todo, act } = today.need[need.kind];
			const { pool, left, codes } = need;
			const said = title(pool, format.number(left), format.number(codes));
			return { title: said, todo, act, path: "/reports/coupons" };
		}
		case "rows-set-aside": {
			const { title, todo, act } = today.need[need.kind];
			return { title: title(need.rows), todo: todo(need.cell), act };
		}
		case "conflicts": {
			const { title, todo, act } = today.need[need.kind];
			return { title: title(need.waiting), todo, act, path: "/people/conflicts" };
		}
		case "publication-waits": {
			const { title, todo, act } = today.need[need.kind];
			return { title: title(need.revision), todo: todo(need.cells.length), act };
		}
	}
}
