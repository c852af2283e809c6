// What D1 takes in, it takes in once: a batch that was committed before, comes late, or comes after an erasure fails
// whole and leaves everything as it was.

import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { noteConflicts } from "../../worker/data/cards.ts";
import { eraseFrom } from "../../worker/data/erasure.ts";
import { gainedByHour } from "../../worker/data/figures.ts";
import { type Intake, takeIn, takenOf } from "../../worker/data/intake.ts";
import { emptyFacts } from "../../worker/domain/facts.ts";
import { arrivalRow, eventRow, type PersonRow, partRow, personRow } from "../../worker/domain/project.ts";
import type { Identity } from "../../worker/domain/subject.ts";
import { env, freshWorld, site } from "./world.ts";

const cell = "eu-eeur-0";
const nothing: Intake = {
	site,
	cell,
	watermark: { from: 0 },
	hasErased: false,
	people: [],
	parts: [],
	mappings: [],
	forwards: [],
	forgotten: [],
	arrivals: [],
	contacts: [],
	contactEvents: [],
	counts: [],
	credits: [],
	erased: [],
};

beforeEach(freshWorld);

const named = (part: string, name: string, at = 1) =>
	eventRow(site, part, { id: `${part} ${name}`, name, at, props: {} });

interface Told {
	readonly version?: number;
	readonly row?: string;
	readonly identity?: Identity;
}

/** What a batch tells of one part: that these events happened, by lines of these numbers. */
function telling(
	part: string,
	first: number,
	last: number,
	names: readonly string[],
	told: Told = {},
): Intake {
	const { version = last, row = "row", identity = "anonymous" } = told;
	const facts = emptyFacts();
	const isAnonymous = identity === "anonymous";
	const events = names.map((name) => named(part, name));
	const owner = partRow(site, part, 1, { id: part, kind: "browser", version, facts }, null);
	return {
		...nothing,
		people: [personOf(part, version, identity)],
		parts: [{ ...owner, score: version, first, last }],
		arrivals: isAnonymous ? [arrivalRow(site, part, { at: 1, id: row }, events)] : [],
		contacts: isAnonymous ? [] : [part],
		contactEvents: isAnonymous ? [] : events,
	};
}

function personOf(id: string, version: number, identity: Identity, segments = {}): PersonRow {
	return personRow(site, { id, cell, epoch: 1, version, identity, segments });
}

function both(a: Intake, b: Intake): Intake {
	return {
		...a,
		people: [...a.people, ...b.people],
		parts: [...a.parts, ...b.parts],
		arrivals: [...a.arrivals, ...b.arrivals],
		erased: [...a.erased, ...b.erased],
		forgotten: [...a.forgotten, ...b.forgotten],
	};
}

function erasing(part: string, from: number, to: number): Intake {
	return { ...nothing, watermark: { from, to }, forgotten: [part], erased: [part] };
}

async function everything(): Promise<unknown> {
	const tables = ["people", "parts", "arrivals", "contact_events", "watermarks"];
	const answers = await env.DB.batch(tables.map((table) => env.DB.prepare(`SELECT * FROM ${table}`)));
	return answers.map(({ results }) => results);
}

async function namesOf(part: string): Promise<readonly string[]> {
	const query = env.DB.prepare("SELECT name FROM events WHERE site = ? AND part = ?").bind(site, part);
	return (await query.all<{ name: string }>()).results.map(({ name }) => name);
}

async function failsWhole(intake: Intake): Promise<void> {
	const before = await everything();
	await expect(takeIn(env.DB, intake)).rejects.toThrow("NOT NULL");
	expect(await everything()).toEqual(before);
}

describe("what was on its way when somebody was erased", () => {
	const ids = { people: ["anna", "before"], parts: ["part"], visitors: [] };
	beforeEach(() => eraseFrom(env.DB, site, ids, 1));
	const rows = async (table: string) => (await env.DB.prepare(`SELECT * FROM ${table}`).all()).results;

	it("is not that a part is theirs, or that they are somebody else", async () => {
		await takeIn(env.DB, {
			...nothing,
			hasErased: true,
			mappings: [{ id: "part", person: "anna", tied_to: null, epoch: 2, kind: "browser" }],
			forwards: [
				{ person: "before", into_person: "anna", epoch: 2 },
				{ person: "jan", into_person: "ola", epoch: 2 },
			],
		});
		expect(await rows("parts")).toEqual([]);
		expect(await rows("forwards")).toMatchObject([{ person: "jan" }]);
	});

	it("is not that an identifier is theirs and another's", async () => {
		const address = (value: string) => ({ kind: "email", value }) as const;
		const conflicting = (person: string, other: string) => ({
			person,
			conflicts: [{ ...address(other), owner: { person: other, cell } }],
		});
		await noteConflicts(
			env.DB,
			site,
			[conflicting("anna", "jan"), conflicting("jan", "anna"), conflicting("jan", "ola")],
			1,
		);
		expect(await rows("conflicts")).toMatchObject([{ person: "jan", other: "ola" }]);
	});
});

describe("a batch fails whole", () => {
	it("that does not know that somebody of the site was erased, so that nothing of theirs comes back", async () => {
		await takeIn(env.DB, telling("b", 1, 1, ["one"]));
		await eraseFrom(env.DB, site, { people: ["a"], parts: ["a"], visitors: [] }, 1);
		await failsWhole(telling("a", 2, 2, ["two"]));
		expect((await takenOf(env.DB, site, cell, [])).hasErased).toBe(true);
		await takeIn(env.DB, { ...telling("a", 2, 2, ["two"]), hasErased: true });
		expect(await namesOf("a")).toEqual([]);
		await takeIn(env.DB, { ...telling("b", 3, 3, ["three"]), hasErased: true });
		expect(await namesOf("b")).toHaveLength(2);
	});

	it("that was committed before, and its acknowledgement lost", async () => {
		const batch = telling("a", 1, 2, ["one", "two"]);
		await takeIn(env.DB, batch);
		await failsWhole(batch);
		expect(await takenOf(env.DB, site, cell, ["a", "b"])).toEqual({
			hasErased: false,
			watermark: 0,
			parts: new Map([["a", 2]]),
		});
	});

	it("that was committed in part, by a smaller one", async () => {
		await takeIn(env.DB, telling("a", 1, 1, ["one"]));
		await failsWhole(telling("a", 1, 2, ["one", "two"]));
		await failsWhole(both(telling("b", 3, 3, ["new"]), telling("a", 1, 2, ["one", "two"])));
		await takeIn(env.DB, telling("a", 2, 2, ["two"]));
		expect(await namesOf("a")).toEqual(["one", "two"]);
	});

	it("that comes late, when what it tells is forgotten already", async () => {
		const late = telling("a", 1, 1, ["secret"]);
		await takeIn(env.DB, { ...telling("a", 2, 2, []), arrivals: [], forgotten: ["a"] });
		await failsWhole(late);
		expect(await namesOf("a")).toEqual([]);
	});

	it("that comes late, when the part is erased already, whoever else is in it", async () => {
		await takeIn(env.DB, telling("a", 1, 1, ["one"]));
		await takeIn(env.DB, erasing("a", 0, 3));
		await failsWhole(both(telling("a", 2, 2, ["secret"]), telling("b", 4, 4, ["other"])));
		await failsWhole(erasing("c", 0, 4));
		const [people, parts] = (await everything()) as [unknown[], unknown[]];
		expect([people, parts]).toEqual([[], []]);
		await takeIn(env.DB, { ...telling("b", 4, 4, ["other"]), watermark: { from: 3 } });
		await takeIn(env.DB, erasing("b", 3, 5));
		expect((await takenOf(env.DB, site, cell, ["b"])).watermark).toBe(5);
	});
});

it("a part's number moves where its version does not win, and then nothing else does", async () => {
	await takeIn(env.DB, telling("a", 1, 1, ["one"], { version: 9 }));
	await takeIn(env.DB, telling("a", 2, 2, ["two"], { version: 8 }));
	const row = await env.DB.prepare("SELECT seq, version, score FROM parts").first();
	expect(row).toEqual({ seq: 2, version: 9, score: 9 });
	const { parts } = telling("a", 0, 0, [], { version: 10 });
	await takeIn(env.DB, { ...nothing, parts: parts.map((part) => ({ ...part, first: null, last: null })) });
	expect(await env.DB.prepare("SELECT seq, version FROM parts").first()).toEqual({ seq: 2, version: 10 });
});

it("events are added to their row in the order in which they come, and make one that is not there", async () => {
	await takeIn(env.DB, telling("a", 1, 1, ["one"]));
	await takeIn(env.DB, telling("a", 2, 3, ["]", "},{"]));
	await takeIn(env.DB, telling("a", 5, 5, ["after poison"], { row: "set aside" }));
	expect(await namesOf("a")).toEqual(["one", "]", "},{", "after poison"]);
	expect(await env.DB.prepare("SELECT count(*) AS n FROM arrivals").first("n")).toBe(2);
});

it("what waited of a contact becomes a contact's once, and is forgotten with the rest", async () => {
	await takeIn(env.DB, telling("a", 1, 1, ["one", "two"]));
	await takeIn(env.DB, telling("b", 2, 2, ["other"]));
	for (const [seq, name] of [
		[3, "form"],
		[4, "more"],
	] as const)
		await takeIn(env.DB, telling("a", seq, seq, [name], { identity: "monitored" }));
	expect((await namesOf("a")).toSorted()).toEqual(["form", "more", "one", "two"]);
	const counts =
		"SELECT (SELECT count(*) FROM contact_events) AS contacts, (SELECT count(*) FROM arrivals) AS waiting";
	expect(await env.DB.prepare(counts).first()).toEqual({ contacts: 4, waiting: 1 });
	await takeIn(env.DB, { ...telling("a", 5, 5, [], { identity: "identified" }), forgotten: ["a"] });
	expect([await namesOf("a"), await namesOf("b")]).toEqual([[], ["other"]]);
});

it("a person is written only where something of theirs is new", async () => {
	const tell = async (row: PersonRow) => {
		await takeIn(env.DB, { ...nothing, people: [row] });
		return env.DB.prepare("SELECT version FROM people").first("version");
	};
	expect(await tell(personOf("a", 1, "anonymous"))).toBe(1);
	expect(await tell(personOf("a", 2, "anonymous"))).toBe(1);
	expect(await tell(personOf("a", 3, "anonymous", { s: 1 }))).toBe(3);
	expect(await tell(personOf("a", 2, "monitored"))).toBe(3);
	expect(await tell(personOf("a", 4, "monitored", { s: 1 }))).toBe(4);
	expect(await env.DB.prepare("SELECT identity FROM people").first("identity")).toBe("monitored");
});

it("since when somebody is known is what was said last, is looked for among the known, and costs a row when it changes, as it does to become a contact", async () => {
	const batches = vi.spyOn(Object.getPrototypeOf(env.DB) as D1Database, "batch");
	let version = 0;
	const tell = async (knownAt: number | null, segments = {}) => {
		const row = { ...personOf("a", ++version, knownAt === null ? "anonymous" : "monitored", segments) };
		const retention_ms = knownAt === null ? 10_800_000 : null;
		await takeIn(env.DB, { ...nothing, people: [{ ...row, known_at: knownAt, retention_ms }] });
		const results: readonly D1Result[] = await batches.mock.results.at(-1)?.value;
		const written = results.reduce((sum, { meta }) => sum + meta.rows_written, 0);
		return [written, await env.DB.prepare("SELECT known_at FROM people").first("known_at")];
	};
	expect(await tell(null)).toEqual([1, null]);
	expect(await tell(null, { s: 1 })).toEqual([1, null]);
	// The person, since when, and its places in the indexes of those who are known and of contacts.
	expect(await tell(7_200_000, { s: 1 })).toEqual([3, 7_200_000]);
	expect(await tell(7_200_000, { s: 1 })).toEqual([0, 7_200_000]);
	// A contact's own row changes like anybody's: nothing of it that is indexed is another.
	expect(await tell(7_200_000, { s: 2 })).toEqual([1, 7_200_000]);
	expect(await tell(9_000_000, { s: 2 })).toEqual([2, 9_000_000]);
	expect(await tell(3_600_000, { s: 2 })).toEqual([2, 3_600_000]);
	batches.mockRestore();
	const asked = vi.spyOn(Object.getPrototypeOf(env.DB) as D1Database, "prepare");
	const { results } = await gainedByHour(env.DB, site, 0, 7_200_000).all();
	expect(results).toMatchObject([{ hour: 1, a: 1 }]);
	const query = asked.mock.calls[0]?.[0] ?? "";
	asked.mockRestore();
	const plan = env.DB.prepare(`EXPLAIN QUERY PLAN ${query}`).bind(site, 0, 1);
	expect(JSON.stringify((await plan.all()).results)).toContain(
		"people_known (site=? AND known_at>? AND known_at<?)",
	);
});

it("a late row of a former owner overwrites nothing, in whatever order and however often they come", async () => {
	const pair = fc.record({ epoch: fc.integer({ min: 1, max: 3 }), version: fc.integer({ min: 1, max: 4 }) });
	const rows = fc.array(pair, { minLength: 1, maxLength: 6 });
	const isLater = (a: { epoch: number; version: number }, b: { epoch: number; version: number }) =>
		a.epoch > b.epoch || (a.epoch === b.epoch && a.version > b.version);
	let n = 0;
	await fc.assert(
		fc.asyncProperty(rows, async (told) => {
			const id = `person-${n++}`;
			await takeIn(env.DB, { ...telling(id, 1, 1, [], { version: 0 }), people: [], arrivals: [] });
			for (const { epoch, version } of told) {
				const segments = { [`${epoch}/${version}`]: 1 };
				const row = personRow(site, { id, cell, epoch, version, identity: "monitored", segments });
				// A part is where the highest epoch put it, and holds what its highest version says.
				const part = {
					...telling(id, 1, 1, [], { version }).parts[0],
					person: `p${epoch}`,
					first: null,
					last: null,
				};
				const mapping = { id, person: `p${epoch}`, tied_to: null, epoch, kind: "browser" } as const;
				await takeIn(env.DB, { ...nothing, people: [row], parts: [part as never], mappings: [mapping] });
			}
			const newest = told.reduce((one, other) => (isLater(other, one) ? other : one));
			const person = await env.DB.prepare("SELECT segments FROM people WHERE id = ?")
				.bind(id)
				.first("segments");
			expect(JSON.parse(String(person))).toEqual({ [`${newest.epoch}/${newest.version}`]: 1 });
			const part = await env.DB.prepare("SELECT person, version FROM parts WHERE id = ?").bind(id).first();
			const top = (of: "epoch" | "version") => Math.max(...told.map((one) => one[of]));
			expect(part).toEqual({ person: top("epoch") > 1 ? `p${top("epoch")}` : id, version: top("version") });
		}),
		{ numRuns: 60 },
	);
});

describe("whose a part is", () => {
	const place = async (id: string) =>
		env.DB.prepare("SELECT person, tied_to, score, version FROM parts WHERE id = ?").bind(id).first();
	const mapping = (person: string, epoch: number, tied_to: string | null = null): Intake => ({
		...nothing,
		mappings: [{ id: "a", person, tied_to, epoch, kind: "browser" }],
	});

	it("is said by the highest epoch, in whatever order the cells' batches come", async () => {
		await takeIn(env.DB, telling("a", 1, 1, ["one"]));
		await takeIn(env.DB, mapping("card", 3));
		await takeIn(env.DB, mapping("late", 2));
		expect(await place("a")).toMatchObject({ person: "card", score: 1 });
		// The former owner's row is newer in what it holds, and says nothing of whose it is.
		await takeIn(env.DB, telling("a", 2, 9, ["two"]));
		expect(await place("a")).toEqual({ person: "card", tied_to: null, score: 9, version: 9 });
	});

	it("is known before its writer has told of it, and what it holds goes by the version alone", async () => {
		await takeIn(env.DB, mapping("card", 2, "card"));
		expect(await place("a")).toEqual({ person: "card", tied_to: "card", score: 0, version: 0 });
		await takeIn(env.DB, telling("a", 1, 4, ["one"], { version: 4 }));
		expect(await place("a")).toEqual({ person: "card", tied_to: "card", score: 4, version: 4 });
	});

	it("is not made up of a part that is gone", async () => {
		await takeIn(env.DB, {
			...nothing,
			mappings: [{ id: "a", person: "card", tied_to: null, epoch: 2, kind: null }],
		});
		expect(await place("a")).toBeNull();
	});

	it("and who is somebody else does not come back with a late batch, but with a later epoch", async () => {
		const people = async () => (await env.DB.prepare("SELECT id FROM people").all()).results;
		await takeIn(env.DB, { ...nothing, people: [personOf("a", 1, "monitored")] });
		await takeIn(env.DB, { ...nothing, forwards: [{ person: "a", into_person: "card", epoch: 2 }] });
		expect(await people()).toEqual([]);
		await takeIn(env.DB, { ...nothing, people: [personOf("a", 7, "monitored")] });
		expect(await people()).toEqual([]);
		await takeIn(env.DB, { ...nothing, people: [{ ...personOf("a", 8, "monitored"), epoch: 3 }] });
		expect(await people()).toEqual([{ id: "a" }]);
	});
});
