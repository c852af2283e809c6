// Two tenants at work at once, each with a word of its own in all that it writes: whatever they do, in whatever order, and
// with whichever ids, neither ever reads the other's word, and the log has one row of each act, and none of what was so
// already. 10,000 operations in the long version.

import { expect, it } from "vitest";
import { roles } from "../../worker/domain/role.ts";
import { routes } from "./routes.ts";
import { bodyOf, pathOf, stateOf, type Tenant, tenant } from "./tenants.ts";
import { Browser, env, freshWorld, settled } from "./world.ts";

const isLong = env.WITAJ_LONG === "1";
const operations = isLong ? 10_000 : 400;
/** What takes away comes seldom, so that there is something to be seen. */
const oneDeletionIn = 20;
const possible = routes.filter(({ name }) => name !== "DELETE /session");

/** mulberry32: the same operations each time. */
function chance(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) % below;
	};
}

const countRows = () => env.DB.prepare("SELECT count(*) AS n FROM audit").first<number>("n");

it(
	"two tenants never see each other's words",
	async () => {
		await freshWorld();
		const [a, b] = [await tenant("alpha"), await tenant("beta")];
		const pick = chance(2026);
		const among = <T>(all: readonly T[]): T => all[pick(all.length)] as T;
		const leaks: string[] = [];
		const unaudited: string[] = [];
		const answers = new Map<number, number>();
		let rows = (await countRows()) ?? 0;
		for (let n = 0; n < operations; ) {
			const [one, other] = pick(2) === 0 ? [a, b] : [b, a];
			if (pick(8) === 0) {
				leaks.push(...(await visit(one, other, `/${n++}`)));
				continue;
			}
			const { name, method, path, policy } = among(possible);
			if (method === "DELETE" && pick(oneDeletionIn) > 0) continue;
			n++;
			const ids = Object.fromEntries(
				Object.entries(one.ids).map(([id, value]) => [id, pick(4) === 0 ? (other.ids[id] ?? value) : value]),
			);
			const body = method === "GET" ? undefined : bodyOf(name, { ...one, ids });
			const standing = await standingOf(one, ids, name);
			const response = await one.screens[among(roles)].send(method, pathOf(path, ids), body);
			const text = await response.text();
			answers.set(response.status, (answers.get(response.status) ?? 0) + 1);
			if (text.includes(other.canary)) leaks.push(`${name}: ${text.slice(0, 300)}`);
			const isRepeated = standing !== undefined && standing === (await standingOf(one, ids, name));
			const isAct =
				policy?.act !== undefined && !isRepeated && (response.status < 400 || response.status >= 500);
			const more = ((await countRows()) ?? 0) - rows;
			rows += more;
			if (more !== (isAct ? 1 : 0)) unaudited.push(`${name}: ${response.status}, ${more} rows`);
		}
		expect(leaks).toEqual([]);
		expect(unaudited).toEqual([]);
		// Most of it did something: what is refused proves little.
		expect(answers.get(200)).toBeGreaterThan(operations / 5);
		expect([...answers.keys()].filter((status) => status >= 500)).toEqual([]);
		for (const [one, other] of [
			[a, b],
			[b, a],
		] as const) {
			await settled(one.site);
			expect(await stateOf(one.site)).not.toContain(other.canary);
		}
	},
	isLong ? 1_800_000 : 120_000,
);

/**
 * Of an act that is none where all is so already: pauses what is paused, keeps a site that nobody closed, saves settings as
 * they were.
 */
async function standingOf(
	{ site, screens }: Tenant,
	{ experience }: Readonly<Record<string, string>>,
	name: string,
): Promise<string | undefined> {
	const isStopped = /^POST .*\/experiences\/:experience\/(pause|resume|archive|restore)$/.test(name);
	const [, settled] = /^(?:PUT|DELETE) \/sites\/:site\/(settings|removal)$/.exec(name) ?? [];
	const path = isStopped ? `definitions/experience/${experience}` : settled;
	return path && (await screens.owner.send("GET", `/sites/${site}/${path}`)).text();
}

/** A page of one tenant, whose visitor tells its word. */
async function visit(one: Tenant, other: Tenant, path: string): Promise<readonly string[]> {
	// Newcomers of one address are so many a minute.
	const browser = new Browser(one.key, { "cf-connecting-ip": `2001:db8:${path.slice(1)}:1::1` });
	const view = await browser.view(path, "");
	const form = await browser.track("Form Submitted", {
		experience: "blog-newsletter",
		email: `${path.slice(1)}@${one.canary}.example`,
		name: one.canary,
	});
	return [view, form].map((answer) => JSON.stringify(answer)).filter((text) => text.includes(other.canary));
}
