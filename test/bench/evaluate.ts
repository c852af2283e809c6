// What evaluating a site's segments costs, beside a well-kept library that evaluates Mongo-like conditions.
// Both sides answer the same segments of 5 conditions each, 200 and then 1,000 of them, for a few people whom a cell holds in memory. Before each
// evaluation the person views a page, an hour after the last, and the event is recorded: it touches at least a fifth of
// the conditions, and the hour moves every window. About one condition in three holds. Sides take turns, some 200
// evaluations each, so that neither runs in what the other left of the caches. A second peer, a rules engine, takes so
// long that it answers for a few views alone.
// The peer gets its counts worked out beforehand, for free, and neither folds text nor says until when an answer holds.

import { evalCondition } from "@growthbook/growthbook";
import { evaluate, type Verdicts } from "../../worker/domain/predicate.ts";
import { incremental } from "./incremental.ts";
import { atLeast, figure, type Measure, median, print } from "./report.ts";
import { RulesEngine } from "./rules-engine.ts";
import { arrivals, counted, hourMs, type Scene, scene, start, type Visitor, view } from "./scene.ts";

const sizes = [200, 1_000] as const;
/** Views of each visitor before the other side takes its turn. */
const viewsEach = 50;
const turns = 40;
/** Views for which the rules engine is asked. */
const engineViews = 20;
/** The share of all conditions that each view must touch. */
const leastTouched = 0.2;

const instantsOf = (turn: number): readonly number[] =>
	Array.from({ length: viewsEach }, (_, i) => start + (turn * viewsEach + i) * hourMs);

/** @throws where the two sides disagree on any segment. */
function compare({ asked, theirs, watch, program }: Scene): Record<"ours" | "theirs" | "recording", number> {
	const people = arrivals();
	const ms = { ours: [] as number[], theirs: [] as number[], recording: [] as number[] };
	for (let turn = 0; turn <= turns; turn++) {
		// The first turn is for warming up.
		if (turn === 1) for (const list of Object.values(ms)) list.length = 0;
		const answered: { visitor: Visitor; verdicts: Verdicts; values: readonly unknown[] }[] = [];
		for (const now of instantsOf(turn)) {
			for (const visitor of people) {
				const { subject } = visitor;
				const arrived = performance.now();
				view(visitor, watch, now);
				const recorded = performance.now();
				const verdicts = evaluate(program, subject, now);
				ms.ours.push(performance.now() - recorded);
				ms.recording.push(recorded - arrived);
				const values = asked.map(({ leaf, key }) => counted(subject, leaf, key, now));
				answered.push({ visitor, verdicts, values });
			}
		}
		for (const { visitor, verdicts, values } of answered) {
			const { attributes } = visitor;
			for (const [k, { name }] of asked.entries()) attributes[name] = values[k];
			const before = performance.now();
			const peers = theirs.map((condition) => evalCondition(attributes, condition));
			ms.theirs.push(performance.now() - before);
			for (const [i, is] of peers.entries())
				if (is !== verdicts.is(i)) throw new Error(`segment ${i}: two answers`);
		}
	}
	return { ours: median(ms.ours), theirs: median(ms.theirs), recording: median(ms.recording) };
}

/**
 * The same lives once more, and once again for the answers that these have to be: not in between, which would leave
 * nothing of them in the caches. @throws where a view touches too little, or its answers are others.
 */
function followIncrementally({ size, asked, ours, watch, program }: Scene): number {
	const follow = incremental(ours);
	const people = arrivals().map((visitor) => ({ visitor, kept: follow(visitor.subject) }));
	const others = arrivals();
	const ms: number[] = [];
	for (let turn = 0; turn <= turns; turn++) {
		if (turn === 1) ms.length = 0;
		const answered: Float64Array[] = [];
		for (const now of instantsOf(turn)) {
			for (const { visitor, kept } of people) {
				const touched = kept.touchedBy(view(visitor, watch, now));
				if (touched.leaves < leastTouched * asked.length)
					throw new Error(`a view touched only ${touched.leaves}`);
				const before = performance.now();
				kept.update(touched, now);
				ms.push(performance.now() - before);
				answered.push(kept.answers());
			}
		}
		const each = answered.values();
		for (const now of instantsOf(turn)) {
			for (const other of others) {
				view(other, watch, now);
				const verdicts = evaluate(program, other.subject, now);
				const answers = each.next().value;
				for (let i = 0; i < size; i++) {
					const answer = answers?.[i] ?? 0;
					if (answer > 0 !== verdicts.is(i) || Math.abs(answer) !== verdicts.until(i))
						throw new Error(`segment ${i}: two answers of ours`);
				}
			}
		}
	}
	return median(ms);
}

/** The rules engine on the last views of a life; `ours` is what it takes us there. @throws where the two disagree. */
async function compareEngine({
	size,
	asked,
	watch,
	program,
}: Scene): Promise<Record<"ours" | "theirs", number>> {
	const engine = new RulesEngine(size, asked);
	const [visitor] = arrivals();
	if (!visitor) throw new Error("nobody came");
	const ms = { ours: [] as number[], theirs: [] as number[] };
	for (let n = 0; n < viewsEach + engineViews; n++) {
		const now = start + n * hourMs;
		view(visitor, watch, now);
		const before = performance.now();
		const verdicts = evaluate(program, visitor.subject, now);
		const took = performance.now() - before;
		if (n < viewsEach) continue;
		ms.ours.push(took);
		const facts = asked.map(({ leaf, key }) => counted(visitor.subject, leaf, key, now));
		const began = performance.now();
		const met = await engine.run(facts);
		ms.theirs.push(performance.now() - began);
		for (let i = 0; i < size; i++)
			if (met.has(i) !== verdicts.is(i)) throw new Error(`segment ${i}: two answers`);
	}
	return { ours: median(ms.ours), theirs: median(ms.theirs) };
}

/** Microseconds for one evaluation of all segments, and how many times longer the peers take: medians of one process. */
export async function benchEvaluation(): Promise<Measure[]> {
	const measures: Measure[] = [];
	for (const size of sizes) {
		const all = scene(size);
		const { ours, theirs, recording } = compare(all);
		measures.push(
			figure(`evaluate ${size} segments of 5 conditions`, ours * 1_000, "µs"),
			figure("the same incrementally", followIncrementally(all) * 1_000, "µs"),
			figure("the same by GrowthBook's evalCondition", theirs * 1_000, "µs"),
			atLeast(`evaluate ${size}: times as fast as GrowthBook`, theirs / ours, "×", 15),
			figure("recording the view before that, with two tags", recording * 1_000, "µs"),
		);
	}
	const engine = await compareEngine(scene(1_000));
	measures.push(
		figure("1,000 segments by json-rules-engine", engine.theirs * 1_000, "µs"),
		atLeast("evaluate 1000: times as fast as json-rules-engine", engine.theirs / engine.ours, "×", 300),
	);
	return measures;
}

if (import.meta.main) print(await benchEvaluation());
