// `npm run bench`: every promise about speed and money as a figure with its bar. Prints a table and writes bench.json.
// `--quick` for a first impression; names of parts for these alone: `npm run bench -- money sizes`.

import { benchAdmin } from "./admin.ts";
import { benchChat } from "./chat.ts";
import { benchEvaluation } from "./evaluate.ts";
import { benchFlat } from "./flat.ts";
import { benchFrames } from "./frames.ts";
import { benchMoney } from "./money.ts";
import { benchPage } from "./page.ts";
import { benchPageView, type Effort } from "./page-view.ts";
import { benchRecommend } from "./recommend.ts";
import { type Measure, print, write } from "./report.ts";
import { benchSegments } from "./segments.ts";
import { benchSizes } from "./sizes.ts";

const asked = process.argv.slice(2);
const isQuick = asked.includes("--quick");
const effort: Effort = isQuick
	? { rounds: 3, requests: 1_000, visitors: 1_000, sustainedMs: 8_000 }
	: { rounds: 9, requests: 3_000, visitors: 3_000, sustainedMs: 60_000 };

const parts: Readonly<Record<string, () => Promise<Measure[]> | Measure[]>> = {
	evaluation: benchEvaluation,
	recommend: benchRecommend,
	frames: benchFrames,
	sizes: benchSizes,
	"page-view": () => benchPageView(effort),
	money: () => benchMoney(isQuick),
	flat: () => (isQuick ? benchFlat(20_000, 2_000) : benchFlat(100_000, 10_000)),
	segments: () => benchSegments(isQuick),
	chat: () => benchChat(isQuick),
	admin: () => benchAdmin(isQuick),
	page: () => benchPage(isQuick ? 1 : 5),
};

const names = asked.filter((name) => !name.startsWith("--"));
const unknown = names.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0)
	throw new Error(`there is no ${unknown.join(", ")}: ${Object.keys(parts).join(", ")}`);
const measures: Measure[] = [];
for (const [name, bench] of Object.entries(parts)) {
	if (names.length > 0 && !names.includes(name)) continue;
	console.log(`… ${name}`);
	measures.push(...(await bench()));
}
console.log();
print(measures);
write(measures);
process.exitCode = measures.every(({ ok }) => ok) ? 0 : 1;
