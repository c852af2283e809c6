// What a site's own attributes are called and hold.

import * as z from "zod/mini";
import { canSpell } from "../domain/keyed.ts";
import { kinds } from "../domain/kinds.ts";
import { Id } from "./id.schema.ts";

export const attributeKinds = ["text", "number", "date", "list"] as const;

/** As whoever sends it calls it. */
export const AttributeName = z.string().check(
	z.minLength(1),
	z.maxLength(100),
	z.refine((name) => canSpell(name), "not a name that can be asked for"),
);
const said = z.string().check(z.trim(), z.minLength(1), z.maxLength(100));
const Names = z.strictObject({ pl: said, en: said });
const Kind = z.enum(attributeKinds);

/** `version` is that which was read, 0 where nobody ever named it: where it has changed since, nothing is written. */
export const AttributeBody = z.strictObject({
	names: Names,
	/** Null: whatever comes. */
	kind: z.nullable(Kind),
	version: z.int().check(z.minimum(0)),
});

export const Attribute = z.strictObject({
	name: z.string(),
	/** Null where nobody named it. */
	names: z.nullable(Names),
	kind: z.nullable(Kind),
	version: z.int(),
	/** Of the contacts that were looked at, how many have it. */
	people: z.int(),
	/** What its values are, the most frequent first. */
	holds: z.array(z.strictObject({ type: z.enum(["text", "number", "list", "yes-no"]), people: z.int() })),
	/** Definitions that ask for it. */
	uses: z.array(z.strictObject({ kind: z.enum(kinds), id: Id, names: Names })),
});
/** The site's own alone, by their names. */
export const Attributes = z.strictObject({
	attributes: z.array(Attribute),
	/** How many contacts were looked at, and how many there are: of very many the youngest 10,000. */
	looked: z.int(),
	contacts: z.int(),
});
/** Of the site's own those that somebody named. */
export const AttributeNames = z.strictObject({
	attributes: z.array(z.strictObject({ name: z.string(), names: Names, kind: z.nullable(Kind) })),
});
/** `values-differ`: so many contacts have what is no such value; `in-use`: these ask what such a value cannot answer. */
export const AttributeConflict = z.strictObject({
	error: z.enum(["changed-meanwhile", "values-differ", "in-use"]),
	people: z.exactOptional(z.int()),
	uses: z.exactOptional(Attribute.shape.uses),
});
