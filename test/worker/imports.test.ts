// Importing people, through the API: what a file says of them is on their cards, once, and comes off again.

import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import type { Condition } from "../../worker/domain/condition.ts";
import type { Definitions } from "../../worker/protocol/site.ts";
import { ask, drainAll, everything, Importing, textsInCells } from "./importing.ts";
import { call, env, freshWorld, publish, site } from "./world.ts";

const segment = (id: string, condition: Condition) => ({ id, name: id, condition });
const definitions: Partial<Definitions> = {
	tagRules: [
		{
			id: "from-lodz",
			tag: "ŁÓDŹ",
			when: { trait: { field: "attribute", name: "city", test: { op: "is", value: "Łódź" } } },
		},
	],
	scoreRules: [{ id: "bought", name: "Zakup", points: 10, when: { event: { name: "Order Completed" } } }],
	programmes: [],
	interestTags: [],
	segments: [
		segment("tagged", { field: "tag", tag: "targi", count: { op: ">=", n: 1 } }),
		segment("nobody-from-gdynia", {
			not: { field: "attribute", name: "city", test: { op: "is", value: "Gdynia" } },
		}),
	],
	experiences: [],
};

beforeEach(async () => {
	await freshWorld();
	await publish({ definitions });
});

interface Found {
	count: number;
	people: {
		id: string;
		attributes: Record<string, unknown>;
		tags: object;
		segments: object;
		score: number;
	}[];
}
async function who(condition: object = { all: [] }): Promise<Found> {
	await drainAll();
	return (await call("POST", `${site}/conditions/people`, { condition, limit: 100 })).json<Found>();
}

const file = [
	"E-mail;Imię;Nazwisko;Miasto;Kod klienta;Data urodzenia;Ulubiony kolor;Zgoda na e-mail",
	"anna@example.com;Anna;Nowak;Łódź;K1;1990-02-28;zielony;tak",
	"jan@example.com;Jan;Kowalski;Gdynia;K2;31.12.1985;;nie",
].join("\n");

describe("an import", () => {
	it("guesses what the columns are, shows samples of them, and makes own attributes on the way", async () => {
		const { columns, plan } = await (await Importing.upload(file)).view();
		expect(plan).toMatchObject({ encoding: "utf-8", delimiter: ";", isNamed: true });
		expect(columns.map(({ name, guess }) => [name, guess])).toEqual([
			["E-mail", { to: "identifier", kind: "email" }],
			["Imię", { to: "attribute", name: "firstName", type: "text" }],
			["Nazwisko", { to: "attribute", name: "lastName", type: "text" }],
			["Miasto", { to: "attribute", name: "city", type: "text" }],
			["Kod klienta", { to: "identifier", kind: "user" }],
			["Data urodzenia", { to: "attribute", name: "birthday", type: "date" }],
			["Ulubiony kolor", { to: "attribute", name: "Ulubiony kolor", type: "text" }],
			["Zgoda na e-mail", { to: "consent", channel: "email", purpose: "marketing" }],
		]);
		expect(columns[3]?.samples).toEqual(["Łódź", "Gdynia"]);
	});

	it("makes cards with all that the file says, and with tags and categories for all", async () => {
		const one = await Importing.upload(file, { tags: ["targi"], categories: ["sklep"] });
		const { totals, reading } = await one.run();
		expect(reading).toMatchObject({ rows: 2, people: 2, merged: 0, conflicts: 0, failed: 0, consents: 1 });
		expect(totals).toMatchObject({
			new: 2,
			changed: 0,
			same: 0,
			tags: { targi: 2 },
			rules: {},
			entered: { tagged: 2 },
		});
		const { people } = await who({ field: "attribute", name: "city", test: { op: "is", value: "lodz" } });
		expect(people).toHaveLength(1);
		expect(people[0]).toMatchObject({
			identity: "identified",
			attributes: {
				email: "anna@example.com",
				firstName: "Anna",
				birthday: Date.UTC(1990, 1, 28),
				"Ulubiony kolor": "zielony",
				categories: ["sklep"],
				origin: "import",
			},
			tags: { targi: { count: 1 } },
		});
		expect(Object.keys(people[0]?.segments ?? {}).sort()).toEqual(["nobody-from-gdynia", "tagged"]);
	});

	it("fires rules where the marketer says so, and only there", async () => {
		const quiet = await (await Importing.upload(file)).run();
		expect(quiet.totals.rules).toEqual({});
		const loud = await Importing.upload("email,miasto\nola@example.com,Łódź", { firesRules: true });
		expect((await loud.rehearse()).rehearsal?.totals).toMatchObject({
			rules: { "from-lodz": 1 },
			tags: { ŁÓDŹ: 1 },
		});
		expect((await loud.run()).totals).toMatchObject({ rules: { "from-lodz": 1 }, tags: { ŁÓDŹ: 1 } });
	});

	it("brings past orders with their lines, each at its own time", async () => {
		const orders = [
			"email,Numer zamówienia,Data zamówienia,Waluta,SKU,Produkt,Cena,Ilość",
			'anna@example.com,Z1,2024-05-01 12:30,PLN,P1,Sekator,"49,90",2',
			"anna@example.com,Z2,2024-06-01,PLN,P2,Kosiarka,1200,1",
			'anna@example.com,Z1,2024-05-01 12:30,PLN,P3,Rękawice,"10,00",1',
		].join("\n");
		const one = await Importing.upload(orders);
		const { totals, reading } = await one.run();
		expect(reading).toMatchObject({ rows: 3, people: 1, merged: 2 });
		expect(totals).toMatchObject({ new: 1, orders: 2 });
		const bought = { field: "orders", of: "revenue", test: { op: "=", n: 1309.8 } };
		expect((await who(bought)).count).toBe(1);
		const first = await env.DB.prepare(
			"SELECT at, props FROM events WHERE name = 'Order Completed' ORDER BY at",
		).first<{ at: number; props: string }>();
		expect(first?.at).toBe(Date.UTC(2024, 4, 1, 12, 30));
		expect(JSON.parse(JSON.parse(first?.props ?? "").products)).toEqual([
			{ product_id: "P1", name: "Sekator", price: 49.9, quantity: 2 },
			{ product_id: "P3", name: "Rękawice", price: 10, quantity: 1 },
		]);
	});

	it("knows people again by address, phone or the site's own id, in the file and in the directory", async () => {
		await (await Importing.upload("email,phone,id\nanna@example.com,600 100 200,K1")).run();
		const one = await Importing.upload(
			[
				"email,phone,id,firstName",
				"ANNA@example.com,,,Anna",
				",+48600100200,,Ania",
				"nowa@example.com,,K1,Anka",
				"ktos@example.com,,,Ktoś",
				"ktos@example.com,,K1,Anna Maria",
			].join("\n"),
		);
		const { totals, reading } = await one.run();
		expect(reading).toMatchObject({ rows: 5, people: 2, merged: 3, conflicts: 1, failed: 0 });
		expect(totals).toMatchObject({ new: 1, changed: 1 });
		expect(await one.rows()).toMatchObject([
			{ line: 6, reason: "belongs-to-another", column: "email", value: "ktos@example.com" },
		]);
		const { people } = await who();
		expect(people.map(({ attributes }) => [attributes.email, attributes.firstName]).sort()).toEqual([
			["ktos@example.com", "Ktoś"],
			["nowa@example.com", "Anna Maria"],
		]);
	});
});

describe("a rehearsal", () => {
	it("says whom it would make, whom it would change from what to what, and writes nothing", async () => {
		await (await Importing.upload(file)).run();
		await drainAll();
		const before = await everything({ owners: false });
		const one = await Importing.upload(
			"email,miasto\nanna@example.com,Gdynia\njan@example.com,Gdynia\nola@example.com,Sopot",
			{ tags: ["targi"], firesRules: true },
		);
		const { rehearsal } = await one.rehearse();
		await drainAll();
		expect(await everything({ owners: false })).toEqual(before);
		expect(rehearsal?.totals).toMatchObject({
			new: 1,
			changed: 2,
			attributes: { city: 2, email: 1 },
			entered: { tagged: 3 },
			left: { "nobody-from-gdynia": 1 },
		});
		expect(rehearsal?.changed[0]).toMatchObject({
			line: 2,
			changes: [{ attribute: "city", from: "Łódź", to: "Gdynia" }],
			tags: ["targi"],
			left: ["nobody-from-gdynia"],
		});
		const { totals } = await one.run();
		expect(totals).toEqual(rehearsal?.totals);
	});
});

describe("rows that cannot be read", () => {
	const broken = [
		"email;imię;liczba",
		"anna@example.com;Anna;1",
		'jan@example.com;"Jan;2',
		"to nie adres;Ola;3",
		`ewa@example.com;${"x".repeat(1_000_000)};4`,
		"iza@example.com;Iza;cztery",
		";Nikt;5",
		"ula@example.com;Ula;6;7",
		"olga@example.com;Olga;8",
	].join("\n");
	const plan = {
		columns: [
			{ to: "identifier", kind: "email" },
			{ to: "attribute", name: "firstName", type: "text" },
			{ to: "attribute", name: "liczba", type: "number" },
		],
	};

	it("are clear errors with their line, and all others are imported", async () => {
		const one = await Importing.upload(broken, plan);
		const { reading } = await one.run();
		expect(reading).toMatchObject({ rows: 8, people: 2, failed: 6 });
		const rows = await one.rows();
		expect(rows.map(({ line, reason, column }) => [line, reason, column])).toEqual([
			[3, "quote-not-closed", null],
			[4, "not-an-email", "email"],
			[5, "cell-too-long", "imię"],
			[6, "not-a-number", "liczba"],
			[7, "no-identifier", null],
			[8, "too-many-cells", null],
		]);
		expect(rows.every(({ value }) => value.length <= 80)).toBe(true);
	});

	it("are put right in place, before the run or after it, or downloaded", async () => {
		const one = await Importing.upload(broken, plan);
		await one.rehearse();
		const fix = (line: number, cells: object) =>
			ask("PATCH", `imports/${one.id}/rows/${line}`, JSON.stringify({ cells }));
		expect(await (await fix(4, { email: "wciąż nie" })).json()).toMatchObject({
			problem: { reason: "not-an-email" },
		});
		expect(await (await fix(4, { email: "ola@example.com" })).json()).toEqual({ problem: null });
		expect((await one.run()).totals.new).toBe(3);
		expect(await (await fix(6, { liczba: "4" })).json()).toEqual({ problem: null });
		const { totals, reading } = await one.to("done");
		expect(totals.new).toBe(4);
		expect(reading.failed).toBe(4);
		// A second row of somebody who was told already.
		expect(await (await fix(8, { email: "iza@example.com", imię: "Izabela" })).json()).toEqual({
			problem: null,
		});
		await one.to("done");
		expect(
			(await who({ field: "attribute", name: "firstName", test: { op: "is", value: "Izabela" } })).count,
		).toBe(1);
		const csv = await (await ask("GET", `imports/${one.id}/rows.csv`)).text();
		expect(csv.split("\r\n").map((row) => row.split(",").slice(-3).join(","))).toEqual([
			"line,problem,column",
			"3,quote-not-closed,",
			"5,cell-too-long,imię",
			"7,no-identifier,",
			"",
		]);
		await one.undo();
		expect((await who()).count).toBe(0);
	});

	it("of another encoding are errors where the rest is sound", async () => {
		const bytes = [...new TextEncoder().encode("email,imię\nanna@example.com,Łucja\n")];
		bytes.push(
			...new TextEncoder().encode("jan@example.com,"),
			0xa3,
			0x75,
			...new TextEncoder().encode("\n"),
		);
		const { reading } = await (await Importing.upload(Uint8Array.from(bytes))).run();
		expect(reading).toMatchObject({ rows: 2, people: 1, failed: 1 });
	});
});

describe("whoever is erased", () => {
	const erase = async (email: string) => {
		const { people } = await (await call("GET", `${site}/people?email=${email}`)).json<Found>();
		expect((await call("DELETE", `${site}/people/${people[0]?.id}`)).status).toBe(200);
	};
	const textsOf = (one: Importing) =>
		runInDurableObject(one.object, (_object, { storage }) => {
			const tables = ["meta", "chunks", "rows", "people", "keys", "problems"];
			const rows = tables.flatMap((table) => storage.sql.exec(`SELECT * FROM ${table}`).toArray());
			return rows
				.flatMap((row) => Object.values(row))
				.map((value) => (value instanceof ArrayBuffer ? new TextDecoder().decode(value) : String(value)))
				.join("\n");
		});

	it("goes out of the files that wait to be run, which are read anew; whoever comes again later stays", async () => {
		await (await Importing.upload(file)).run();
		await drainAll();
		const waiting = await Importing.upload(`Numer;${file.replaceAll("\n", "\n7;")}\n8;"źle;ANNA@example.com`);
		await waiting.rehearse();
		await erase("anna@example.com");
		expect(await runDurableObjectAlarm(waiting.object)).toBe(true);
		const { status, reading } = await waiting.view();
		expect([status, reading.rows]).toEqual(["uploaded", 0]);
		const left = await textsOf(waiting);
		for (const trace of ["anna", "ANNA", "Nowak", "zielony"]) expect(left).not.toContain(trace);
		for (const kept of ["jan@example.com", "Gdynia"]) expect(left).toContain(kept);
		expect((await waiting.run()).reading).toMatchObject({ rows: 1, people: 1, failed: 0 });

		const phones = await Importing.upload("telefon;imię\n'+48600700800;Ola\n601 601 601;Jan");
		await phones.run();
		await drainAll();
		const guarded = await Importing.upload("telefon;imię\n'+48600700800;Ola\n601 601 601;Jan");
		const { people } = await (await call("GET", `${site}/people?phone=%2B48600700800`)).json<Found>();
		expect((await call("DELETE", `${site}/people/${people[0]?.id}`)).status).toBe(200);
		await runDurableObjectAlarm(guarded.object);
		expect(await textsOf(guarded)).not.toContain("Ola");

		const later = await Importing.upload(file);
		await runDurableObjectAlarm(later.object);
		expect(await textsOf(later)).toContain("anna@example.com");
	});

	it("goes out of what is kept of a run: rows that failed, and whom it told of", async () => {
		const one = await Importing.upload(`${file}\nanna@example.com;Anna;;;;30 lutego;;`);
		const other = await Importing.upload(file.replaceAll("example.com", "example.org"));
		for (const run of [one, other]) await run.run();
		await drainAll();
		expect(await one.rows()).toMatchObject([{ line: 4, reason: "not-a-date" }]);
		await erase("anna@example.com");
		for (const run of [one, other]) expect(await runDurableObjectAlarm(run.object)).toBe(true);
		expect(await one.rows()).toEqual([]);
		expect(await textsOf(one)).not.toContain("Anna");
		await one.undo();
		expect((await who()).people.map(({ attributes }) => attributes.email)).not.toContain("jan@example.com");
	});

	it("does not come back with a file that is run before it was looked into", async () => {
		await (await Importing.upload(file)).run();
		await drainAll();
		const waiting = await Importing.upload(file);
		await waiting.rehearse();
		await erase("anna@example.com");
		expect((await waiting.run()).reading).toMatchObject({ rows: 1, people: 1 });
		await drainAll();
		expect((await who()).people.map(({ attributes }) => attributes.email)).not.toContain("anna@example.com");
	});

	it("goes out of rows that failed also where the site's own id alone says whose they are", async () => {
		const rows =
			"id klienta;e-mail;data urodzenia\n42;anna@example.com;1990-05-06\n42;;30 lutego\n43;;30 lutego";
		const columns = ["user", "email"].map((kind) => ({ to: "identifier", kind }));
		const birthday = { to: "attribute", name: "birthday", type: "date" };
		const one = await Importing.upload(rows, { columns: [...columns, birthday] });
		await one.run();
		await drainAll();
		expect((await one.rows()).map(({ line }) => line)).toEqual([3, 4]);
		await erase("anna@example.com");
		await runDurableObjectAlarm(one.object);
		expect((await one.rows()).map(({ line }) => line)).toEqual([4]);
	});
});

describe("an import is its site's alone", () => {
	it("and another site, or an invented id, finds nothing", async () => {
		const one = await Importing.upload(file);
		for (const path of [`another/imports/${one.id}`, `${site}/imports/${crypto.randomUUID()}`])
			for (const [method, more] of [
				["GET", ""],
				["POST", "/run"],
				["POST", "/undo"],
				["POST", "/rehearsal"],
			] as const)
				expect([path, (await call(method, path + more)).status]).toEqual([path, 404]);
		expect((await call("GET", `${site}/imports/..%2Fother`)).status).toBe(404);
		expect(await (await call("GET", "another/imports")).json()).toEqual({ imports: [], next: null });
		const { imports } = await (await call("GET", `${site}/imports`)).json<{ imports: object[] }>();
		expect(imports).toMatchObject([{ id: one.id, name: "test", status: "uploaded" }]);
	});

	it("and is refused what it cannot do", async () => {
		const one = await Importing.upload("imię\nAnna");
		const refused = async (method: string, path: string, body?: object) => {
			const answer = await call(method, `${site}/imports/${one.id}/${path}`, body);
			return [answer.status, (await answer.json<{ error: string }>()).error];
		};
		expect(await refused("POST", "run")).toEqual([422, "no-identifier"]);
		expect(await refused("POST", "undo")).toEqual([409, "not-now"]);
		expect(await refused("PATCH", "rows/2", { cells: {} })).toEqual([409, "not-now"]);
		const email = { to: "identifier", kind: "email" };
		expect(await refused("PUT", "plan", { columns: [email, email] })).toEqual([422, "columns-differ"]);
		for (const name of ["email", "consent.email", "constructor", "origin", "<b>"])
			expect(await refused("PUT", "plan", { columns: [{ to: "attribute", name, type: "text" }] })).toEqual([
				422,
				"malformed",
			]);
	});
});

describe("undoing an import", () => {
	it("leaves no trace in cells, D1, the directory, segments or scores", async () => {
		await (await Importing.upload(file, { tags: ["targi"], firesRules: true })).run();
		await drainAll();
		const before = await everything();
		const one = await Importing.upload(
			[
				"email,phone,miasto,Numer zamówienia,Data zamówienia,Kwota",
				"anna@example.com,601 601 601,Gdynia,Z1,2024-05-01,100",
				"jan@example.com,,Łódź,Z2,2024-05-01,100",
				"zupelnie.nowa@example.com,602 602 602,Gdynia,Z3,2024-05-01,100",
			].join("\n"),
			{ tags: ["targi", "inne"], categories: ["nowa"], lists: ["fair"], firesRules: true },
		);
		const { totals } = await one.run();
		expect(totals).toMatchObject({ new: 1, changed: 2, orders: 3, left: { "nobody-from-gdynia": 1 } });
		await drainAll();
		expect(await everything()).not.toEqual(before);
		await one.undo();
		await drainAll();
		expect(await everything()).toEqual(before);
		expect(await textsInCells()).not.toMatch(/zupelnie|601601601|602602602|Z3/);
		const again = await Importing.upload("phone\n601 601 601");
		expect((await again.run()).totals.new).toBe(1);
	});
});
