// Coupon pools: every code is told to one cell, and given to one person.

import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, test } from "vitest";
import { Coupons } from "../../worker/cell/coupons.ts";
import { Store } from "../../worker/cell/store.ts";
import { cellOf, siteOf } from "../../worker/platform/name.ts";
import { sqlOf } from "../../worker/platform/sql.ts";
import { call, env, freshWorld, site } from "./world.ts";

beforeEach(freshWorld);

const codes = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, n) => `BON-${from + n}`);
const upload = (list: readonly string[], pool = "vouchers") =>
	call("POST", `${site}/pools/${pool}/codes`, { codes: list });
const stock = async () => (await call("GET", `${site}/pools`)).json();

/** What a cell has of the pool, and how it takes more of it. */
async function inCell<T>(work: (coupons: Coupons) => T): Promise<T> {
	return runInDurableObject(cellOf(env, site, "eu-eeur-1"), (_cell, { storage }) => {
		const store = new Store(sqlOf(storage));
		store.migrate();
		return work(new Coupons(store));
	});
}

describe("a pool", () => {
	test("takes codes once, however often a list is sent", async () => {
		expect(await (await upload(codes(1, 30))).json()).toEqual({ added: 30 });
		expect(await (await upload(codes(21, 50))).json()).toEqual({ added: 20 });
		expect(await stock()).toEqual({ pools: [{ pool: "vouchers", codes: 50, left: 50, isLow: false }] });
	});

	test("refuses what nobody could type, and says where it stands", async () => {
		const answer = await upload(["BON-1", "two words"]);
		expect(answer.status).toBe(422);
		expect(await answer.json()).toMatchObject({ problems: [{ at: "codes.1" }] });
		expect((await upload(["BON-1"], "No Pool")).status).toBe(400);
		expect(await stock()).toEqual({ pools: [] });
	});

	test("tells a cell the same codes again where its answer was lost, and no code to two cells", async () => {
		await upload(codes(1, 260));
		const pools = siteOf(env, site);
		const first = await pools.leaseCoupons("vouchers", "one", 0);
		expect(first.map(({ code }) => code)).toEqual(codes(1, 20));
		expect(await pools.leaseCoupons("vouchers", "one", 0)).toEqual(first);
		const other = await pools.leaseCoupons("vouchers", "other", 0);
		expect(other.map(({ code }) => code)).toEqual(codes(21, 40));
		const next = await pools.leaseCoupons("vouchers", "one", 20);
		expect(next).toEqual(codes(41, 60).map((code, n) => ({ place: 21 + n, code })));
		expect(await stock()).toMatchObject({ pools: [{ pool: "vouchers", codes: 260, left: 200 }] });
	});

	test("tells a cell the fewer the fewer are left, and says when a tenth is", async () => {
		await upload(codes(1, 30));
		const pools = siteOf(env, site);
		for (let told = 0; told < 30; ) {
			const leases = await pools.leaseCoupons("vouchers", "one", told);
			expect(leases.length).toBeLessThanOrEqual(Math.max(1, (30 - told) / 10));
			told += leases.length;
			const left = 30 - told;
			const isLow = left <= 3;
			expect(await stock()).toEqual({ pools: [{ pool: "vouchers", codes: 30, left, isLow }] });
		}
		expect(await pools.leaseCoupons("vouchers", "one", 30)).toEqual([]);
	});
});

describe("a cell", () => {
	test("gives its codes away in their order, each once, and remembers how far it was told", async () => {
		const leases = codes(1, 3).map((code, n) => ({ place: n + 1, code }));
		await inCell((coupons) => {
			const give = () => {
				const code = coupons.next("vouchers");
				coupons.give("vouchers");
				return code;
			};
			coupons.keep("vouchers", leases);
			expect(give()).toBe("BON-1");
			// The same answer once more.
			coupons.keep("vouchers", leases);
			expect([give(), give(), give()]).toEqual(["BON-2", "BON-3", undefined]);
			expect(coupons.toldOf("vouchers")).toBe(3);
			expect(coupons.left("vouchers")).toBe(0);
		});
	});
});
