// The shapes of POST /v1/collect as this side needs them, and what the script was told of its site.

import type { CollectEvent, CollectRequest, CollectResponse, Page } from "../worker/protocol/collect.ts";
import type { Offer } from "../worker/protocol/experience.ts";
import type { PublicSettings } from "../worker/protocol/settings.ts";

declare const __WITAJ_SETTINGS__: PublicSettings;
export const settings = __WITAJ_SETTINGS__;

export interface View {
	readonly event: Required<CollectEvent>;
	readonly page: { readonly url: string; readonly referrer: string | undefined };
	/** Whether it is still to be asked what to show here. */
	undecided: boolean;
	readonly show: (offers: readonly Offer[]) => unknown;
}

/** JSON leaves out what is undefined. */
export type Loose<Shape> = {
	[Key in keyof Shape]: (Shape[Key] extends Page ? Loose<Page> : Shape[Key]) | undefined;
};
/** What differs from request to request; the queue's events are as they were stored, read by the server alone. */
export type Part = Pick<Loose<CollectRequest>, "decide" | "claims"> & { readonly events: readonly unknown[] };

/** What came back, nothing of it believed yet. */
export type Received = { readonly [Key in keyof CollectResponse | "error"]?: unknown };

/** As much of the shape as keeps us from stumbling; what draws looks closer. */
export function isAnswer(received: Received): received is CollectResponse {
	return [received.verdicts, received.show, received.grants].every(Array.isArray);
}
