// A site's live chat, as its settings have it (member `chat`; without it there is none). What the page needs of it before
// anything is opened, the script carries: `PublicSettings.chat`.

import * as z from "zod/mini";
import { PathTest } from "./condition.schema.ts";
import { Id } from "./id.schema.ts";

const Text = z.string().check(z.maxLength(1_000), z.regex(/\S/));
const Texts = z.strictObject({ pl: z.exactOptional(Text), en: z.exactOptional(Text) });
const minute = z.int().check(z.minimum(0), z.maximum(1_440));
const account = z.string().check(z.minLength(1), z.maxLength(64));

export const ChatSettings = z.strictObject({
	/** Conversations are kept for so long after their last event: a year, unless it is said. */
	retentionMs: z.exactOptional(z.int().check(z.minimum(3_600_000), z.maximum(3_650 * 86_400_000))),
	/** Minutes of the site's day, Monday first; null for a day without. Absent: whenever an agent is there. */
	hours: z.exactOptional(
		z
			.array(
				z.nullable(
					z
						.strictObject({ from: minute, until: minute })
						.check(z.refine(({ from, until }) => from < until, { error: "it ends before it begins" })),
				),
			)
			.check(z.minLength(7), z.maxLength(7)),
	),
	/** What is asked before the first message. */
	asks: z.exactOptional(z.array(z.enum(["name", "email"])).check(z.maxLength(2))),
	/** The corner in which the launcher stands: the end of a line, where it is not said. */
	at: z.exactOptional(z.enum(["start", "end"])),
	/** The launcher holds a socket open, so that visitors who never opened the chat can be invited. */
	invites: z.exactOptional(z.boolean()),
	/** Said by itself after a first message: while somebody is there, and while nobody is. */
	greeting: z.exactOptional(Texts),
	offline: z.exactOptional(Texts),
	/** Answers a first message out of the site's own questions and answers, where one fits. */
	answers: z.exactOptional(z.boolean()),
	/** Where nobody is there, asks for an address by itself, and takes it out of the next message. */
	asksAddress: z.exactOptional(z.boolean()),
	/** In the site's own words: the question for the address, and the thanks for it. */
	askAddress: z.exactOptional(Texts),
	thankAddress: z.exactOptional(Texts),
	/** Who gets a new conversation: the first that fits, and of its agents the one of those who are there with the fewest. */
	routes: z.exactOptional(
		z
			.array(
				z.strictObject({
					id: Id,
					segment: z.exactOptional(Id),
					/** As a browser says it: "pl". */
					language: z.exactOptional(z.string().check(z.regex(/^[a-z]{2,3}$/))),
					pages: z.exactOptional(z.array(PathTest).check(z.minLength(1), z.maxLength(20))),
					agents: z.array(account).check(z.minLength(1), z.maxLength(50)),
				}),
			)
			.check(z.maxLength(50)),
	),
	/** Canned replies: written after `/`. `{firstName}`, `{name}` and `{agent}` are filled by the screen. */
	canned: z.exactOptional(
		z
			.array(
				z.strictObject({
					id: Id,
					shortcut: z.string().check(z.regex(/^[\p{L}\p{N}_-]{1,40}$/u)),
					text: Text,
				}),
			)
			.check(z.maxLength(500)),
	),
});
