import { beforeEach, describe, expect, it } from "vitest";
import { findOwner, resolve } from "../../worker/directory/resolve.ts";
import { env, freshWorld } from "./world.ts";

const anna = { kind: "email", value: "anna@example.com" } as const;
const annasId = { kind: "user", value: "42" } as const;
const jan = { kind: "email", value: "jan@example.com" } as const;

beforeEach(freshWorld);

describe("the directory", () => {
	it("gives an identifier to whoever claims it first, and to everyone after the same person", async () => {
		const first = await resolve(env, "shop", [anna]);
		const second = await resolve(env, "shop", [anna], { person: "another", cell: "eu-eeur-0" });
		expect(first).toMatchObject({ isNew: true, conflicts: [] });
		expect(second).toEqual({ ...first, isNew: false });
	});

	it("makes one card where two learn of one address at the same moment", async () => {
		const claims = Array.from({ length: 20 }, () => resolve(env, "shop", [anna]));
		const people = new Set((await Promise.all(claims)).map(({ person }) => person));
		expect(people.size).toBe(1);
	});

	it("knows a person by any of their identifiers once they came together", async () => {
		const { person, cell } = await resolve(env, "shop", [anna, annasId]);
		expect(await findOwner(env, "shop", annasId)).toEqual({ person, cell });
		expect(await resolve(env, "shop", [annasId])).toEqual({ person, cell, isNew: false, conflicts: [] });
	});

	it("lists identifiers of two people as a conflict and merges nobody", async () => {
		const his = await resolve(env, "shop", [jan]);
		const hers = await resolve(env, "shop", [annasId]);
		const { person, conflicts } = await resolve(env, "shop", [jan, annasId]);
		expect(person).toBe(hers.person);
		expect(conflicts).toEqual([{ ...jan, owner: { person: his.person, cell: his.cell } }]);
		expect(await findOwner(env, "shop", jan)).toMatchObject({ person: his.person });
	});

	it("keeps the people of two sites apart", async () => {
		const here = await resolve(env, "shop", [anna]);
		const there = await resolve(env, "another", [anna]);
		expect(there.person).not.toBe(here.person);
	});
});
