// When something that was offered opens: see domain/trigger.ts.

import * as z from "zod/mini";
import { limits } from "./limits.ts";

export const Selector = z.string().check(z.minLength(1), z.maxLength(200));
const seconds = z.number().check(z.minimum(1), z.maximum(3_600));
const name = z.string().check(z.minLength(1), z.maxLength(limits.eventName));

export const Trigger = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("at-once") }),
	z.object({ kind: z.literal("presence"), seconds, of: z.exactOptional(z.enum(["page", "visit"])) }),
	z.object({ kind: z.literal("scroll"), depth: z.number().check(z.minimum(1), z.maximum(100)) }),
	z.object({ kind: z.literal("seen"), selector: Selector }),
	z.object({ kind: z.literal("exit") }),
	z.object({ kind: z.literal("idle"), seconds }),
	z.object({ kind: z.literal("pages"), n: z.int().check(z.minimum(1), z.maximum(100)) }),
	z.object({ kind: z.literal("click"), selector: Selector }),
	z.object({ kind: z.literal("cart"), from: z.exactOptional(z.number().check(z.minimum(0))) }),
	z.object({ kind: z.literal("event"), name, of: z.exactOptional(name) }),
	z.object({ kind: z.literal("return") }),
	z.object({ kind: z.literal("copy") }),
]);

const several = z.array(Trigger).check(z.minLength(1), z.maxLength(10));
export const Opening = z.union([Trigger, z.strictObject({ any: several }), z.strictObject({ all: several })]);
