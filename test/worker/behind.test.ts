// Every report there is: its file says the same figures, and each way from a figure to the people behind it leads to as many
// as it counts. Over the real edge, cells and D1; whatever report is added is walked too.

import { beforeAll, expect, test } from "vitest";
import type { Condition } from "../../worker/domain/condition.ts";
import { origins } from "../../worker/domain/figure.ts";
import { rowsOf } from "../../worker/domain/import/csv.ts";
import type { Block } from "../../worker/protocol/experience.ts";
import { routes } from "./routes.ts";
import { coupon, showing } from "./showing.ts";
import { Browser, call, drain, freshWorld, publish, settled, site } from "./world.ts";

const recipe = { most: 4, least: 1, sources: [{ by: "trending" as const }], filters: {} };
const products: Block = { kind: "products", layout: "grid", recipe };
const on = (path: string) => ({ only: [{ op: "starts-with" as const, value: path }], except: [] });

beforeAll(async () => {
	await freshWorld();
	await call("POST", `${site}/pools/welcome/codes`, { codes: ["A-1", "A-2", "A-3", "A-4", "A-5"] });
	const key = await publish({
		definitions: {
			experiences: [
				showing("hello", [{ kind: "text", text: "Dzień dobry" }], { pages: on("/cennik") }),
				showing("gift", [coupon("welcome")], { pages: on("/gift") }),
				showing("frame", [products], { kind: "frame", pages: on("/p") }),
			],
		},
	});
	const came = async (path: string, referrer: string) => {
		const browser = new Browser(key);
		return [browser, await browser.view(path, referrer)] as const;
	};
	const [anna] = await came("/cennik?utm_source=list&utm_medium=email&utm_campaign=spring", "");
	await anna.track("Experience Clicked", { experience: "hello", revision: 1 });
	await anna.track("Form Submitted", { experience: "hello", revision: 1, email: "anna@example.pl" });
	await anna.track("Order Completed", { order_id: "o-1", revenue: 120.5 });
	const [bea, answer] = await came("/gift", "https://www.google.com/");
	const code = answer.show.flatMap(({ given }) => Object.values(given?.codes ?? {}))[0] ?? "";
	expect(code).not.toBe("");
	await bea.track("Order Completed", { order_id: "o-2", revenue: 80, coupon: code });
	const [cecilia] = await came("/cennik", "https://www.google.com/");
	for (const browser of [bea, cecilia])
		await browser.track("Experience Clicked", { experience: "frame", revision: 1, product: "mower" });
	await cecilia.track("Experience Clicked", { experience: "frame", revision: 1, product: "=spade" });
	await cecilia.track("Form Submitted", { email: "cecilia@example.pl" });
	for (const { token } of [anna, bea, cecilia]) await drain(token);
	await settled();
});

type Row = Readonly<Record<string, unknown>>;
const told = async (path: string) => {
	const answer = await call("GET", `${site}${path}`);
	if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
	return answer.json<Record<string, unknown>>();
};
const table = async (path: string, name: string) => (await told(path))[name] as readonly Row[];

async function countOf(condition: unknown): Promise<number> {
	const answer = await call("POST", `${site}/conditions/people`, { condition: condition as Condition });
	if (!answer.ok) throw new Error(await answer.text());
	return (await answer.json<{ count: number }>()).count;
}

/** Where the rows of a report's file stand in its answer. */
const reports: Readonly<Record<string, { readonly path: string; readonly rows: string }>> = {
	"/sites/:site/figures/visits": { path: "/figures/visits?by=source", rows: "rows" },
	"/sites/:site/figures/experiences/:experience": {
		path: "/figures/experiences/hello?days=2",
		rows: "series",
	},
	"/sites/:site/figures/segments": { path: "/figures/segments?", rows: "segments" },
	"/sites/:site/figures/scores": { path: "/figures/scores?", rows: "rules" },
	"/sites/:site/figures/pools": { path: "/figures/pools?", rows: "pools" },
	"/sites/:site/reports/experiences": { path: "/reports/experiences?", rows: "experiences" },
	"/sites/:site/reports/frames": { path: "/reports/frames?", rows: "strategies" },
	"/sites/:site/reports/products": { path: "/reports/products?", rows: "products" },
};
/** Its file has a row for each day, and is compared by itself. */
const sizes = "/sites/:site/figures/sizes";

test("no report is left out", () => {
	const all = routes.flatMap(({ method, path }) =>
		method === "GET" && /^\/sites\/:site\/(figures|reports)\//.test(path) ? [path] : [],
	);
	expect([...Object.keys(reports), sizes].sort()).toEqual(all.sort());
});

async function fileOf(path: string): Promise<readonly Readonly<Record<string, string>>[]> {
	const answer = await call("GET", `${site}${path}&format=csv`);
	expect(answer.headers.get("content-type"), path).toMatch(/^text\/csv/);
	const [head, ...rows] = [...rowsOf([await answer.text()], ",")];
	return rows.map(({ cells }) => Object.fromEntries(cells.map((cell, i) => [head?.cells[i] ?? "", cell])));
}

/** Each figure of a row by its way: `byClick.revenue`. Lists stand apart, and conditions are none. */
function figuresIn(row: object, before = ""): readonly (readonly [string, number])[] {
	return Object.entries(row).flatMap(([name, value]) => {
		if (/^conditions?$/.test(name) || value === null || Array.isArray(value)) return [];
		if (typeof value === "object") return figuresIn(value, `${before}${name}.`);
		return typeof value === "number" ? [[before + name, value] as const] : [];
	});
}

for (const [report, { path, rows }] of Object.entries(reports))
	test(`the file of ${report} says each figure that the report says`, async () => {
		const [said, file] = await Promise.all([table(path, rows), fileOf(path)]);
		expect(said.length, "rows").toBeGreaterThan(0);
		expect(file.length).toBe(said.length);
		expect(said.flatMap((row) => figuresIn(row)).some(([, figure]) => figure > 0)).toBe(true);
		for (const [n, row] of said.entries())
			for (const [name, figure] of figuresIn(row)) {
				const cell = file[n]?.[name] ?? "missing";
				expect(name === "at" ? Date.parse(cell) : Number(cell), `${n} ${name}`).toBe(figure);
			}
	});

test("the file of sizes says of each day how many each segment had, and each band of points", async () => {
	const [said, file] = await Promise.all([told("/figures/sizes?days=2"), fileOf("/figures/sizes?days=2")]);
	const { days, segments, scores } = said as {
		days: string[];
		segments: { segment: string; sizes: (number | null)[] }[];
		scores: { least: number; sizes: (number | null)[] }[];
	};
	expect(file.map(({ day }) => day)).toEqual(days);
	for (const [n, row] of file.entries()) {
		for (const { segment, sizes: of } of segments) expect(row[segment]).toBe(String(of[n] ?? ""));
		for (const { least, sizes: of } of scores) expect(row[`points.${least}`]).toBe(String(of[n] ?? ""));
	}
});

test("what each origin brought adds up to all, and so does what each hour brought", async () => {
	const figures = ["visits", "pages", "visitors", "newcomers", "orders", "revenue"] as const;
	type Figures = Readonly<Record<(typeof figures)[number], number>>;
	const sum = (all: readonly Figures[], of: keyof Figures) => all.reduce((total, one) => total + one[of], 0);
	for (const by of origins) {
		const view = await told(`/figures/visits?by=${by}&step=hour`);
		const { totals, series, rows } = view as { totals: Figures; series: Figures[]; rows: Figures[] };
		for (const of of figures) {
			expect(sum(series, of), `${by} ${of}`).toBe(totals[of]);
			// Only who came by a campaign has one, and only the edge knows a country.
			if (!["campaign", "country"].includes(by)) expect(sum(rows, of), `${by} ${of}`).toBe(totals[of]);
		}
		expect(totals).toMatchObject({ visits: 3, visitors: 3, orders: 2, revenue: 200.5 });
	}
});

/** Of each row of a report: the condition, and as many as it has to lead to. */
type Lead = readonly (readonly [condition: unknown, people: unknown])[];
const visitors = (by: string) => ({
	path: `/figures/visits?by=${by}`,
	rows: "rows",
	of: (row: Row): Lead => [[row.condition, row.visitors]],
});
const leads: readonly {
	readonly path: string;
	readonly rows: string;
	readonly of: (row: Row) => Lead;
}[] = [
	...origins.map(visitors),
	{ path: "/figures/segments", rows: "segments", of: (row) => [[row.condition, row.people]] },
	{ path: "/figures/sizes", rows: "scores", of: (row) => [[row.condition, row.people]] },
	{
		path: "/figures/scores",
		rows: "rules",
		of: (row) => (row.condition === null ? [] : [[row.condition, row.times]]),
	},
	{ path: "/figures/pools", rows: "pools", of: (row) => [[row.condition, row.given]] },
	{ path: "/reports/products", rows: "products", of: (row) => [[row.condition, row.clicks]] },
];

for (const { path, rows, of } of leads)
	test(`${path} leads from each figure to as many people`, async () => {
		const pairs = (await table(path, rows)).flatMap(of);
		expect(path.endsWith("country") || pairs.some(([, people]) => Number(people) > 0)).toBe(true);
		for (const [condition, people] of pairs) expect(await countOf(condition)).toBe(people);
	});

test("a funnel and a strategy lead to who was shown it and who did something, each once", async () => {
	const { conditions, outcomes } = await told("/figures/experiences/hello");
	const { shown, engaged } = conditions as Row;
	expect(outcomes).toMatchObject({ shown: 2, clicked: 1, submitted: 1 });
	expect([await countOf(shown), await countOf(engaged)]).toEqual([2, 1]);
	const [frames] = await table("/reports/frames", "strategies");
	// One of them clicked two products.
	expect(frames).toMatchObject({ strategies: ["trending"], clicked: 3 });
	expect(await countOf((frames as { conditions: Row } | undefined)?.conditions.clicked)).toBe(2);
});
