// Lists of people, asked over HTTP: with chosen columns, in an order, page by page, and with a text looked for.

import { beforeEach, describe, expect, it } from "vitest";
import type * as z from "zod/mini";
import { uuidv7 } from "../../worker/platform/id.ts";
import type { PeopleTable } from "../../worker/protocol/admin.schema.ts";
import { ask, everyone, people, refusal } from "./asked.ts";
import { drainAll, Importing } from "./importing.ts";
import { Browser, call, drain, event, freshWorld, partsOf, publish, site } from "./world.ts";

type Table = z.infer<typeof PeopleTable>;

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish({ definitions: { tagRules: [], scoreRules: [], programmes: [], interestTags: [] } });
	const file = [
		"email,imię,nazwisko,telefon,miasto,firma",
		"anna@example.com,Anna,Żak,600 100 200,Łódź,Sad",
		"jan@example.com,Jan,Kot,601200300,Gdynia,",
		"ola@example.com,Ola,Lis,,Łódź,Ogród",
	].join("\n");
	await (await Importing.upload(file)).run();
	await drainAll();
});

const table = (more: object, condition: object = everyone) =>
	ask<Table>("conditions/people", { condition, ...more });
const named = async (more: object, condition: object = everyone) =>
	(await table({ columns: ["name"], ...more }, condition)).rows.map(({ cells }) => cells[0]);

async function byEmail(email: string): Promise<string> {
	const found = await people({ field: "attribute", name: "email", test: { op: "is", value: email } });
	return found.people[0]?.id ?? "";
}

async function act(what: object, people: readonly string[]): Promise<void> {
	const answer = await call("POST", `${site}/acts`, { id: uuidv7(Date.now()), act: what, people });
	expect(answer.status).toBe(200);
	await drainAll();
}

describe("a list of people", () => {
	it("has the columns that were chosen, in their order, with instants told apart from numbers", async () => {
		const anna = await byEmail("anna@example.com");
		await act({ kind: "stage", stage: "Oferta" }, [anna]);
		await act({ kind: "owner", owner: "Ewa" }, [anna]);
		await act({ kind: "tag", tag: "VIP" }, [anna]);
		await act({ kind: "points", points: 7 }, [anna]);
		const columns = [
			"name",
			"attribute.email",
			"city",
			"stage",
			"owner",
			"tags",
			"score",
			"orders",
			"createdAt",
		];
		const { count, columns: told, rows } = await table({ columns, q: "żak" });
		expect(count).toBe(1);
		expect(told.filter(({ isInstant }) => isInstant).map(({ name }) => name)).toEqual(["createdAt"]);
		expect(rows).toEqual([
			{
				id: anna,
				cells: [
					...["Anna Żak", "anna@example.com", "Łódź", "Oferta", "Ewa", ["VIP"], 7, 0],
					expect.any(Number),
				],
			},
		]);
	});

	it("tells what orders come to, and where a browser came from", async () => {
		const browser = new Browser(key);
		await browser.view("/?utm_source=gazetka&utm_campaign=wiosna", "");
		await browser.track("Form Submitted", { experience: "blog-newsletter", email: "ewa@example.com" });
		const order = (id: string, revenue: number) => event("Order Completed", { order_id: id, revenue });
		await browser.send([order("a", 100.5), order("b", 20)], "/", {});
		await browser.send([event("Order Cancelled", { order_id: "b" })], "/", {});
		await drain(browser.token);
		const { rows } = await table({
			columns: ["orders", "revenue", "last.source", "last.campaign"],
			q: "ewa@",
		});
		expect(rows).toEqual([{ id: partsOf(browser.token).visitor, cells: [1, 100.5, "gazetka", "wiosna"] }]);
	});

	it("stands in the order of its score, and pages neither skip nor repeat anybody who is equal in it", async () => {
		await act({ kind: "points", points: 5 }, [await byEmail("jan@example.com")]);
		const sort = { by: "score", order: "desc" };
		expect(await named({ sort })).toEqual(["Jan Kot", expect.any(String), expect.any(String)]);
		const seen: string[] = [];
		for (let after: string | null | undefined; after !== null; ) {
			const page: Table = await table({ columns: ["name"], sort, limit: 1, ...(after && { after }) });
			seen.push(...page.rows.map(({ id }) => id));
			after = page.next;
		}
		expect([seen.length, new Set(seen).size]).toEqual([3, 3]);
		expect(await named({ sort: { by: "score", order: "asc" }, limit: 2 })).not.toContain("Jan Kot");
	});

	it("stands in the order of making, either way", async () => {
		const youngest = await named({});
		expect(await named({ sort: { by: "createdAt", order: "asc" } })).toEqual(youngest.toReversed());
		const first = await table({ columns: ["name"], sort: { by: "createdAt", order: "asc" }, limit: 2 });
		const rest = await table({
			...{ columns: ["name"], sort: { by: "createdAt", order: "asc" } },
			after: first.next,
		});
		expect([...first.rows, ...rest.rows].map(({ cells }) => cells[0])).toEqual(youngest.toReversed());
	});

	it("has those who meet the condition and are found by a text, without regard to accents and spaces", async () => {
		const fromLodz = { field: "attribute", name: "city", test: { op: "is", value: "lodz" } };
		expect((await named({}, fromLodz)).toSorted()).toEqual(["Anna Żak", "Ola Lis"]);
		expect(await named({ q: "ogrod" }, fromLodz)).toEqual(["Ola Lis"]);
		expect(await named({ q: "jan" }, fromLodz)).toEqual([]);
		expect(await named({ q: "600 100" })).toEqual(["Anna Żak"]);
	});

	it("is counted apart from its page where that is asked for", async () => {
		const counted = await people(everyone, { only: "count" });
		expect(counted).toEqual({ count: 3, people: [], next: null });
		const page = await people(everyone, { only: "page", limit: 2 });
		expect([page.count, page.people.length, page.next]).toEqual([null, 2, page.people[1]?.id]);
		const sorted = await people(everyone, { only: "page", sort: { by: "visits", order: "desc" } });
		expect([sorted.count, sorted.people.length]).toEqual([null, 3]);
	});

	it("refuses columns and places that are none", async () => {
		const asked = { condition: everyone };
		expect(await refusal("conditions/people", { ...asked, columns: ["name", "password"] })).toEqual([
			422,
			{ error: "malformed", problems: [{ at: "password", why: "column-unknown" }] },
		]);
		const sort = { by: "score", order: "desc" };
		for (const after of ["x", "1~", "~a", "1e9~a", "1~a'--"]) {
			const [status, { problems }] = await refusal("conditions/people", { ...asked, sort, after });
			expect([after, status, problems?.[0]?.at]).toEqual([after, 422, "after"]);
		}
	});
});
