// Who it is: identity, visits, environment, sources, and what a card holds.

import type { Environment } from "../../domain/facts.ts";
import type { Touch } from "../../domain/source.ts";
import type { Visitor } from "../report.ts";
import { Flash } from "./flash.tsx";
import { type Language, useLanguage } from "./language.ts";

export function Who({ visitor, now }: { readonly visitor: Visitor; readonly now: number }) {
	const language = useLanguage();
	const { words, format } = language;
	const { who } = words;
	const { person, isUnproven } = visitor;
	const { identity } = person;
	const environment = environmentText(person.environment, language);
	const isForgotten = identity === "anonymous" && person.visits > 0 && person.environment === null;
	return (
		<section class="who">
			<h2>
				<Flash of={identity} class={`identity is-${identity}`}>
					{who.identity[identity]}
				</Flash>
				{identity !== "anonymous" && isUnproven && (
					<abbr class="badge" title={who.unprovenWhy}>
						{who.unproven}
					</abbr>
				)}
				<code title={`${visitor.id}\n${visitor.cell}`}>{visitor.id.slice(-8)}</code>
			</h2>
			<dl>
				{Object.entries(person.attributes).map(([name, value]) => (
					<Row
						key={name}
						name={who.attributes[name] ?? name}
						value={Array.isArray(value) ? value.join(", ") : String(value)}
					/>
				))}
				<Row
					name={who.firstSeen}
					value={`${format.when(person.firstSeenAt, now)} (${format.relative(person.firstSeenAt, now)})`}
					of={person.firstSeenAt}
				/>
				<Row name={who.visits} value={format.number(person.visits)} />
				{isForgotten || (
					<>
						<Row name={who.environment} value={environment} />
						<Row name={who.firstTouch} value={touchText(person.firstTouch, language)} />
						<Row name={who.lastTouch} value={touchText(person.lastTouch, language)} />
					</>
				)}
			</dl>
			{isForgotten && <p class="forgotten">{who.forgotten}</p>}
		</section>
	);
}

/** `of` is what a change is told by, where the text changes by itself. */
function Row(props: { readonly name: string; readonly value: string; readonly of?: number }) {
	return (
		<div>
			<dt>{props.name}</dt>
			<dd>
				<Flash of={props.of ?? props.value}>{props.value}</Flash>
			</dd>
		</div>
	);
}

function environmentText(environment: Environment | null, { words, format }: Language): string {
	if (!environment) return words.who.unknown;
	const { browser, system, device, city, country } = environment;
	const place = [city, country && format.place(country)].filter(Boolean).join(", ");
	return [browser, system, device && (words.who.device[device] ?? device), place].filter(Boolean).join(" · ");
}

function touchText(touch: Touch | null, { words }: Language): string {
	if (!touch) return words.who.unknown;
	const { source, medium, campaign, phrase, landing } = touch;
	const named = source === "(direct)" ? words.who.direct : source;
	const from = medium === "(none)" ? named : `${named} / ${medium}`;
	const rest = [campaign, phrase && words.quoted(phrase)].filter(Boolean).join(" · ");
	return [from, rest, words.who.landing(landing)].filter(Boolean).join(" · ");
}
