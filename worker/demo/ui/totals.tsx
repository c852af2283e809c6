// What events add up to: tags with their counts, and the score with the ledger that it is the sum of.

import { useState } from "preact/hooks";
import type { LedgerLine } from "../../protocol/history.ts";
import type { Visitor } from "../report.ts";
import { Flash } from "./flash.tsx";
import { useLanguage } from "./language.ts";
import { FromThePast } from "./story.tsx";
import { Why } from "./why.tsx";

export function Tags({ visitor }: { readonly visitor: Visitor }) {
	const { words, format } = useLanguage();
	const [opened, setOpened] = useState<string>();
	const { tags } = visitor.person;
	const sorted = Object.entries(tags).sort(([, a], [, b]) => b.lastAt - a.lastAt || b.count - a.count);
	const open = opened === undefined ? undefined : tags[opened];
	return (
		<section class="tags">
			<h2>{words.tags.title}</h2>
			{sorted.length === 0 && <p class="none">{words.tags.none}</p>}
			<ul>
				{sorted.map(([tag, { count, lastAt }]) => (
					<li key={tag} title={format.full(lastAt)}>
						<button
							type="button"
							aria-expanded={tag === opened}
							onClick={() => setOpened(tag === opened ? undefined : tag)}
						>
							<Flash of={count} class="chip">
								{tag} <b>({format.number(count)})</b>
							</Flash>
						</button>
					</li>
				))}
			</ul>
			{open && opened !== undefined && <Why key={opened} visitor={visitor} tag={opened} count={open.count} />}
		</section>
	);
}

export function Score({ visitor, now }: { readonly visitor: Visitor; readonly now: number }) {
	const { words } = useLanguage();
	const { ledger, person } = visitor;
	const [isOpen, setOpen] = useState(false);
	return (
		<section class="score">
			<h2>
				{words.score.title}
				<Flash of={person.score} class="sum">
					{words.score.points(person.score)}
				</Flash>
			</h2>
			{ledger.length === 0 && <p class="none">{words.score.none}</p>}
			<details class="why" onToggle={(event) => setOpen(event.currentTarget.open)}>
				<summary>{words.why}</summary>
				{isOpen && <Why visitor={visitor} count={person.score} />}
			</details>
			<ul>
				{ledger.map((line) => (
					<Earned key={line.id} line={line} visitor={visitor} now={now} />
				))}
			</ul>
		</section>
	);
}

function Earned({ line, visitor, now }: { line: LedgerLine; visitor: Visitor; now: number }) {
	const { words, format } = useLanguage();
	const { at, points, rule, name, path, appliedAt } = line;
	const origin = path ?? (name === null ? words.score.byClock : (words.story.events[name] ?? name));
	return (
		<li>
			<Flash of={line.id} class="line">
				<b class={points < 0 ? "is-minus" : ""}>{format.signed(points)}</b>
				<span>{rule === null ? words.score.byHand : (visitor.rules[rule]?.name ?? rule)}</span>
				<span class="faint">{rule === null ? "" : origin}</span>
				<FromThePast at={appliedAt} />
				<time title={format.full(at)}>{format.when(at, now)}</time>
			</Flash>
		</li>
	);
}
