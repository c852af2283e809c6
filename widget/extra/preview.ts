// What a preview is lent in place of the page's own: it asks nobody and tells nobody.

import type { Offer } from "../../worker/protocol/experience.ts";
import type { Host } from "../host.ts";

export function muted(host: Host, { given }: Offer): Host {
	return {
		...host,
		note: () => {},
		ask: async ({ events = [], claims = [] } = {}) => ({
			verdicts: events.map(({ id }) => ({ id, verdict: "ok" })),
			show: [],
			grants: [...events, ...claims].map(({ id }) => ({ id, granted: true, ...(given && { given }) })),
		}),
		heard: [],
	};
}
