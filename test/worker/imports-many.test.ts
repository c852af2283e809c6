// Many rows, and a job that is killed again and again: none lost, none doubled, with progress all the while.

import { beforeEach, expect, it } from "vitest";
import { Cell } from "../../worker/cell/cell.ts";
import { Directory } from "../../worker/directory/directory.ts";
import { cellOf, siteOf } from "../../worker/platform/name.ts";
import { drainAll, Importing, type View } from "./importing.ts";
import { kill, killedAt } from "./killing.ts";
import { env, freshWorld, isLong, publish, site } from "./world.ts";

beforeEach(async () => {
	await freshWorld();
	await publish();
});

/** As a browser sends a file: in pieces, and never all of it at once. Every tenth row tells more of the person before. */
function table(rows: number): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	let row = -1;
	return new ReadableStream({
		type: "bytes",
		pull(controller) {
			const lines: string[] = row < 0 ? ["e-mail;imię;nazwisko;miasto;tagi"] : [];
			row = Math.max(0, row);
			for (let i = 0; i < 500 && row < rows; i++, row++) {
				const who = row % 10 === 9 ? row - 1 : row;
				lines.push(
					`osoba${who}@example.com;Imię${row};"Nazwisko; ${row}";Łódź;targi|rok ${2020 + (row % 5)}`,
				);
			}
			controller.enqueue(encoder.encode(`${lines.join("\r\n")}\r\n`));
			if (row >= rows) controller.close();
		},
	});
}

async function inD1() {
	await drainAll();
	const one = (query: string) => env.DB.prepare(query).first<number>("n");
	return {
		people: await one("SELECT count(*) AS n FROM people"),
		parts: await one("SELECT count(*) AS n FROM parts"),
		imported: await one("SELECT count(*) AS n FROM contact_events WHERE name = 'Contact Imported'"),
		tagged: await one("SELECT sum(tags -> '$.targi' ->> 'count') AS n FROM parts"),
	};
}

const many = isLong ? 100_000 : 5_000;

it(`imports ${many} rows, says how far it has come, and takes them all back`, {
	timeout: isLong ? 3_600_000 : 180_000,
}, async () => {
	const people = many * 0.9;
	const started = Date.now();
	const one = await Importing.upload(table(many), { firesRules: true });
	const uploaded = Date.now();
	const seen: View[] = [];
	const running = one.run(3_600_000);
	let isOver = false;
	void running.finally(() => {
		isOver = true;
	});
	while (!isOver) {
		seen.push(await one.view());
		await Promise.race([running, new Promise((resolve) => setTimeout(resolve, 250))]);
	}
	const { totals, reading } = await running;
	const ran = Date.now();
	expect(reading).toMatchObject({ rows: many, people, merged: many - people, failed: 0, conflicts: 0 });
	expect(totals).toMatchObject({ new: people, changed: 0, same: 0, tags: { targi: people } });
	expect(seen.some((view) => view.status === "reading" && view.reading.rows > 0)).toBe(true);
	expect(seen.some((view) => view.status === "running" && view.done > 0 && view.done < people)).toBe(true);
	expect(await inD1()).toEqual({ people, parts: people, imported: people, tagged: people });
	const drained = Date.now();
	await one.undo(3_600_000);
	expect(await inD1()).toEqual({ people: 0, parts: 0, imported: 0, tagged: null });
	const undone = Date.now();
	console.log(
		`import of ${many} rows: upload ${uploaded - started} ms; read and run ${Math.round((many * 1_000) / (ran - uploaded))} rows/s;` +
			` in D1 after another ${drained - ran} ms; undo ${Math.round((people * 1_000) / (undone - drained))} people/s`,
	);
});

it("is killed again and again, its cells too, and goes on: none lost, none doubled", {
	timeout: 180_000,
}, async () => {
	const rows = 200;
	const people = 180;
	const one = await Importing.upload(table(rows), { firesRules: true });
	const running = one.run(170_000);
	// While it asks who they are, makes them its own, asks what will come of it, and tells their cells.
	const marks = [
		...[10, 50, 100].map((nth) => ({ call: "findEach", nth })),
		...[1, 50, 100].map((nth) => ({ call: "claimEach", nth })),
		...[1, 2, 3].map((nth) => ({ call: "rehearse", nth })),
		...[1, 2, 1, 3].map((nth) => ({ call: "receive", nth })),
	];
	const kills = await killedAt(
		() => one.object,
		marks,
		[Directory, Cell],
		running,
		async (n) => {
			const cells = await siteOf(env, site).cells();
			const cell = cells[n % Math.max(1, cells.length)];
			if (cell !== undefined && n % 3 === 0) await kill(() => cellOf(env, site, cell));
		},
	);
	const { totals, reading } = await running;
	expect(kills).toBe(marks.length);
	expect(kills).toBeGreaterThan(10);
	expect(reading).toMatchObject({ rows, people, merged: rows - people, failed: 0 });
	expect(totals).toMatchObject({ new: people, changed: 0, same: 0, tags: { targi: people } });
	expect(await inD1()).toEqual({ people, parts: people, imported: people, tagged: people });
});
