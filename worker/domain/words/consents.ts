// What channels and the states of a consent to them are called.

import type { Channel, ConsentState } from "../consent.ts";
import type { InEach } from "./language.ts";

/** What one agrees to: “zgoda na …”, “the consent to …”. */
export const channelWords: Readonly<Record<Channel, InEach<string>>> = {
	email: { pl: "e-mail", en: "e-mail" },
	sms: { pl: "SMS", en: "SMS" },
	webpush: { pl: "web push", en: "web push" },
	phone: { pl: "telefon", en: "phone calls" },
	post: { pl: "listy", en: "letters" },
};

/** Polish with its verb, English without. */
export const consentWords: Readonly<Record<ConsentState, InEach<string>>> = {
	given: { pl: "jest udzielona", en: "given" },
	pending: { pl: "czeka na potwierdzenie", en: "pending" },
	withdrawn: { pl: "jest wycofana", en: "withdrawn" },
};
