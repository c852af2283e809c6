// What ids and zones are. By itself, so that who asks for no more does not carry the schema of a whole site.

import * as z from "zod/mini";

export const Id = z.string().check(z.regex(/^[a-z0-9-]{1,64}$/));

/** IANA. */
export const TimeZone = z.string().check(z.maxLength(64), z.refine(isTimeZone, "time-zone-unknown"));

function isTimeZone(timeZone: string): boolean {
	try {
		new Intl.DateTimeFormat("en", { timeZone });
		return true;
	} catch {
		// The platform's only way to say that it knows no such zone.
		return false;
	}
}
