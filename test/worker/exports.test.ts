// Exporting people and what happened to them: whole, as tables and by the line, and never a formula.

import { beforeEach, describe, expect, it } from "vitest";
import { exportRoutes, type LinksOf } from "../../worker/admin/exports.ts";
import { rowsOf } from "../../worker/domain/import/csv.ts";
import { ask, drainAll, Importing } from "./importing.ts";
import { Browser, drain, env, freshWorld, publish, site } from "./world.ts";

const vip = {
	id: "vip",
	name: "VIP",
	condition: { field: "tag", tag: "VIP", count: { op: ">=", n: 1 } },
} as const;

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish({
		definitions: {
			tagRules: [],
			scoreRules: [],
			programmes: [],
			interestTags: [],
			segments: [vip],
			experiences: [],
			lists: [{ id: "fair", names: { pl: "Targi", en: "Fair" } }],
		},
	});
	const file = [
		"email,telefon,imię,uwagi,tagi,data urodzenia",
		'anna@example.com,600100200,"=HYPERLINK(""http://evil.example"")",+1,VIP|Łódź,1990-05-01',
		'jan@example.com,,Jan,"a, ""b""",,',
	].join("\n");
	await (
		await Importing.upload(file, {
			columns: [
				{ to: "identifier", kind: "email" },
				{ to: "identifier", kind: "phone" },
				{ to: "attribute", name: "firstName", type: "text" },
				{ to: "attribute", name: "uwagi", type: "text" },
				{ to: "tags" },
				{ to: "attribute", name: "birthday", type: "date" },
			],
		})
	).run();
	await drainAll();
});

async function exported(body: object): Promise<string> {
	const answer = await ask("POST", "export", JSON.stringify(body));
	expect(answer.status).toBe(200);
	return answer.text();
}
const table = async (body: object) => [...rowsOf([await exported(body)], ",")].map(({ cells }) => cells);
const columns = [
	"attribute.email",
	"attribute.phone",
	"attribute.firstName",
	"attribute.uwagi",
	"tags",
	"attribute.birthday",
];

describe("people", () => {
	it("leave as a table with the columns that were asked for, and no cell of it is a formula", async () => {
		expect((await table({ columns })).toSorted()).toEqual(
			[
				[
					"anna@example.com",
					"'+48600100200",
					'\'=HYPERLINK("http://evil.example")',
					"'+1",
					"VIP|Łódź",
					"1990-05-01T00:00:00.000Z",
				],
				columns,
				["jan@example.com", "", "Jan", 'a, "b"', "", ""],
			].toSorted(),
		);
	});

	it("leave by the line, as they are", async () => {
		const lines = (await exported({ format: "ndjson", columns: [...columns, "identity"], segment: "vip" }))
			.trim()
			.split("\n");
		expect(lines.map((line) => JSON.parse(line))).toEqual([
			{
				"attribute.email": "anna@example.com",
				"attribute.phone": "+48600100200",
				"attribute.firstName": '=HYPERLINK("http://evil.example")',
				"attribute.uwagi": "+1",
				tags: ["VIP", "Łódź"],
				"attribute.birthday": "1990-05-01T00:00:00.000Z",
				identity: "identified",
			},
		]);
	});

	it("of a segment, a list or any condition, and of nobody a table with names alone", async () => {
		const emails = async (who: object) =>
			(await table({ columns: ["attribute.email"], ...who })).slice(1).flat();
		expect(await emails({ segment: "vip" })).toEqual(["anna@example.com"]);
		expect(await emails({ list: "fair" })).toEqual([]);
		expect(
			await emails({
				condition: { field: "attribute", name: "firstName", test: { op: "is", value: "jan" } },
			}),
		).toEqual(["jan@example.com"]);
		expect((await emails({})).sort()).toEqual(["anna@example.com", "jan@example.com"]);
		expect(await emails({ q: "jan@" })).toEqual(["jan@example.com"]);
	});

	it("picked one by one, with any column that a list of people can show", async () => {
		const found = await ask(
			"POST",
			"conditions/people",
			JSON.stringify({ condition: { all: [] }, q: "anna" }),
		);
		const [anna] = (await found.json<{ people: { id: string }[] }>()).people;
		const rows = await table({
			people: [anna?.id, "nobody"],
			columns: ["name", "orders", "revenue", "createdAt"],
		});
		expect(rows).toEqual([
			["name", "orders", "revenue", "createdAt"],
			[expect.stringContaining("HYPERLINK"), "0", "0", expect.stringMatching(/^2.*Z$/)],
		]);
	});

	it("have a link of their own where somebody makes one", async () => {
		const linksOf: LinksOf = async (_env, _site, people) =>
			new Map(people.map((person) => [person, `https://l.example/${person}`]));
		const asked = (routes: ReturnType<typeof exportRoutes>) =>
			routes.request(
				`/${site}/export`,
				{
					method: "POST",
					headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
					body: JSON.stringify({ columns: ["id", "link"], segment: "vip" }),
				},
				env,
			);
		const [, [id, link] = []] = [...rowsOf([await (await asked(exportRoutes(linksOf))).text()], ",")].map(
			({ cells }) => cells,
		);
		expect(link).toBe(`https://l.example/${id}`);
		expect((await asked(exportRoutes())).status).toBe(422);
	});

	it("come back in as they left", async () => {
		const csv = await exported({ columns });
		const again = await Importing.upload(csv, {
			columns: [
				{ to: "identifier", kind: "email" },
				{ to: "identifier", kind: "phone" },
				{ to: "attribute", name: "firstName", type: "text" },
				{ to: "attribute", name: "uwagi", type: "text" },
				{ to: "nothing" },
				{ to: "attribute", name: "birthday", type: "date" },
			],
		});
		expect((await again.rehearse()).rehearsal?.totals).toMatchObject({ new: 0, changed: 0, same: 2 });
	});
});

describe("history", () => {
	it("is a row for each event, of contacts and of whoever was here just now", async () => {
		const browser = new Browser(key);
		await browser.view("/cennik");
		await drain(browser.token);
		const rows = await table({ of: "history" });
		expect(rows[0]).toEqual(["person", "part", "at", "name", "props", "rule"]);
		const names = rows.slice(1).map(([, , , name]) => name);
		expect(names.toSorted()).toEqual([
			"Contact Imported",
			"Contact Imported",
			"Page Viewed",
			"Tag Added",
			"Tag Added",
		]);
		const lines = (await exported({ of: "history", format: "ndjson", segment: "vip" })).trim().split("\n");
		expect(lines.map((line) => JSON.parse(line).name)).toEqual([
			"Contact Imported",
			"Tag Added",
			"Tag Added",
		]);
	});
});

it("what cannot be exported is refused, and says why", async () => {
	for (const [body, error] of [
		[{ columns: ["nothing of that"] }, "malformed"],
		[{ segment: "vip", list: "fair" }, "malformed"],
		[{ segment: "unknown" }, "condition-refused"],
		[{ condition: { field: "nonsense" } }, "condition-refused"],
	] as const) {
		const answer = await ask("POST", "export", JSON.stringify(body));
		expect([answer.status, await answer.json()]).toMatchObject([422, { error }]);
	}
});
