// What columns and cells of a table mean.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, type Target } from "../../worker/domain/import/mapping.ts";
import { type Plan, refusePlan } from "../../worker/domain/import/plan.ts";
import { readRow, type Told } from "../../worker/domain/import/row.ts";
import { eventsOf, idIn } from "../../worker/domain/import/telling.ts";
import {
	areMonthsFirst,
	instantIn,
	listIn,
	numberIn,
	typeOf,
	yesOrNoIn,
} from "../../worker/domain/import/value.ts";
import { MessageId } from "../../worker/protocol/collect.schema.ts";
import { ImportPlanBody } from "../../worker/protocol/import.schema.ts";

const email: Target = { to: "identifier", kind: "email" };
const attribute = (name: string, type: "text" | "number" | "date" | "list" | "yes-no" = "text"): Target => ({
	to: "attribute",
	name,
	type,
});
const plan = (...columns: readonly Target[]): Plan => ({
	encoding: "utf-8",
	delimiter: ",",
	isNamed: true,
	columns,
	tags: [],
	categories: [],
	firesRules: false,
});

describe("columns are known by their names, in Polish and English", () => {
	it.each<[string, Target]>([
		["E-mail", email],
		["Adres e-mail", email],
		["email", email],
		["Numer telefonu", { to: "identifier", kind: "phone" }],
		["External ID", { to: "identifier", kind: "user" }],
		["IMIĘ", attribute("firstName")],
		["Last name", attribute("lastName")],
		["Imię i nazwisko", attribute("name")],
		["Firma", attribute("company")],
		["Stanowisko", attribute("position")],
		["Miejscowość", attribute("city")],
		["Kod pocztowy", attribute("postcode")],
		["Województwo", attribute("region")],
		["Data urodzenia", attribute("birthday", "date")],
		["Płeć", attribute("sex")],
		["Tagi", { to: "tags" }],
		["Kategorie", attribute("categories", "list")],
		["Zgoda marketingowa", { to: "consent", channel: "email", purpose: "marketing" }],
		["Zgoda na SMS", { to: "consent", channel: "sms", purpose: "marketing" }],
		["Phone consent", { to: "consent", channel: "phone", purpose: "marketing" }],
	])("%s", (name, guess) => expect(columnsOf([name], [])[0]?.guess).toEqual(guess));

	it("or else by what stands in them", () => {
		const guesses = columnsOf(
			["kontakt 1", "kontakt 2", "liczba psów", "ostatnia wizyta", "ma ogród", "hobby", "kod", "!!!"],
			[
				["a@b.pl", "+48 600 100 200", "2", "2024-05-01", "tak", "rower|góry", "00-950", "x"],
				["c@d.pl", "600 100 201", "1,5", "31.12.2023", "nie", "", "80-001", ""],
			],
		).map(({ guess }) => guess);
		expect(guesses).toEqual([
			email,
			{ to: "identifier", kind: "phone" },
			attribute("liczba psów", "number"),
			attribute("ostatnia wizyta", "date"),
			attribute("ma ogród", "yes-no"),
			attribute("hobby", "list"),
			attribute("postcode"),
			{ to: "nothing" },
		]);
	});

	it("orders are only seen where there is a number of an order, and no column is taken twice", () => {
		expect(columnsOf(["email", "cena"], [["a@b.pl", "5"]])[1]?.guess).toEqual(attribute("cena", "number"));
		expect(columnsOf(["order id", "cena"], [])[1]?.guess).toEqual({ to: "line", field: "price" });
		const two = columnsOf(["email", "e-mail"], [["a@b.pl", "c@d.pl"]]).map(({ guess }) => guess);
		expect(two[0]).toEqual(email);
		expect(two[1]).not.toEqual(email);
	});

	it("whatever a file calls its columns, what is guessed is a plan that may be sent", () => {
		const names = fc.array(
			fc.oneof(
				fc.string({ unit: "grapheme" }),
				fc.constantFrom("email", "__proto__", "constructor", "zgoda", "consent.email"),
			),
			{
				maxLength: 8,
			},
		);
		fc.assert(
			fc.property(
				names,
				fc.array(fc.array(fc.string(), { maxLength: 8 }), { maxLength: 4 }),
				(names, rows) => {
					const columns = columnsOf(names, rows).map(({ guess }) => guess);
					expect(ImportPlanBody.safeParse({ columns }).success).toBe(true);
					expect(refusePlan(plan(...columns, { to: "identifier", kind: "user" }))).not.toBe("no-identifier");
				},
			),
		);
	});
});

describe("a cell is", () => {
	it.each<[string, number | undefined]>([
		["1 234,56", 1234.56],
		["1\u00a0234,56 zł", 1234.56],
		["1,234.56", 1234.56],
		["1.234,56", 1234.56],
		["1,234", 1234],
		["12,34", 12.34],
		["0,123", 0.123],
		["1.234", 1.234],
		["-5", -5],
		["$12.50", 12.5],
		["1,2,3", undefined],
		["1e5", undefined],
		["", undefined],
		["dwa", undefined],
	])("the number %j", (text, number) => expect(numberIn(text)).toBe(number));

	it.each<[string, number | undefined]>([
		["2024-02-29", Date.UTC(2024, 1, 29)],
		["29.02.2024", Date.UTC(2024, 1, 29)],
		["1/2/2024", Date.UTC(2024, 1, 1)],
		["2024-02-29T12:30:15Z", Date.UTC(2024, 1, 29, 12, 30, 15)],
		["2024-02-29 12:30+02:00", Date.UTC(2024, 1, 29, 10, 30)],
		["29-02-2024 7:05", Date.UTC(2024, 1, 29, 7, 5)],
		["30.02.2024", undefined],
		["2024-13-01", undefined],
		["2024-01-01 25:00", undefined],
		["wczoraj", undefined],
	])("the date %j", (text, at) => expect(instantIn(text)).toBe(at));

	it("a date with its month first where no other reading is possible", () => {
		expect(areMonthsFirst(["12/31/2024", "01/02/2024"])).toBe(true);
		expect(areMonthsFirst(["31/12/2024"])).toBe(false);
		expect(areMonthsFirst(["12/31/2024", "31/12/2024"])).toBe(false);
		expect(instantIn("12/31/2024", true)).toBe(Date.UTC(2024, 11, 31));
	});

	it("yes or no, a list, or of no type but text", () => {
		expect([yesOrNoIn("Tak"), yesOrNoIn("NIE"), yesOrNoIn("prawda"), yesOrNoIn("może")]).toEqual([
			true,
			false,
			true,
			undefined,
		]);
		expect(listIn("a| b |a||c")).toEqual(["a", "b", "c"]);
		expect(listIn("a, b")).toEqual(["a", "b"]);
		expect(typeOf(["00123", "00456"])).toBe("text");
		expect(typeOf([])).toBe("text");
	});
});

describe("a row", () => {
	const read = (columns: readonly Target[], cells: readonly string[]) =>
		readRow({ line: 7, cells }, plan(...columns), false);

	it("says of a person what its cells hold, and of an empty one nothing", () => {
		expect(
			read(
				[
					email,
					{ to: "identifier", kind: "phone" },
					attribute("sex"),
					attribute("n", "number"),
					{ to: "tags" },
				],
				[" Anna@Example.com", "'+48 600 100 200", "Kobieta", "", "a;b"],
			),
		).toEqual({
			is: "told",
			told: {
				line: 7,
				identifiers: [
					{ kind: "email", value: "anna@example.com" },
					{ kind: "phone", value: "+48600100200" },
				],
				attributes: { email: "anna@example.com", phone: "+48600100200", sex: "f" },
				tags: ["a", "b"],
				consents: [],
			},
		});
	});

	it("has no key that an object has by birth", () => {
		const { told } = read([email, attribute("__proto__")], ["a@b.pl", "x"]) as { told: Told };
		expect(Object.getPrototypeOf(told.attributes)).toBe(Object.prototype);
		expect(Object.keys(told.attributes)).toEqual(["email", "__proto__"]);
	});

	it.each<[string, readonly Target[], readonly string[], string]>([
		["without an identifier", [email, attribute("a")], ["", "x"], "no-identifier"],
		[
			"with an order without its number",
			[email, { to: "order", field: "revenue" }],
			["a@b.pl", "5"],
			"order-without-id",
		],
		[
			"with an order without its date",
			[email, { to: "order", field: "id" }],
			["a@b.pl", "5"],
			"order-without-date",
		],
		["with a tag that is a rule's", [email, { to: "tags" }], ["a@b.pl", "a{b}"], "not-a-tag"],
		["with another sex", [email, attribute("sex")], ["a@b.pl", "tak"], "not-a-choice"],
		[
			"with too many members",
			[email, attribute("l", "list")],
			["a@b.pl", Array.from({ length: 51 }, (_, i) => i).join("|")],
			"not-a-list",
		],
	])("%s is refused", (_, columns, cells, reason) => {
		expect(read(columns, cells)).toMatchObject({ is: "refused", error: { reason } });
	});
});

describe("what a person's rows are told as", () => {
	const imported = { id: "01890a5d-ac96-774b-bcce-b302099a8057", at: 1_700_000_000_000 };
	const row = (line: number, attributes: Told["attributes"]): Told => ({
		line,
		identifiers: [{ kind: "email", value: "a@b.pl" }],
		attributes: { email: "a@b.pl", ...attributes },
		tags: ["x"],
		consents: [],
	});
	const known = { conflicts: [], isNew: false };

	it("is one event that says who they are, with what the later row says, and each tag and list once", () => {
		const events = eventsOf(
			imported,
			[row(2, { city: "Łódź", n: 1 }), row(9, { city: "Gdynia" })],
			{ tags: ["x", "y"], categories: ["c"], lists: ["fair", "fair"] },
			known,
		);
		expect(events.map(({ name, props, attributes }) => [name, props, attributes])).toEqual([
			[
				"Contact Imported",
				{ import: imported.id },
				{ email: "a@b.pl", city: "Gdynia", n: 1, categories: ["c"] },
			],
			["Tag Added", { tag: "x" }, undefined],
			["Tag Added", { tag: "y" }, undefined],
			["List Joined", { list: "fair" }, undefined],
		]);
	});

	it("leaves out what is somebody else's", () => {
		const [event] = eventsOf(
			imported,
			[row(2, {})],
			{ tags: [], categories: [] },
			{ conflicts: [{ kind: "email", value: "a@b.pl" }], isNew: true },
		);
		expect(event?.attributes).toEqual({ created: imported.at, origin: "import" });
	});

	it("has ids that are the same whenever they are made, and no two of them", () => {
		const made = new Set(Array.from({ length: 1_000 }, (_, n) => idIn(imported, imported.at, n)));
		expect(made.size).toBe(1_000);
		for (const id of made) expect(MessageId.safeParse(id).success).toBe(true);
		expect(eventsOf(imported, [row(2, {})], { tags: [], categories: [] }, known)).toEqual(
			eventsOf(imported, [row(2, {})], { tags: [], categories: [] }, known),
		);
	});
});
