// One person in the authenticated API: their card, what happened, and what becomes of it all when they ask to be forgotten.

import * as z from "zod/mini";

const instant = z.int();

/** `erasing`: nothing of theirs can be read any more, and `waiting` are the stores that have not confirmed yet. */
export const Erasure = z.union([
	z.strictObject({ is: z.literal("erasing"), at: instant, waiting: z.readonly(z.array(z.string())) }),
	z.strictObject({ is: z.literal("erased"), at: instant }),
]);
