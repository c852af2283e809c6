// `npm start`: the edge, the demo shop on another origin, and the demo site's rules, on this machine alone.

import { rmSync } from "node:fs";
import { join } from "node:path";
import { clubCodes } from "../shop/club.ts";
import { demo, demoSettings } from "../shop/demo.ts";
import { startShop } from "../shop/serve.ts";
import { addCodes, demoAccount, loadFeed, publishOnce, setUp } from "./client.ts";
import { startEdge } from "./edge.ts";
import { seedOnce } from "./seed.ts";
import { seedGoods } from "./seed-goods.ts";

const site = "demo";
const port = Number(process.env.PORT ?? 8787);
const folder = join(import.meta.dirname, "../../.witaj");

if (process.argv.includes("--fresh")) rmSync(folder, { recursive: true, force: true });

const bindings = { SHOP: `http://localhost:${port + 1}` };
const edge = await startEdge({ port, folder, bindings }).catch((error: unknown) => {
	if (!String(error).includes("EADDRINUSE")) throw error;
	console.error(`Port ${port} is taken. Stop what listens there, or choose another: PORT=9000 npm start`);
	process.exit(1);
});
// What the platform's clock does in a deployment.
const clock = setInterval(async () => {
	const witaj = await edge.miniflare.getWorker("witaj");
	const scheduledTime = new Date();
	await witaj.scheduled({ cron: "* * * * *", scheduledTime });
	if (scheduledTime.getMinutes() === 55) await witaj.scheduled({ cron: "55 * * * *", scheduledTime });
}, 60_000);
const { key, staffMark } = await publishOnce(edge.url, site, demoSettings, demo);
await addCodes(edge.url, site, clubCodes.pool, clubCodes.codes);
await setUp(edge.url, demoAccount);
await seedOnce(edge.url, folder, false);
await seedGoods(edge.url, bindings.SHOP);
const shop = await startShop({ port: port + 1, edge: edge.url, site: key });
await loadFeed(edge.url, site, `${shop.url}/feed.xml`);

console.log(`
  Witaj is running.

    Demo       ${edge.url}/demo          the shop beside what Witaj knows of its visitor
    Shop       ${shop.url}               the shop by itself; ${shop.url}/?witaj=off without the tag
    Edge       ${edge.url}/healthz
    Account    ${demoAccount.email} with the password ${demoAccount.password}

  The tag    <script async src="${edge.url}/w.js?site=${key}"></script>
  Staff      ${shop.url}/?witaj-staff=${staffMark}   leaves this browser out of the figures

  Data is kept in .witaj; \`npm start -- --fresh\` begins anew. Ctrl+C stops.
`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
	process.once(signal, async () => {
		clearInterval(clock);
		await shop.close();
		await edge.stop();
		process.exit(0);
	});
}
