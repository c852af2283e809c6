// Reading tables: whatever delimiter, quotes and line ends, in whatever pieces, and nothing lost behind a broken row.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { type Row, readCell, rowsOf, writeCell } from "../../worker/domain/import/csv.ts";
import { importLimits } from "../../worker/domain/import/limits.ts";
import { delimiterOf, firstRows, hasNames, namesOf } from "../../worker/domain/import/table.ts";

const folder = join(import.meta.dirname, "../../../shared/data/csv");

const rows = (text: string, delimiter = ","): readonly Row[] => [...rowsOf([text], delimiter)];
const cells = (text: string, delimiter = ",") => rows(text, delimiter).map((row) => row.cells);

describe("a table", () => {
	it.each([",", ";", "\t", "|"])("is parted by %j, in quotes or not", (delimiter) => {
		const text = `a${delimiter}"b${delimiter}c"${delimiter}"say ""hi"""\n${delimiter}${delimiter}3`;
		expect(cells(text, delimiter)).toEqual([
			["a", `b${delimiter}c`, 'say "hi"'],
			["", "", "3"],
		]);
	});

	it.each(["\n", "\r\n", "\r"])("has lines that end with %j, and line numbers as an editor counts", (end) => {
		const text = ["a,b", '"two', 'lines",2', "", "x,y", ",", ""].join(end);
		expect(rows(text)).toEqual([
			{ line: 1, cells: ["a", "b"] },
			{ line: 2, cells: [`two${end}lines`, "2"] },
			{ line: 5, cells: ["x", "y"] },
		]);
	});

	it("is the same however it comes in pieces", () => {
		const table = fc.array(
			fc.array(fc.string({ unit: fc.constantFrom(...'ab",;\r\n ') }), { maxLength: 4 }),
			{ maxLength: 8 },
		);
		fc.assert(
			fc.property(table, fc.array(fc.nat(60), { maxLength: 12 }), fc.boolean(), (table, cuts, isBroken) => {
				const text = isBroken
					? table.map((row) => row.join(",")).join("\n")
					: table.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\n");
				const places = cuts.toSorted((a, b) => a - b);
				const pieces = [0, ...places].map((from, i) => text.slice(from, places[i] ?? text.length));
				expect([...rowsOf(pieces, ",")]).toEqual(rows(text));
				if (isBroken) return;
				expect(cells(text)).toEqual(table.filter((row) => row.some((cell) => cell !== "")));
			}),
			{ numRuns: 2_000 },
		);
	});
});

describe("a broken row", () => {
	it.each([
		['1,"never closed', "quote-not-closed"],
		['1,"closed" too early', "quote-misplaced"],
	])("%j is an error by itself, and the rest is read", (broken, fault) => {
		const read = rows(`a,b\n${broken}\n3,4\n5,6\n`);
		expect(read.filter((row) => row.fault)).toEqual([{ line: 2, cells: [broken], fault }]);
		expect(read.filter((row) => !row.fault).map((row) => row.cells)).toEqual([
			["a", "b"],
			["3", "4"],
			["5", "6"],
		]);
	});

	it("does not take the file with it where every row is broken", () => {
		const read = rows(`${'"x,y\n'.repeat(20_000)}fine,1`);
		expect(read.filter((row) => row.fault)).toHaveLength(20_000);
		expect(read.at(-1)).toEqual({ line: 20_001, cells: ["fine", "1"] });
	});

	it("holds no more of an endless quote than a row may be", () => {
		let longest = 0;
		function* pieces(): Generator<string> {
			yield 'a,"';
			for (let i = 0; i < 60; i++) {
				longest = i;
				yield "x".repeat(100_000);
			}
		}
		const first = rowsOf(pieces(), ",").next().value;
		expect(first?.fault).toBe("row-too-long");
		expect(longest * 100_000).toBeLessThan(importLimits.row + 300_000);
	});

	it("a cell of a million characters is read, for whoever refuses it", () => {
		expect(cells(`a,"${"x".repeat(1_000_000)}"\nb,2`).map((row) => row.map((cell) => cell.length))).toEqual([
			[1, 1_000_000],
			[1, 1],
		]);
	});
});

it("what a spreadsheet would take for a formula leaves as text, and comes back as it was", () => {
	for (const value of ["=1+1", "+48600100200", "-2", "@sum", "\tx", "\rx"]) {
		const [[cell = ""] = []] = cells(`${writeCell(value)}\n`);
		expect(cell).toBe(`'${value}`);
		expect(readCell(cell)).toBe(value);
	}
	fc.assert(
		fc.property(fc.string({ unit: "grapheme" }), (value) => {
			const [[cell = ""] = []] = cells(`${writeCell(value)},end\n`);
			expect(cell).not.toMatch(/^[=+\-@\t\r]/);
			if (!/^'[=+\-@\t\r]/.test(value)) expect(readCell(cell)).toBe(value);
		}),
	);
});

describe("what parts the cells is found out", () => {
	it.each([
		["a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5", ";"],
		["imię\tmiasto\nAnna\tŁódź, Polska\nJan\tSopot", "\t"],
		["a|b\n1|2", "|"],
		['name,note\nAnna,"a; b; c"\nJan,"d; e"', ","],
		["email\na@b.pl", ","],
	])("%j", (text, delimiter) => expect(delimiterOf(text, true)).toBe(delimiter));

	it.each([
		["e-mail,imię\na@b.pl,Anna", true],
		["a@b.pl,Anna\nc@d.pl,Jan", false],
		["id,,x\n1,2,3", false],
		["1,2\n3,4", false],
	])("and whether %j begins with names", (text, isNamed) => {
		const read = firstRows(text, ",", true).map((row) => row.cells);
		expect(hasNames(read)).toBe(isNamed);
	});

	it("columns that share a name, or have none, are told apart", () => {
		expect(namesOf([["a", "a", "", "b"]], true)).toEqual(["a", "a 2", "#3", "b"]);
	});
});

describe("the awkward files of csv-spectrum", () => {
	if (!existsSync(folder)) {
		test.skip("../shared/data/csv is not there", () => {});
		return;
	}
	test.each(readdirSync(join(folder, "csvs")))("%s", (file) => {
		const text = new TextDecoder().decode(readFileSync(join(folder, "csvs", file)));
		const json: unknown = JSON.parse(
			readFileSync(join(folder, "json", file.replace(".csv", ".json")), "utf8"),
		);
		const expected = [json].flat() as Record<string, string>[];
		const delimiter = delimiterOf(text, true);
		const [names = [], ...people] = rows(text, delimiter).map((row) => row.cells);
		const read = people.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ""])));
		// Its JSON has another phone number than its CSV.
		const isWrong = file === "location_coordinates.csv";
		expect(read).toEqual(
			isWrong ? expected.map((one) => ({ ...one, "Contact Phone Number": "2095257564" })) : expected,
		);
	});
});
