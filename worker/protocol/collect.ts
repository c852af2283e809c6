import type * as z from "zod/mini";
import type * as schema from "./collect.schema.ts";
import type { News, Offer } from "./experience.ts";

export type CollectEvent = z.infer<typeof schema.CollectEvent>;
export type Claim = z.infer<typeof schema.Claim>;
export type Proof = z.infer<typeof schema.Proof>;
export type Page = z.infer<typeof schema.Page>;
export type PageProduct = z.infer<typeof schema.PageProduct>;
export type Consent = z.infer<typeof schema.CollectRequest>["consent"];
export type CollectRequest = Omit<z.infer<typeof schema.CollectRequest>, "events" | "claims"> & {
	readonly events: readonly CollectEvent[];
	readonly claims?: readonly Claim[];
};
export type DropReason = z.infer<typeof schema.DropReason>;
/** `id` is null where the event was too malformed to have one; verdicts stand in the order of the events. */
export type Verdict = z.infer<typeof schema.Verdict>;
export type Grant = z.infer<typeof schema.Grant>;
export type CollectErrorCode = z.infer<typeof schema.CollectErrorCode>;

export interface CollectResponse {
	/** To be kept and sent again. Absent where a cookie carries it, and where nothing may be stored. */
	readonly token?: string;
	readonly verdicts: readonly Verdict[];
	readonly show: readonly Offer[];
	readonly grants: readonly Grant[];
	/** Only where something published waits for such. */
	readonly news?: News;
}
