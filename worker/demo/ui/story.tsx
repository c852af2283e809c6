// The latest events, each with what the rules made of it.

import type { Effect, StoryLine } from "../../protocol/history.ts";
import type { Visitor } from "../report.ts";
import { nameOf, Reasons } from "./candidates.tsx";
import { Flash, Settled } from "./flash.tsx";
import { type Language, useLanguage } from "./language.ts";

export function Story({ visitor, now }: { readonly visitor: Visitor; readonly now: number }) {
	const { story } = useLanguage().words;
	return (
		<section class="story">
			<h2>{story.title}</h2>
			{visitor.story.length === 0 && <p class="none">{story.none}</p>}
			<ol>
				{visitor.story.map((line) => (
					<Happening key={line.id} line={line} visitor={visitor} now={now} />
				))}
			</ol>
		</section>
	);
}

function Happening({ line, visitor, now }: { line: StoryLine; visitor: Visitor; now: number }) {
	const { words, format } = useLanguage();
	const { at, name, effects, decision } = line;
	// What the clock did has no event of its own, and is told by its effect.
	const isClock = line.id.startsWith("clock");
	return (
		<li>
			<Flash of={line.id} class="line">
				<b>{isClock ? words.story.clock : (words.story.events[name] ?? name)}</b>
				<span class="faint">{isClock ? "" : detail(line, visitor, { words, format })}</span>
				<FromThePast at={line.appliedAt} />
				<time title={format.full(at)}>{format.when(at, now)}</time>
			</Flash>
			{effects.length > 0 && (
				<ul class="effects">
					{effects.map((effect) => (
						<li key={`${effect.name}/${effect.rule}`} class={`is-${kindOf(effect)}`}>
							{effectText(effect, visitor, { words, format })}
						</li>
					))}
				</ul>
			)}
			{decision && (
				<details>
					<summary>{words.story.reasons}</summary>
					{/* The past does not change: what comes to sight there is not news. */}
					<Settled.Provider value={false}>
						<Reasons of={decision} names={visitor.rules} now={at} />
					</Settled.Provider>
				</details>
			)}
		</li>
	);
}

/** Marks what a rule made because of something that had happened before it was applied. */
export function FromThePast({ at }: { readonly at: number | undefined }) {
	const { words, format } = useLanguage();
	return at === undefined ? null : (
		<span class="past" title={words.story.applied(format.full(at))}>
			{words.story.past}
		</span>
	);
}

type Tongue = Pick<Language, "words" | "format">;

function detail({ name, props }: StoryLine, { rules }: Visitor, { words, format }: Tongue): string {
	if (name === "Page Left" && typeof props.seconds === "number" && typeof props.scroll === "number")
		return words.story.read(format.number(props.seconds), format.percent(props.scroll));
	if (typeof props.experience === "string") return nameOf(props.experience, rules);
	const said = props.tag ?? props.name;
	if (typeof said === "string") return said;
	return typeof props.path === "string" ? props.path : "";
}

function kindOf({ name }: Effect): "tag" | "points" | "entered" | "left" | "other" {
	switch (name) {
		case "Tag Added":
			return "tag";
		case "Points Earned":
			return "points";
		case "Segment Entered":
			return "entered";
		case "Segment Exited":
			return "left";
		default:
			return "other";
	}
}

function effectText(effect: Effect, { rules }: Visitor, { words, format }: Tongue): string {
	const { props, rule } = effect;
	const known = rules[rule]?.name ?? rule;
	switch (kindOf(effect)) {
		case "tag":
			return String(props.tag);
		case "points":
			return `${format.signed(Number(props.points))} ${known}`;
		case "entered":
			return words.story.entered(known);
		case "left":
			return words.story.left(known);
		case "other":
			return effect.name;
	}
}
