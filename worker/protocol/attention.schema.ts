// How often something may be shown to one person: see domain/attention.ts.

import * as z from "zod/mini";
import { Id } from "./id.schema.ts";

const day = 86_400_000;
const span = z.int().check(z.minimum(0), z.maximum(400 * day));
const minutes = z.int().check(z.minimum(60_000), z.maximum(400 * day));

const cap = z.exactOptional(
	z.strictObject({
		times: z.int().check(z.minimum(1), z.maximum(20)),
		perMs: z.exactOptional(z.int().check(z.minimum(60_000))),
	}),
);
const afterConversion = z.exactOptional(z.strictObject({ withinMs: minutes, restMs: z.nullable(span) }));

export const AttentionPolicy = z.strictObject({
	cap,
	afterCloseMs: span,
	afterSubmitMs: z.nullable(span),
	afterConversion,
});

const bounds = {
	cap,
	afterCloseMs: z.exactOptional(span),
	afterSubmitMs: z.exactOptional(z.nullable(span)),
	afterConversion,
};
export const Bounds = z.strictObject(bounds);

export const Group = z.strictObject({
	id: Id,
	name: z.string().check(z.minLength(1), z.maxLength(200)),
	description: z.exactOptional(z.string().check(z.maxLength(2_000))),
	...bounds,
});

export const SiteAttention = z.strictObject({
	site: z.exactOptional(Bounds),
	channels: z.exactOptional(z.partialRecord(z.enum(["popup", "banner", "frame", "greeting"]), Bounds)),
	gapMs: z.exactOptional(span),
	afterPurchaseMs: z.exactOptional(span),
});
