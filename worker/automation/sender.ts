// Who sends messages to people: an interface, because what delivers them differs from one deployment to the next. Over SMTP
// where the operator has a server; on a developer's machine into a list that the demo shows.

import type { EdgeEnv } from "../platform/env.ts";
import type { Mailbox, Message } from "./message.ts";
import type { Server } from "./smtp.ts";

/**
 * `sent`: somebody answers for it now. `kept`: it goes nowhere, and whoever asked keeps it to be shown. `refused`: it will
 * never be taken as it is. A sender that cannot say throws, and may be asked again.
 */
export type Sent = "sent" | "kept" | "refused";

export type IsWanted = () => boolean | Promise<boolean>;

export interface Sender {
	readonly from: Mailbox;
	/** `isWanted`: asked at the last moment; a message that is not wanted any more goes nowhere. */
	send(message: Message, isWanted?: IsWanted): Promise<Sent>;
}

/** The secret `SMTP`, as JSON. */
export interface Smtp extends Server {
	readonly host: string;
	readonly port: number;
	readonly from: Mailbox;
}

/** Nothing where the deployment has no way to send. `overSmtp`: what speaks to the server, which need not be this Worker. */
export function senderOf(
	{ SMTP, LOCAL }: Pick<EdgeEnv, "SMTP" | "LOCAL">,
	overSmtp: (smtp: Smtp, message: Message, isWanted?: IsWanted) => Promise<Sent>,
): Sender | undefined {
	if (SMTP !== undefined) {
		const smtp: Smtp = JSON.parse(SMTP);
		return { from: smtp.from, send: (message, isWanted) => overSmtp(smtp, message, isWanted) };
	}
	return LOCAL === "1"
		? { from: { name: "Witaj", address: "witaj@shop.example" }, send: async () => "kept" }
		: undefined;
}
