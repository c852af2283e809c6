// Asking the authenticated API, and being refused.

import type * as z from "zod/mini";
import type { Condition, EventMatch } from "../../worker/domain/condition.ts";
import type * as schema from "../../worker/protocol/admin.schema.ts";
import { call, site } from "./world.ts";

type People = z.infer<typeof schema.People>;
export type Complaint = z.infer<typeof schema.Complaint>;

export const prices: EventMatch = { name: "Page Viewed", path: { op: "is", value: "/cennik" } };
export const viewedPrices = (n: number): Condition => ({
	field: "events",
	match: prices,
	count: { op: ">=", n },
});
export const everyone: Condition = { all: [] };

export async function ask<T>(path: string, body: unknown, of = site): Promise<T> {
	const response = await call("POST", `${of}/${path}`, body);
	if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
	return response.json<T>();
}

export async function refusal(path: string, body: unknown, of = site): Promise<[number, Complaint]> {
	const response = await call("POST", `${of}/${path}`, body);
	return [response.status, await response.json<Complaint>()];
}

export const people = (condition: unknown, more: object = {}, of = site) =>
	ask<People>("conditions/people", { condition, ...more }, of);
