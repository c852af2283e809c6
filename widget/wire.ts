// The shapes of POST /v1/collect as this side needs them, and what the script was told of its site.

import type {
	CollectEvent,
	CollectRequest,
	CollectResponse,
	Page,
	PageProduct,
} from "../worker/protocol/collect.ts";
import type { PublicSettings } from "../worker/protocol/settings.ts";

declare const __WITAJ_SETTINGS__: PublicSettings;
export const settings = __WITAJ_SETTINGS__;

export interface View {
	readonly event: Required<CollectEvent>;
	readonly page: {
		readonly url: string;
		readonly referrer: string | undefined;
		readonly title: string;
		product?: PageProduct;
	};
	/** Whether it is still to be asked what to show here. */
	undecided: boolean;
}

/** JSON leaves out what is undefined. */
export type Loose<Shape> = {
	[Key in keyof Shape]: (Shape[Key] extends Page ? Loose<Page> : Shape[Key]) | undefined;
};
/** What differs from request to request; the queue's events are as they were stored, read by the server alone. */
export type Part = Pick<Loose<CollectRequest>, "decide" | "claims"> & { readonly events: readonly unknown[] };

/** What came back, nothing of it believed yet. */
export type Received = { readonly [Key in keyof CollectResponse | "error"]?: unknown } | undefined;

/** As much of the shape as the queue rests on; who draws looks at the rest. */
export function isAnswer(received: Received): received is CollectResponse {
	return Array.isArray(received?.verdicts);
}
