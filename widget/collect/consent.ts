// What the page's own tools were told of consent: Google's Consent Mode, and the TCF's API. Plain functions.

import type { Word } from "../host.ts";
import { isArguments } from "./ga4.ts";
import { type Bag, isBag } from "./told.ts";

/** What of Google's Consent Mode concerns us. Whatever else it names is somebody else's. */
const signals = ["analytics_storage", "ad_storage", "personalization_storage"] as const;

/** What Consent Mode says so far: by signal, and whether the visitor was asked (`update`) or it is the `default`. */
export interface Mode {
	readonly signals: Readonly<Partial<Record<(typeof signals)[number], boolean>>>;
	readonly isAnswered: boolean;
}

/** The mode after one member of `dataLayer`; the same where that says nothing of consent. */
export function modeAfter(mode: Mode | undefined, pushed: unknown): Mode | undefined {
	if (!isArguments(pushed) || pushed[0] !== "consent" || !isBag(pushed[2])) return mode;
	const [kind, said] = [pushed[1], pushed[2]];
	if (kind !== "default" && kind !== "update") return mode;
	// Later defaults, as for one region, do not undo an answer.
	if (kind === "default" && mode?.isAnswered) return mode;
	const named = signals.filter((signal) => signal in said);
	return {
		signals: {
			...mode?.signals,
			...Object.fromEntries(named.map((signal) => [signal, said[signal] === "granted"])),
		},
		isAnswered: kind === "update" || (mode?.isAnswered ?? false),
	};
}

/** The strictest of the signals: analytics has to be granted, and nothing of the others refused. */
export function wordOfMode(mode: Mode | undefined): Word {
	if (!mode) return "required";
	const said = Object.values(mode.signals);
	if (mode.signals.analytics_storage && said.every(Boolean)) return "granted";
	return mode.isAnswered ? "denied" : "required";
}

/** Storing, a profile for content, content by that profile, and measuring it: purposes 1, 5, 6 and 8. */
const purposes = [1, 5, 6, 8];

/** What the TCF's `tcData` says: granted where it does not apply, required as long as the visitor has not answered. */
export function wordOfTcf(data: unknown): Word {
	if (!isBag(data)) return "required";
	if (data.gdprApplies === false) return "granted";
	if (data.eventStatus !== "tcloaded" && data.eventStatus !== "useractioncomplete") return "required";
	const purpose = isBag(data.purpose) ? data.purpose : {};
	const consents: Bag = isBag(purpose.consents) ? purpose.consents : {};
	return purposes.every((one) => consents[one] === true) ? "granted" : "denied";
}

/** The strictest of what several say. */
export function strictest(words: readonly Word[]): Word {
	return (["denied", "required", "granted"] as const).find((word) => words.includes(word));
}
