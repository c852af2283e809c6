// A request's events are one row in D1, and every one of them can be read again as it was.

import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type ArrivalRow, arrivalRow, type EventRow, eventRow } from "../../worker/domain/project.ts";
import { type Happening, history } from "../support/generate.ts";

const db = new DatabaseSync(":memory:");
db.exec(readFileSync(new URL("../../migrations/0001_spine.sql", import.meta.url), "utf8"));

function store(row: ArrivalRow): void {
	const columns = Object.keys(row);
	const query = `INSERT INTO arrivals (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
	db.prepare(query).run(...Object.values(row));
}

function rowOf({ event, effects, circumstances }: Happening, i: number): EventRow {
	const { touch, environment } = circumstances;
	const from = i % 3 === 0 ? { ...event, cause: { event: "clock", rule: `segment ${i}` } } : event;
	return eventRow("shop", "part", from, {
		effects,
		...(touch && { touch }),
		...(environment && { environment }),
		...(i % 4 === 0 && { decision: [{ experience: "popup", reason: { is: "shown" } }] }),
	});
}

test("whatever came in one request is read as it would be from rows of its own", () => {
	fc.assert(
		fc.property(history(12), ({ parts }) => {
			const rows = (parts[0] ?? []).map(rowOf);
			const [first, ...others] = rows;
			if (!first) return;
			db.exec("DELETE FROM arrivals");
			store(arrivalRow([first, ...others]));
			const read = db.prepare("SELECT * FROM events").all();
			const byId = (a: object, b: object) =>
				String(Object.values(a)[3]).localeCompare(String(Object.values(b)[3]));
			expect(read.map((row) => ({ ...row })).toSorted(byId)).toEqual(
				rows.map((row) => ({ ...row })).toSorted(byId),
			);
		}),
	);
});

test("the page view carries what came with it, and what came alone carries nothing", () => {
	const named = (name: string): EventRow => eventRow("shop", "part", { id: name, name, at: 1, props: {} });
	const left = named("Page Left");
	const viewed = named("Page Viewed");
	expect(arrivalRow([left, viewed])).toEqual({
		...viewed,
		more: '[{"at":1,"id":"Page Left","name":"Page Left"}]',
	});
	expect(arrivalRow([left])).toEqual({ ...left, more: null });
});
