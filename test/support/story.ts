// A person's story under a site's rules: what happens when, and what rules, time and people by hand make of it.

import type { Definitions } from "../../worker/domain/definition.ts";
import type { Event, Properties } from "../../worker/domain/event.ts";
import { type Circumstances, type Facts, record } from "../../worker/domain/facts.ts";
import { type PartKind, read } from "../../worker/domain/person.ts";
import { prepare } from "../../worker/domain/rules.ts";
import { arrive, newcomer, pass, type Standing } from "../../worker/domain/standing.ts";

export const dayMs = 86_400_000;

export interface Story {
	readonly rules: ReturnType<typeof prepare>;
	readonly standing: Standing;
	/** Everything that was recorded, in order. */
	readonly entries: Event[];
	/** Lets time pass up to then, and then it happens; answers with what rules made of it. */
	happen(
		name: string,
		at: number,
		props?: Properties,
		part?: PartKind,
		circumstances?: Circumstances,
	): readonly Event[];
	/** It comes when it comes: without letting time pass up to its own instant. */
	comeLate(name: string, at: number, props: Properties, now: number): readonly Event[];
	/** By hand, and whatever it is called. */
	byHand(event: Event): readonly Event[];
	pass(now: number): readonly Event[];
	facts(): Facts;
}

export function story(own: Partial<Definitions>): Story {
	const rules = prepare({ tagRules: [], scoreRules: [], segments: [], experiences: [], ...own });
	const standing = newcomer();
	const entries: Event[] = [];
	const wait = (now: number): readonly Event[] => {
		const passed = pass(standing, rules, "browser", now);
		entries.push(...passed);
		return passed;
	};
	const take = (
		event: Event,
		now: number,
		kind: PartKind,
		circumstances: Circumstances = {},
	): readonly Event[] => {
		const effects = arrive(standing, rules, { id: kind, kind }, event, circumstances, now);
		entries.push(event, ...effects);
		return effects;
	};
	let made = 0;
	return {
		rules,
		standing,
		entries,
		happen: (name, at, props = {}, part = "browser", circumstances = {}) => {
			wait(at);
			return take({ id: `event-${made++}`, name, at, props }, at, part, circumstances);
		},
		comeLate: (name, at, props, now) => {
			wait(now);
			return take({ id: `event-${made++}`, name, at, props }, now, "browser");
		},
		byHand: (event) => {
			wait(event.at);
			return take(event, event.at, "hand");
		},
		pass: wait,
		facts: () => read(standing.person),
	};
}

/** An entry as the card shows it. */
export function told({ name, props }: Event): string {
	return [name, ...Object.values(props)].join(" ");
}

/** What a list of entries comes to, in one part. */
export function folded(facts: Facts, entries: readonly Event[], watch: Story["rules"]["watch"]): Facts {
	for (const entry of entries) record(facts, entry, watch);
	return facts;
}
