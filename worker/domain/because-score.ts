// Why a person has so many points: the entries behind them, by what made them, which sum to the balance; the tier they
// come to, and what the next one takes. Worked out when somebody asks.

import type { Definitions, Limit, Programme, ScoreRule, Tier } from "./definition.ts";
import { limitOf } from "./effect.ts";
import { type Event, eventNames } from "./event.ts";
import type { Facts } from "./facts.ts";
import { own } from "./keyed.ts";
import { lapsesOf } from "./lapse.ts";
import { type Person, read } from "./person.ts";
import { amountOf, ownScore } from "./points.ts";
import { balanceOf, isMember, tierOf } from "./programme.ts";
import { lapsingOf } from "./rules.ts";

/** What made entries: a rule, giving or taking; a member who spent, on a reward; time, by a rule or on a balance; a hand. */
export type ScoreSource =
	| { readonly is: "rule"; readonly rule: string }
	| { readonly is: "spending"; readonly reward?: string }
	| { readonly is: "expiry"; readonly rule: string }
	| { readonly is: "fading" }
	| { readonly is: "hand" };

export interface ScoreLine {
	readonly of: ScoreSource;
	/** How many entries, what they come to, and when the latest was, epoch ms. */
	readonly times: number;
	readonly points: number;
	readonly lastAt: number;
}

export interface ScoreBecause {
	/** None: the site's own score. */
	readonly programme?: Programme;
	readonly balance: number;
	/** All that was ever earned: what tiers are reached by. Of a programme alone. */
	readonly earned?: number;
	readonly isMember: boolean;
	/** In the order in which each first came. With `untold`, what history at hand does not tell, they sum to `balance`. */
	readonly lines: readonly ScoreLine[];
	readonly untold: number;
	/** Of each rule that may add to it. */
	readonly limits: ReadonlyMap<string, Limit>;
	/** Rules that have never given or taken. */
	readonly idle: readonly ScoreRule[];
	readonly tier?: Tier;
	readonly next?: { readonly tier: Tier; readonly missing: number };
	/** What time takes next: so many points, or gives back where a rule had taken them. */
	readonly lapse?: { readonly at: number; readonly points: number };
}

/**
 * Of a programme, or of the site's own score where there is none. `history` is of all parts, in any order, each event with
 * what rules made of it beside it.
 */
export function explainScore(
	programme: Programme | undefined,
	person: Person,
	definitions: Definitions,
	history: readonly Event[],
): ScoreBecause {
	const facts = read(person);
	const known = programme && (own(facts.points ?? {}, programme.id) ?? { earned: 0, spent: 0 });
	const balance = known ? balanceOf(known) : facts.score;
	const lines = linesOf(programme?.id, history);
	const used = new Set(lines.flatMap(({ of }) => (of.is === "rule" ? [of.rule] : [])));
	const rules = definitions.scoreRules.filter((rule) => rule.programme === programme?.id);
	const tier = programme && tierOf(programme, known?.earned ?? 0);
	const above = programme?.tiers.find(({ from }) => from > (known?.earned ?? 0));
	const lapse = nextLapse(programme?.id, facts, definitions);
	return {
		...(programme && { programme }),
		balance,
		...(known && { earned: known.earned }),
		isMember: !programme || isMember(person, programme),
		lines,
		untold: balance - lines.reduce((sum, { points }) => sum + points, 0),
		limits: new Map(rules.map((rule) => [rule.id, limitOf(rule)])),
		idle: rules.filter(({ id }) => !used.has(id)),
		...(tier && { tier }),
		...(above && known && { next: { tier: above, missing: above.from - known.earned } }),
		...(lapse && { lapse }),
	};
}

function nextLapse(programme: string | undefined, facts: Facts, definitions: Definitions) {
	const { at, props } =
		[...lapsesOf({ ...facts, tags: {} }, lapsingOf(definitions))]
			.filter(
				(one) => (one.props.programme ?? ownScore) === (programme ?? ownScore) && one.props.points !== 0,
			)
			.sort((a, b) => a.at - b.at)[0] ?? {};
	return at === undefined ? undefined : { at, points: amountOf(props?.points) };
}

/** The sum is what `recordPoints` makes of the same entries. */
function linesOf(programme: string | undefined, history: readonly Event[]): readonly ScoreLine[] {
	const lines = new Map<string, ScoreLine>();
	for (const event of history.toSorted((a, b) => a.at - b.at)) {
		const of = sourceOf(event);
		if (!of || event.props.programme !== programme) continue;
		const key = JSON.stringify(of);
		const { times, points } = lines.get(key) ?? { times: 0, points: 0 };
		const amount = amountOf(event.props.points);
		const signed = event.name === eventNames.pointsEarned ? amount : -amount;
		lines.set(key, { of, times: times + 1, points: points + signed, lastAt: event.at });
	}
	return [...lines.values()];
}

function sourceOf({ name, props, cause }: Event): ScoreSource | undefined {
	switch (name) {
		case eventNames.pointsEarned:
			return cause ? { is: "rule", rule: cause.rule } : { is: "hand" };
		case eventNames.pointsSpent:
			if (cause) return { is: "rule", rule: cause.rule };
			return { is: "spending", ...(props.reward === undefined ? {} : { reward: String(props.reward) }) };
		case eventNames.pointsExpired:
			return props.percent === undefined ? { is: "expiry", rule: String(props.rule) } : { is: "fading" };
		default:
			return undefined;
	}
}
