// Nothing that was acknowledged is lost and nothing happens twice, however often the process is killed and however D1
// fails, committing and then losing its answer included.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { definitions, settings } from "../shop/definitions.ts";
import { publish } from "../support/client.ts";
import { FaultyEdge, until } from "../support/faulty-edge.ts";
import { Driver } from "./driver.ts";
import type { Journal } from "./journal.ts";
import { accountsOf, accountsOfCells, accountsOfD1, accountsOfJournal, differences } from "./reconcile.ts";
import type { Figures, Plan } from "./worker/plan.ts";

const site = "kill";
const isLong = process.env.WITAJ_LONG === "1";
const kills = isLong ? 25 : 6;
const leastEvents = isLong ? 5_000 : 1_000;
const browsers = 6;
/** A life ends after so long at the latest: long enough for several deliveries. */
const longestLifeMs = 1_500;

const failing = (seed: number): Plan => ({ down: false, before: 0.25, after: 0.2, seed });

describe(`killed ${kills} times while D1 fails`, () => {
	let edge: FaultyEdge;
	let journal: Journal;
	const figures = { calls: 0, failedBefore: 0, failedAfter: 0 };
	let cells: Awaited<ReturnType<typeof accountsOfCells>>;
	let d1: Awaited<ReturnType<typeof accountsOfD1>>;

	beforeAll(async () => {
		edge = await FaultyEdge.start(failing(1));
		const { key } = await publish(edge.url, site, settings, definitions);
		const driver = new Driver(edge.url, key, browsers);
		for (let kill = 1; kill <= kills; kill++) {
			edge.keepSpare();
			await someInstant(longestLifeMs);
			add(figures, await edge.figures());
			await someInstant(50);
			// The last life is a sound one, in which the outboxes drain.
			const plan = kill < kills ? failing(kill + 1) : undefined;
			await driver.outlive(
				edge
					.kill()
					.then(() => edge.revive(plan))
					.then(() => edge.url),
			);
		}
		await driver.finish();
		journal = driver.journal;
		cells = await until(
			() => accountsOfCells(edge, site),
			({ waiting }) => waiting === 0,
		);
		d1 = await accountsOfD1(edge, site);
		console.info(
			`${journal.acknowledged.length} events acknowledged in ${journal.bodies} bodies, ${journal.bodiesSentAgain} of them sent again; ${kills} kills; D1: ${figures.calls} calls, ${figures.failedBefore} failed before and ${figures.failedAfter} after committing; ${Object.keys(cells.accounts).length} browsers`,
		);
	}, 300_000);
	afterAll(() => edge.stop());

	it("the faults were as bad as they were meant to be", () => {
		const { calls, failedBefore, failedAfter } = figures;
		expect(journal.acknowledged.length).toBeGreaterThanOrEqual(leastEvents);
		expect(journal.bodiesSentAgain / journal.bodies).toBeGreaterThanOrEqual(0.2);
		expect((failedBefore + failedAfter) / calls).toBeGreaterThanOrEqual(0.3);
		expect(failedAfter / calls).toBeGreaterThanOrEqual(0.1);
	});

	it("every answer was a verdict, and none contradicts another", () => {
		expect(journal.refusals).toEqual([]);
		expect(journal.contradictions).toEqual([]);
	});

	it("nothing was set aside", () => {
		expect(cells.dead).toBe(0);
	});

	it("cells hold what was acknowledged: visits, tags and score to the last count", () => {
		const expected = accountsOfJournal(journal);
		const held = accountsOf(expected, cells.accounts);
		expect(differences(held, expected, ["visits", "score", "tags"])).toEqual([]);
	});

	it("D1 holds every event that was acknowledged, once, and what they add up to", () => {
		const expected = accountsOfJournal(journal);
		const held = accountsOf(expected, d1);
		expect(differences(held, expected, ["visits", "score", "tags", "events"])).toEqual([]);
	});

	it("D1 and the cells agree on everyone, also on browsers that never heard an answer", () => {
		const members = ["visits", "visitsOfEvents", "score", "tags", "ledger"] as const;
		expect(differences(d1, cells.accounts, members)).toEqual([]);
		expect(differences(d1, cells.accounts, ["firstSeenAt", "shown", "segments"])).toEqual([]);
	});

	it("no event, answered or not, is anywhere twice", async () => {
		const doubled = await edge.sql(
			"SELECT id, count(*) AS n FROM events WHERE site = ? AND cause IS NULL GROUP BY id HAVING n > 1",
			site,
		);
		expect(doubled).toEqual([]);
	});
});

function add(
	sum: { -readonly [K in keyof Figures]: number },
	{ calls, failedBefore, failedAfter }: Figures,
): void {
	sum.calls += calls;
	sum.failedBefore += failedBefore;
	sum.failedAfter += failedAfter;
}

/** Nothing is waited for here: that it may be any instant is the point. */
function someInstant(latestMs: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, latestMs * (0.2 + 0.8 * Math.random())));
}
