// Saved views of the list of people: kept as they were saved, and never lost to a second pair of hands.

import { beforeEach, describe, expect, it } from "vitest";
import type * as z from "zod/mini";
import type { View } from "../../worker/protocol/view.schema.ts";
import { call, env, freshWorld, publish, site } from "./world.ts";

beforeEach(async () => {
	await freshWorld();
	await publish();
	await publish({ site: "other" });
});

const vip = {
	name: "VIP-y",
	condition: { field: "tag", tag: "VIP", count: { op: ">=", n: 1 } },
	q: "kowal",
	columns: ["name", "score", "attribute.email"],
	sort: { by: "score", order: "desc" },
	isShared: true,
};

async function save(body: object = vip): Promise<z.infer<typeof View>> {
	const answer = await call("POST", `${site}/views`, body);
	expect(answer.status).toBe(200);
	return answer.json();
}
const named = async (of = site) =>
	(await (await call("GET", `${of}/views`)).json<{ views: { name: string }[] }>()).views.map(
		({ name }) => name,
	);

describe("a saved view", () => {
	it("comes back as it was saved, in the order of the alphabet, at its own site alone", async () => {
		const saved = await save();
		expect(saved).toMatchObject({ ...vip, version: 1 });
		await save({ ...vip, name: "Ącki" });
		expect(await named()).toEqual(["Ącki", "VIP-y"]);
		expect(await named("other")).toEqual([]);
		expect((await call("DELETE", `other/views/${saved.id}`)).status).toBe(404);
		expect((await call("PUT", `other/views/${saved.id}`, { ...vip, version: 1 })).status).toBe(404);
		expect((await call("DELETE", `${site}/views/${saved.id}`)).status).toBe(200);
		expect(await named()).toEqual(["Ącki"]);
	});

	it("is changed by whoever read its latest version; whoever comes second is told how it stands", async () => {
		const { id } = await save();
		const first = await call("PUT", `${site}/views/${id}`, { ...vip, name: "Pierwsza", version: 1 });
		expect(await first.json()).toMatchObject({ id, name: "Pierwsza", version: 2 });
		const second = await call("PUT", `${site}/views/${id}`, { ...vip, name: "Druga", version: 1 });
		expect([second.status, await second.json()]).toMatchObject([
			409,
			{ error: "view-changed", view: { name: "Pierwsza", version: 2 } },
		]);
		expect(await named()).toEqual(["Pierwsza"]);
	});

	it("that is somebody's own is shown to nobody else", async () => {
		const { id } = await save({ ...vip, isShared: false });
		expect(await named()).toEqual(["VIP-y"]);
		await env.DB.prepare("UPDATE views SET owner = 'somebody' WHERE id = ?1").bind(id).run();
		expect(await named()).toEqual([]);
		expect((await call("PUT", `${site}/views/${id}`, { ...vip, version: 1 })).status).toBe(404);
		expect((await call("DELETE", `${site}/views/${id}`)).status).toBe(404);
	});

	it("is refused where it means columns or segments that are not there", async () => {
		const bad = [
			{ ...vip, columns: ["shoe"] },
			{ ...vip, condition: { field: "segment", segment: "nowhere" } },
			{ ...vip, columns: [] },
			{ ...vip, extra: 1 },
		];
		for (const body of bad) expect((await call("POST", `${site}/views`, body)).status).toBe(422);
		expect((await call("POST", "nowhere/views", vip)).status).toBe(404);
	});
});
