// An anonymous visit is one row in D1, to which each request adds, and every event in it can be read as it was.

import type { SQLInputValue } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyFacts, type Facts } from "../../worker/domain/facts.ts";
import { arrivalRow, type EventRow, eventRow, type PartRow, partRow } from "../../worker/domain/project.ts";
import { storedEffect } from "../../worker/domain/stored.ts";
import { type Happening, history } from "../support/generate.ts";
import { spine } from "../support/spine.ts";

const db = spine();

function store(table: string, row: object): void {
	const columns = Object.keys(row);
	const values: SQLInputValue[] = Object.values(row);
	const query = `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
	db.prepare(query).run(...values);
}

function rowOf({ event, effects, circumstances }: Happening, i: number): EventRow {
	const { touch, environment } = circumstances;
	const from = i % 3 === 0 ? { ...event, cause: { event: "clock", rule: `segment ${i}` } } : event;
	return eventRow("shop", "part", from, {
		effects: effects.map(storedEffect),
		...(touch && { touch }),
		...(environment && { environment }),
		...(i % 4 === 0 && { decision: [{ experience: "popup", reason: { is: "shown" } }] }),
	});
}

test("whatever came in one visit is read as it would be from rows of its own, and as a contact's", () => {
	fc.assert(
		fc.property(history(12), ({ parts }) => {
			const rows = (parts[0] ?? []).map(rowOf);
			const [first] = rows;
			if (!first) return;
			const byId = (a: object, b: object) =>
				String(Object.values(a)[3]).localeCompare(String(Object.values(b)[3]));
			const events = () =>
				db
					.prepare("SELECT * FROM events")
					.all()
					.map((row) => ({ ...row }))
					.toSorted(byId);
			const expected = rows.map(({ opens: _opens, ...row }) => row).toSorted(byId);
			db.exec("DELETE FROM arrivals; DELETE FROM contact_events");
			store("arrivals", arrivalRow("shop", "part", first, rows));
			expect(events()).toEqual(expected);
			db.exec("DELETE FROM arrivals");
			for (const row of rows) store("contact_events", row);
			expect(events()).toEqual(expected);
		}),
	);
});

test("a row says nothing of an event that the event does not say", () => {
	const named = (name: string): EventRow => eventRow("shop", "part", { id: name, name, at: 1, props: {} });
	const left = named("Page Left");
	expect(arrivalRow("shop", "part", { at: 0, id: "first" }, [left, named("Page Viewed")])).toEqual({
		site: "shop",
		part: "part",
		at: 0,
		id: "first",
		last_at: 1,
		outline: '[[1,"Page Left",null,null],[1,"Page Viewed",null,null]]',
		events: '[{"at":1,"id":"Page Left","name":"Page Left"},{"at":1,"id":"Page Viewed","name":"Page Viewed"}]',
	});
});

const partOf = (facts: Partial<Facts>): PartRow =>
	partRow(
		"shop",
		"person",
		1,
		{ id: "part", kind: "hand", version: 1, facts: { ...emptyFacts(), ...facts } },
		null,
	);

test("a part that saw nothing, earned nothing and bought nothing says nothing of it", () => {
	expect(partOf({})).toMatchObject({
		first_seen_at: null,
		last_seen_at: null,
		points: null,
		orders: null,
		cart: null,
		facts: '{"attributes":{}}',
	});
});

test("orders, carts and lists are told in as few words as conditions need", () => {
	const completion = { firstAt: 1, at: 1, id: "e1", hundredths: 1250 };
	const refunds = { r: { at: 3, id: "e3", hundredths: 50 } };
	const row = partOf({
		points: { club: { earned: 5, spent: 2 } },
		orders: { A: { completion }, B: { completion: { ...completion, at: 2 }, cancelledAt: 4, refunds } },
		cart: { at: 5, id: "e5", hundredths: 999, items: 3, products: ["Łódź", "lodz"] },
		attributes: { sizes: { value: ["m", "Ł"], at: 6, id: "e6" } },
	});
	expect(row.points).toBe('{"club":{"earned":5,"spent":2}}');
	expect(row.orders).toBe(
		`[${[
			'{"id":"A","firstAt":1,"event":"e1","hundredths":1250}',
			'{"id":"B","firstAt":1,"at":2,"event":"e1","hundredths":1250,"cancelled":true,' +
				'"refunds":[{"id":"r","at":3,"event":"e3","hundredths":50}]}',
		]}]`,
	);
	expect(row.cart).toBe('{"at":5,"id":"e5","hundredths":999,"items":3,"products":["lodz","lodz"]}');
	expect(JSON.parse(row.facts).attributes.sizes).toEqual({
		value: ["m", "Ł"],
		at: 6,
		id: "e6",
		folded: ["m", "l"],
	});
});
