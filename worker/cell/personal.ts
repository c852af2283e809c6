// What a browser may be told of the person whose it is, as far as its proof goes, and in the words that templates use.

import type { PersonalWords } from "../content/call.ts";
import { isKnownAttribute, knownAttributes } from "../domain/attributes.ts";
import { cartNow } from "../domain/cart.ts";
import { completedOrders } from "../domain/completed.ts";
import type { Value } from "../domain/event.ts";
import { put } from "../domain/keyed.ts";
import { type Person, read } from "../domain/person.ts";
import { balanceOf, isMember, pointsOf, tierOf } from "../domain/programme.ts";
import { mayTell } from "../domain/proof.ts";
import type { Passage } from "./collect.ts";
import type { Loaded } from "./people.ts";
import { proofIn } from "./state.ts";

/** Those of the person's parts of which this browser may be told. */
export function tellable({ state, part }: Pick<Loaded, "state" | "part">): Person {
	const { person } = state.standing;
	const told = mayTell(proofIn(state, part));
	if (told === "everything") return person;
	const own = person.parts[part];
	return { parts: told === "its own" && own ? { [part]: own } : {} };
}

/** What templates may say to this browser. */
export function wordsFor({ state, part, rules }: Pick<Passage, "state" | "part" | "rules">): PersonalWords {
	return wordsOf(tellable({ state, part }), rules);
}

/** All that templates may say of somebody. */
export function wordsOf(known: Person, rules: Passage["rules"]): PersonalWords {
	if (Object.keys(known.parts).length === 0) return { person: {} };
	const facts = read(known);
	const person: Record<string, string | number | boolean> = {};
	for (const [name, { value }] of Object.entries(facts.attributes))
		put(person, wordOf(name), said(name, value));
	// Most forms ask for a name, and mean the first.
	const [first] = typeof person.name === "string" ? person.name.trim().split(/\s+/) : [];
	if (first && !Object.hasOwn(person, "first_name")) person.first_name = first;
	const programmes: Record<string, { balance: number; tier?: string }> = {};
	for (const programme of rules.programmes.values()) {
		if (!isMember(known, programme)) continue;
		const points = pointsOf(known, programme.id);
		const tier = tierOf(programme, points.earned)?.name;
		put(programmes, programme.id, { balance: balanceOf(points), ...(tier === undefined ? {} : { tier }) });
	}
	const cart = cartNow(facts.cart, facts.orders ?? {});
	const orders = completedOrders(facts.orders ?? {});
	return {
		person,
		score: facts.score,
		programmes,
		...(cart && { cart: { value: cart.hundredths / 100, items: cart.items } }),
		orders: {
			count: orders.length,
			value: orders.reduce((sum, { hundredths }) => sum + hundredths, 0) / 100,
		},
	};
}

/** Our own attributes as templates name things: `firstName` is `first_name`. A site's keep the names it gave them. */
function wordOf(name: string): string {
	return isKnownAttribute(name)
		? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replaceAll(".", "_")
		: name;
}

/** A day is said as one, and of several values each. */
function said(name: string, value: Value): string | number | boolean {
	if (typeof value === "object") return value.join(", ");
	const isDay = typeof value === "number" && isKnownAttribute(name) && knownAttributes[name] === "date";
	return isDay ? new Date(value).toISOString().slice(0, 10) : value;
}
