// What a condition's field may be asked for: values that the site's people and definitions really have, the most frequent
// first. `lodz` finds Łódź.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { databaseOf } from "../data/database.ts";
import { type Countable, eventNamesOf, valuesOf } from "../data/suggestions.ts";
import { knownAttributes } from "../domain/attributes.ts";
import { isTextField, type TextField, textFields } from "../domain/fields.ts";
import { canSpell } from "../domain/keyed.ts";
import { orderNames } from "../domain/order.ts";
import { fold } from "../domain/text.ts";
import type { AdminEnv } from "../platform/env.ts";
import { catalogueOf } from "../platform/name.ts";
import { type Suggestions, SuggestionsQuery } from "../protocol/suggestion.schema.ts";
import { type Ground, groundOf } from "./ground.ts";
import { reads } from "./policy.ts";
import { asked, parseQuery, refused, siteUnknown } from "./request.ts";

type Query = z.infer<typeof SuggestionsQuery>;
type Suggestion = z.infer<typeof Suggestions>["values"][number];

/** These tell who somebody is: nobody is found by leafing through them. */
const personal: ReadonlySet<string> = new Set([
	...["email", "phone", "user", "userId", "name", "firstName", "lastName", "birthday", "postcode"],
	...["latitude", "longitude", "delivery.postcode", "delivery.latitude", "delivery.longitude"],
]);

export const suggestionRoutes = new Hono<{ Bindings: AdminEnv }>().get(
	"/:site/suggestions",
	reads("analyst"),
	async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const parsed = parseQuery(context.req.query(), SuggestionsQuery);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const on = await groundOf(env, site, "drafts");
		if (!on) return context.json(siteUnknown, 404);
		const found = await suggest(env, site, parsed.value, on);
		if (!found)
			return context.json(refused("malformed", [{ at: "field", why: "field-unknown" }]).answer, 422);
		const values = chosen(found.values, parsed.value.q ?? "", parsed.value.limit);
		return context.json({ values, isSample: found.isSample } satisfies z.infer<typeof Suggestions>);
	},
);

interface Found {
	readonly values: readonly Suggestion[];
	/** Whether not everybody was looked at. */
	readonly isSample: boolean;
}

async function suggest(env: AdminEnv, site: string, query: Query, on: Ground): Promise<Found | undefined> {
	const db = databaseOf(env, site);
	const { field, q, language } = query;
	const counted = async (what: Countable) =>
		(await asked(valuesOf(db, site, what, on.now, q !== undefined))).map(({ value, count }): Suggestion => {
			return { value, label: null, count };
		});
	const defined = (of: readonly { readonly id: string; readonly name: string }[] = []): Found => ({
		values: of.map(({ id, name }) => ({ value: id, label: name, count: null })),
		isSample: false,
	});
	const { definitions } = on;
	switch (field) {
		case "segment": {
			const members = new Map((await counted({ of: "segment" })).map(({ value, count }) => [value, count]));
			const values = definitions.segments.map(({ id, name }) => {
				return { value: id, label: name, count: members.get(id) ?? 0 };
			});
			return { values, isSample: true };
		}
		case "experience":
			return defined(definitions.experiences);
		case "programme":
			return defined(definitions.programmes);
		case "rule":
			return defined(definitions.scoreRules);
		case "list":
			return defined((definitions.lists ?? []).map(({ id, names }) => ({ id, name: names[language] })));
		case "event":
			return {
				values: (await asked(eventNamesOf(db, site))).map((value) => ({ value, label: null, count: null })),
				isSample: false,
			};
		case "product": {
			const { products } = await catalogueOf(env, site).products(0, query.limit, { words: q ?? "" });
			return {
				values: products.map(({ product }) => ({ value: product.id, label: product.name, count: null })),
				isSample: false,
			};
		}
		case "attribute": {
			const there = await counted({ of: "attribute-name" });
			const known = new Set(there.map(({ value }) => value));
			const rest = Object.keys(knownAttributes).filter((name) => !known.has(name));
			return {
				values: [...there, ...rest.map((value) => ({ value, label: null, count: 0 }))],
				isSample: true,
			};
		}
		default: {
			const what = countableOf(query);
			return what && { values: what === "nothing" ? [] : await counted(what), isSample: true };
		}
	}
}

/** Nothing of what is no field; "nothing" of one that is not suggested. */
function countableOf({ field, event, name }: Query): Countable | "nothing" | undefined {
	switch (field) {
		case "path":
		case "tag":
		case "purpose":
			return { of: field };
		case "category":
		case "brand":
			return { of: "interest", in: field };
		case "coupon":
			return { of: "property", event: orderNames.completed, name: "coupon" };
		case "property":
			if (event === undefined) return undefined;
			if (name === undefined) return { of: "property-name", event };
			return personal.has(name) ? "nothing" : { of: "property", event, name };
		case "owner":
			return attribute("owner");
		case "stage":
			return attribute("funnelStage");
	}
	if (field.startsWith("attribute.")) return attribute(field.slice("attribute.".length));
	return isTextField(field) ? textOf(field) : undefined;
}

function attribute(name: string): Countable | "nothing" {
	if (personal.has(name) || !canSpell(name)) return "nothing";
	return { of: "fact", path: `$.attributes."${name}".value` };
}

function textOf(field: TextField): Countable | "nothing" {
	const [of = "", member = ""] = field.split(".");
	if (of === "first" || of === "last") return { of: "fact", path: `$.${of}Touch.value.${member}` };
	// Where people are is mostly where their browser was seen.
	if (of === "whereabouts") return { of: "fact", path: `$.environment.value.${member}` };
	if (textFields[field].from !== "environment") return "nothing";
	return { of: "fact", path: `$.environment.value.${field}` };
}

/** Spelt as most do: conditions compare folded. Those that begin with what is looked for come first. */
function chosen(values: readonly Suggestion[], q: string, limit: number): readonly Suggestion[] {
	const wanted = fold(q.trim());
	const folded = new Map<string, Suggestion>();
	for (const one of values) {
		const key = fold(one.value);
		const known = folded.get(key);
		const count = known ? (known.count ?? 0) + (one.count ?? 0) : one.count;
		folded.set(key, { ...(known ?? one), count });
	}
	const ranked = Array.from(folded, ([key, one]) => {
		const texts = [key, fold(one.label ?? "")];
		const place = texts.some((text) => text.startsWith(wanted))
			? 0
			: texts.some((text) => text.includes(wanted))
				? 1
				: 2;
		return { one, place };
	});
	return ranked
		.filter(({ place }) => place < 2)
		.sort((a, b) => a.place - b.place || (b.one.count ?? 0) - (a.one.count ?? 0))
		.slice(0, limit)
		.map(({ one }) => one);
}
