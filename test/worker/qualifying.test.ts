// For whom an experience would show now, asked before it is saved: how many it is for, and what speaks against it.

import { beforeEach, expect, it } from "vitest";
import type * as z from "zod/mini";
import type { Qualifying } from "../../worker/protocol/admin.schema.ts";
import { definitions } from "../shop/definitions.ts";
import { ask, everyone, refusal, viewedPrices } from "./asked.ts";
import { Browser, call, drain, freshWorld, partsOf, publish, site } from "./world.ts";

let key: string;
beforeEach(async () => {
	await freshWorld();
	key = await publish();
});

async function visitor(paths: readonly string[]): Promise<string> {
	const browser = new Browser(key);
	for (const path of paths) await browser.view(path, "");
	await drain(browser.token);
	return partsOf(browser.token).visitor;
}

const [given] = definitions.experiences;
if (!given) throw new Error("the shop shows something");
const { segment: _segment, here: _here, group: _group, ...rest } = given;
const experience = { ...rest, id: "new", name: "Nowa", pages: { only: [], except: [] }, schedule: {} };
const qualifying = (what: object, more: object = {}) =>
	ask<z.infer<typeof Qualifying>>("experiences/qualifying", { experience: what, ...more });

it("an experience that was never saved, for a segment that is a draft, says whom it is for and why not for the others", async () => {
	const [keen, other] = [await visitor(["/cennik", "/cennik", "/cennik"]), await visitor(["/"])];
	const drafts = {
		...definitions,
		segments: [...definitions.segments, { id: "keen", name: "Chętni", condition: viewedPrices(3) }],
	};
	expect((await call("PUT", `${site}/definitions`, drafts)).status).toBe(200);
	const answer = await qualifying({ ...experience, segment: "keen" });
	expect([answer.count, answer.of]).toEqual([1, 2]);
	expect(answer.in.map(({ person }) => person.id)).toEqual([keen]);
	expect(answer.in[0]?.candidate?.reason.is).not.toBe("not-in-segment");
	expect(answer.out.map(({ person }) => person.id)).toEqual([other]);
	expect(answer.out[0]?.candidate).toMatchObject({ is: false, reason: { is: "not-in-segment" } });
	expect(answer.out[0]?.candidate?.sentences.pl.join(" ")).toContain("Chętni");
});

it("without a segment it is for everybody, and the page and the schedule speak against it where they do", async () => {
	await visitor(["/"]);
	const late = { ...experience, schedule: { until: 1 } };
	const answer = await qualifying(late);
	expect([answer.count, answer.of, answer.out]).toEqual([1, 1, []]);
	expect(answer.in[0]?.candidate?.reason.is).toBe("off-schedule");
	const elsewhere = { ...experience, pages: { only: [{ op: "is", value: "/kontakt" }], except: [] } };
	const there = await qualifying(elsewhere, { page: { url: "/kontakt" } });
	const here = await qualifying(elsewhere, { page: { url: "/" } });
	expect(here.in[0]?.candidate?.is).toBe(false);
	expect(here.in[0]?.candidate?.reason).not.toEqual(there.in[0]?.candidate?.reason);
});

it("is refused where its segment is not there", async () => {
	const [status] = await refusal("experiences/qualifying", {
		experience: { ...experience, segment: "nowhere" },
	});
	expect(status).toBe(422);
	expect((await refusal("experiences/qualifying", { experience: everyone }))[0]).toBe(422);
});
