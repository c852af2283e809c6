// How long a marketer waits for a segment's preview: the count and the first page of people, over the database of a large
// site, through D1's own interface and the product's own query.

import { peopleWho, youngestFirst } from "../../worker/data/people.ts";
import { compileSql } from "../../worker/domain/sql.ts";
import { type Large, largeSite, openLarge } from "../support/seed-large.ts";
import { asked } from "./asked.ts";
import { atMost, figure, type Measure, median } from "./report.ts";

const bars = { median: 300, worst: 1_500 } as const;
const pageLength = 50;
const times = 2;

interface Answer {
	readonly ms: number;
	readonly read: number;
	readonly count: number;
}

export async function benchSegments(isQuick: boolean): Promise<Measure[]> {
	const people = isQuick ? 10_000 : 100_000;
	const large = await openLarge(people, (line) => console.log(`  ${line}`));
	try {
		const answers: Answer[] = [];
		line("", ["ms", "rows read", "people"]);
		for (const name of Object.keys(asked)) {
			const answer = await answerOf(large, name);
			answers.push(answer);
			line(name, [answer.ms.toFixed(0), String(answer.read), String(answer.count)]);
		}
		const all = answers.map(({ ms }) => ms);
		const [middle, worst] = [median(all), Math.max(...all)];
		const name = (of: string) => `segments: count and first page of ${people} people, ${of} of ${all.length}`;
		return isQuick
			? [figure(name("median"), middle, "ms"), figure(name("worst"), worst, "ms")]
			: [atMost(name("median"), middle, "ms", bars.median), atMost(name("worst"), worst, "ms", bars.worst)];
	} finally {
		await large.stop();
	}
}

/** The better of two: the first pays for what another left of the caches. */
async function answerOf({ db, now }: Large, name: string): Promise<Answer> {
	const condition = asked[name];
	if (!condition) throw new Error(`nobody asks ${name}`);
	let best: Answer | undefined;
	for (let i = 0; i < times; i++) {
		const meter = { read: 0 };
		const begun = performance.now();
		const page = { sort: youngestFirst, limit: pageLength, isCounted: true };
		const { count } = await peopleWho(metered(db, meter), largeSite, compileSql(condition, now), now, page);
		const ms = performance.now() - begun;
		if (!best || ms < best.ms) best = { ms, read: meter.read, count: count ?? 0 };
	}
	if (!best) throw new Error("asked no times");
	return best;
}

/** The database, with the rows counted that it says it read. */
function metered(db: Large["db"], meter: { read: number }): D1Database {
	const seen = <T extends { meta: { rows_read: number } }>(result: T): T => {
		meter.read += result.meta.rows_read;
		return result;
	};
	const prepared = (statement: D1PreparedStatement): D1PreparedStatement =>
		new Proxy(statement, {
			get(target, name) {
				if (name === "bind") return (...values: unknown[]) => prepared(target.bind(...values));
				if (name === "all") return async () => seen(await target.all());
				if (name === "whole") return target;
				return Reflect.get(target, name);
			},
		});
	return new Proxy(db as D1Database, {
		get(target, name) {
			if (name === "prepare") return (query: string) => prepared(target.prepare(query));
			if (name !== "batch") return Reflect.get(target, name);
			return async (statements: D1PreparedStatement[]) =>
				(await target.batch(statements.map((one) => Reflect.get(one, "whole")))).map(seen);
		},
	});
}

const line = (name: string, figures: readonly string[]) =>
	console.log(`  ${name.padEnd(56)}${figures.map((figure) => figure.padStart(11)).join("")}`);
