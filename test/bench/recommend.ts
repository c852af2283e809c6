// How well the next product of a session is foretold: on the clicks of a real shop, every prefix of every session, beside
// other recommenders that know the same sessions. `valid` is what ours was tuned on, and is not reported.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { bounds, learn, newMemory } from "../../worker/domain/recommend/memory.ts";
import { foretell } from "../../worker/domain/recommend/neighbours.ts";
import {
	cooccurrence,
	most,
	popularity,
	type Recommender,
	type Session,
	sknn,
	vmisKnn,
} from "./recommenders.ts";
import { atLeast, atMost, figure, type Measure } from "./report.ts";

const folder = join(import.meta.dirname, "../../../shared/data/clicks");
const dayS = 86_400;
/** Days before the end of what is learned from, each tried on the day that follows. */
const splits = [3, 6, 9];
const resamples = 2_000;
/** By how much the lower bound of a difference may be below nothing. */
const margin = -0.01;

interface Outcome {
	/** 1/rank of the next product, and whether it is there; of every prefix in turn. */
	readonly reciprocal: readonly number[];
	readonly hit: readonly number[];
	readonly coverage: number;
	/** Microseconds, ascending. */
	readonly micros: readonly number[];
}

export function benchRecommend(): Measure[] {
	if (!existsSync(folder)) {
		console.log("recommend: left out, for the clicks to try it on are not there");
		return [];
	}
	const train = sessionsIn("train.txt");
	const memory = memoryOf(train);
	const end = train.at(-1)?.to ?? 0;
	const later = splits.flatMap((days) => {
		const cut = end - days * dayS;
		const known = train.filter(({ to }) => to < cut);
		const next = train.filter(({ from }) => from >= cut && from < cut + dayS);
		return compare(`${days} days before`, known, next, false);
	});
	return [memory, ...compare("test", train, sessionsIn("test.txt"), true), ...later];
}

function compare(
	name: string,
	train: readonly Session[],
	tried: readonly Session[],
	isWhole: boolean,
): Measure[] {
	const catalogue = new Set(train.flatMap(({ items }) => items)).size;
	const ours = outcomeOf(neighbours(train), tried, catalogue);
	const vmis = outcomeOf(vmisKnn(train), tried, catalogue);
	const row = (of: string, { reciprocal, hit, coverage }: Outcome): Measure[] => [
		figure(`recommend, ${name}: MRR@${most}, ${of}`, mean(reciprocal), ""),
		figure(`recommend, ${name}: HR@${most}, ${of}`, mean(hit), ""),
		figure(`recommend, ${name}: coverage, ${of}`, coverage, ""),
	];
	const others: readonly (readonly [string, (train: readonly Session[]) => Recommender])[] = [
		["popularity", popularity],
		["co-occurrence", cooccurrence],
		["sknn", sknn],
	];
	return [
		...others.flatMap(([of, make]) => (isWhole ? row(of, outcomeOf(make(train), tried, catalogue)) : [])),
		...row("VMIS-kNN", vmis),
		...row("ours", ours),
		atLeast(
			`recommend, ${name}: MRR less VMIS-kNN's, lower 95 %`,
			lower(ours.reciprocal, vmis.reciprocal),
			"",
			margin,
		),
		atLeast(`recommend, ${name}: HR less VMIS-kNN's, lower 95 %`, lower(ours.hit, vmis.hit), "", margin),
		...(isWhole ? [atLeast(`recommend, ${name}: coverage`, ours.coverage, "", 0.3)] : []),
		atMost(`recommend, ${name}: p99`, quantile(ours.micros, 0.99) / 1_000, "ms", 1),
	];
}

function neighbours(train: readonly Session[]): Recommender {
	const memory = newMemory();
	for (const { visit, items } of train) for (const item of items) learn(memory, visit, item);
	return (seen) => foretell(memory, seen, { most, again: true }).map(({ product }) => product);
}

function outcomeOf(recommender: Recommender, tried: readonly Session[], catalogue: number): Outcome {
	// Not timed: the engine learns to run it.
	for (const { items } of tried.slice(0, 100)) recommender(items.slice(0, -1));
	const reciprocal: number[] = [];
	const hit: number[] = [];
	const micros: number[] = [];
	const covered = new Set<string>();
	for (const { items } of tried) {
		for (let length = 1; length < items.length; length++) {
			const seen = items.slice(0, length);
			const began = performance.now();
			const products = recommender(seen);
			micros.push((performance.now() - began) * 1_000);
			const rank = products.indexOf(items[length] ?? "");
			reciprocal.push(rank < 0 ? 0 : 1 / (rank + 1));
			hit.push(rank < 0 ? 0 : 1);
			for (const product of products) covered.add(product);
		}
	}
	const coverage = covered.size / catalogue;
	return { reciprocal, hit, coverage, micros: micros.sort((a, b) => a - b) };
}

/** Lower bound of the mean difference by the paired bootstrap, with a chance that is the same in every run. */
function lower(one: readonly number[], other: readonly number[]): number {
	const differences = one.map((value, i) => value - (other[i] ?? 0));
	let seed = 1;
	const random = () => {
		seed = (seed * 48_271) % 2_147_483_647;
		return seed / 2_147_483_647;
	};
	const means = Array.from({ length: resamples }, () => {
		let sum = 0;
		for (let n = differences.length; n > 0; n--)
			sum += differences[Math.floor(random() * differences.length)] ?? 0;
		return sum / differences.length;
	});
	return quantile(
		means.sort((a, b) => a - b),
		0.025,
	);
}

/** In production sessions are as many as the bounds allow; here as many as there are. */
function memoryOf(train: readonly Session[]): Measure {
	const collect = collector();
	const bytes = () => {
		collect();
		const { heapUsed, arrayBuffers } = process.memoryUsage();
		return heapUsed + arrayBuffers;
	};
	const before = bytes();
	const memory = newMemory({ ...bounds, sessions: train.length });
	for (const { visit, items } of train) for (const item of items) learn(memory, visit, item);
	const grown = bytes() - before;
	const clicks = memory.lengths.reduce((sum, length) => sum + length, 0);
	return figure("recommend: memory for a million clicks", grown / clicks, "MB");
}

/** The engine's own collector of garbage, which it hides. */
function collector(): () => void {
	setFlagsFromString("--expose-gc");
	return runInNewContext("gc");
}

function sessionsIn(file: string): readonly Session[] {
	const clicks = readFileSync(join(folder, file), "utf8")
		.split("\n")
		.slice(1)
		.filter((line) => line !== "")
		.map((line) => line.split("\t"))
		.map(([visit = "", item = "", at = ""]) => ({ visit, item, at: Number(at) }));
	const byVisit = Map.groupBy(
		clicks.sort((a, b) => a.at - b.at),
		({ visit }) => visit,
	);
	return [...byVisit]
		.map(([visit, all]) => ({
			visit,
			items: all.map(({ item }) => item),
			from: all[0]?.at ?? 0,
			to: all.at(-1)?.at ?? 0,
		}))
		.sort((a, b) => a.to - b.to);
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function quantile(ascending: readonly number[], share: number): number {
	return ascending[Math.floor(ascending.length * share)] ?? Number.NaN;
}
