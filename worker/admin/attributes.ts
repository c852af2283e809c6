// A site's own attributes: what they are called and hold, how many have them, and what asks for them. What we know ourselves
// is called by us.

import { Hono } from "hono/tiny";
import type * as z from "zod/mini";
import { dropName, heldOf, nameAttribute, namedOf, othersOf } from "../data/attributes.ts";
import { databaseOf } from "../data/database.ts";
import { heldOf as definitionsHeld } from "../data/definitions.ts";
import { fits, isKnownAttribute } from "../domain/attributes.ts";
import type { ValueTest } from "../domain/condition.ts";
import { leavesOf } from "../domain/condition.ts";
import { naming } from "../domain/facts.ts";
import type { Kept } from "../domain/kept.ts";
import { conditionsOf } from "../domain/uses.ts";
import {
	type Attribute,
	AttributeBody,
	type AttributeConflict,
	AttributeName,
	type AttributeNames,
	type Attributes,
} from "../protocol/attribute.schema.ts";
import type { AdminHono } from "./actor.ts";
import { draftsWithArchived, type KeptDefinition, namesOf } from "./kept.ts";
import { acts, reads } from "./policy.ts";
import { type Answer, asked, parse, siteUnknown } from "./request.ts";
import { byOf } from "./who.ts";

type View = z.infer<typeof Attribute>;
type Uses = View["uses"];

const attributeUnknown: Answer = { error: "attribute-unknown" };

/** What values of SQLite a kind may be. */
const typesOf: Readonly<Record<NonNullable<View["kind"]>, readonly string[]>> = {
	text: ["text"],
	number: ["integer", "real"],
	date: ["integer", "real"],
	list: ["array"],
};
const heldAs: Readonly<Record<string, View["holds"][number]["type"]>> = {
	text: "text",
	integer: "number",
	real: "number",
	array: "list",
	true: "yes-no",
	false: "yes-no",
};

export const attributeRoutes = new Hono<AdminHono>()
	.get("/:site/attributes", reads("analyst"), async (context) => {
		const { env } = context;
		const site = context.req.param("site");
		const db = databaseOf(env, site);
		const [named, { held, looked, contacts }, { definitions, settings }] = await asked(
			Promise.all([namedOf(db, site), heldOf(db, site), definitionsHeld(env, site)]),
		);
		if (!settings) return context.json(siteUnknown, 404);
		const known = new Map(named.map((one) => [one.name, one]));
		const holding = Map.groupBy(held, ({ name }) => name);
		const asking = askingAmong(definitions);
		const all = [...new Set([...known.keys(), ...holding.keys(), ...asking.keys()])];
		const attributes = all
			.filter((name) => !isOurs(name))
			.sort()
			.map((name): View => {
				const { names = null, kind = null, version = 0 } = known.get(name) ?? {};
				const holds = holdsOf(holding.get(name) ?? []);
				// Whoever has it as two types is told with each, and counts once.
				const people = Math.min(
					looked,
					holds.reduce((sum, one) => sum + one.people, 0),
				);
				return { name, names, kind, version, people, holds, uses: usesIn(asking.get(name)) };
			});
		return context.json({ attributes, looked, contacts } satisfies z.infer<typeof Attributes>);
	})
	/** For whoever builds conditions, at once: nobody is looked at. */
	.get("/:site/attribute-names", reads("analyst"), async (context) => {
		const site = context.req.param("site");
		const named = await asked(namedOf(databaseOf(context.env, site), site));
		const attributes = named.map(({ version: _, ...one }) => one);
		return context.json({ attributes } satisfies z.infer<typeof AttributeNames>);
	})
	.put("/:site/attributes/:attribute", acts("marketer", "attribute.named"), async (context) => {
		const { env } = context;
		const { site, attribute: name } = context.req.param();
		if (!isOwn(name)) return context.json(attributeUnknown, 404);
		const parsed = await parse(context.req.raw, AttributeBody);
		if (parsed.is === "refused") return context.json(parsed.answer, 422);
		const { version, names, kind } = parsed.value;
		const db = databaseOf(env, site);
		const refuse = (conflict: z.infer<typeof AttributeConflict>) => context.json(conflict, 409);
		const [{ definitions, settings }, people] = await asked(
			Promise.all([definitionsHeld(env, site), kind === null ? 0 : othersOf(db, site, name, typesOf[kind])]),
		);
		if (!settings) return context.json(siteUnknown, 404);
		if (people > 0) return refuse({ error: "values-differ", people });
		const unfit = (askingAmong(definitions).get(name) ?? []).filter(
			({ test }) => kind !== null && !fits(kind, test),
		);
		if (unfit.length > 0) return refuse({ error: "in-use", uses: usesIn(unfit) });
		return (await asked(nameAttribute(db, site, { name, version, names, kind }, byOf(context))))
			? context.json({ ok: true })
			: refuse({ error: "changed-meanwhile" });
	})
	/** Its name and its type go. What people have of it is theirs: it stays until they are erased, or undone what brought it. */
	.delete("/:site/attributes/:attribute", acts("marketer", "attribute.unnamed"), async (context) => {
		const { site, attribute } = context.req.param();
		return (await asked(dropName(databaseOf(context.env, site), site, attribute)))
			? context.json({ ok: true })
			: context.json(attributeUnknown, 404);
	});

function isOwn(name: string): boolean {
	return AttributeName.safeParse(name).success && !isOurs(name);
}

/** The site's own id of somebody is kept like any attribute, but says who they are: what it means is settled. */
function isOurs(name: string): boolean {
	return isKnownAttribute(name) || naming.has(name);
}

function holdsOf(held: readonly { readonly type: string | null; readonly people: number }[]): View["holds"] {
	const by = new Map<View["holds"][number]["type"], number>();
	for (const { type, people } of held) {
		const as = type === null ? undefined : heldAs[type];
		if (as) by.set(as, (by.get(as) ?? 0) + people);
	}
	return Array.from(by, ([type, people]) => ({ type, people })).sort((a, b) => b.people - a.people);
}

interface Asking {
	readonly by: KeptDefinition;
	readonly test: ValueTest;
}

/** What is asked of each attribute, and by what. */
function askingAmong(all: readonly Kept[]): ReadonlyMap<string, readonly Asking[]> {
	const kept = new Map(all.map((one) => [`${one.kind}/${one.id}`, one as KeptDefinition]));
	const asking = new Map<string, Asking[]>();
	for (const one of draftsWithArchived(all)) {
		const by = kept.get(`${one.kind}/${one.id}`);
		for (const [, condition] of conditionsOf(one))
			for (const leaf of leavesOf(condition)) {
				if (leaf.field !== "attribute" || !by) continue;
				asking.set(leaf.name, [...(asking.get(leaf.name) ?? []), { by, test: leaf.test }]);
			}
	}
	return asking;
}

function usesIn(asking: readonly Asking[] = []): Uses {
	const by = new Map(asking.map((one) => [`${one.by.kind}/${one.by.id}`, one.by]));
	return Array.from(by.values(), (kept) => ({ kind: kept.kind, id: kept.id, names: namesOf(kept) }));
}
