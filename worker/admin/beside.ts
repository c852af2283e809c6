// What an agent sees of whom they talk with, or might: the page that is open, the way there, the cart, what is known of them,
// and what they were shown and why. The cell's word, asked now; D1's of what they did.

import type * as z from "zod/mini";
import type { Standing, Standings } from "../cell/call.ts";
import { databaseOf } from "../data/database.ts";
import { storyOf } from "../data/history.ts";
import { decisionsOf } from "../data/people.ts";
import type { Whereabouts } from "../desk/call.ts";
import { cartNow } from "../domain/cart.ts";
import { read } from "../domain/person.ts";
import type { CatalogueEnv, Env } from "../platform/env.ts";
import { catalogueOf, cellOf } from "../platform/name.ts";
import type { BesideView, VisitorsView } from "../protocol/chat.schema.ts";
import type { Snapshot } from "../protocol/site.ts";
import { asked } from "./request.ts";

type View = z.infer<typeof BesideView>;
type Known = z.infer<typeof VisitorsView>["visitors"][number];

const pathLength = 20;
/** More nobody looks through. */
const mostVisitors = 200;

export async function besideOf(env: Env & CatalogueEnv, site: string, where: Whereabouts): Promise<View> {
	const { whose, cell, live } = where;
	const db = databaseOf(env, site);
	const now = Date.now();
	const [standings, card, story, shown] = await Promise.all([
		// The types of a stub make lists of the pairs in what it answers.
		cellOf(env, site, cell).standings([whose.person]) as Promise<Standings | undefined>,
		cellOf(env, site, cell).card(whose.person),
		asked(storyOf(db, site, whose.person, now)),
		asked(decisionsOf(db, site, whose.person, now)),
	]);
	const one = standings?.people[0];
	const [known = unknown] = await named(env, site, one ? [knownOf(one)] : []);
	const text = (value: unknown) => (typeof value === "string" ? value : null);
	return {
		...known,
		person: whose.person,
		proof: whose.proof,
		tags: Object.fromEntries((card?.tags ?? []).map(({ tag, count }) => [tag, count])),
		live,
		path: story
			.filter(({ name }) => name === "Page Viewed")
			.slice(0, pathLength)
			.map(({ at, props }) => ({ at, path: text(props.path) ?? "", title: text(props.title) })),
		shown: shown.map(({ at, experience, path, candidates }) => {
			const revision = candidates.find((candidate) => candidate.experience === experience)?.revision;
			const lost = candidates.filter(
				({ reason }) => reason.is === "lost-to" && reason.experience === experience,
			);
			return {
				at,
				experience,
				path,
				audience: (standings && audienceOf(standings.snapshot, experience, revision)) ?? null,
				over: lost.map((candidate) => candidate.experience),
			};
		}),
	};
}

/** The same in short of everybody who is there, as far as their cells know them. */
export async function visitorsOf(
	env: Env & CatalogueEnv,
	site: string,
	there: readonly Whereabouts[],
): Promise<Known[]> {
	const byCell = Map.groupBy(there.slice(0, mostVisitors), ({ cell }) => cell);
	const told = await Promise.all(
		[...byCell].map(async ([cell, some]) => {
			const people = [...new Set(some.map(({ whose }) => whose.person))];
			return (await cellOf(env, site, cell).standings(people)) as Standings | undefined;
		}),
	);
	const known = told.flatMap((standings) =>
		(standings?.people ?? []).map((one) => ({ ...knownOf(one), person: one.person })),
	);
	return named(env, site, known);
}

/** With the products of carts by their names, where the catalogue has them. */
async function named<One extends Told>(env: CatalogueEnv, site: string, all: readonly One[]): Promise<One[]> {
	const ids = new Set(all.flatMap(({ cart }) => cart?.products ?? []));
	const names = new Map(ids.size > 0 ? Object.entries(await catalogueOf(env, site).names([...ids])) : []);
	return all.map((one) => {
		const products = one.cart?.products.map((id) => names.get(id) ?? id);
		return one.cart && products ? { ...one, cart: { ...one.cart, products } } : one;
	});
}

type Told = Omit<Known, "person">;
const unknown: Told = { identity: "anonymous", name: null, score: 0, segments: [], cart: null };

function knownOf({ standing }: Standing): Told {
	const { attributes, score, cart: filled, orders = {} } = read(standing.person);
	const cart = cartNow(filled, orders);
	const said = [attributes.name, attributes.firstName, attributes.email].find((one) => one !== undefined);
	return {
		identity: standing.identity,
		name: said === undefined ? null : String(said.value),
		score,
		segments: Object.keys(standing.segments),
		cart: cart ? { value: cart.hundredths / 100, items: cart.items, products: [...cart.products] } : null,
	};
}

/** Of whom it is for; nothing where it was otherwise when they saw it. */
function audienceOf({ definitions }: Snapshot, experience: string, revision: number | undefined) {
	const found = definitions.experiences.find((one) => one.id === experience && one.revision === revision);
	return found && { segment: found.segment ?? null };
}
