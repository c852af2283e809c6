// What one visitor is given of an experience that is granted: by itself, so that what answers page views carries no schema
// of blocks.

import * as z from "zod/mini";

/**
 * Said with the grant: in the offer where that is granted already, else in the answer to the claim. What stands behind a form
 * (in its thanks, or in a step to which only its submission leads) is said when that was submitted, by a grant with the id of
 * the event. The blocks stay as they were published; what is not given here is not shown.
 */
export const Given = z.object({
	/** A code for each pool of which the content has a coupon; none where the pool is empty. The same whenever it is told again. */
	codes: z.exactOptional(z.record(z.string(), z.string())),
	/** Which segment of the wheel was drawn, counted from 0: once for each person, and told again. */
	outcome: z.exactOptional(z.int().check(z.minimum(0))),
	/** The code of that segment, where it has one of its own and not of a pool. */
	code: z.exactOptional(z.string()),
	/** Until the countdown ends, when the answer was made; 0 when it has. A browser's own clock may be wrong by hours. */
	leftMs: z.exactOptional(z.int().check(z.minimum(0))),
});
