// What a marketer's tools may do to people by hand.

import * as z from "zod/mini";
import { channels } from "../domain/consent.ts";
import { MessageId } from "./collect.schema.ts";
import { Id } from "./id.schema.ts";
import { limits } from "./limits.ts";

const points = z.int().check(
	z.minimum(-1_000_000),
	z.maximum(1_000_000),
	z.refine((n) => n !== 0, { error: "no points at all" }),
);
/** Blanks alone say nothing. */
const isSaid = z.regex(/\S/, "blanks alone");
const words = z.string().check(z.maxLength(200), isSaid);
/** A whole name: placeholders are the rules'. */
const tag = z
	.string()
	.check(z.maxLength(limits.propertyName), z.regex(/^[^{}]+$/, "a tag has no braces"), isSaid);

/** What may be done to many at once. `points` below zero are taken; of no programme they are the site's own score. */
const ofMany = [
	/** `untag` takes a tag off altogether. */
	z.strictObject({ kind: z.enum(["tag", "untag"]), tag }),
	z.strictObject({ kind: z.enum(["enlist", "delist"]), list: Id }),
	z.strictObject({ kind: z.literal("join"), programme: Id }),
	z.strictObject({ kind: z.literal("points"), points, programme: z.exactOptional(Id) }),
	z.strictObject({ kind: z.literal("owner"), owner: words }),
	z.strictObject({ kind: z.literal("stage"), stage: words }),
] as const;
export const ManyAct = z.discriminatedUnion("kind", ofMany);

export const Act = z.discriminatedUnion("kind", [
	...ofMany,
	z.strictObject({ kind: z.literal("spend"), programme: Id, reward: Id }),
	/** As somebody else has it: never more than what the person withdrew. */
	z.strictObject({
		kind: z.literal("consent"),
		channel: z.enum(channels),
		purpose: Id,
		state: z.enum(["given", "withdrawn"]),
		version: z.exactOptional(Id),
	}),
	z.strictObject({
		kind: z.literal("profile"),
		network: z.string().check(z.regex(/^[a-z0-9-]{1,40}$/)),
		url: z.url({ protocol: /^https?$/ }).check(z.maxLength(limits.text)),
	}),
	z.strictObject({
		kind: z.literal("note"),
		text: z.string().check(z.maxLength(limits.text), isSaid),
	}),
]);

/** By their ids. */
export const people = z
	.array(z.string().check(z.minLength(1), z.maxLength(limits.propertyName)))
	.check(z.minLength(1), z.maxLength(1_000));

export const ActsBody = z.strictObject({
	/** Made by the caller, newly; sent again, nothing happens twice. */
	id: MessageId,
	act: Act,
	people,
});

/** In the order of the people. */
export const Acted = z.strictObject({
	people: z.array(
		z.strictObject({
			person: z.string(),
			is: z.enum(["done", "duplicate", "refused"]),
			/** The code of a reward. */
			coupon: z.exactOptional(z.string()),
			why: z.exactOptional(z.string()),
		}),
	),
});
