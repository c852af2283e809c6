// D1 is away, forgetful or fussy, and visitors notice nothing: what they do is recorded and decided by the cells, and
// D1 has it once as soon as it can.

import { describe, expect, test } from "vitest";
import type { CollectResponse } from "../../worker/protocol/collect.ts";
import { definitions, settings } from "../shop/definitions.ts";
import { answered, messageId, pageView, publish, send } from "../support/client.ts";
import { FaultyEdge, until, whereaboutsOf } from "../support/faulty-edge.ts";
import { sound } from "./worker/plan.ts";

const site = "outage";
const shop = "https://shop.example";
const down = { ...sound, down: true };

interface World {
	readonly edge: FaultyEdge;
	readonly key: string;
}

/** Each has an edge of its own, and waits more than it computes: all at once. */
const it = test.extend<{ readonly world: World }>({
	// biome-ignore lint/correctness/noEmptyPattern: what is asked for is read off the pattern
	world: async ({}, use) => {
		const edge = await FaultyEdge.start();
		const { key } = await publish(edge.url, site, settings, definitions);
		await use({ edge, key });
		await edge.stop();
	},
});

/** A page view, and that it was left: what was open there is open no longer, and another may open. */
async function view(
	{ edge, key }: World,
	path: string,
	token?: string,
): Promise<CollectResponse & { readonly token: string }> {
	const body = pageView(key, shop + path, token, "");
	const answer = await answered(await send(edge.url, body));
	const own = answer.token ?? token ?? "";
	const left = { id: messageId(), name: "Page Left", at: Date.now(), props: { view: body.page.view, path } };
	await send(edge.url, { ...body, token: own, decide: false, events: [left] });
	return { ...answer, token: own };
}

/** Three looks at the price list, and then the blog: the story of the demo. Answers with what the blog showed. */
async function story(world: World, token?: string) {
	let carried = token;
	for (const _ of [1, 2, 3]) carried = (await view(world, "/cennik", carried)).token;
	const last = await view(world, "/blog/wiosna", carried);
	return { token: last.token, shown: last.show.map(({ experience }) => experience) };
}

async function outboxesAreEmpty({ edge }: World): Promise<void> {
	for (const cell of await edge.cells(site)) {
		await until(
			() => edge.tables(site, cell),
			({ outbox }) => outbox.length === 0,
		);
	}
}

async function historyOf({ edge }: World, token: string): Promise<readonly string[]> {
	const { visitor } = whereaboutsOf(token);
	const query = "SELECT name, path FROM events WHERE site = ? AND part = ? ORDER BY at, id";
	const rows = await edge.sql<{ name: string; path: string | null }>(query, site, visitor);
	return rows.map(({ name, path }) => `${name} ${path ?? ""}`.trim()).toSorted();
}

const toldAgain = [
	"Experience Shown /blog/wiosna",
	...["/blog/wiosna", "/cennik", "/cennik", "/cennik"].flatMap((path) => [
		`Page Left ${path}`,
		`Page Viewed ${path}`,
	]),
];
/** That something is offered is told once in a visit. */
const wholeStory = ["Experience Qualified", ...toldAgain].toSorted();

describe.concurrent("D1 fully down", () => {
	it("page views are recorded and pop-ups decided as before, and D1 has all of it once when it is back", async ({
		world,
		world: { edge },
	}) => {
		await edge.order(down);
		const { token, shown } = await story(world);
		expect(shown).toEqual(["ready-to-buy"]);
		expect(await edge.look(site, whereaboutsOf(token))).toMatchObject({ score: 30, visits: 1 });
		await until(
			() => edge.figures(),
			({ failedBefore }) => failedBefore >= 2,
		);
		expect(await historyOf(world, token)).toEqual([]);
		await edge.order(sound);
		await outboxesAreEmpty(world);
		expect(await historyOf(world, token)).toEqual(wholeStory);
	});

	it("a cold start changes nothing: known visitors are known, new ones are met, and nothing is lost", async ({
		world,
		world: { edge },
	}) => {
		await edge.order(down);
		const before = await view(world, "/cennik");
		await edge.kill();
		await edge.revive(down);
		const known = await story(world, before.token);
		const met = await story(world);
		expect([known.shown, met.shown]).toEqual([["ready-to-buy"], ["ready-to-buy"]]);
		expect(known.token).toBe(before.token);
		await edge.kill();
		await edge.revive(sound);
		await outboxesAreEmpty(world);
		expect(await historyOf(world, met.token)).toEqual(wholeStory);
		expect(await historyOf(world, known.token)).toEqual(
			[...wholeStory, "Page Left /cennik", "Page Viewed /cennik"].toSorted(),
		);
	});
});

describe.concurrent("D1 commits, and its answer is lost, every single time", () => {
	it("all arrives, and nothing is doubled", async ({ world, world: { edge } }) => {
		await edge.order({ ...sound, after: 1, batchesOnly: true });
		const first = await story(world);
		await outboxesAreEmpty(world);
		const second = await story(world, first.token);
		await outboxesAreEmpty(world);
		expect([first.shown, second.shown]).toEqual([["ready-to-buy"], ["ready-to-buy"]]);
		expect(await historyOf(world, first.token)).toEqual([...wholeStory, ...toldAgain].toSorted());
		const [part] = await edge.sql<{ score: number; visits: number }>("SELECT score, visits FROM parts");
		expect(part).toEqual({ score: 60, visits: 1 });
		expect((await edge.figures()).failedAfter).toBeGreaterThan(1);
	});

	it("whoever revokes consent is erased, stays so over a restart, and takes nobody along", async ({
		world,
		world: { edge },
	}) => {
		const fate = { ...sound, after: 1, batchesOnly: true } as const;
		await edge.order(fate);
		const [gone, stays] = [await story(world), await story(world)];
		await outboxesAreEmpty(world);
		await send(edge.url, { ...pageView(world.key, `${shop}/`, gone.token), consent: "denied", events: [] });
		await edge.kill();
		await edge.revive(fate);
		await story(world, stays.token);
		await outboxesAreEmpty(world);
		expect(await historyOf(world, gone.token)).toEqual([]);
		expect(await historyOf(world, stays.token)).toEqual([...wholeStory, ...toldAgain].toSorted());
		const parts = await edge.sql<{ id: string }>("SELECT id FROM parts");
		expect(parts.map(({ id }) => id)).toEqual([whereaboutsOf(stays.token).visitor]);
	});
});

describe.concurrent("a row that D1 refuses", () => {
	it("steps aside, is kept for whoever looks into it, and does not hold up the others", async ({
		world,
		world: { edge },
	}) => {
		await edge.order({ ...sound, poison: "/zatrute" });
		const { token } = await story(world);
		const { cell } = whereaboutsOf(token);
		await send(edge.url, { ...pageView(world.key, `${shop}/zatrute`, token), decide: false });
		const shown = (await story(world, token)).shown;
		const { dead } = await until(
			() => edge.tables(site, cell),
			({ outbox }) => outbox.length === 0,
		);
		expect(dead.map(({ payload }) => payload.includes("/zatrute"))).toEqual([true]);
		expect(shown).toEqual(["ready-to-buy"]);
		expect(await historyOf(world, token)).toEqual([...wholeStory, ...toldAgain].toSorted());
	});

	it("is not what an outage is, even one of writes alone: nothing steps aside", async ({
		world,
		world: { edge },
	}) => {
		await edge.order({ ...sound, before: 1, batchesOnly: true });
		const { token } = await view(world, "/cennik");
		await until(
			() => edge.figures(),
			({ failedBefore }) => failedBefore >= 10,
		);
		expect((await edge.tables(site, whereaboutsOf(token).cell)).dead).toEqual([]);
	});
});
