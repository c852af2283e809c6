// What events add up to: tags with their counts, and the score with the ledger that it is the sum of.

import type { TagMark } from "../../domain/facts.ts";
import type { LedgerLine } from "../../protocol/history.ts";
import type { Visitor } from "../report.ts";
import { Flash } from "./flash.tsx";
import { useLanguage } from "./language.ts";

export function Tags({ tags }: { readonly tags: Readonly<Record<string, TagMark>> }) {
	const { words, format } = useLanguage();
	const sorted = Object.entries(tags).sort(([, a], [, b]) => b.lastAt - a.lastAt || b.count - a.count);
	return (
		<section class="tags">
			<h2>{words.tags.title}</h2>
			{sorted.length === 0 && <p class="none">{words.tags.none}</p>}
			<ul>
				{sorted.map(([tag, { count, lastAt }]) => (
					<li key={tag} title={format.full(lastAt)}>
						<Flash of={count} class="chip">
							{tag} <b>({format.number(count)})</b>
						</Flash>
					</li>
				))}
			</ul>
		</section>
	);
}

export function Score({ visitor, now }: { readonly visitor: Visitor; readonly now: number }) {
	const { words } = useLanguage();
	const { ledger, person } = visitor;
	return (
		<section class="score">
			<h2>
				{words.score.title}
				<Flash of={person.score} class="sum">
					{words.score.points(person.score)}
				</Flash>
			</h2>
			{ledger.length === 0 && <p class="none">{words.score.none}</p>}
			<ul>
				{ledger.map((line) => (
					<Earned key={`${line.event}/${line.rule}/${line.at}`} line={line} visitor={visitor} now={now} />
				))}
			</ul>
		</section>
	);
}

function Earned({ line, visitor, now }: { line: LedgerLine; visitor: Visitor; now: number }) {
	const { words, format } = useLanguage();
	const { at, points, rule, event, name, path } = line;
	const origin = path ?? (name === null ? words.score.byClock : (words.story.events[name] ?? name));
	return (
		<li>
			<Flash of={event} class="line">
				<b class={points < 0 ? "is-minus" : ""}>{format.signed(points)}</b>
				<span>{visitor.rules[rule]?.name ?? rule}</span>
				<span class="faint">{origin}</span>
				<time title={format.full(at)}>{format.when(at, now)}</time>
			</Flash>
		</li>
	);
}
