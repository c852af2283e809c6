import { afterEach, beforeEach, expect, it } from "vitest";
import { definitions, settings } from "../shop/definitions.ts";
import { answered, pageView, publish, send } from "../support/client.ts";
import { FaultyEdge, until, whereaboutsOf } from "../support/faulty-edge.ts";
let edge: FaultyEdge;
beforeEach(async () => { edge = await FaultyEdge.start(); });
afterEach(() => edge.stop());
it("smoke", async () => {
	const { key } = await publish(edge.url, "demo", settings, definitions);
	const a = await answered(await send(edge.url, pageView(key, "https://shop.example/cennik", undefined, "")));
	const w = whereaboutsOf(a.token ?? "");
	console.log(await edge.look("demo", w), await edge.cells("demo"));
	await until(() => edge.tables("demo", w.cell), (t) => t.outbox.length === 0);
	console.log(await edge.sql("SELECT * FROM events"), await edge.figures());
	const t = performance.now();
	await edge.kill(); await edge.revive();
	console.log(performance.now() - t, await edge.look("demo", w));
});
