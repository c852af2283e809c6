// Static lists over HTTP: people put on and taken off in the cells that own them, and found again in D1.

import { beforeEach, expect, it } from "vitest";
import type * as z from "zod/mini";
import { handOf } from "../../worker/domain/act.ts";
import { uuidv7 } from "../../worker/platform/id.ts";
import { cellOf } from "../../worker/platform/name.ts";
import type { Acted } from "../../worker/protocol/act.schema.ts";
import type { People } from "../../worker/protocol/admin.schema.ts";
import { Browser, call, drain, env, freshWorld, partsOf, publish, site } from "./world.ts";

const lists = [{ id: "vip", names: { pl: "Stali klienci", en: "Regular customers" } }];
const onList = { field: "list", list: "vip" };

let browser: Browser;
let person: string;
beforeEach(async () => {
	await freshWorld();
	browser = new Browser(await publish({ definitions: { lists } }));
	await browser.view("/", "");
	await browser.track("Form Submitted", { email: "ala@sklep.pl" });
	await drain(browser.token);
	person = partsOf(browser.token).visitor;
});

async function act(
	kind: "enlist" | "delist",
	people: readonly string[],
	list = "vip",
): Promise<z.infer<typeof Acted>["people"]> {
	const body = { id: uuidv7(Date.now()), act: { kind, list }, people };
	const response = await call("POST", `${site}/acts`, body);
	expect(response.status).toBe(200);
	await drain(browser.token);
	return (await response.json<z.infer<typeof Acted>>()).people;
}

async function listed(): Promise<readonly string[]> {
	const response = await call("POST", `${site}/conditions/people`, { condition: onList });
	const { count, people } = await response.json<z.infer<typeof People>>();
	if (count === null) throw new Error("it was not counted");
	expect(people).toHaveLength(count);
	return people.map(({ id }) => id);
}

it("puts people on a list and takes them off, and says who was there already", async () => {
	expect(await listed()).toEqual([]);
	expect(await act("enlist", [person, "nobody"])).toEqual([
		{ person, is: "done" },
		{ person: "nobody", is: "refused", why: "person-unknown" },
	]);
	expect(await act("enlist", [person])).toEqual([{ person, is: "refused", why: "already-on-list" }]);
	expect(await listed()).toEqual([person]);
	const explained = await call("POST", `${site}/explain`, { condition: onList, person });
	expect(await explained.json()).toMatchObject({
		is: true,
		sentence: { pl: "Jest na liście „Stali klienci”." },
	});
	expect(await act("delist", [person])).toEqual([{ person, is: "done" }]);
	expect(await act("delist", [person])).toEqual([{ person, is: "refused", why: "not-on-list" }]);
	expect(await listed()).toEqual([]);
	const { results } = await env.DB.prepare("SELECT name FROM contact_events WHERE part = ?1 ORDER BY at, id")
		.bind(handOf(person))
		.all();
	expect(results).toEqual([{ name: "List Joined" }, { name: "List Left" }]);
});

it("refuses a list that is not there, and drafts that would take one away from under a condition", async () => {
	expect(await act("enlist", [person], "gone")).toEqual([{ person, is: "refused", why: "unknown-list" }]);
	const segments = [{ id: "vips", name: "VIP", condition: onList }];
	const none = { tagRules: [], scoreRules: [], segments, experiences: [] };
	expect((await call("PUT", `${site}/definitions`, { ...none, lists })).status).toBe(200);
	const refused = await call("PUT", `${site}/definitions`, none);
	expect(await refused.json()).toMatchObject({ problems: [{ at: "vips.list", why: "list-unknown" }] });
});

it("leaves nothing of an anonymous visitor who was on a list and takes their consent back", async () => {
	const visitor = new Browser(browser.key);
	await visitor.view("/", "");
	await drain(visitor.token);
	const { cell, visitor: id } = partsOf(visitor.token);
	await act("enlist", [id]);
	await drain(visitor.token);
	await cellOf(env, site, cell).forget(id);
	await drain(visitor.token);
	for (const [table, column] of [["people", "id"] as const, ["parts", "person"] as const])
		expect(await env.DB.prepare(`SELECT 1 FROM ${table} WHERE ${column} = ?1`).bind(id).first()).toBe(null);
	expect(await env.DB.prepare("SELECT 1 FROM arrivals WHERE part LIKE ?1").bind(`%${id}`).first()).toBe(null);
});
